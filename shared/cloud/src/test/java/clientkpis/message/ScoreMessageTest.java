package clientkpis.message;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreMessageTest {
    @Test
    void manyClientsAreCutIntoMessagesThatFitAQueueAndReadBackWhole() {
        Map<String, Client.Facet> facets = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            facets.put(
                    "client " + i,
                    new Client.Facet(
                            i + 1,
                            "u",
                            Map.of("name", Timeline.constant(LocalDate.EPOCH, new Value.Text("n".repeat(i))))));
        }
        ScoreMessage message =
                new ScoreMessage(Tenant.of("acme"), "clients", LocalDate.of(2026, 9, 30), "order", "u", facets);

        List<String> bodies = message.bodies();

        assertThat(bodies)
                .hasSizeGreaterThan(4)
                .allSatisfy(body -> assertThat(body.length()).isLessThan(100_000));
        Map<String, Client.Facet> read = new HashMap<>();
        bodies.forEach(body -> read.putAll(ScoreMessage.read(Json.parse(body)).facets()));
        assertThat(read).isEqualTo(facets);
    }
}
