package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Closed days never change: what comes late counts from the last day that was recalculated.
class LateUploadTest {
    private static final String[] LATE = {
        "client_id;ticket_id;opened_on;sla_on;closed_on",
        "c1;l1;2026-09-01;2026-09-01;",
        "c1;l2;2026-09-01;2026-09-01;",
        "c1;l3;2026-09-01;2026-09-01;",
        "c1;l4;2026-09-01;2026-09-01;",
        "c1;l5;2026-09-01;2026-09-01;"
    };

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static Company late;
    private static Company timely;
    private static Company early;
    private static Company never;

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 9, day);
    }

    /// Four companies with the same exports but for five tickets above their SLA: uploaded on the 3rd; on the 15th; on
    /// the 15th by an event of the 3rd; not at all.
    @BeforeAll
    static void replay() {
        late = suite.company();
        timely = suite.another();
        early = suite.another();
        never = suite.another();
        for (Company company : new Company[] {late, timely, early, never}) {
            company.upload(
                    day(1).atTime(8, 0), "nps/n.csv", "client_id;answer_id;score;answered_on", "c1;a1;3;2026-09-01");
            company.upload(
                    day(1).atTime(8, 1),
                    "support/s.csv",
                    "client_id;ticket_id;opened_on;sla_on;closed_on",
                    "c1;s1;2026-09-01;2026-09-06;2026-09-02");
            company.upload(
                    day(1).atTime(8, 2), "billing/b.csv", "client_id;title_id;value;due_on", "c1;t1;10,00;2026-09-07");
        }
        suite.settle();
        suite.recalculate(day(1));
        early.upload(day(3).atTime(9, 0), "support/late.csv", LATE);
        suite.settle();
        for (int day : new int[] {3, 8, 12, 15}) {
            suite.recalculate(day(day));
        }
        timely.upload(day(15).atTime(23, 59, 59), "support/late.csv", LATE);
        late.upload(day(3).atTime(9, 0), "support/late.csv", LATE);
        suite.settle();
        suite.recalculate(day(16));
        suite.recalculate(day(20));
    }

    @Test
    void itsClientsAreEvaluatedAtTheLastRecalculatedDay() {
        for (int day : new int[] {16, 20}) {
            Map<String, JsonNode> table = late.table(day(day));
            assertThat(table).isEqualTo(timely.table(day(day)));
            assertThat(table.get("c1").path("ticketsAboveSla").asInt()).isEqualTo(5);
        }
        assertThat(late.table(day(20))).isNotEqualTo(early.table(day(20)));
        assertThat(late.table(day(20))).isNotEqualTo(never.table(day(20)));
    }

    @Test
    void itChangesTheSituationOfThatDayNotOfItsOwn() {
        assertThat(late.events("SituationChanged"))
                .filteredOn(change -> change.path("cause").asText().equals("upload"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.path("asOf").asText()).isEqualTo("2026-09-15");
                    assertThat(change.path("to").asText()).isEqualTo("risk");
                });
    }

    @Test
    void theVariationSeesTheClosedDaysAsTheyWere() {
        String variation = "senseScoreVariation7d";
        JsonNode changed = late.table(day(20)).get("c1");
        JsonNode unchanged = never.table(day(20)).get("c1");
        // [13, 20] over [7, 13]: the divisor is closed, six of the eight days above it have the late tickets.
        assertThat(changed.path("senseScore").decimalValue())
                .isLessThan(unchanged.path("senseScore").decimalValue());
        assertThat(changed.path(variation).decimalValue())
                .isLessThan(unchanged.path(variation).decimalValue());
        assertThat(late.table(day(15))).isEqualTo(never.table(day(15)));
        for (Company company : new Company[] {late, timely, early, never}) {
            company.assertChangesAreWhole();
        }
    }
}
