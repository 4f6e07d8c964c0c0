package clientkpis.clients;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.clients.Clients.Registration;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final Clients FAMILY = new Clients();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @Test
    void everyFieldIsShownAsGiven() {
        assertThat(fields(Map.of(
                        "client_id", "00123",
                        "name", "Padaria Ôba",
                        "status", "ATIVO",
                        "cs", "Ana",
                        "csm", "Bia",
                        "salesperson", "Caio",
                        "plan", "Anual",
                        "segment", "Comércio",
                        "stage", "Onboarding",
                        "size", "Tier 1")))
                .isEqualTo(Map.of(
                        "name", new Value.Text("Padaria Ôba"),
                        "status", new Value.Text("ATIVO"),
                        "cs", new Value.Text("Ana"),
                        "csm", new Value.Text("Bia"),
                        "salesperson", new Value.Text("Caio"),
                        "plan", new Value.Text("Anual"),
                        "segment", new Value.Text("Comércio"),
                        "stage", new Value.Text("Onboarding"),
                        "size", new Value.Text("Tier 1")));
    }

    @Test
    void dayOfRegistrationIsADate() {
        assertThat(fields(Map.of("name", "Padaria", "registered_on", "2026-01-31")))
                .containsEntry("registeredOn", new Value.Day(LocalDate.parse("2026-01-31")));
    }

    @Test
    void dayOfNoticeIsADateAlsoWhenItIsAhead() {
        assertThat(fields(Map.of("name", "Padaria", "cancelled_on", "2027-01-31")))
                .containsEntry("cancelledOn", new Value.Day(LocalDate.parse("2027-01-31")));
    }

    @Test
    void blankCellIsAnAbsentField() {
        assertThat(fields(Map.of("name", "Padaria"))).isEqualTo(Map.of("name", new Value.Text("Padaria")));
    }

    private static Map<String, Value> fields(Map<String, String> cells) {
        Registration registration = FAMILY.read(new Row(cells));
        Map<String, Value> fields = new HashMap<>();
        for (Map.Entry<String, Timeline> field :
                FAMILY.timelines(List.of(registration), FROM).entrySet()) {
            fields.put(field.getKey(), field.getValue().at(FROM));
        }
        return fields;
    }
}
