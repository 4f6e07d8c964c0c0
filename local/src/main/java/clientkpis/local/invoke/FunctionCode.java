package clientkpis.local.invoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A function's classes, from its zip as Lambda would unpack it. Jars that the application already has, by file name,
/// are not unpacked: so all functions share one AWS SDK, which is warm after the first of them.
final class FunctionCode implements AutoCloseable {
    private final List<Path> classPath = new ArrayList<>();
    private final URLClassLoader loader;

    FunctionCode(Path zip, Path scratch, Set<String> present) throws IOException {
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        classPath.add(classes);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                boolean jar = name.startsWith("lib/") && name.endsWith(".jar");
                if (entry.isDirectory() || (jar && present.contains(name.substring("lib/".length())))) {
                    continue;
                }
                Path target = (jar ? scratch : classes).resolve(name).normalize();
                if (!target.startsWith(scratch)) {
                    throw new IOException(zip + " has an entry outside itself: " + name);
                }
                Files.createDirectories(target.getParent());
                try (InputStream content = file.getInputStream(entry)) {
                    Files.copy(content, target);
                }
                if (jar) {
                    classPath.add(target);
                }
            }
        }
        List<URL> urls = new ArrayList<>();
        for (Path path : classPath) {
            urls.add(path.toUri().toURL());
        }
        this.loader = new URLClassLoader(urls.toArray(URL[]::new), FunctionCode.class.getClassLoader());
    }

    /// What was unpacked.
    List<Path> classPath() {
        return classPath;
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /// The file names of the jars that the application was started with. They come from the class loader, because the
    /// class path itself may be a single jar that names the others.
    static Set<String> jarsOfTheApplication() throws IOException {
        Set<String> names = new HashSet<>();
        for (URL manifest :
                Collections.list(FunctionCode.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            String url = manifest.toString();
            if (url.startsWith("jar:file:")) {
                try {
                    Path jar = Path.of(new URI(url.substring("jar:".length(), url.indexOf("!/"))));
                    names.add(String.valueOf(jar.getFileName()));
                } catch (URISyntaxException e) {
                    throw new IOException(e);
                }
            }
        }
        return names;
    }
}
