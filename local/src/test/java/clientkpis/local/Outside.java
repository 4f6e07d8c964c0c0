package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/// A zip with a handler that the application does not have. Its event is how many megabytes it takes, and keeps; below
/// zero it never ends.
final class Outside {
    private Outside() {}

    /// Writes `outside.zip`.
    static void write(Path folder) throws Exception {
        Path source = Files.createDirectories(folder.resolve("outside")).resolve("Outside.java");
        Files.writeString(source, """
            package outside;
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            import java.util.*;
            public final class Outside implements RequestStreamHandler {
                private final String answer;
                private final List<byte[]> kept = new ArrayList<>();
                public Outside(Map<String, String> environment) { answer = environment.get("ANSWER"); }
                @Override
                public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                    int megabytes = Integer.parseInt(new String(in.readAllBytes()));
                    while (megabytes < 0) {
                        Thread.yield();
                    }
                    // At once: a heap that fills up bit by bit is collected again and again before it is full.
                    kept.add(new byte[megabytes << 20]);
                    context.getLogger().log("It has " + context.getMemoryLimitInMB() + " MB");
                    if (megabytes == 13) {
                        throw new IOException("Not thirteen");
                    }
                    String said = answer + " " + context.getFunctionName() + " "
                            + (kept.stream().mapToInt(one -> one.length).sum() >> 20);
                    out.write(said.getBytes());
                }
            }
            """);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", path, source.toString()))
                .isZero();
        Path lambda = Path.of(RequestStreamHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("outside.zip")))) {
            zip.putNextEntry(new ZipEntry("outside/Outside.class"));
            Files.copy(source.resolveSibling("Outside.class"), zip);
            zip.putNextEntry(new ZipEntry("lib/" + lambda.getFileName()));
            Files.copy(lambda, zip);
        }
    }
}
