package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.Subscription;
import clientkpis.local.invoke.Faults;
import clientkpis.local.service.DeadLetter;
import clientkpis.store.ClientIds;
import clientkpis.store.ClientStore;
import clientkpis.store.RecordStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The repository's template in a local cloud. Every event on its bus fits its published schema, and nothing is ever
/// given up.
///
/// A test class registers one as an extension. Classes without options of their own share one, each with its own
/// tenants.
///
/// One class, because it is all that a test may ask of the suite.
public final class Suite implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    public static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final int ERRORS = 8;
    private static final LocalTime NIGHT = LocalTime.of(23, 59, 59);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private static @Nullable Suite shared;

    private final LocalCloud cloud;
    private final Deque<String> lastErrors;
    private final Subscription bus;
    private final Subscription objects;
    private final List<JsonNode> events = new ArrayList<>();
    private final List<JsonNode> notifications = new ArrayList<>();
    public final S3Client s3 = S3Client.create();
    public final SqsClient sqs = SqsClient.create();
    public final DynamoDbClient dynamo = DynamoDbClient.create();
    private int companies;

    private Suite(LocalCloud cloud, Deque<String> lastErrors) {
        this.cloud = cloud;
        this.lastErrors = lastErrors;
        this.bus = cloud.subscribe(cloud.bus("Events"));
        this.objects = cloud.subscribe("default");
    }

    /// The suite that test classes share. It is stopped after the last test, or when a test starts another one.
    public static Suite shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /// Makes room for another local cloud in this JVM.
    public static void stopShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        AutoCloseable stop = Suite::stopShared;
        context.getRoot().getStore(Namespace.GLOBAL).put(Suite.class, stop);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (this != shared) {
            close();
        }
    }

    public static Suite start() {
        return start(Options.defaults());
    }

    public static Suite start(Faults faults) {
        return start(Options.defaults().withFaults(faults));
    }

    /// @param log receives every line that a function logs
    public static Suite logged(Consumer<String> log) {
        return start(Options.defaults().withLog(log));
    }

    public static Suite logged(Consumer<String> log, Faults faults) {
        return start(Options.defaults().withLog(log).withFaults(faults));
    }

    public static Suite start(Options options) {
        return start(ROOT.resolve("template.yaml"), options);
    }

    public static Suite start(Path template, Options options) {
        stopShared();
        Deque<String> lastErrors = new ConcurrentLinkedDeque<>();
        Options told = options.withLog(line -> {
            options.log().accept(line);
            if (!line.startsWith("{") || line.contains("\"ERROR\"")) {
                lastErrors.add(line);
                if (lastErrors.size() > ERRORS) {
                    lastErrors.poll();
                }
            }
        });
        return new Suite(LocalCloud.start(template, told), lastErrors);
    }

    /// The template's text, for a changed copy of it in another folder.
    public static String template() {
        return text(ROOT.resolve("template.yaml"))
                .replaceAll("(?m)^( +CodeUri: (?:!Sub )?)", "$1" + Matcher.quoteReplacement(ROOT + "/"));
    }

    public LocalCloud cloud() {
        return cloud;
    }

    /// A new company for a test. The schedule forgets the earlier ones.
    public Company company() {
        return company("company-" + ++companies);
    }

    public Company company(String tenant) {
        dynamo.scan(s -> s.tableName(cloud.table("Tenants")))
                .items()
                .forEach(item -> dynamo.deleteItem(
                        d -> d.tableName(cloud.table("Tenants")).key(Map.of("tenant", item.get("tenant")))));
        return named(tenant);
    }

    /// One more company, beside the existing ones.
    public Company another() {
        return named("company-" + ++companies);
    }

    public Company named(String tenant) {
        return new Company(this, Tenant.of(tenant));
    }

    public String bucket() {
        return cloud.bucket("Data");
    }

    public RecordStore records() {
        return new RecordStore(dynamo, cloud.table("Records"), new DataBucket(() -> s3, bucket()));
    }

    public ClientStore clients() {
        return new ClientStore(dynamo, cloud.table("Clients"), cloud.table("SituationChanges"));
    }

    public ClientIds clientIds() {
        return new ClientIds(dynamo, cloud.table("Records"), records());
    }

    public void clock(LocalDateTime time) {
        cloud.clock(time.atZone(ZONE).toInstant());
    }

    /// Waits until everything has settled, and checks that nothing was given up.
    public void settle() {
        settle(SOON);
    }

    public void settle(Duration atMost) {
        List<DeadLetter> givenUp = await(atMost);
        assertThat(givenUp)
                .as(() -> "what was given up" + (givenUp.isEmpty() ? "" : ", after " + String.join("\n", lastErrors)))
                .isEmpty();
        bus.drain().forEach(event -> events.add(valid(event)));
        objects.drain().forEach(event -> notifications.add(Json.parse(event)));
    }

    /// Waits until everything has settled, and loses what was given up, as if nobody redrove it.
    public void loseDeadLetters() {
        assertThat(await(SOON)).as("what was given up").isNotEmpty();
        forgetDeadLetters();
    }

    /// @return what was given up
    private List<DeadLetter> await(Duration atMost) {
        try {
            cloud.settle(atMost);
            return cloud.deadLetters();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Forgets what an earlier test made the functions give up.
    public void forgetDeadLetters() {
        sqs.listQueues().queueUrls().stream()
                .filter(url -> url.endsWith("DeadLetterQueue"))
                .forEach(url -> sqs.purgeQueue(purge -> purge.queueUrl(url)));
    }

    /// Recalculates every company's day.
    public void recalculate(LocalDate day) {
        tick(day.atTime(NIGHT));
    }

    public void tick(LocalDateTime time) {
        clock(time);
        cloud.tick(time.atZone(ZONE).toInstant());
        settle();
    }

    /// Every event of the suite so far.
    public List<JsonNode> events() {
        return List.copyOf(events);
    }

    /// The notifications of objects so far.
    public List<JsonNode> notifications() {
        return List.copyOf(notifications);
    }

    /// The notification of an object that was just uploaded and may still be worked on.
    public String pending(String key) {
        objects.drain().forEach(event -> notifications.add(Json.parse(event)));
        return notifications.stream()
                .filter(event -> event.at("/detail/object/key").asText().equals(key))
                .reduce((first, second) -> second)
                .orElseThrow()
                .toString();
    }

    public void send(String queue, String body) {
        sqs.sendMessage(m -> m.queueUrl(cloud.queueUrl(queue)).messageBody(body));
    }

    /// Every item of a table.
    public List<Map<String, AttributeValue>> items(String table) {
        return dynamo.scanPaginator(s -> s.tableName(cloud.table(table)).consistentRead(true)).items().stream()
                .toList();
    }

    public long written(String table) {
        return cloud.requests().itemsWritten(cloud.table(table));
    }

    public String invoke(String function, String event) {
        try {
            return cloud.invoke(function, event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static void assertFits(String schema, String json) {
        assertThat(SCHEMAS.computeIfAbsent(schema, Suite::schema).validate(json, InputFormat.JSON))
                .as("%s: %s", schema, json)
                .isEmpty();
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(ROOT.resolve("events").resolve(name + ".schema.json")));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode valid(String envelope) {
        JsonNode event = Json.parse(envelope);
        assertThat(event.path("source").asText()).isEqualTo("client-kpis");
        assertFits(event.path("detail-type").asText(), event.path("detail").toString());
        return event;
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        dynamo.close();
        cloud.close();
    }
}
