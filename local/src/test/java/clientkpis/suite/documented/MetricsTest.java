package clientkpis.suite.documented;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clientkpis.function.Metric;
import clientkpis.json.Json;
import clientkpis.store.DayRuns;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The metrics of some days, compared with the receipts, the events and the requests.
///
/// One file, because one run of the suite is what all tests look at.
class MetricsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final LocalDate STALLED = DAY.plusDays(5);
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([\\w/]+) \\| ([\\w, ]+) \\|.*");
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add);

    private static Company company;
    private static List<JsonNode> lines;
    private static List<JsonNode> withSweep;
    private static long began;

    @BeforeAll
    static void replay() {
        began = System.currentTimeMillis();
        company = suite.company();
        company.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "c1;Um", "c2;Dois", "c3;Três");
        company.upload(
                DAY.atTime(8, 1),
                "billing/b.csv",
                "client_id;title_id;value;due_on",
                "c1;t1;10,00;2026-08-01",
                "c1;t2;10,00;2026-08-01",
                "c1;t3;10,00;2026-08-01",
                "c2;t4;10,00;2026-09-03",
                "c2;t5;10,00;2026-09-03",
                "c2;t6;10,00;2026-09-03",
                "c3;t7;dez;2026-08-01",
                ";t8;10,00;2026-08-01");
        company.upload(DAY.atTime(8, 2), "nps/n.csv", "client_id;answer_id;score;answered_on", "c2;a;10;2026-08-31");
        company.upload(
                DAY.atTime(8, 2, 30),
                "overrides/o.csv",
                "client_id;field;value;reason",
                "c1;situation;risco;ligou",
                "c2;situation;oportunidade;ligou");
        company.upload(DAY.atTime(8, 3), "billing/columns.csv", "client_id;title_id", "c1;t1");
        company.upload(DAY.atTime(8, 4), "invoices/x.csv", "client_id", "c1");
        suite.settle();
        company.upload(
                DAY.atTime(8, 5), "billing/snapshot/s.csv", "client_id;title_id;value;due_on", "c9;t9;1;2026-08-01");
        company.upload(DAY.atTime(8, 6), "overrides/withdrawn.csv", "client_id;field;value;reason", "c1;situation;;");
        suite.settle();
        // Delivered again, as S3 may do: it was read before.
        suite.send("intakeQueue", company.notifications("uploads").getFirst().toString());
        suite.settle();
        company.keys("parts/" + company.tenant() + "/nps/").stream()
                .filter(key -> key.endsWith(".jsonl.gz"))
                .forEach(key ->
                        suite.s3.deleteObject(d -> d.bucket(suite.bucket()).key(key)));
        // It arrives after a newer one, which is applied again.
        company.upload(
                DAY.atTime(8, 1, 59), "nps/late.csv", "client_id;answer_id;score;answered_on", "c2;b;9;2026-08-31");
        suite.settle();
        suite.tick(DAY.atTime(5, 0));
        suite.tick(DAY.atTime(6, 0));
        suite.tick(DAY.atTime(7, 0));
        suite.tick(DAY.plusDays(1).atTime(6, 0));
        suite.tick(DAY.plusDays(4).atTime(6, 0));
        aDayWhoseMessagesAreLost();
        aChangeThatTheBusWillNeverAccept();
        lines = logged();
        aClientThatIsLost();
        withSweep = logged();
    }

    private static List<JsonNode> logged() {
        // The local cloud reports failed requests in words.
        return LOG.stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .filter(line -> line.has("_aws"))
                .toList();
    }

    private static void aClientThatIsLost() {
        Map<String, AttributeValue> client = company.items("Clients").stream()
                .filter(item -> "c1".equals(item.get("client").s()))
                .findFirst()
                .orElseThrow();
        suite.dynamo.deleteItem(d -> d.tableName(suite.cloud().table("Clients"))
                .key(Map.of("shard", client.get("shard"), "client", client.get("client"))));
        // The sweep is at 4 o'clock UTC, after what is old enough.
        suite.tick(STALLED.plusDays(1).atTime(1, 0));
    }

    /// The schedule finds it an hour after they were sent, and sends them again.
    private static void aDayWhoseMessagesAreLost() {
        DayRuns runs = new DayRuns(suite.dynamo, suite.cloud().table("Runs"));
        Instant sent =
                STALLED.atTime(6, 0).atZone(ZoneId.of("America/Sao_Paulo")).toInstant();
        runs.start(company.tenant(), STALLED, sent);
        runs.sent(runs.newest(company.tenant()).orElseThrow(), sent);
        suite.tick(STALLED.atTime(7, 0));
        suite.tick(STALLED.atTime(8, 0));
    }

    private static void aChangeThatTheBusWillNeverAccept() {
        JsonNode sample = Json.parse(Suite.text(Suite.ROOT.resolve("events/samples/situation.json")));
        ((ObjectNode) sample.at("/Records/0/dynamodb/NewImage"))
                .putObject("detail")
                .put("S", "no JSON");
        suite.invoke("situationFunction", sample.toString());
        suite.forgetDeadLetters();
    }

    /// The lines with this metric, in order.
    private static List<JsonNode> lines(Metric metric) {
        return lines.stream().filter(line -> line.has(metric.label())).toList();
    }

    private static List<Long> values(Metric metric) {
        return lines(metric).stream()
                .map(line -> line.path(metric.label()).asLong())
                .toList();
    }

    private static long sum(Metric metric) {
        return values(metric).stream().mapToLong(Long::longValue).sum();
    }

    private static long sumWithSweep(Metric metric) {
        return withSweep.stream()
                .mapToLong(line -> line.path(metric.label()).asLong())
                .sum();
    }

    private static Map<String, Long> by(String member, Metric metric) {
        return lines(metric).stream()
                .collect(groupingBy(line -> line.path(member).asText(), TreeMap::new, counting()));
    }

    private static <T> Map<String, Long> count(Collection<T> all, Function<T, String> by) {
        return all.stream().collect(groupingBy(by, TreeMap::new, counting()));
    }

    private static List<JsonNode> receipts(String status) {
        return company.receipts().values().stream()
                .filter(receipt -> receipt.path("status").asText().matches(status))
                .toList();
    }

    @Test
    void everyMetricComesOutAndIsWritten() {
        assertThat(Metric.values())
                .allSatisfy(
                        metric -> assertThat(withSweep).as(metric.label()).anyMatch(line -> line.has(metric.label())));
    }

    /// The client has rows in three tables.
    @Test
    void theSweepCountsWhatItFound() {
        assertThat(sumWithSweep(Metric.SWEEP_FOUND)).isEqualTo(3);
    }

    @Test
    void everyLineIsInTheEmbeddedMetricFormat() {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Objects.requireNonNull(MetricsTest.class.getResourceAsStream("/emf.schema.json")));

        assertThat(lines).allSatisfy(line -> {
            assertThat(schema.validate(line.toString(), InputFormat.JSON))
                    .as(line.toString())
                    .isEmpty();
            assertThat(line.at("/_aws/Timestamp").asLong()).isBetween(began, System.currentTimeMillis());
            Set<String> names = new TreeSet<>();
            for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
                directive
                        .path("Dimensions")
                        .forEach(set -> set.forEach(
                                name -> assertThat(line.path(name.asText()).isTextual())
                                        .as("%s in %s", name, line)
                                        .isTrue()));
                for (JsonNode metric : directive.path("Metrics")) {
                    String name = metric.path("Name").asText();
                    assertThat(line.path(name).isNumber())
                            .as("%s in %s", name, line)
                            .isTrue();
                    assertThat(names.add(name)).as("%s once in %s", name, line).isTrue();
                }
            }
        });
    }

    @Test
    void theDimensionsAreTheStackAndOfAChangeItsSituation() {
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("Stack").asText()).isEqualTo("client-kpis");
            for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
                assertThat(directive.path("Namespace").asText()).isEqualTo("ClientKpis");
                assertThat(directive.path("Dimensions"))
                        .isEqualTo(Json.parse(
                                directive.path("Metrics").toString().contains("\"SituationChanges\"")
                                        ? "[[\"Stack\"],[\"Stack\",\"Situation\"]]"
                                        : "[[\"Stack\"]]"));
            }
        });
    }

    @Test
    void anUploadThatWasAppliedCountsOnce() {
        assertThat(by("table", Metric.UPLOADS_APPLIED))
                .isEqualTo(count(
                        receipts("applied"), receipt -> receipt.path("table").asText()))
                .isEqualTo(Map.of("clients", 1L, "billing", 1L, "nps", 2L, "overrides", 2L));
    }

    @Test
    void anUploadThatWasRejectedCountsWithItsCode() {
        assertThat(by("code", Metric.UPLOADS_REJECTED))
                .isEqualTo(count(
                        receipts("rejected|quarantined"),
                        receipt -> receipt.at("/reason/code").asText()))
                .isEqualTo(Map.of("columns_missing", 1L, "unknown_table", 1L, "snapshot_guard", 1L));
    }

    @Test
    void theRowsOfEveryFileThatWasReadToItsEndCount() {
        List<JsonNode> read = receipts("applied|quarantined");

        assertThat(sum(Metric.ROWS_READ))
                .isEqualTo(read.stream()
                        .mapToLong(receipt -> receipt.at("/rows/read").asLong())
                        .sum())
                .isEqualTo(3 + 8 + 1 + 2 + 1 + 1 + 1);
        assertThat(sum(Metric.ROWS_REJECTED))
                .isEqualTo(read.stream()
                        .mapToLong(receipt -> receipt.at("/rows/rejected").asLong())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aFilesRowsPerSecondAreThoseThatItCouldReadInTheTimeOfTheTest() {
        double seconds = Math.max(1, System.currentTimeMillis() - began) / 1_000.0;

        assertThat(lines(Metric.ROWS_PER_SECOND)).hasSize(7).allSatisfy(line -> {
            long rows = line.path("RowsRead").asLong();
            assertThat(line.path("RowsPerSecond").asLong()).isBetween((long) Math.floor(rows / seconds), rows * 1_000);
        });
    }

    @Test
    void theClientsThatUploadsChangedAreThoseThatScoreWrote() {
        String clients = suite.cloud().table("Clients");
        long written = suite.cloud().requests().all().stream()
                .filter(request -> request.function().equals("scoreFunction") && request.succeeded())
                .flatMap(request -> request.accesses().stream())
                .filter(access -> access.action().equals("dynamodb:PutItem")
                        && access.resource().equals(clients))
                .count();

        assertThat(sumWithSweep(Metric.CLIENTS_CHANGED_BY_UPLOADS))
                .isEqualTo(written)
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void theClientsOfADayAreThoseOfItsRecalculation() {
        // The shards of the stalled day are sent one by one, so that two invocations may both find that all are done.
        List<JsonNode> days = company.events("RecalculationCompleted").stream()
                .filter(day -> !day.path("day").asText().equals(STALLED.toString()))
                .toList();

        assertThat(days).hasSize(4);
        for (JsonNode day : days) {
            String date = day.path("day").asText();
            for (Metric metric : List.of(Metric.CLIENTS_RECALCULATED, Metric.CLIENTS_CHANGED)) {
                assertThat(lines(metric).stream()
                                .filter(line -> line.path("day").asText().equals(date))
                                .mapToLong(line -> line.path(metric.label()).asLong())
                                .sum())
                        .as("%s on %s", metric, date)
                        .isEqualTo(day.path(metric == Metric.CLIENTS_CHANGED ? "changed" : "clients")
                                .asLong());
            }
        }
        assertThat(values(Metric.CLIENTS_RECALCULATED)).containsOnly(3L);
        assertThat(sum(Metric.CLIENTS_CHANGED)).as("titles that fell overdue").isPositive();
    }

    @Test
    void everyPublishedChangeCountsByItsNewSituation() {
        assertThat(by("Situation", Metric.SITUATION_CHANGES))
                .isEqualTo(count(
                        company.events("SituationChanged"),
                        change -> change.path("to").asText()))
                .hasSizeGreaterThan(1);
        assertThat(values(Metric.SITUATION_CHANGES)).containsOnly(1L);
    }

    @Test
    void asManyChangesAreRecordedAsArePublished() {
        assertThat(sum(Metric.SITUATION_CHANGES_RECORDED))
                .isEqualTo(sum(Metric.SITUATION_CHANGES))
                .isPositive();
        assertThat(lines(Metric.SITUATION_CHANGES_GIVEN_UP))
                .singleElement()
                .satisfies(line -> assertThat(line.path("code").asText()).isEqualTo("MalformedDetail"));
    }

    @Test
    void aChangesLagIsTheTimeFromItsRecordToItsPublication() {
        // DynamoDB Local says the minute in which a record was made, DynamoDB the second.
        long most = Duration.ofMillis(System.currentTimeMillis() - began)
                .plusMinutes(1)
                .toMillis();

        assertThat(values(Metric.OUTBOX_LAG))
                .hasSameSizeAs(company.events("SituationChanged"))
                .allSatisfy(lag -> assertThat(lag).isBetween(0L, most));
    }

    @Test
    void aChangeOfSevenSecondsAgoLagsByThese() {
        JsonNode sample = Json.parse(Suite.text(Suite.ROOT.resolve("events/samples/situation.json")));
        int before = LOG.size();
        long now = System.currentTimeMillis() / 1_000;
        ((ObjectNode) sample.at("/Records/0/dynamodb")).put("ApproximateCreationDateTime", now - 7);

        suite.invoke("situationFunction", sample.toString());

        assertThat(LOG.subList(before, LOG.size()))
                .map(Json::parse)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("OutboxLag").asLong())
                            .isBetween(7_000L, System.currentTimeMillis() - (now - 7) * 1_000);
                    assertThat(line.path("Situation").asText()).isEqualTo("risk");
                });
    }

    @Test
    void theDaysSinceTheRecalculationAreThoseFromTheLastOneToTheOneThatIsDue() {
        assertThat(lines(Metric.DAYS_SINCE_RECALCULATION))
                .extracting(
                        line -> line.path("DaysSinceRecalculation").asInt(),
                        line -> line.path("behind").asInt())
                .as("before the first day's hour, at it, after it, a day later, three days later; a day that stalls")
                .containsExactly(
                        tuple(0, 0), tuple(1, 0), tuple(0, 0), tuple(1, 0), tuple(3, 1), tuple(1, 0), tuple(0, 0));
        assertThat(lines(Metric.DAYS_SINCE_RECALCULATION))
                .extracting(line -> line.path("tenant").asText())
                .as("who is behind")
                .containsExactly("", "", "", "", company.tenant().name(), "", "");
        assertThat(lines(Metric.DAYS_SINCE_RECALCULATION))
                .allSatisfy(line -> assertThat(line.path("tenants").asInt()).isEqualTo(1));
    }

    @Test
    void aDayThatHasNotEndedAnHourAfterItWasSentIsStalled() {
        assertThat(lines(Metric.RUNS_STALLED)).singleElement().satisfies(line -> {
            assertThat(line.path("tenant").asText()).isEqualTo(company.tenant().name());
            assertThat(line.path("RunsStalled").asInt()).isEqualTo(1);
        });
    }

    @Test
    void theDocumentListsThemAll() {
        List<String> listed = new ArrayList<>();
        Suite.text(Suite.ROOT.resolve("docs/metrics.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> listed.add(row.group(1) + " " + row.group(2) + " " + row.group(3)));

        assertThat(listed)
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(metric -> metric.label() + " " + metric.unit() + " "
                                + (metric.dimension() == null ? "Stack" : "Stack, " + metric.dimension()))
                        .toList());
    }
}
