package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.cloud.Replay;
import clientkpis.cli.input.Exports;
import clientkpis.cli.output.Results;
import clientkpis.kpi.configuration.Language;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.local.Subscription;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One file, because its tests share the weeks of two tenants.
class RepublishCommandTest {
    @TempDir
    private static Path folder;

    private static LocalCloud cloud;
    /// The details of the changes of two tenants' weeks, as a subscriber of that time received them.
    private static List<JsonNode> changes;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    /// A subscriber that missed those weeks.
    private Subscription late;

    @BeforeAll
    static void replayTwoTenants() throws IOException {
        file("2026-03-01/clients.csv", "client_id;name", "A;Ana", "B;Bia", "C;Caio");
        file("2026-03-01/overrides.csv", "client_id;field;value", "A;situation;risk", "B;situation;risk");
        file("2026-03-02/overrides.csv", "client_id;field;value", "A;situation;opportunity");
        file("2026-03-03/overrides.csv", "client_id;field;value", "A;situation;risk", "C;situation;risk");
        file("2026-03-04/overrides.csv", "client_id;field;value", "B;situation;opportunity");
        cloud = LocalCloud.start(Program.ROOT.resolve("template.yaml"), Options.defaults());
        List<String> events = new ArrayList<>();
        LocalSuite stack = new LocalSuite(cloud);
        for (String tenant : List.of("acme", "other")) {
            Exports exports = Exports.read(folder, null, LocalDate.EPOCH, Tables.load());
            events.addAll(new Replay(stack, tenant).run(exports, (day, done, of) -> {}));
        }
        changes = details(events);
        assertThat(changes).hasSize(2 * 6);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void subscribe() {
        late = cloud.subscribe(cloud.bus("Events"));
    }

    @Test
    void whoWasNotThereGetsEveryChangeAsItWasInTheOrderOfVersions() throws IOException {
        assertThat(republish("2026-03-01", "2026-03-31")).isZero();

        List<JsonNode> again = details(late.drain());
        assertThat(again).containsExactlyInAnyOrderElementsOf(changes);
        assertThat(texts(again)).containsExactlyInAnyOrderElementsOf(texts(changes));
        Map<String, Integer> versions = new HashMap<>();
        for (JsonNode change : again) {
            int version = change.path("version").asInt();
            Integer before = versions.put(
                    change.path("tenant").asText() + "/"
                            + change.path("clientId").asText(),
                    version);
            assertThat(before == null ? 0 : before).isLessThan(version);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("read %1$d, published %1$d, failed 0".formatted(changes.size()));
        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .as("Nothing but progress")
                .allMatch(line -> line.startsWith("read "));
    }

    /// As docs/events.md asks of a consumer: it drops what it has seen by `id`, and what is older than what it knows.
    @Test
    void aConsumerThatWasDownForTwoDaysActsOnEachOfTheirChangesOnce() throws IOException {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> newest = new HashMap<>();
        List<JsonNode> before = changes.stream()
                .filter(change -> change.path("asOf").asText().compareTo("2026-03-03") < 0)
                .toList();
        consume(before, seen, newest);

        // Some days more than it missed, twice.
        assertThat(republish("2026-03-01", "2026-03-04")).isZero();
        assertThat(republish("2026-03-03", "2026-03-04")).isZero();
        List<JsonNode> acted = consume(details(late.drain()), seen, newest);

        assertThat(ids(acted))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        idsOf(change -> change.path("asOf").asText().compareTo("2026-03-03") >= 0));
    }

    private static List<JsonNode> consume(List<JsonNode> events, Set<String> seen, Map<String, Integer> newest) {
        List<JsonNode> acted = new ArrayList<>();
        for (JsonNode change : events) {
            String client = change.path("tenant").asText() + "/"
                    + change.path("clientId").asText();
            int version = change.path("version").asInt();
            if (seen.add(change.path("id").asText()) && version > newest.getOrDefault(client, 0)) {
                newest.put(client, version);
                acted.add(change);
            }
        }
        return acted;
    }

    @Test
    void bothDaysAreIncludedAndNoOther() throws IOException {
        assertThat(republish("2026-03-02", "2026-03-03", "--tenant", "acme")).isZero();

        assertThat(ids(details(late.drain()))).containsExactlyInAnyOrder("acme/A/3", "acme/A/4", "acme/C/2");
    }

    @Test
    void oneTenantsArePublishedWithoutTheOthers() throws IOException {
        assertThat(republish("2026-03-01", "2026-03-31", "--tenant", "acme")).isZero();

        assertThat(ids(details(late.drain())))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(
                        idsOf(change -> change.path("tenant").asText().equals("acme")));
    }

    @Test
    void aDryRunOnlyCounts() {
        assertThat(republish("2026-03-01", "2026-03-31", "--dry-run")).isZero();

        assertThat(late.drain()).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("read %d, published 0, failed 0".formatted(changes.size()));

        printed.reset();
        assertThat(republish("2026-03-01", "2026-03-31", "--dry-run", "--lang", "pt-BR"))
                .isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("lidas %d, publicadas 0, com falha 0".formatted(changes.size()));
    }

    @Test
    void aChangeThatTheBusDidNotTakeIsPublishedWhenItIsRepaired() throws Exception {
        try (DynamoDbClient dynamo = DynamoDbClient.create()) {
            dynamo.putItem(put -> put.tableName(cloud.table("SituationChanges")).item(broken("no JSON")));

            assertThat(republish("2020-01-01", "2020-01-01")).isEqualTo(1);

            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("read 1, published 0, failed 1");
            cloud.settle(Duration.ofSeconds(20));
            JsonNode letter =
                    Results.JSON.readTree(cloud.deadLetters().getFirst().body());
            assertThat(letter.path("clientId").asText()).isEqualTo("broken");
            assertThat(letter.path("day").asText()).isEqualTo("2020-01-01");

            dynamo.putItem(
                    put -> put.tableName(cloud.table("SituationChanges")).item(broken("{\"id\": \"acme/broken/1\"}")));
            assertThat(republish(letter.path("day").asText(), letter.path("day").asText(), "--tenant", "acme"))
                    .isZero();

            // The repair put it into the stream again.
            assertThat(ids(details(late.drain()))).isNotEmpty().containsOnly("acme/broken/1");
        }
    }

    private static Map<String, AttributeValue> broken(String detail) {
        return Map.of(
                "client", AttributeValue.fromS("acme#broken"),
                "version", AttributeValue.fromN("1"),
                "tenant", AttributeValue.fromS("acme"),
                "asOf", AttributeValue.fromS("2020-01-01"),
                "published", AttributeValue.fromBool(true),
                "detail", AttributeValue.fromS(detail));
    }

    @Test
    void wrongUsageIsReportedAndPublishesNothing() {
        assertThat(republish("2026-03-02", "2026-03-01")).isEqualTo(2);
        assertThat(republish("yesterday", "2026-03-01")).isEqualTo(2);
        assertThat(republish("2026-03-01", "2026-03-31", "--tenant", "Not Allowed"))
                .isEqualTo(2);
        assertThat(execute("republish", "--from", "2026-03-01")).isEqualTo(2);
        assertThat(execute("republish", "--from", "2026-03-01", "--to", "2026-03-31", "--bus", "b"))
                .isEqualTo(2);
        assertThat(execute(
                        "republish",
                        "--from",
                        "2026-03-01",
                        "--to",
                        "2026-03-31",
                        "--bus",
                        cloud.bus("Events"),
                        "--table",
                        "no-table"))
                .isEqualTo(2);
        assertThat(execute(
                        "republish",
                        "--from",
                        "2026-03-01",
                        "--to",
                        "2026-03-31",
                        "--bus",
                        "no-bus",
                        "--table",
                        cloud.table("SituationChanges")))
                .isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains(
                        "--to 2026-03-01 is before --from 2026-03-02",
                        "yesterday",
                        "Not Allowed",
                        "--to",
                        "SITUATION_CHANGES_TABLE",
                        "There is no table no-table",
                        "There is no event bus no-bus");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(late.drain()).isEmpty();

        told.reset();
        assertThat(republish("2026-03-02", "2026-03-01", "--lang", "pt-BR")).isEqualTo(2);
        assertThat(republish("2026-03-01", "2026-03-31", "--table", "no-table", "--lang", "pt-BR"))
                .isEqualTo(2);
        assertThat(republish("2026-03-01", "2026-03-31", "--bus", "no-bus", "--lang", "pt-BR"))
                .isEqualTo(2);
        LanguagesTest.assertIn(Language.PORTUGUESE, told.toString(StandardCharsets.UTF_8));
    }

    private static void file(String path, String... lines) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private int republish(String from, String to, String... options) {
        List<String> arguments = new ArrayList<>(List.of("republish", "--from", from, "--to", to));
        List<String> given = List.of(options);
        if (!given.contains("--table")) {
            arguments.addAll(List.of("--table", cloud.table("SituationChanges")));
        }
        if (!given.contains("--bus")) {
            arguments.addAll(List.of("--bus", cloud.bus("Events")));
        }
        arguments.addAll(given);
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Kpis.commandLine(
                        LocalSuite::start,
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        false)
                .execute(arguments);
    }

    private static List<JsonNode> details(List<String> events) throws IOException {
        List<JsonNode> details = new ArrayList<>();
        for (String event : events) {
            JsonNode json = Results.JSON.readTree(event);
            if (json.path("detail-type").asText().equals("SituationChanged")) {
                details.add(json.path("detail"));
            }
        }
        return details;
    }

    private static List<String> texts(List<JsonNode> details) {
        return details.stream().map(JsonNode::toString).toList();
    }

    private static List<String> ids(List<JsonNode> details) {
        return details.stream().map(detail -> detail.path("id").asText()).toList();
    }

    private static List<String> idsOf(Predicate<JsonNode> which) {
        return ids(changes.stream().filter(which).toList());
    }
}
