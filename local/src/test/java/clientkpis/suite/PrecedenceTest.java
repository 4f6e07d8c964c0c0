package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Uploads, configurations, an override, its withdrawal and an expiry, in whatever order they arrive, end in the table
/// of their own order.
class PrecedenceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static final int ORDERS = 7;

    private record Arrival(int minute, BiConsumer<Company, LocalDateTime> sends) {}

    private static Arrival upload(int minute, String path, String... lines) {
        return new Arrival(minute, (company, time) -> company.upload(time, path, lines));
    }

    private static Arrival configuration(int minute, String json) {
        return new Arrival(minute, (company, time) -> company.configure(time, json));
    }

    private static final List<Arrival> ARRIVALS = List.of(
            upload(1, "clients/c.csv", "client_id;name;fase", "c1;Padaria;Adoção", "c2;Café;Adoção"),
            configuration(2, "{\"rules\": {\"stage\": [{\"when\": {\"overdueTitles\": [1]}, \"then\": \"Antiga\"}]}}"),
            upload(3, "billing/b.csv", "client_id;title_id;value;due_on", "c1;t1;10;2026-08-01", "c2;t2;10;2026-09-02"),
            upload(4, "overrides/a.csv", "client_id;field;value", "c1;stage;VIP", "c2;senseScore;12,00"),
            configuration(5, """
                {"senseScore": {"indicators": [
                   {"name": "finance", "field": "overdueTitles", "weight": 1, "points": [[0, 90], [1, 10]]}]},
                 "rules": {"stage": [{"when": {"overdueTitles": [{"numeric": [">", 0]}]}, "then": "Cobrança"}]}}
                """),
            upload(6, "overrides/b.csv", "client_id;field;value", "c1;stage;"),
            upload(7, "overrides/c.csv", "client_id;field;value;expires_on", "c1;overdueTitles;5;2026-09-02"),
            upload(8, "clients/d.csv", "client_id;name;fase", "c2;Café Novo;Onboarding"));

    @Test
    void everyOrderOfArrivalEndsInTheSameTable() {
        List<Company> companies = new ArrayList<>();
        for (int seed = 0; seed < ORDERS; seed++) {
            List<Arrival> order = new ArrayList<>(ARRIVALS);
            if (seed > 0) {
                Collections.shuffle(order, new Random(seed));
            }
            Company company = suite.another();
            for (Arrival arrival : order) {
                arrival.sends().accept(company, DAY.atTime(8, arrival.minute()));
                if (seed % 3 != 1) {
                    suite.settle();
                }
            }
            suite.settle();
            companies.add(company);
        }
        for (int day = 0; day < 3; day++) {
            suite.recalculate(DAY.plusDays(day));
            Map<String, JsonNode> inOrder = companies.getFirst().table(DAY.plusDays(day));
            for (Company company : companies) {
                assertThat(company.table(DAY.plusDays(day))).isEqualTo(inOrder);
            }
        }
        Map<String, JsonNode> last = companies.getFirst().export(DAY.plusDays(2));
        assertThat(last.get("c1").path("overdueTitles").asInt())
                .as("its override has expired")
                .isEqualTo(1);
        assertThat(last.get("c1").path("stage").asText())
                .as("its override was withdrawn")
                .isEqualTo("Cobrança");
        assertThat(last.get("c2").path("senseScore").decimalValue()).isEqualByComparingTo("12");
        assertThat(last.get("c2").path("name").asText()).isEqualTo("Café Novo");
        companies.forEach(Company::assertChangesAreWhole);
    }
}
