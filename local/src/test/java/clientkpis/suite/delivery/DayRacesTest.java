package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.suite.Company;
import clientkpis.suite.Meanwhile;
import clientkpis.suite.Suite;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Recalculations that something else meets, that fire twice or not at all, and what they find already there.
@Tag("slow")
class DayRacesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final Meanwhile MEANWHILE = new Meanwhile();

    @RegisterExtension
    static final Suite suite = Suite.start(MEANWHILE);

    private Company company;
    private Company undisturbed;

    @BeforeEach
    void portfolios() {
        suite.forgetDeadLetters();
        company = suite.company();
        undisturbed = suite.another();
        for (Company one : List.of(company, undisturbed)) {
            one.upload(
                    MORNING,
                    "nps/n.csv",
                    "client_id;answer_id;score;answered_on",
                    "c1;a;9;2026-09-01",
                    "c2;a;9;2026-09-01");
            one.upload(
                    MORNING,
                    "billing/b.csv",
                    "client_id;title_id;value;due_on",
                    "c1;t1;1,00;2026-09-12",
                    "c1;t2;1,00;2026-09-12",
                    "c1;t3;1,00;2026-09-12");
        }
        suite.settle();
        suite.recalculate(DAY);
    }

    @AfterEach
    void allHappened() {
        MEANWHILE.assertAllHappened();
    }

    private static void answers(Company company, LocalDateTime time) {
        company.upload(
                time, "nps/new.csv", "client_id;answer_id;score;answered_on", "c1;b;0;2026-09-10", "c2;b;0;2026-09-10");
    }

    private void assertSameInTheEnd() {
        suite.recalculate(DAY.plusDays(8));
        assertThat(company.table(DAY.plusDays(8))).isEqualTo(undisturbed.table(DAY.plusDays(8)));
        assertThat(company.table(DAY.plusDays(8)).get("c1").path("situation").asText())
                .isEqualTo("risk");
    }

    @ParameterizedTest
    @CsvSource({
        "surveyFunction, PutObject, surveys/",
        "refreshFunction, Query, ",
        "refreshFunction, PutObject, exports/"
    })
    void anUploadDuringARecalculation(String function, String operation, String of) {
        MEANWHILE.before(
                function,
                operation,
                of == null ? suite.cloud().table("Clients") : of,
                () -> answers(company, DAY.plusDays(1).atTime(12, 0)));
        suite.recalculate(DAY.plusDays(1));
        answers(undisturbed, DAY.plusDays(1).atTime(12, 0));
        suite.settle();

        assertSameInTheEnd();
    }

    @Test
    void aConfigurationThatIsActivatedWhileUploadsAreScored() {
        String strict = weighted(0);
        MEANWHILE.before(
                "scoreFunction",
                "PutItem",
                suite.cloud().table("Clients"),
                () -> company.configure(DAY.plusDays(1).atTime(9, 0), strict));
        answers(company, DAY.plusDays(1).atTime(8, 0));
        answers(undisturbed, DAY.plusDays(1).atTime(8, 0));
        suite.settle();
        undisturbed.configure(DAY.plusDays(1).atTime(9, 0), strict);
        suite.settle();

        assertSameInTheEnd();
    }

    @Test
    void theScheduleFiresTwice() {
        for (int i = 0; i < 2; i++) {
            suite.clock(DAY.plusDays(2).atTime(22, 0));
            suite.cloud()
                    .tick(DAY.plusDays(2)
                            .atTime(22, 0)
                            .atZone(ZoneId.of("America/Sao_Paulo"))
                            .toInstant());
        }
        suite.settle();

        assertThat(completed())
                .isEqualTo(Map.of(DAY.toString(), 1, DAY.plusDays(2).toString(), 1));
        assertThat(company.table(DAY.plusDays(2))).containsOnlyKeys("c1", "c2");
    }

    @Test
    void theScheduleDoesNotFireForADay() {
        suite.recalculate(DAY.plusDays(2));

        assertThat(completed())
                .isEqualTo(Map.of(DAY.toString(), 1, DAY.plusDays(2).toString(), 1));
        assertThat(company.table(DAY.plusDays(2))).isEqualTo(undisturbed.table(DAY.plusDays(2)));
    }

    /// The hour of the recalculation does not exist on one day of the year and comes twice on another.
    @ParameterizedTest
    @CsvSource({"2026-11-01, 01:30", "2027-03-14, 02:30", "2026-12-31, 00:00"})
    void eachDateIsRecalculatedOnceThroughAChangeOfTheClock(LocalDate change, String hour) {
        company.configure(
                MORNING.plusHours(1), "{\"timeZone\": \"America/New_York\", \"recalculateAt\": \"" + hour + "\"}");
        suite.settle();
        ZonedDateTime tick = change.minusDays(1).atTime(20, 0).atZone(ZoneId.of("America/New_York"));
        for (int i = 0; i < 40; i++) {
            suite.tick(tick.plusHours(i)
                    .withZoneSameInstant(ZoneId.of("America/Sao_Paulo"))
                    .toLocalDateTime());
        }

        assertThat(completed())
                .containsEntry(change.minusDays(1).toString(), 1)
                .containsEntry(change.toString(), 1)
                .containsEntry(change.plusDays(1).toString(), 1)
                .hasSize(4);
    }

    @Test
    void anUploadBelongsToTheDayOnWhichItCameInItsTenantsZone() {
        company.configure(MORNING.plusHours(1), "{\"timeZone\": \"America/New_York\"}");
        suite.settle();
        // A second before midnight in New York, where it is 23:59:59, and one after.
        LocalDateTime midnight = DAY.plusDays(1).atTime(1, 0);
        company.upload(
                midnight.minusSeconds(1),
                "nps/before.csv",
                "client_id;answer_id;score;answered_on",
                "c1;b;0;2026-09-10");
        suite.settle();
        assertThat(asOf("c1")).isEqualTo(DAY.toString());
        company.upload(midnight, "nps/after.csv", "client_id;answer_id;score;answered_on", "c1;d;0;2026-09-10");
        suite.settle();
        assertThat(asOf("c1")).isEqualTo(DAY.plusDays(1).toString());
    }

    @Test
    void eventsAreRefusedForALongTime() {
        for (int i = 0; i < 12; i++) {
            MEANWHILE.fails("situationFunction", "PutEvents", suite.cloud().bus("Events"), Fault.THROTTLED);
        }
        answers(company, DAY.plusDays(1).atTime(8, 0));
        suite.settle();
        suite.recalculate(DAY.plusDays(8));

        assertThat(company.events("SituationChanged")).isNotEmpty();
        company.assertChangesAreWhole();
    }

    /// As a restored table may have it.
    @Test
    void theItemOfAChangeIsThereAlready() {
        Map<String, AttributeValue> first = company.items("SituationChanges").stream()
                .filter(change -> change.get("client").s().endsWith("#c1"))
                .findFirst()
                .orElseThrow();
        Map<String, AttributeValue> left = new HashMap<>(first);
        left.put("version", AttributeValue.fromN("2"));
        suite.dynamo.putItem(
                put -> put.tableName(suite.cloud().table("SituationChanges")).item(left));
        answers(company, DAY.plusDays(1).atTime(8, 0));
        answers(undisturbed, DAY.plusDays(1).atTime(8, 0));
        suite.settle();

        assertSameInTheEnd();
    }

    /// To stop its recalculations, for example; then it uploads again.
    @Test
    void theItemOfATenantIsDeletedWhileItsClientsStand() {
        for (int i = 0; i < 3; i++) {
            company.configure(MORNING.plusHours(1 + i), weighted(i));
            suite.settle();
        }
        suite.dynamo.deleteItem(delete -> delete.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name()))));
        answers(company, DAY.plusDays(1).atTime(8, 0));
        answers(undisturbed, DAY.plusDays(1).atTime(8, 0));
        suite.settle();
        suite.recalculate(DAY.plusDays(8));

        // Their histories differ by what the configurations said.
        assertThat(scores(company)).isEqualTo(scores(undisturbed)).hasSize(2);
        company.assertChangesAreWhole();
    }

    private static Map<String, String> scores(Company company) {
        Map<String, String> scores = new TreeMap<>();
        company.table(DAY.plusDays(8))
                .forEach((client, fields) ->
                        scores.put(client, fields.path("senseScore").asText()));
        return scores;
    }

    /// Each changes the SenseScore of every client.
    private static String weighted(int weight) {
        return """
            {"senseScore": {"indicators": [{"name": "nps", "field": "nps", "weight": 1, "points": [[-100, 0], [100, %d]]}]}}
            """.formatted(50 + weight);
    }

    private String asOf(String client) {
        return company.client(client).get("asOf").s();
    }

    /// How many different events say that a date's recalculation is done.
    private Map<String, Integer> completed() {
        Map<String, String> days = new HashMap<>();
        company.events("RecalculationCompleted")
                .forEach(event ->
                        days.put(event.path("id").asText(), event.path("day").asText()));
        Map<String, Integer> dates = new HashMap<>();
        days.values().forEach(day -> dates.merge(day, 1, Integer::sum));
        return dates;
    }
}
