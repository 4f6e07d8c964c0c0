package clientkpis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole suite against the independent reading: every field of every client and every net change of situation.
///
/// `-Dexactness.clients=60 -Dexactness.days=75 -Dexactness.seeds=1,2,3` tries more; `-Dexactness.keep=FOLDER` keeps the
/// data and the output of the last seed there.
@Tag("slow")
class ExactnessTest {

    private static final int CLIENTS = Integer.getInteger("exactness.clients", 60);
    private static final int DAYS = Integer.getInteger("exactness.days", 40);
    private static final List<Long> SEEDS = List.of(
                    System.getProperty("exactness.seeds", "1").split(",", -1))
            .stream()
            .map(Long::parseLong)
            .toList();

    /// Runs the suite on the data and writes its output.
    @FunctionalInterface
    interface Runner {
        void run(Path data, Path out) throws Exception;
    }

    private final Runner runner = ExactnessTest::kpis;

    @TempDir
    private Path temporary;

    @Test
    void everyFieldAndEveryNetChangeIsThatOfTheSpecification() throws Exception {
        for (long seed : SEEDS) {
            assertThat(differences(DataPortfolio.mixed(seed, CLIENTS, DAYS, false), "mixed-" + seed))
                    .isEmpty();
        }
    }

    @Test
    void filesThatAreRejectedWholeChangeNothing() throws Exception {
        assertThat(differences(DataPortfolio.mixed(99, 20, 12, true), "broken")).isEmpty();
    }

    /// The command as its script starts it, in a JVM of its own; 1 says that a file was rejected whole.
    private static void kpis(Path data, Path out) throws Exception {
        Path log = out.resolveSibling("log");
        Path root = Path.of(System.getProperty("clientkpis.root"));
        Path cli = root.resolve("cli/target");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Dclientkpis.root=" + root,
                        "-cp",
                        cli.resolve("classes") + File.pathSeparator + cli.resolve("lib") + "/*",
                        "clientkpis.cli.Kpis",
                        "run",
                        data.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit)
                .as("exit of kpis run, which said:%n%s", Files.readString(log))
                .isIn(0, 1);
    }

    private List<String> differences(DataPortfolio portfolio, String name) throws Exception {
        String keep = System.getProperty("exactness.keep");
        Path folder = (keep == null ? temporary : Path.of(keep)).resolve(name);
        portfolio.writeTo(folder.resolve("data"));
        Expected expected = portfolio.expected();
        Files.writeString(folder.resolve("expected.json"), expected.json());
        runner.run(folder.resolve("data"), folder.resolve("out"));
        return Comparison.differences(expected, folder.resolve("out"));
    }
}
