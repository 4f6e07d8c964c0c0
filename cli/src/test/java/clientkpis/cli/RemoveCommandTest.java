package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.kpi.configuration.Language;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// A tenant leaves, without a list of its clients.
class RemoveCommandTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final List<String> TABLES = List.of("Clients", "Records", "SituationChanges", "Runs", "Tenants");

    private static LocalCloud cloud;
    private static DynamoDbClient dynamo;
    private static S3Client s3;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws InterruptedException {
        cloud = LocalCloud.start(Program.ROOT.resolve("template.yaml"), Options.defaults());
        dynamo = DynamoDbClient.create();
        s3 = S3Client.create();
        for (String tenant : List.of("leaves", "leaves-not")) {
            put("configuration/" + tenant + ".json", """
                {"rules": {"stage": [{"when": {"overdueTitles": [{"numeric": [">", 0]}]}, "then": "Cobrança"}]}}
                """);
            StringBuilder clients = new StringBuilder("client_id;name\n");
            for (int i = 0; i < 60; i++) {
                clients.append('c').append(i).append(";Nome\n");
            }
            put("uploads/" + tenant + "/clients/c.csv", clients.toString());
            put("uploads/" + tenant + "/clients/c.csv", clients + "last;Nome\n");
            cloud.settle(SOON);
            put("erasures/" + tenant + "/list.csv", "client_id\nc1\n");
            cloud.settle(SOON);
        }
        cloud.tick(Instant.parse("2030-09-10T12:00:00Z"));
        cloud.settle(SOON);
    }

    @AfterAll
    static void stop() {
        s3.close();
        dynamo.close();
        cloud.close();
    }

    @Test
    void nothingOfTheTenantIsLeftAndEverythingOfOthersStays() {
        Map<String, Long> before = left("leaves-not");
        assertThat(left("leaves")).isEqualTo(before);
        assertThat(before.keySet())
                .contains(
                        "Clients", "Records", "SituationChanges", "Runs", "Tenants", "uploads", "exports", "summaries");

        assertThat(remove("--dry-run")).isZero();
        assertThat(left("leaves")).isEqualTo(before);
        assertThat(remove()).isZero();

        assertThat(left("leaves")).as("the number of its last configuration").isEqualTo(Map.of("Tenants", 1L));
        assertThat(left("leaves-not")).isEqualTo(before);
        printed.reset();
        assertThat(remove()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("removed 0 versions of objects and 0 items");
        printed.reset();
        assertThat(remove("--dry-run", "--lang", "pt-BR")).isZero();
        assertThat(remove("--lang", "pt-BR")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("removeria 0 versões de objetos e 0 itens", "removeu 0 versões de objetos e 0 itens");
        LanguagesTest.assertIn(Language.PORTUGUESE, printed.toString(StandardCharsets.UTF_8));
    }

    private int remove(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "remove",
                "--tenant",
                "leaves",
                "--bucket",
                cloud.bucket("Data"),
                "--clients-table",
                cloud.table("Clients"),
                "--records-table",
                cloud.table("Records"),
                "--changes-table",
                cloud.table("SituationChanges"),
                "--runs-table",
                cloud.table("Runs"),
                "--tenants-table",
                cloud.table("Tenants")));
        arguments.addAll(List.of(options));
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            return Kpis.commandLine(LocalSuite::start, out, System.err, false)
                    .execute(arguments.toArray(String[]::new));
        }
    }

    /// How many items or versions of objects a tenant has, by table or kind.
    private static Map<String, Long> left(String tenant) {
        Map<String, Long> left = new TreeMap<>();
        for (String table : TABLES) {
            dynamo.scanPaginator(s -> s.tableName(cloud.table(table))).items().stream()
                    .flatMap(item -> Stream.of("shard", "client", "tenant")
                            .filter(item::containsKey)
                            .limit(1)
                            .map(name -> item.get(name).s()))
                    .filter(key -> key.equals(tenant) || key.startsWith(tenant + "#"))
                    .forEach(key -> left.merge(table, 1L, Long::sum));
        }
        s3.listObjectVersionsPaginator(l -> l.bucket(cloud.bucket("Data"))).versions().stream()
                .filter(version -> version.key().contains("/" + tenant + "/")
                        || version.key().equals("configuration/" + tenant + ".json"))
                .forEach(version ->
                        left.merge(version.key().substring(0, version.key().indexOf('/')), 1L, Long::sum));
        return left;
    }

    private static void put(String key, String text) {
        s3.putObject(p -> p.bucket(cloud.bucket("Data")).key(key), RequestBody.fromString(text));
    }
}
