package clientkpis.deployed;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What holds for the template as SAM deploys it: it has the same outcome as on the local cloud, it can be updated
/// while it holds data, its policies are necessary and sufficient, and deleting it keeps the data.
///
/// One file, because the tests are steps in the life of one stack, in order.
@Tag("slow")
abstract class StackTest extends DeployedSuiteTest {
    private static final UnaryOperator<String> AS_IT_IS = UnaryOperator.identity();
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private static final Path EXAMPLE = SamTestCloud.ROOT.resolve("examples/consumer");

    private Optional<String> absence = Optional.empty();
    private SamTestCloud cloud;
    private DeployedSuite suite;
    private Outcome atRisk;
    private Outcome letGo;
    private Map<String, String> kept = Map.of();

    /// Why this cloud is missing, if it is.
    abstract Optional<String> absence();

    abstract SamTestCloud start() throws Exception;

    @BeforeAll
    void theStack() throws Exception {
        absence = absence();
        if (absence.isPresent()) {
            return;
        }
        cloud = start();
        LocalRun.today();
        Phase.timed(cloud + ", sam deploy", () -> cloud.deploy(AS_IT_IS, Map.of("MaximumConcurrency", "2")));
        cloud.deploy(
                EXAMPLE.resolve("consumer.yaml"),
                consumer(),
                Map.of("EventBusName", cloud.outputs().get("EventBus")));
        suite = new DeployedSuite(cloud);
        atRisk = suite.atRisk();
    }

    /// Makes each test be reported as skipped, and not the class as if it had none.
    @BeforeEach
    void theCloudIsThere() {
        Assumptions.assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
    }

    @AfterAll
    void theCloud() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Override
    Outcome atRisk() {
        return atRisk;
    }

    @Override
    Outcome letGo() {
        return letGo;
    }

    @Test
    @Order(2)
    void whatComesOutIsWhatComesOutOnTheLocalCloud() throws Exception {
        assertSame(atRisk, LocalRun.today().atRisk());
    }

    @Test
    @Order(2)
    void theExampleConsumerReceivesTheClientAtRisk() throws Exception {
        Process reading = cloud.python(
                EXAMPLE.resolve("consume.py"), cloud.outputs(consumer()).get("QueueUrl"));
        try (BufferedReader printed = reading.inputReader()) {
            await("the consumer to print").atMost(AT_MOST).until(printed::ready);

            assertThat(printed.readLine())
                    .matches("acme .+ is at risk since " + atRisk.day().plusDays(8) + ", version \\d+");
        } finally {
            reading.destroy();
        }
    }

    @Test
    @Order(3)
    void anUpdateTakesEffectAndTheDataGoesOn() throws Exception {
        assertThat(concurrencies()).isNotEmpty().containsOnly(2);

        Phase.timed(
                cloud + ", sam deploy of an update", () -> cloud.deploy(AS_IT_IS, Map.of("MaximumConcurrency", "3")));
        letGo = suite.letGo();

        // That of daily is fixed.
        assertThat(concurrencies()).contains(3).containsOnly(2, 3);
        assertSame(letGo, LocalRun.today().letGo());
    }

    @Test
    @Order(5)
    void whoeverHasNoPolicyMayNothing() {
        Assumptions.assumeTrue(cloud.enforcesPolicies(), cloud + " enforces no policies.");
        S3Client nobody = sdkOfAUser("nobody").s3();

        await("the key").atMost(AT_MOST).untilAsserted(() -> assertDenied(() -> put(nobody, "uploads/acme/x.csv")));
        assertDenied(() -> nobody.listObjectsV2(list -> list.bucket(suite.bucket())));
    }

