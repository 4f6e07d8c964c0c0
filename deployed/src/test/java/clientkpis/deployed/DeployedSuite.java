package clientkpis.deployed;

import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The deployed suite as a company uses it, on any cloud: uploads exports, recalculates days, consumes the events.
///
/// One file, because all that is done to a deployed suite shares its clients and its clock.
final class DeployedSuite {
    /// The latest time, in tenants' default time zone, to start a run that must finish before midnight.
    private static final LocalTime LAST_START = LocalTime.of(23, 40);

    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final Duration AT_MOST = Duration.ofMinutes(4);
    /// EventBridge gives the time of events in whole seconds.
    private static final Duration APART = Duration.ofMillis(1_100);

    private static final Set<QueueAttributeName> UNDER_WAY = Set.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    /// The table of a file of the example, by a part of its path.
    private static final Map<String, String> TABLES = Map.of(
            "Clientes", "clients",
            "Contratos", "contracts",
            "Financeiro", "billing",
            "suporte", "support",
            "nps", "nps",
            "NPS", "nps",
            "uso/", "usage",
            "Atividades", "activities",
            "Contatos", "contacts",
            "csmi", "maturity");

    static final String TENANT = "acme";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Subscriber subscriber;

    private final TestCloud cloud;
    private final S3Client s3;
    private final SqsClient sqs;
    private final DynamoDbClient dynamo;
    private final LambdaClient lambda;
    private final Map<String, String> outputs;
    private final LocalDate day;
    private String byHand = "";

    DeployedSuite(TestCloud cloud) {
        this.cloud = cloud;
        Sdk sdk = new Sdk(cloud.environment());
        this.s3 = sdk.s3();
        this.sqs = sdk.sqs();
        this.dynamo = sdk.dynamo();
        this.lambda = sdk.lambda();
        this.outputs = cloud.outputs();
        this.subscriber = new Subscriber(sdk, outputs.get("EventBus"));
        this.day = today();
    }

    LocalDate day() {
        return day;
    }

    /// The example's uploads, two recalculations eight days apart, and a client set by hand so that it is at risk.
    Outcome atRisk() throws Exception {
        Phase.timed(cloud + ", the example's uploads", this::uploadTheExample);
        Phase.timed(cloud + ", two recalculations", () -> {
            recalculate(TENANT, 0);
            recalculate(TENANT, 8);
        });
        byHand = aClientThatIsNotRed();
        Phase.timed(cloud + ", an override", () -> upload(TENANT, "overrides", "por-mim.csv", override("10")));
        return outcome();
    }

    /// The same client, no longer set by hand.
    Outcome letGo() throws Exception {
        Phase.timed(cloud + ", the override withdrawn", () -> upload(TENANT, "overrides", "afinal.csv", override("")));
        return outcome();
    }

    private String override(String value) {
        return "client_id;campo;valor;motivo;autor;expira_em\n%s;senseScore;%s;conversa;Ana;\n"
                .formatted(byHand, value);
    }

    /// Today in the tenants' time zone. Just before midnight it waits, and it is tomorrow.
    static LocalDate today() {
        await("midnight")
                .atMost(Duration.ofHours(1))
                .until(() -> LocalTime.now(ZONE).isBefore(LAST_START));
        return LocalDate.now(ZONE);
    }

