package clientkpis.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.function.MessagesFuzz;
import clientkpis.reading.TempFolder;
import com.code_intelligence.jazzer.Jazzer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bytes that nobody chose, for each reader of what comes from outside: Jazzer looks for those that reach new code. It
/// begins with what is in the folder of its target, `src/test/resources/fuzz`: an example of each kind, and what was
/// found once. Of a file, the first byte says of which table it is.
///
/// `-Dfuzz=PT1H` fuzzes for so long per target, each time otherwise; `-Dfuzz.target=CSV` one target only.
class FuzzTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final Path INPUTS = ROOT.resolve("local/src/test/resources/fuzz");
    private static final Duration TIME = Duration.parse(System.getProperty("fuzz", "PT20S"));
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    @TempDir
    private Path folder;

    enum Target {
        CSV(CsvFuzz.class, 15_000),
        JSON_LINES(JsonLinesFuzz.class, 15_000),
        GZIP(GzipFuzz.class, 6_000),
        WORKBOOK(WorkbookFuzz.class, 4_000),
        CONFIGURATION(ConfigurationFuzz.class, 200_000),
        MESSAGES(MessagesFuzz.class, 400_000);

        private final Class<?> type;
        private final int sample;

        /// @param sample how many inputs, where nobody asks for more: the same on every machine, as far as the time is
        ///     enough
        Target(Class<?> type, int sample) {
            this.type = type;
            this.sample = sample;
        }

        private void run(byte[] input) throws ReflectiveOperationException {
            type.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyInputThatIsKeptIsRead() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Target target : Target.values()) {
            for (Path input : inputs(INPUTS.resolve(target.name()))) {
                tests.add(DynamicTest.dynamicTest(
                        target + " " + input.getFileName(), () -> target.run(Files.readAllBytes(input))));
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void nothingThatIsFedMakesItFail(Target target) throws Exception {
        if (!System.getProperty("fuzz.target", target.name()).equals(target.name())) {
            return;
        }
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        for (Path input : inputs(INPUTS.resolve(target.name()))) {
            Files.copy(input, corpus.resolve(input.getFileName().toString()));
        }
        Path memory = Path.of("/dev/shm");
        Path fast = Files.createTempDirectory(Files.isWritable(memory) ? memory : folder, "fuzz");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.io.tmpdir=" + fast,
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + target.type.getName(),
                "--instrumentation_includes=clientkpis.**:org.apache.commons.csv.**:com.fasterxml.jackson.core.**",
                "--custom_hook_includes=clientkpis.**",
                "-max_total_time=" + TIME.toSeconds(),
                "-max_len=4096",
                "-timeout=120",
                "-artifact_prefix=" + ROOT.resolve("local/target") + "/" + target + "-",
                corpus.toString()));
        if (System.getProperty("fuzz") == null) {
            command.addAll(List.of("-seed=1", "-runs=" + target.sample));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        String done = "no run";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = out.readLine()) != null) {
                Matcher matcher = DONE.matcher(line);
                if (matcher.find()) {
                    done = "%s inputs in %s s".formatted(matcher.group(1), matcher.group(2));
                } else if (!line.matches("(#|INFO|WARNING).*")) {
                    said.add(line);
                }
            }
        }

        TempFolder.delete(fast);
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        System.out.println("Fuzzed " + target + ": " + done);
    }

    private static List<Path> inputs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
