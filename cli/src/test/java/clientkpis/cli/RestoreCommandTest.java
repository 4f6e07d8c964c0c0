package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.store.ClientStore;
import clientkpis.store.Keys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class RestoreCommandTest {
    private static final int MANY = 60;
    private static final Tenant TENANT = Tenant.of("acme");
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);

    private static LocalCloud cloud;
    private static DynamoDbClient dynamo;
    private static String inUse;
    private static String restored;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    /// A table with the same keys beside the one in use, as DynamoDB restores it.
    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(Program.ROOT.resolve("template.yaml"), Options.defaults());
        dynamo = DynamoDbClient.create();
        inUse = cloud.table("Clients");
        restored = inUse + "-restored";
        TableDescription description =
                dynamo.describeTable(describe -> describe.tableName(inUse)).table();
        dynamo.createTable(create -> create.tableName(restored)
                .keySchema(description.keySchema())
                .attributeDefinitions(description.attributeDefinitions())
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
        cloud.close();
    }

    /// Of many items, one was changed since, one deleted, and two are new.
    @BeforeEach
    void whatWentWrong() {
        for (int i = 0; i < MANY; i++) {
            put(restored, item("c%02d".formatted(i), "then"));
            put(inUse, item("c%02d".formatted(i), i == 1 ? "now" : "then"));
        }
        dynamo.deleteItem(delete -> delete.tableName(inUse).key(key("c02")));
        put(inUse, item("new-1", "now"));
        put(inUse, item("new-2", "now"));
    }

    private static Map<String, AttributeValue> key(String client) {
        return Map.of("shard", AttributeValue.fromS("acme#0"), "client", AttributeValue.fromS(client));
    }

    private static Map<String, AttributeValue> item(String client, String value) {
        return Map.of(
                "shard", AttributeValue.fromS("acme#0"),
                "client", AttributeValue.fromS(client),
                "value", AttributeValue.fromS(value));
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        dynamo.putItem(put -> put.tableName(table).item(item));
    }

    private static List<Map<String, AttributeValue>> items(String table) {
        return dynamo.scanPaginator(scan -> scan.tableName(table)).items().stream()
                .toList();
    }

    private int restore(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("restore"));
        arguments.addAll(List.of(options));
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            return Kpis.commandLine(LocalSuite::start, out, err, false).execute(arguments.toArray(String[]::new));
        }
    }

    @Test
    void theTableInUseBecomesWhatTheRestoredOneIs() throws IOException {
        List<Map<String, AttributeValue>> before = items(restored);

        assertThat(restore("--from", restored, "--to", inUse)).isZero();

        assertThat(items(inUse)).containsExactlyInAnyOrderElementsOf(before).hasSize(MANY);
        assertThat(items(restored)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("written 2, deleted 2");
        LanguagesTest.assertIn(Language.ENGLISH, printed.toString(StandardCharsets.UTF_8));
        printed.reset();
        assertThat(restore("--from", restored, "--to", inUse, "--lang", "pt-BR"))
                .isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("gravados 0, apagados 0");
        LanguagesTest.assertIn(Language.PORTUGUESE, printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void equalTablesAreLeftAlone() throws IOException {
        restore("--from", restored, "--to", inUse);
        printed.reset();

        assertThat(restore("--from", restored, "--to", inUse)).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("written 0, deleted 0");
    }

    /// Versions beyond every change that was published, so that no id is used again.
    @Test
    void theVersionsOfChangesOfSituationGoForward() throws IOException {
        put(restored, client("same", 3, "then"));
        put(
                inUse,
                dynamo.getItem(get -> get.tableName(restored).key(keyOfClient("same")))
                        .item());
        put(restored, client("changed", 3, "then"));
        put(inUse, client("changed", 8, "now"));
        put(restored, client("deleted", 5, "then"));
        put(restored, client("none", 0, "then"));
        put(restored, tombstone("erased", 4));
        put(inUse, tombstone("erased", 6));

        assertThat(restore("--from", restored, "--to", inUse)).isZero();

        assertThat(stored("same")).isEqualTo(client("same", 3, "then"));
        assertThat(stored("changed")).isEqualTo(client("changed", 1_008, "then"));
        assertThat(stored("deleted")).isEqualTo(client("deleted", 1_005, "then"));
        assertThat(stored("none")).isEqualTo(client("none", 1_000, "then"));
        assertThat(items(inUse)).contains(tombstone("erased", 1_006));

        printed.reset();
        assertThat(restore("--from", restored, "--to", inUse)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("written 0, deleted 0");

        // Work went on, and the same second is restored once more.
        put(inUse, client("changed", 1_010, "now"));
        assertThat(restore("--from", restored, "--to", inUse)).isZero();
        assertThat(stored("changed")).isEqualTo(client("changed", 2_010, "then"));
        for (String id : List.of("same", "changed", "deleted", "none")) {
            delete(restored, keyOfClient(id));
        }
        delete(restored, key("erased"));
    }

    private static Client client(String id, long situationVersion, String name) {
        Timeline timeline = Timeline.constant(DAY, new Value.Text(name));
        return Client.unknown(id)
                .uploaded(
                        DAY,
                        Map.of("clients", new Client.Facet(1, "u", Map.of("name", timeline))),
                        new Configuration.Active(0, null, Configuration.DEFAULT),
                        new Cause.Upload("clients", "u"))
                .client()
                .numbered(situationVersion);
    }

    private static void put(String table, Client client) {
        delete(table, keyOfClient(client.clientId()));
        assertThat(clients(table).write(TENANT, new Client.Evaluation(client, true, null), "order"))
                .isPresent();
    }

    private static Client stored(String id) {
        return clients(inUse).read(TENANT, List.of(id)).get(id);
    }

    private static ClientStore clients(String table) {
        return new ClientStore(dynamo, table, cloud.table("SituationChanges"));
    }

    private static void delete(String table, Map<String, AttributeValue> key) {
        dynamo.deleteItem(delete -> delete.tableName(table).key(key));
    }

    private static Map<String, AttributeValue> keyOfClient(String id) {
        return Map.of(
                "shard", AttributeValue.fromS(Keys.shard(TENANT, Shards.of(id))), "client", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> tombstone(String id, long situationVersion) {
        return Map.of(
                "shard", AttributeValue.fromS("acme#0"),
                "client", AttributeValue.fromS(id),
                "erasedBy", AttributeValue.fromS("order"),
                "situationVersion", AttributeValue.fromN(Long.toString(situationVersion)));
    }

    @Test
    void aDryRunOnlyCounts() throws IOException {
        List<Map<String, AttributeValue>> before = items(inUse);

        assertThat(restore("--from", restored, "--to", inUse, "--dry-run")).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("would write 2 and delete 2");
        assertThat(restore("--from", restored, "--to", inUse, "--dry-run", "--lang", "pt-BR"))
                .isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("lidos", "gravaria 2 e apagaria 2");
        assertThat(items(inUse)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void tablesThatCannotBeTwoStatesOfOneAreRejected() throws IOException {
        assertThat(restore("--from", cloud.table("Tenants"), "--to", inUse)).isEqualTo(2);
        assertThat(restore("--from", inUse, "--to", inUse)).isEqualTo(2);
        assertThat(restore("--from", "nowhere", "--to", inUse)).isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("do not have the same keys", "Give two tables.", "There is no table nowhere");
        told.reset();
        assertThat(restore("--from", cloud.table("Tenants"), "--to", inUse, "--lang", "pt-BR"))
                .isEqualTo(2);
        assertThat(restore("--from", "nowhere", "--to", inUse, "--lang", "pt-BR"))
                .isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("as mesmas chaves", "Não há tabela nowhere");
        LanguagesTest.assertIn(Language.PORTUGUESE, told.toString(StandardCharsets.UTF_8));
        assertThat(items(inUse)).hasSizeGreaterThan(MANY);
    }
}
