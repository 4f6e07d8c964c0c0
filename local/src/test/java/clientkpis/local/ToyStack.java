package clientkpis.local;

import clientkpis.suite.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The toys' template beside a zip of their classes.
public final class ToyStack {
    private ToyStack() {}

    static LocalCloud start(Path folder, Options options) throws IOException {
        return start(folder, read("/toy.yaml"), options);
    }

    static LocalCloud start(Path folder, String template, Options options) throws IOException {
        Suite.stopShared();
        return LocalCloud.start(write(folder, template), options);
    }

    public static Path write(Path folder, String template) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("toy.zip")))) {
            for (String name : new String[] {"Toy", "Copy", "Tell", "Ask"}) {
                String path = "clientkpis/local/toy/" + name + ".class";
                zip.putNextEntry(new ZipEntry(path));
                try (InputStream content = ToyStack.class.getResourceAsStream("/" + path)) {
                    content.transferTo(zip);
                }
            }
        }
        return Files.writeString(folder.resolve("template.yaml"), template);
    }

    public static String read(String resource) throws IOException {
        try (InputStream content = ToyStack.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
