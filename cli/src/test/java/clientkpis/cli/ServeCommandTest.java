package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.output.Results;
import clientkpis.kpi.configuration.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;

/// The command in its own process, used like from another shell.
///
/// One file, because its tests share one way to start the process and to wait for what it prints.
class ServeCommandTest {
    @TempDir
    private static Path folder;

    private static Serving serve;

    @BeforeAll
    static void start() throws Exception {
        serve = Serving.kpis(folder, "--port", "0");
    }

    @AfterAll
    static void stop() throws Exception {
        try (Serving stopped = serve) {
            assertThat(stopped.stop("TERM")).isEqualTo(143);
        }
    }

    @Test
    void aDroppedFileIsUploadedAndItsRowsAndReceiptAreReported() throws Exception {
        drop("dropped/Clientes (novos).csv", "CNPJ;Cliente", "1;Ana", "2;Bia", ";Caio");

        String told = serve.await(serve.told, line -> line.startsWith("uploads/dropped/clients/Clientes (novos).csv:"));
        assertThat(told).contains("2 rows applied, 1 rejected: receipts/dropped/clients/");
        JsonNode event = event("UploadApplied", "dropped");
        assertThat(event.path("source").asText()).isEqualTo("client-kpis");
        assertThat(told).endsWith(event.at("/detail/receipt").asText());
        try (S3Client s3 = s3()) {
            String receipt = s3.getObjectAsBytes(get ->
                            get.bucket(bucket()).key(event.at("/detail/receipt").asText()))
                    .asUtf8String();
            assertThat(receipt).contains("\"rejected\" : 1");
        }
    }

    @Test
    void aFileThatIsRejectedWholeIsReportedWithItsCode() throws Exception {
        drop("wrong/nps.csv", "a;b", "1;2");

        assertThat(serve.await(serve.told, line -> line.startsWith("uploads/wrong/nps/nps.csv:")))
                .contains("rejected whole, columns_missing: receipts/wrong/nps/");
        event("UploadRejected", "wrong");
    }

    @Test
    void aConfigurationIsActiveBeforeTheRestIsRead() throws Exception {
        drop("configured/contacts.csv", "client_id;nome;id", "1;Ana;x");
        drop("configured/configuration.json", "{\"timeZone\": 5}");

        assertThat(serve.await(serve.told, line -> line.startsWith("configuration/configured.json:")))
                .contains("rejected, the previous one stays in force; /");
        event("ConfigurationRejected", "configured");
    }

    @Test
    void anSdkUploadsWithTheVariablesThatAreExported() throws Exception {
        try (S3Client s3 = s3()) {
            s3.putObject(
                    put -> put.bucket(bucket()).key("uploads/sdk/clients/x.csv"),
                    RequestBody.fromString("client_id;name\n1;Ana\n"));
        }

        event("UploadApplied", "sdk");
    }

    @Test
    void aLineOnStdinRecalculatesAtOnce() throws Exception {
        drop("entered/clients.csv", "client_id;name", "1;Ana");
        event("UploadApplied", "entered");

        serve.process.getOutputStream().write('\n');
        serve.process.getOutputStream().flush();

        assertThat(serve.await(serve.told, line -> line.startsWith("entered: recalculated ")))
                .endsWith("1 client: reports/entered/latest/index.html");
        try (S3Client s3 = s3()) {
            serve.await(serve.told, _ -> has(s3, "reports/entered/latest/index.html"));
        }
    }

    @Test
    void theDailyFunctionIsInvokedByItsName() throws Exception {
        drop("invoked/clients.csv", "client_id;name", "1;Ana");
        event("UploadApplied", "invoked");

        try (LambdaClient lambda = local(LambdaClient.builder(), "LAMBDA")
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            InvokeResponse response = lambda.invoke(
                    invoke -> invoke.functionName(serve.environment().get("DAILY_FUNCTION"))
                            .payload(SdkBytes.fromUtf8String("{\"scheduledTime\": \"" + Instant.now() + "\"}")));
            assertThat(response.functionError()).isNull();
        }

        event("RecalculationCompleted", "invoked");
    }

