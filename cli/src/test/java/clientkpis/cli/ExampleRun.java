package clientkpis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The example, run once for all tests that look at its output.
final class ExampleRun {
    private static @Nullable Program run;

    private ExampleRun() {}

    /// Its output must not be changed.
    static synchronized Program get() throws IOException {
        Program known = run;
        if (known == null) {
            Path out = Files.createTempDirectory(Program.ROOT.resolve("cli/target"), "example");
            known = Program.run(Program.ROOT.resolve("examples/padaria-saas"), out);
            run = known;
        }
        return known;
    }
}