    /// Uploads all files of the example, those of one table one after the other.
    void uploadTheExample() throws IOException {
        Path example = SamTestCloud.ROOT.resolve("examples/padaria-saas");
        Map<String, Queue<Path>> waiting = new TreeMap<>();
        try (Stream<Path> files = Files.walk(example)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .collect(groupingBy(file -> table(example.relativize(file))))
                    .forEach((table, inOrder) -> waiting.put(table, new ArrayDeque<>(inOrder)));
        }
        Map<String, String> underWay = new HashMap<>();
        Map<String, Instant> last = new HashMap<>();
        atMost("the example's uploads").until(() -> {
            Set<String> done = settledObjects();
            underWay.values().removeIf(done::contains);
            waiting.forEach((table, files) -> {
                boolean free = !underWay.containsKey(table)
                        && Instant.now()
                                .isAfter(last.getOrDefault(table, Instant.MIN).plus(APART));
                if (free && !files.isEmpty()) {
                    Path file = files.remove();
                    String name = example.relativize(file).toString().replace('/', '-');
                    String key = "uploads/%s/%s/%s".formatted(TENANT, table, name);
                    last.put(table, Instant.now());
                    underWay.put(table, key);
                    s3.putObject(put -> put.bucket(bucket()).key(key), file);
                }
            });
            return underWay.isEmpty() && waiting.values().stream().allMatch(Queue::isEmpty);
        });
        settle();
    }

    /// Uploads one file, and waits until it was applied.
    void upload(String tenant, String table, String name, String content) throws InterruptedException {
        Thread.sleep(APART);
        String key = put(tenant, table, name, content);
        atMost(key + " to be applied").until(() -> settledObjects().contains(key));
        settle();
    }

    String put(String tenant, String table, String name, String content) {
        String key = "uploads/%s/%s/%s".formatted(tenant, table, name);
        s3.putObject(put -> put.bucket(bucket()).key(key), RequestBody.fromString(content));
        return key;
    }

    /// Recalculates the day that many days from today, and waits until it is done and its report exists.
    void recalculate(String tenant, int daysFromToday) {
        LocalDate recalculated = day.plusDays(daysFromToday);
        invokeDaily(daysFromToday);
        atMost("the recalculation of " + recalculated)
                .until(() -> subscriber.details("RecalculationCompleted").stream()
                        .anyMatch(detail -> detail.path("tenant").asText().equals(tenant)
                                && detail.path("day").asText().equals(recalculated.toString())));
        atMost("the report of " + recalculated)
                .until(() -> keys("reports/%s/%s/".formatted(tenant, recalculated)).stream()
                        .anyMatch(key -> key.endsWith("index.html")));
        settle();
    }

    /// Starts the recalculation of a day as its schedule does.
    void invokeDaily(int daysFromToday) {
        Instant night = day.plusDays(daysFromToday).atTime(23, 0).atZone(ZONE).toInstant();
        InvokeResponse response = lambda.invoke(invoke -> invoke.functionName(outputs.get("DailyFunction"))
                .payload(SdkBytes.fromUtf8String("{\"scheduledTime\": \"%s\"}".formatted(night))));
        if (response.functionError() != null) {
            throw new IllegalStateException(response.payload().asUtf8String());
        }
    }

    /// Waits until every queue of the stack is empty and every change of situation to be published was published.
    void settle() {
        atMost("the queues to be empty and the changes to be published")
                .pollInterval(Duration.ofMillis(700))
                .during(Duration.ofSeconds(2))
                .until(() -> messages().isEmpty()
                        && published() == subscriber.details("SituationChanged").size());
    }

    /// The messages that wait or are in flight, by queue.
    private Map<String, Integer> messages() {
        return messages(url -> !url.contains("DeadLetter"));
    }

    /// The messages that were given up, by queue.
    Map<String, Integer> deadLetters() {
        return messages(url -> url.contains("DeadLetter"));
    }

    private Map<String, Integer> messages(Predicate<String> which) {
        Map<String, Integer> messages = new TreeMap<>();
        sqs.listQueuesPaginator(list -> list.queueNamePrefix(cloud.stack())).queueUrls().stream()
                .filter(which)
                .forEach(url -> {
                    int count = sqs
                            .getQueueAttributes(get -> get.queueUrl(url).attributeNames(UNDER_WAY))
                            .attributes()
                            .values()
                            .stream()
                            .mapToInt(Integer::parseInt)
                            .sum();
                    if (count > 0) {
                        messages.put(url.substring(url.lastIndexOf('/') + 1), count);
                    }
                });
        return messages;
    }