    @Test
    void theExampleConsumerGetsEachClientAtRiskOnceAndWhatItMissedIsRepublished() throws Exception {
        String python = python();
        List<String> subscribe = List.of(python, example("subscribe.py"));
        Serving.Ended subscribed = Serving.run(folder, serve.environment(), subscribe);
        assertThat(subscribed.exit()).as("%s", subscribed).isZero();
        assertThat(Serving.run(folder, serve.environment(), subscribe).printed())
                .as("Subscribing again changes nothing")
                .isEqualTo(subscribed.printed());
        drop("consumed/clients.csv", "client_id;name", "A;Ana", "B;Bia");
        drop("consumed/overrides.csv", "client_id;field;value", "A;situation;risk", "B;situation;opportunity");

        try (Serving consumer = Serving.start(
                folder,
                serve.environment(),
                List.of(python, example("consume.py"), subscribed.printed().getFirst()))) {
            consumer.await(consumer.printed, line -> line.startsWith("consumed A is at risk since "));

            List<String> republish = Program.command(Program.ROOT, List.of());
            republish.addAll(
                    List.of("republish", "--from", "2000-01-01", "--to", "2999-12-31", "--tenant", "consumed"));
            Serving.Ended republished = Serving.run(folder, serve.environment(), republish);
            assertThat(republished.exit()).as("%s", republished).isZero();
            assertThat(republished.told()).as("Nothing but progress").allMatch(line -> line.startsWith("read "));
            assertThat(republished.printed())
                    .singleElement()
                    .asString()
                    .matches("read (\\d+), published \\1, failed 0");
            drop("consumed/overrides.csv", "client_id;field;value", "B;situation;risk");
            consumer.await(consumer.printed, line -> line.startsWith("consumed B is at risk since "));

            assertThat(consumer.printed).hasSize(2);
        }
    }

    @Test
    void wrongUsageAndAPortInUseAreReportedAndNothingStarts() throws Exception {
        String taken = Integer.toString(serve.port("S3"));
        String file = Files.writeString(folder.resolve("file"), "").toString();

        assertThat(refused("--port", taken)).contains("Port " + taken + " is not free", "--port");
        assertThat(refused("--port", "65535")).contains("--port 65535");
        assertThat(refused("--port", "-1")).contains("--port -1");
        assertThat(refused("--port", "0", "--tenant", "Not Allowed")).contains("--tenant Not Allowed");
        assertThat(refused("--port", "0", "--inbox", file)).contains("--inbox " + file);
        String inbox = folder.resolve("inbox").toString();
        assertThat(refused("--port", "0", "--inbox", inbox, "--state", file))
                .contains("--state " + file + " is not a folder");
        Path ofRun = Files.createDirectory(folder.resolve("of-run"));
        Files.writeString(ofRun.resolve("state.json"), "{\"format\": 1, \"command\": \"run\"}");
        assertThat(refused("--port", "0", "--inbox", inbox, "--state", ofRun.toString()))
                .contains("--state " + ofRun + " was written by `kpis run`; `kpis serve` cannot go on from it. Use");
        assertThat(refused("--port", "0", "--inbox", inbox, "--state", inbox + "/state"))
                .contains("one inside the other");
    }