    @Test
    @Order(6)
    void aStatementLessAndTheMessageIsGivenUp() throws Exception {
        Assumptions.assumeTrue(cloud.enforcesPolicies(), cloud + " enforces no policies.");
        Phase.timed(
                cloud + ", sam deploy without three statements",
                () -> cloud.deploy(
                        template -> without(
                                without(
                                        without(
                                                apart(apart(template, "support"), "nps"),
                                                "Fn::ForEach::support",
                                                "dynamodb:PutItem"),
                                        "Fn::ForEach::nps",
                                        "events:PutEvents"),
                                "reportRights",
                                "s3:PutObject"),
                        Map.of("MaximumConcurrency", "3")));
        List.of("support", "nps", "report").forEach(this::giveUpSoon);

        Phase.timed(cloud + ", a run without them", () -> {
            suite.upload("denied", "clients", "clients.csv", "client_id;name\n7;Padaria\n");
            String tickets = suite.put(
                    "denied",
                    "support",
                    "tickets.csv",
                    "client_id;ticket_id;opened_on;sla_on\n7;1;01/02/2026;02/02/2026\n");
            String answers =
                    suite.put("denied", "nps", "nps.csv", "client_id;answer_id;score;answered_on\n7;1;9;01/02/2026\n");
            suite.invokeDaily(0);

            await("three messages to be given up")
                    .atMost(AT_MOST)
                    .until(() -> suite.deadLetters().size() >= 3);
            assertThat(suite.deadLetters().keySet())
                    .map(name -> name.replaceFirst(".*-(\\w+)DeadLetterQueue.*", "$1"))
                    .containsExactlyInAnyOrder("support", "nps", "report");
            assertThat(List.of("support", "nps", "report"))
                    .allSatisfy(
                            function -> assertThat(log(function + "Function")).contains("AccessDenied"));
            assertThat(suite.subscriber.details("RecalculationCompleted"))
                    .anyMatch(detail -> detail.path("tenant").asText().equals("denied"));
            assertThat(suite.subscriber.details("UploadApplied"))
                    .noneMatch(detail -> List.of(tickets, answers)
                            .contains(detail.path("object").asText()));
            assertThat(suite.keys("reports/denied/")).isEmpty();
        });
    }

    @Test
    @Order(7)
    void anUploaderReachesItsOwnTenantAlone() throws Exception {
        Assumptions.assumeTrue(cloud.enforcesPolicies(), cloud + " enforces no policies.");
        Path template = SamTestCloud.ROOT.resolve("tenant.yaml");
        String stack = cloud.stack() + "-acme";
        cloud.deploy(template, stack, Map.of("Tenant", "acme", "DataBucket", suite.bucket()));
        String policy = cloud.outputs(stack).get("UploaderPolicy");
        Sdk uploader = sdkOfAUser("acme-uploader", policy);
        S3Client s3 = uploader.s3();
        S3Client owner = new Sdk(cloud.environment()).s3();
        String receipt = suite.keys("receipts/acme/").getFirst();
        put(owner, "receipts/other/clients/x.json");
        put(owner, "receipts/acme-2/clients/x.json");

        await("the key")
                .atMost(AT_MOST)
                .ignoreExceptions()
                .untilAsserted(() -> put(s3, "uploads/acme/clients/ours.csv"));
        assertThat(get(s3, receipt)).isNotEmpty();
        assertThat(list(s3, "receipts/acme/")).contains(receipt);

        assertThat(Stream.of(
                        "uploads/other/clients/x.csv",
                        "uploads/acme-2/clients/x.csv",
                        "parts/clients/acme/x",
                        "receipts/acme/x",
                        "configuration/acme.json"))
                .allSatisfy(key -> assertDenied(() -> put(s3, key)));
        assertThat(Stream.of("receipts/other/clients/x.json", "receipts/acme-2/clients/x.json"))
                .allSatisfy(key -> assertDenied(() -> get(s3, key)));
        assertThat(Stream.of("", "receipts/", "receipts/other/", "uploads/other/"))
                .allSatisfy(prefix -> assertDenied(() -> list(s3, prefix)));
        assertDenied(() ->
                uploader.dynamo().scan(scan -> scan.tableName(cloud.outputs().get("ClientsTable"))));
        // A policy that somebody has is not deleted.
        new Sdk(cloud.environment())
                .iam()
                .detachUserPolicy(detach ->
                        detach.userName(cloud.stack() + "-acme-uploader").policyArn(policy));
        cloud.delete(stack);
    }