    private long published() {
        return dynamo.scanPaginator(scan -> scan.tableName(outputs.get("SituationChangesTable"))).items().stream()
                .filter(change -> change.get("published").bool())
                .count();
    }

    private Set<String> settledObjects() {
        return Stream.of("UploadApplied", "UploadRejected")
                .flatMap(kind -> subscriber.details(kind).stream())
                .map(detail -> detail.path("object").asText())
                .collect(Collectors.toSet());
    }

    /// The client of the client table with the least id whose SenseScore is not red.
    String aClientThatIsNotRed() {
        return clients().stream()
                .filter(client ->
                        !client.at("/fields/senseScoreBand").asText("red").equals("red"))
                .map(client -> client.path("client").asText())
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    String bucket() {
        return outputs.get("DataBucket");
    }

    /// @throws IllegalStateException when a message was given up
    private Outcome outcome() {
        if (!deadLetters().isEmpty()) {
            throw new IllegalStateException("Messages were given up: " + deadLetters());
        }
        List<String> exported = new ArrayList<>();
        for (String key : keys("exports/" + TENANT + "/")) {
            if (key.matches(".*/clients-\\d+\\.jsonl\\.gz")) {
                lines(key).forEach(line -> exported.add(key + " " + withoutTimes(line)));
            }
        }
        return new Outcome(
                day,
                clients().stream().map(JsonNode::toString).sorted().toList(),
                exported.stream().sorted().toList(),
                subscriber.events().stream()
                        .filter(event -> event.at("/detail/tenant").asText().equals(TENANT))
                        .map(DeployedSuite::normalised)
                        .sorted()
                        .toList());
    }

    /// The part of our clients' items that other services read.
    List<JsonNode> clients() {
        return dynamo.scanPaginator(scan -> scan.tableName(outputs.get("ClientsTable"))).items().stream()
                .filter(item -> item.get("shard").s().startsWith(TENANT + "#"))
                .map(item -> {
                    Map<String, AttributeValue> read = new TreeMap<>(item);
                    read.keySet().retainAll(Set.of("client", "asOf", "fields"));
                    return json(AttributeValue.fromM(read));
                })
                .toList();
    }

    List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(bucket()).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<String> lines(String key) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(s3.getObject(get -> get.bucket(bucket()).key(key))), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normalised(JsonNode event) {
        JsonNode detail = event.path("detail").deepCopy();
        // How many clients were not registered depends on whether their file was applied before this one.
        if (detail.path("warnings") instanceof ObjectNode warnings) {
            warnings.remove("ids_not_registered");
            if (warnings.isEmpty() && detail instanceof ObjectNode all) {
                all.remove("warnings");
            }
        }
        return event.path("detail-type").asText() + " " + withoutTimes(sorted(detail));
    }

    /// A text with the beginning of upload ids removed: the upload's time and a hash of its object's version.
    private static String withoutTimes(String text) {
        return text.replaceAll("\\d{8}T\\d{6}-[0-9a-f]{10}-", "");
    }

    private static String sorted(JsonNode json) {
        try {
            return JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(JSON.treeToValue(json, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(AttributeValue value) {
        return switch (value.type()) {
            case M -> {
                ObjectNode node = JSON.createObjectNode();
                new TreeMap<>(value.m()).forEach((name, member) -> node.set(name, json(member)));
                yield node;
            }
            case N -> JSON.getNodeFactory().numberNode(shortest(new BigDecimal(value.n())));
            case S -> JSON.getNodeFactory().textNode(value.s());
            default -> throw new IllegalStateException("Nothing that other services read is a " + value.type());
        };
    }

    /// A number as DynamoDB returns it, without trailing zeros.
    private static BigDecimal shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String table(Path file) {
        String path = file.toString().replace('\\', '/');
        return TABLES.entrySet().stream()
                .filter(entry -> path.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Unknown table of " + path));
    }

    private static ConditionFactory atMost(String what) {
        return await(what).atMost(AT_MOST).pollInterval(Duration.ofMillis(200));
    }
}
