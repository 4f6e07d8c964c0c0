package clientkpis.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Aws;
import clientkpis.cli.cloud.Beginning;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.cloud.Replay;
import clientkpis.cli.input.Exports;
import clientkpis.json.Json;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.tables.ClientStatus;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that begins with reconstructed days has the scores and the situations that a rehearsal of these days has.
class ReconstructedDaysTest {
    private static final LocalDate SINCE = LocalDate.of(2026, 1, 1);
    private static final LocalDate OBSERVED = LocalDate.of(2026, 6, 30);
    private static final int CLIENTS = 40;

    @TempDir
    private static Path home;

    private static Cloud cloud;
    private static Exports exports;
    private static Beginning beginning;

    @BeforeAll
    static void aFolderOfChance() throws IOException {
        cloud = new LocalSuite(LocalCloud.start(
                Path.of(System.getProperty("clientkpis.root")).resolve("template.yaml"),
                Options.defaults().withoutHttp(Aws::reach)));
        write(new Random(11));
        exports = Exports.read(home.resolve("exports"), null, OBSERVED, Tables.load());
        beginning = ReconstructedDays.of(cloud, "past", exports, SINCE);
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    /// Who leaves, pays late or stops using the product does so on any day of the history. The configuration keeps rows
    /// of usage for fewer days than are reconstructed, and one of its indicators is not known then.
    private static void write(Random random) throws IOException {
        List<String> clients = new ArrayList<>(List.of("client_id,name,status,registered_on,cancelled_on"));
        List<String> contracts = new ArrayList<>(List.of("client_id,contract_id,model,value,status,starts_on,ends_on"));
        List<String> billing = new ArrayList<>(List.of("client_id,title_id,value,issued_on,due_on,paid_on"));
        List<String> usage = new ArrayList<>(List.of("client_id,user_id,used_on,actions"));
        List<String> nps = new ArrayList<>(List.of("client_id,answer_id,score,answered_on"));
        for (int i = 0; i < CLIENTS; i++) {
            LocalDate from = day(random, -60, 150);
            boolean left = random.nextInt(4) == 0;
            clients.add("c%d,N%d,%s,%s,%s"
                    .formatted(i, i, left ? "inactive" : "active", from, left ? day(random, 60, 170) : ""));
            contracts.add("c%d,k,MRR,%d,%s,%s,%s"
                    .formatted(i, 100 + i, random.nextInt(5) == 0 ? "ended" : "active", from, day(random, 100, 300)));
            for (int j = 0; j < 8; j++) {
                LocalDate due = day(random, -20, 200);
                billing.add("c%d,t%d,10,%s,%s,%s"
                        .formatted(
                                i,
                                j,
                                due.minusDays(10),
                                due,
                                random.nextBoolean() ? due.plusDays(random.nextInt(40)) : ""));
                usage.add("c%d,u,%s,%d".formatted(i, day(random, -20, 180), random.nextInt(9)));
            }
            nps.add("c%d,1,%d,%s".formatted(i, random.nextInt(11), day(random, -20, 180)));
        }
        // A client that no row of the registry names.
        nps.add("nobody,1,3,2026-04-01");
        file("clients.csv", clients);
        file("contracts.csv", contracts);
        file("billing.csv", billing);
        file("usage.csv", usage);
        file("nps.csv", nps);
        file("overrides.csv", List.of("client_id,field,value", "c1,senseScore,12"));
        file("configuration.json", List.of("""
            {"uploads": {"usageRetentionDays": 45},
             "senseScore": {
               "bands": {"green": 70, "yellow": 40},
               "indicators": [
                 {"name": "money", "field": "overdueTitles", "weight": 40, "points": [[0, 100], [4, 0]]},
                 {"name": "use", "field": "engagementScore", "weight": 40, "points": [[-50, 0], [100, 100]]},
                 {"name": "mrr", "field": "mrr", "weight": 5, "points": [[0, 0], [200, 100]]},
                 {"name": "nps", "field": "nps", "weight": 15, "points": [[-100, 0], [100, 100]]}]}}
            """));
    }

    private static LocalDate day(Random random, int least, int most) {
        return SINCE.plusDays(least + random.nextInt(most - least));
    }

    private static void file(String name, List<String> lines) throws IOException {
        Files.write(Files.createDirectories(home.resolve("exports/" + OBSERVED)).resolve(name), lines);
    }

    @Test
    void theHistoryAndTheSituationAreThoseOfTheRehearsal() throws IOException {
        clientkpis.kpi.rehearsal.replay.Replay replayed = rehearsed();
        Past rehearsed = replayed.past(replayed.scores().keySet());
        List<String> events = new Replay(cloud, "run").run(exports, null, beginning, (day, done, of) -> {});

        Map<String, JsonNode> clients = lines("clients");
        Map<String, JsonNode> details = lines("details");
        Set<Situation> situations = EnumSet.noneOf(Situation.class);
        int reconstructed = 0;
        int last = rehearsed.period().lastDay();
        for (PastClient client : rehearsed.clients()) {
            JudgedDays judged = client.days().inForce();
            JsonNode history = details.get(client.clientId()).path("history");
            List<Integer> scores = hundredths(history.path("senseScore"));
            List<Integer> expected = new ArrayList<>();
            for (int day = last - 59; day <= last; day++) {
                expected.add(judged.score(day));
            }
            // One is set by hand from the first day on: in a rehearsal too.
            assertThat(scores).as(client.clientId()).isEqualTo(expected);
            assertThat(hundredths(history.path("engagementScore")))
                    .as(client.clientId())
                    .isEqualTo(replayed.scores().get(client.clientId()).engagementHistory().days(OBSERVED).stream()
                            .map(score -> score == null ? Observations.NONE : score)
                            .toList());
            Situation situation = judged.situation(last);
            assertThat(clients.get(client.clientId()).path("situation").asText())
                    .as(client.clientId())
                    .isEqualTo(situation.label());
            situations.add(situation);
            reconstructed += history.has("reconstructedUntil") ? 1 : 0;
            assertThat(history.path("reconstructedUntil").asText(null))
                    .as(client.clientId())
                    .isIn(OBSERVED.minusDays(1).toString(), null);
        }
        assertThat(rehearsed.clients()).hasSize(CLIENTS + 1);
        assertThat(situations).contains(Situation.RISK, Situation.NEUTRAL);
        assertThat(reconstructed).isGreaterThan(30);
        assertThat(events)
                .map(Json::parse)
                .map(event -> event.path("detail"))
                .filteredOn(detail -> detail.path("tenant").asText().equals("run"))
                .isNotEmpty()
                .allSatisfy(detail -> {
                    for (String day : List.of("day", "asOf")) {
                        assertThat(detail.path(day).asText(OBSERVED.toString())).isEqualTo(OBSERVED.toString());
                    }
                });
    }

    /// The replay of a rehearsal over the reconstructed days and the observed one.
    private clientkpis.kpi.rehearsal.replay.Replay rehearsed() throws IOException {
        clientkpis.kpi.rehearsal.replay.Replay replay = new clientkpis.kpi.rehearsal.replay.Replay(
                new Period(SINCE, OBSERVED),
                exports.configuration(),
                null,
                Collections.emptySortedSet(),
                ClientStatus::isInactive);
        // The rows are those of the tenant "past", which has all of usage.
        ReconstructedDays.replay(cloud, "past", cloud.facets("past").keySet(), SINCE, OBSERVED, replay);
        Map<String, clientkpis.kpi.rehearsal.replay.Replay.Known> known = new HashMap<>();
        cloud.facets("past")
                .forEach((id, facets) -> known.put(id, clientkpis.kpi.rehearsal.replay.Replay.Known.observed(facets)));
        replay.days(OBSERVED, OBSERVED, known);
        return replay;
    }

    private static List<Integer> hundredths(JsonNode scores) {
        List<Integer> hundredths = new ArrayList<>();
        scores.forEach(score -> hundredths.add(
                score.isNull()
                        ? Observations.NONE
                        : score.decimalValue().movePointRight(2).intValueExact()));
        return hundredths;
    }

    private static Map<String, JsonNode> lines(String name) throws IOException {
        Map<String, JsonNode> lines = new HashMap<>();
        for (String key : cloud.keys("exports/run/%s/%s-".formatted(OBSERVED, name))) {
            try (BufferedReader in = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(cloud.open(key)), StandardCharsets.UTF_8))) {
                in.lines()
                        .map(Json::parse)
                        .forEach(line -> lines.put(line.path("clientId").asText(), line));
            }
        }
        return lines;
    }

    @Test
    void theOrderOfFilesDoesNotMatter() throws IOException {
        Exports.Day day = exports.days().getFirst();
        Exports reversed =
                new Exports(List.of(new Exports.Day(day.date(), day.uploads().reversed())), List.of());

        assertThat(ReconstructedDays.of(cloud, "reversed", reversed, SINCE)).isEqualTo(beginning);
    }

    @Test
    void thePortfolioOfADayIsThatOfItsActiveAndRegisteredClients() {
        assertThat(beginning.until()).isEqualTo(OBSERVED.minusDays(1));
        assertThat(beginning.hasMrr()).isTrue();
        assertThat(beginning.summaries()).hasSize(180);
        assertThat(beginning.clients()).containsKey("nobody");
        long largest = 0;
        for (JsonNode summary : beginning.summaries().values()) {
            assertThat(summary.path("reconstructed").asBoolean()).isTrue();
            assertThat(summary.toString()).doesNotContain("mrr");
            long clients = sum(summary.path("situations"));
            assertThat(sum(summary.path("bands"))).isEqualTo(clients);
            largest = Math.max(largest, clients);
        }
        assertThat(largest).isBetween(20L, (long) CLIENTS);
    }

    private static long sum(JsonNode groups) {
        long sum = 0;
        for (JsonNode group : groups) {
            sum += group.path("clients").asLong();
        }
        return sum;
    }
}
