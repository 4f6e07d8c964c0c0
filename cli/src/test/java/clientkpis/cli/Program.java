package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.output.Results;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A run of the command line. Everything that it writes fits the published schemas.
record Program(int exit, String printed, Path out) {
    /// The repository.
    static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));

    /// How a command ended, and what it printed: results, progress and errors.
    record Ended(int exit, String printed) {}

    /// Runs `kpis run` with the options in this JVM, whose classes are loaded and compiled after the first time.
    static Program run(Path exports, Path out, String... options) throws IOException {
        return ended(execute(arguments(exports, out, options)), out);
    }

    /// Runs `kpis run` with the options in a JVM of its own, as `./kpis` does.
    ///
    /// @param root the folder with the template and the functions
    /// @param jars come first on the class path
    static Program start(Path root, List<Path> jars, Path exports, Path out, String... options)
            throws IOException, InterruptedException {
        List<String> command = command(root, jars);
        command.addAll(arguments(exports, out, options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return ended(new Ended(process.waitFor(), printed), out);
    }

    /// Executes a command in this JVM.
    static Ended execute(List<String> arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exit = Kpis.commandLine(LocalSuite::start, stream, stream, false).execute(arguments.toArray(String[]::new));
        return new Ended(exit, printed.toString(StandardCharsets.UTF_8));
    }

    private static List<String> arguments(Path exports, Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", exports.toString(), "--out", out.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static Program ended(Ended ended, Path out) throws IOException {
        Program program = new Program(ended.exit(), ended.printed(), out);
        program.checkSchemas();
        return program;
    }

    /// The command that starts the program, without its arguments.
    static List<String> command(Path root, List<Path> jars) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dclientkpis.root=" + root,
                "-cp"));
        List<String> path = new ArrayList<>(jars.stream().map(Path::toString).toList());
        path.add(classPath());
        command.add(String.join(File.pathSeparator, path));
        command.add("clientkpis.cli.Kpis");
        return command;
    }

    /// The class path of this JVM, which Surefire hides in a jar.
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    List<JsonNode> events(String detailType) throws IOException {
        return lines("events.jsonl").stream()
                .filter(event -> event.path("detail-type").asText().equals(detailType))
                .map(event -> event.path("detail"))
                .toList();
    }

    List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve(file))) {
            lines.add(Results.JSON.readTree(line));
        }
        return lines;
    }

    /// The receipts of the uploads, each with its unchanged text.
    List<String> receipts() throws IOException {
        List<String> receipts = new ArrayList<>();
        Path folder = out.resolve("receipts");
        try (Stream<Path> files = Files.walk(folder)) {
            // TENANT/TABLE/UPLOAD.json; that of a configuration is beside the tables.
            for (Path file : files.filter(file -> file.toString().endsWith(".json")
                            && folder.relativize(file).getNameCount() > 2)
                    .sorted()
                    .toList()) {
                receipts.add(Files.readString(file));
            }
        }
        return receipts;
    }

    private void checkSchemas() throws IOException {
        assertThat(out.resolve("events.jsonl")).as(printed).exists();
        for (String detailType : List.of(
                "SituationChanged",
                "UploadApplied",
                "UploadRejected",
                "RecalculationCompleted",
                "MaturityAssessed",
                "ConfigurationActivated")) {
            Schema schema = schema(detailType);
            for (JsonNode detail : events(detailType)) {
                assertThat(schema.validate(detail.toString(), InputFormat.JSON)).isEmpty();
            }
        }
        Schema schema = schema("receipt");
        for (String receipt : receipts()) {
            assertThat(schema.validate(receipt, InputFormat.JSON)).as(receipt).isEmpty();
        }
    }

    private static Schema schema(String name) throws IOException {
        Path file = ROOT.resolve("events/" + name + ".schema.json");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(file.toUri().toString()), Files.readString(file), InputFormat.JSON);
    }
}
