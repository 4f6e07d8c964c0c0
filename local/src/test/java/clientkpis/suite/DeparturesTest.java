package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who leaves and who comes back is published by the recalculation of the day that decides it.
class DeparturesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String REGISTRY = "client_id;name;status;data_cancelamento";
    private static final String CONTRACTS = "client_id;contract_id;model;value;status";

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static Company company;

    @BeforeAll
    static void aQuarter() {
        company = suite.company();
        registry(
                0,
                "stays;A;Ativo;",
                "status;B;Ativo;",
                "lapses;C;Ativo;",
                "notice;D;Ativo;",
                "free;E;Ativo;",
                "gone;F;Inativo;2026-01-15");
        contracts(
                0,
                "stays;k;MRR;10,00;Ativo",
                "status;k;MRR;50,00;Ativo",
                "lapses;k;MRR;30,00;Ativo",
                "notice;k;MRR;70,00;Ativo",
                "gone;k;MRR;5,00;Ativo");
        recalculate(0, 1, 2);
        registry(3, "status;B;Inativo;", "free;E;Inativo;");
        contracts(3, "lapses;k;MRR;30,00;Cancelado");
        recalculate(3, 4, 9);
        registry(10, "status;B;Ativo;");
        contracts(10, "status;k;MRR;60,00;Ativo");
        recalculate(10, 31, 32, 33, 60, 99);
        // It is told two days later, and its MRR goes on.
        registry(100, "notice;D;Ativo;" + DAY.plusDays(98));
        recalculate(100, 101);
    }

    private static void registry(int day, String... rows) {
        upload(day, "clients/c.csv", REGISTRY, rows);
    }

    private static void contracts(int day, String... rows) {
        upload(day, "contracts/k.csv", CONTRACTS, rows);
    }

    private static void upload(int day, String path, String header, String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = header;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        company.upload(DAY.plusDays(day).atTime(9, 0), path, lines);
        suite.settle();
    }

    private static void recalculate(int... days) {
        for (int day : days) {
            suite.recalculate(DAY.plusDays(day));
        }
    }

    private static JsonNode churn(String clientId) {
        List<JsonNode> events = company.events("ClientChurned").stream()
                .filter(event -> event.path("clientId").asText().equals(clientId))
                .toList();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void nobodyElseLeft() {
        assertThat(company.events("ClientChurned"))
                .extracting(event -> event.path("clientId").asText())
                .containsExactlyInAnyOrder("status", "lapses", "notice");
    }

    @Test
    void anInactiveStatusIsAChurnAtOnce() {
        JsonNode event = churn("status");
        assertThat(event.path("churnedOn").asText()).isEqualTo(DAY.plusDays(3).toString());
        assertThat(event.path("asOf").asText()).isEqualTo(DAY.plusDays(3).toString());
        assertThat(event.path("cause").asText()).isEqualTo("inactive");
        assertThat(event.path("mrr").decimalValue()).isEqualByComparingTo("50.00");
        assertThat(event.path("before")).isEmpty();
        assertThat(event.path("id").asText()).isEqualTo(company.tenant() + "/status/" + DAY.plusDays(3));
    }

    @Test
    void whoIsACustomerAgainReturned() {
        assertThat(company.events("ClientReturned")).singleElement().satisfies(event -> {
            assertThat(event.path("clientId").asText()).isEqualTo("status");
            assertThat(event.path("day").asText()).isEqualTo(DAY.plusDays(10).toString());
            assertThat(event.path("mrr").decimalValue()).isEqualByComparingTo("60.00");
        });
    }

    @Test
    void anMrrThatEndsIsAChurnAfterThirtyDays() {
        JsonNode event = churn("lapses");
        assertThat(event.path("churnedOn").asText()).isEqualTo(DAY.plusDays(3).toString());
        assertThat(event.path("asOf").asText()).isEqualTo(DAY.plusDays(32).toString());
        assertThat(event.path("cause").asText()).isEqualTo("lapsed");
        assertThat(event.path("mrr").decimalValue()).isEqualByComparingTo("30.00");
    }

    /// The days between are like the exports before them.
    @Test
    void aNoticeDatesTheChurnBackAndTheDaysBeforeAreThoseThatWereExported() {
        JsonNode event = churn("notice");
        assertThat(event.path("churnedOn").asText()).isEqualTo(DAY.plusDays(98).toString());
        assertThat(event.path("asOf").asText()).isEqualTo(DAY.plusDays(100).toString());
        assertThat(event.path("cause").asText()).isEqualTo("cancelled");
        assertThat(event.path("mrr").decimalValue()).isEqualByComparingTo("70.00");
        assertThat(event.path("before").findValuesAsText("days")).containsExactly("30", "60", "90");
        assertThat(event.path("before").findValuesAsText("situation")).containsOnly("neutral");
        assertThat(event.at("/before/0/band").asText())
                .isEqualTo(company.export(DAY.plusDays(60))
                        .get("notice")
                        .path("senseScoreBand")
                        .asText());
    }
}