    private static String refused(String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        assertThat(Kpis.commandLine(
                                LocalSuite::start,
                                new PrintStream(printed, true, StandardCharsets.UTF_8),
                                new PrintStream(told, true, StandardCharsets.UTF_8),
                                false)
                        .execute(arguments.toArray(String[]::new)))
                .isEqualTo(2);
        assertThat(printed.size()).isZero();
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itUsesTheGivenPortsContinuesWithoutStdinAndCtrlCEndsIt() throws Exception {
        int port = freePorts();
        Path inbox = folder.resolve("made/inbox");
        try (Serving own = Serving.kpis(
                folder, "--port", Integer.toString(port), "--inbox", inbox.toString(), "--tenant", "own")) {
            own.process.getOutputStream().close();
            assertThat(Stream.of("S3", "DYNAMODB", "SQS", "EVENTBRIDGE", "LAMBDA")
                            .map(own::port))
                    .containsExactly(port, port + 1, port + 2, port + 3, port + 4);
            Files.writeString(inbox.resolve("clients.csv"), "client_id;name\n1;Ana\n");
            own.await(own.told, line -> line.startsWith("uploads/own/clients/clients.csv: 1 row applied"));
            String log = own.await(own.told, line -> line.startsWith("# Log:"));
            Path logged = Path.of(log.substring(log.indexOf('/')));
            assertThat(logged).exists();

            assertThat(own.stop("INT")).isEqualTo(130);

            assertThat(own.await(own.told, line -> line.startsWith("Stopping.")))
                    .contains("in memory");
            assertThat(logged).doesNotExist();
            assertThat(inbox.resolve("clients.csv")).exists();
        }
    }

    @Test
    void withAStateItGoesOnWhereItWasStopped() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("kept-inbox/kept"));
        Path state = folder.resolve("state");
        String[] options = {"--port", "0", "--inbox", inbox.getParent().toString(), "--state", state.toString()};
        Files.writeString(inbox.resolve("clients.csv"), "client_id;name\n1;Ana\n2;Bia\n");
        try (Serving first = Serving.kpis(folder, options)) {
            assertThat(first.told).contains("state: nothing in " + state + " yet");
            first.await(first.told, line -> line.startsWith("uploads/kept/clients/clients.csv: 2 rows applied"));
            assertThat(refused(options)).contains("--state " + state + " is in use", "Stop it first");

            assertThat(first.stop("TERM")).isEqualTo(143);

            first.await(first.told, line -> line.equals("Saved. Go on with --state " + state + "."));
        }
        assertThat(folder.resolve("state.lock")).doesNotExist();

        String day;
        try (Serving second = Serving.kpis(folder, options)) {
            assertThat(second.told).contains("state: kept, not recalculated yet");
            Files.writeString(inbox.resolve("overrides.csv"), "client_id;field;value\n1;situation;risk\n");
            // It is under way when the signal comes.
            second.await(second.told, line -> line.endsWith("uploaded as uploads/kept/overrides/overrides.csv"));

            assertThat(second.stop("INT")).isEqualTo(130);

            second.await(second.told, line -> line.startsWith("uploads/kept/overrides/overrides.csv: 1 row"));
            second.await(second.told, line -> line.startsWith("Saved."));
            assertThat(second.told).noneMatch(line -> line.contains("clients.csv: "));
        }

        try (Serving third = Serving.kpis(folder, options)) {
            third.process.getOutputStream().write('\n');
            third.process.getOutputStream().flush();
            String recalculated = third.await(third.told, line -> line.startsWith("kept: recalculated "));
            assertThat(recalculated).contains(", 2 clients: ");
            day = recalculated.substring("kept: recalculated ".length(), recalculated.indexOf(','));
            third.process.destroyForcibly().waitFor();
            assertThat(third.told).noneMatch(line -> line.contains(".csv: "));
        }

        // Killed, it left the state before as it was, so the day is recalculated once more.
        try (Serving fourth = Serving.kpis(folder, options)) {
            assertThat(fourth.told).contains("state: kept, not recalculated yet");
            fourth.process.getOutputStream().write('\n');
            fourth.process.getOutputStream().flush();
            fourth.await(fourth.told, line -> line.startsWith("kept: recalculated "));
            assertThat(fourth.stop("TERM")).isEqualTo(143);
        }
        try (Serving last = Serving.kpis(folder, options)) {
            assertThat(last.told).contains("state: kept, 2 clients in all as of " + day);
        }
        assertThat(names(folder)).filteredOn(name -> name.startsWith("state.")).containsExactly("state.lock");