    @Test
    @Order(8)
    void aDeletedStackLeavesItsDataAndNothingElse() throws Exception {
        Sdk sdk = new Sdk(cloud.environment());
        List<JsonNode> clients = suite.clients();
        kept = cloud.outputs();
        suite.subscriber.cancel();
        cloud.delete(consumer());

        Phase.timed(cloud + ", sam delete", () -> cloud.delete(cloud.stack()));

        assertThat(functions()).isEmpty();
        assertThat(sdk.events()
                        .listRules(list -> list.namePrefix(cloud.stack()))
                        .rules())
                .isEmpty();
        assertThat(sdk.events()
                        .listEventBuses(list -> list.namePrefix(cloud.stack()))
                        .eventBuses())
                .isEmpty();
        assertThat(sdk.sqs()
                        .listQueues(list -> list.queueNamePrefix(cloud.stack()))
                        .queueUrls())
                .isEmpty();
        assertThat(suite.keys("uploads/acme/")).hasSizeGreaterThan(20);
        assertThat(suite.clients()).containsExactlyInAnyOrderElementsOf(clients);
    }

    @Test
    @Order(9)
    void whatItLeftIsTakenUpByANewStack(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(cloud instanceof MiniStackTestCloud, cloud + " may keep what the next run needs.");
        List<JsonNode> clients = suite.clients();
        Files.copy(SamTestCloud.ROOT.resolve("template.yaml"), folder.resolve("template.yaml"));
        ProcessBuilder bash = new ProcessBuilder("bash", "-euc", storesToImport())
                .directory(folder.toFile())
                .inheritIO();
        bash.environment()
                .putAll(Map.of(
                        "DATA_BUCKET", kept.get("DataBucket"),
                        "CLIENTS_TABLE", kept.get("ClientsTable"),
                        "RECORDS_TABLE", kept.get("RecordsTable"),
                        "SITUATION_CHANGES_TABLE", kept.get("SituationChangesTable"),
                        "TENANTS_TABLE", kept.get("TenantsTable"),
                        "RUNS_TABLE", kept.get("RunsTable")));
        assertThat(bash.start().waitFor()).isZero();
        assertThat(cloud.python(
                                SamTestCloud.ROOT.resolve("deployed/import-stores.py"),
                                folder.toString(),
                                cloud.stack(),
                                suite.bucket())
                        .waitFor())
                .isZero();

        Phase.timed(cloud + ", sam deploy around stores that were there", () -> cloud.deploy(AS_IT_IS, Map.of()));

        assertThat(cloud.outputs())
                .containsEntry("DataBucket", kept.get("DataBucket"))
                .containsEntry("ClientsTable", kept.get("ClientsTable"));
        assertThat(new DeployedSuite(cloud).clients()).containsExactlyInAnyOrderElementsOf(clients);
    }

    /// The commands of docs/deploy.md that say what to import.
    private static String storesToImport() throws IOException {
        String guide = Files.readString(SamTestCloud.ROOT.resolve("docs/deploy.md"));
        Matcher block = Pattern.compile("(?s)## Take up a deleted stack\n.*?```\n(.*?)\naws cloudformation")
                .matcher(guide);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static void assertSame(Outcome outcome, Outcome local) {
        assertThat(outcome.day()).isEqualTo(local.day());
        assertThat(outcome.clients()).containsExactlyElementsOf(local.clients());
        assertThat(outcome.exported()).containsExactlyElementsOf(local.exported());
        assertThat(outcome.events()).containsExactlyElementsOf(local.events());
    }

    /// The stack of the example consumer. Its queues do not count as the suite's, whose names begin with its stack's.
    private String consumer() {
        return "risks-" + cloud.stack();
    }

    private List<Integer> concurrencies() {
        return new Sdk(cloud.environment())
                .lambda().listEventSourceMappingsPaginator().eventSourceMappings().stream()
                        .filter(mapping -> mapping.functionArn().contains(":function:" + cloud.stack()))
                        .filter(mapping -> mapping.scalingConfig() != null)
                        .map(mapping -> mapping.scalingConfig().maximumConcurrency())
                        .toList();
    }

    /// What a function wrote to its log group.
    private String log(String function) {
        Sdk sdk = new Sdk(cloud.environment());
        String name = functions().stream()
                .filter(one -> one.startsWith(cloud.stack() + "-" + function))
                .findFirst()
                .orElseThrow();
        String group = sdk.lambda()
                .getFunctionConfiguration(get -> get.functionName(name))
                .loggingConfig()
                .logGroup();
        return sdk.logs().filterLogEventsPaginator(filter -> filter.logGroupName(group)).events().stream()
                .map(FilteredLogEvent::message)
                .collect(joining("\n"));
    }

    private List<String> functions() {
        LambdaClient lambda = new Sdk(cloud.environment()).lambda();
        return lambda.listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(name -> name.startsWith(cloud.stack()))
                .toList();
    }

    /// Makes a queue redeliver messages after a second and give them up at the second failure, as no operator should.
    private void giveUpSoon(String queue) {
        SqsClient sqs = new Sdk(cloud.environment()).sqs();
        String url = Stream.of("-parts-" + queue, "-" + queue + "Queue")
                .flatMap(
                        name -> sqs.listQueues(list -> list.queueNamePrefix(cloud.stack() + name)).queueUrls().stream())
                .findFirst()
                .orElseThrow();
        String redrive = sqs.getQueueAttributes(
                        get -> get.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes()
                .get(QueueAttributeName.REDRIVE_POLICY);
        sqs.setQueueAttributes(set -> set.queueUrl(url)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "1",
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive.replaceFirst("(\"maxReceiveCount\":\\s*\"?)\\d+", "$12"))));
    }

    /// The template with one family in a separate loop, so that it can differ from the others.
    static String apart(String template, String family) {
        Matcher loop = Pattern.compile("(?m)^  Fn::ForEach::Families:\n    - family\n    - \\[(.*)]\n(?: {4}.*\n|\n)+")
                .matcher(template);
        assertThat(loop.find()).isTrue();
        List<String> others = new ArrayList<>(List.of(loop.group(1).split(", ")));
        assertThat(others.remove(family)).as(family).isTrue();
        String alone = loop.group()
                .replace("Fn::ForEach::Families:", "Fn::ForEach::" + family + ":")
                .replace(loop.group(1), family);
        return template.replace(loop.group(), alone + loop.group().replace(loop.group(1), String.join(", ", others)));
    }

    /// The template without the one statement that allows an action to a function or to the functions of a loop.
    static String without(String template, String function, String action) {
        int start = template.indexOf("\n  " + function + ":\n");
        int end = start
                + 1
                + Pattern.compile("\n  \\S")
                        .matcher(template.substring(start + 1))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .start();
        String section = template.substring(start, end);
        List<String> allowing = Pattern.compile("\n( +)- Effect: Allow.*(?:\n\\1 +.*)+")
                .matcher(section)
                .results()
                .map(statement -> statement.group())
                .filter(statement -> statement.contains(action))
                .toList();
        assertThat(allowing)
                .as("statements of %s that allow %s", function, action)
                .hasSize(1);
        return template.substring(0, start) + section.replace(allowing.getFirst(), "") + template.substring(end);
    }

    private Sdk sdkOfAUser(String name, String... policies) {
        IamClient iam = new Sdk(cloud.environment()).iam();
        String user = cloud.stack() + "-" + name;
        iam.createUser(create -> create.userName(user));
        for (String policy : policies) {
            iam.attachUserPolicy(attach -> attach.userName(user).policyArn(policy));
        }
        AccessKey key = iam.createAccessKey(create -> create.userName(user)).accessKey();
        return new Sdk(cloud.environment()).as(key.accessKeyId(), key.secretAccessKey());
    }

    private void put(S3Client s3, String key) {
        s3.putObject(put -> put.bucket(suite.bucket()).key(key), RequestBody.fromString("client_id;name\n7;Padaria\n"));
    }

    private byte[] get(S3Client s3, String key) {
        return s3.getObjectAsBytes(get -> get.bucket(suite.bucket()).key(key)).asByteArray();
    }

    private List<String> list(S3Client s3, String prefix) {
        return s3.listObjectsV2(list -> list.bucket(suite.bucket()).prefix(prefix)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).startsWith("AccessDenied"));
    }
}