        Files.write(state.resolve("cloud/objects.gz"), new byte[] {31, -117});
        List<String> again = Program.command(Program.ROOT, List.of());
        again.add("serve");
        again.addAll(List.of(options));
        Serving.Ended damaged = Serving.run(folder, Map.of(), again);
        assertThat(damaged.exit()).as("%s", damaged).isEqualTo(3);
        assertThat(damaged.told()).anyMatch(line -> line.contains(state.resolve("cloud") + " cannot be loaded: "));
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// All that it says: how to use it, what became of each file, and its end.
    @Test
    void inPortugueseItSaysNoWordOfEnglish() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("caixa"));
        String state = folder.resolve("estado").toString();
        try (Serving own =
                Serving.kpis(folder, "--port", "0", "--inbox", inbox.toString(), "--state", state, "--lang", "pt-BR")) {
            Files.createDirectories(inbox.resolve("pao"));
            Files.writeString(inbox.resolve("solto.csv"), "a;b\n");
            Files.writeString(inbox.resolve("pao/clientes.csv"), "client_id;name\n1;Ana\n");
            Files.writeString(inbox.resolve("pao/nps.csv"), "a;b\n1;2\n");
            Files.writeString(inbox.resolve("pao/configuration.json"), "{\"timezone\": 5}");
            own.await(own.told, line -> line.contains("1 linha aplicada, 0 recusadas: "));
            own.await(own.told, line -> line.contains(": recusado inteiro, columns_missing: "));
            own.await(own.told, line -> line.contains(": recusada, a anterior continua valendo; /timezone: "));
            own.await(own.told, line -> line.contains("solto.csv: não enviado. "));
            own.process.getOutputStream().write('\n');
            own.process.getOutputStream().flush();
            own.await(own.told, line -> line.startsWith("pao: recalculou "));

            assertThat(own.stop("INT")).isEqualTo(130);

            own.await(own.told, line -> line.startsWith("Encerrando: "));
            own.await(own.told, line -> line.startsWith("Gravado."));
            LanguagesTest.assertIn(Language.PORTUGUESE, String.join("\n", own.told));
        }
        LanguagesTest.assertIn(Language.ENGLISH, String.join("\n", serve.told));
    }

    private static void drop(String path, String... lines) throws IOException {
        Path file = folder.resolve("inbox").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines), StandardCharsets.UTF_8);
    }

    private static JsonNode event(String detailType, String tenant) throws Exception {
        Predicate<String> which = line -> {
            JsonNode event = json(line);
            return event.path("detail-type").asText().equals(detailType)
                    && event.at("/detail/tenant").asText().equals(tenant);
        };
        return json(serve.await(serve.printed, which));
    }

    private static JsonNode json(String line) {
        try {
            return Results.JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String bucket() {
        return serve.environment().get("DATA_BUCKET");
    }

    private static S3Client s3() {
        return local(S3Client.builder(), "S3")
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, String service) {
        Map<String, String> environment = serve.environment();
        return builder.endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_" + service)))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))));
    }

    private static boolean has(S3Client s3, String key) {
        return s3.listObjectsV2(list -> list.bucket(bucket()).prefix(key)).hasContents();
    }

    private static int freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int first = 20_000; ; first += 7) {
                try {
                    for (int i = 0; i < 5; i++) {
                        held.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
                    }
                    return first;
                } catch (IOException e) {
                    // The next ones.
                }
            }
        } finally {
            for (ServerSocket one : held) {
                one.close();
            }
        }
    }

    private static String example(String name) {
        return Program.ROOT.resolve("examples/consumer").resolve(name).toString();
    }

    /// A Python that has boto3.
    private static String python() throws Exception {
        String tools = System.getenv("CLOUD_TOOLS");
        List<String> pythons = List.of(tools + "/ministack/bin/python", tools + "/bin/python", "python3");
        for (String python : pythons) {
            try {
                if (Serving.run(folder, Map.of(), List.of(python, "-c", "import boto3"))
                                .exit()
                        == 0) {
                    return python;
                }
            } catch (IOException e) {
                // It does not exist.
            }
        }
        String missing = "NOT TESTED: the example consumer needs a Python with boto3. Install it for python3, or set"
                + " CLOUD_TOOLS to the folder that .ci/tools/install prints.";
        assertThat(System.getenv("CI")).as(missing).isNull();
        System.err.println(missing);
        return Assumptions.abort(missing);
    }
}
