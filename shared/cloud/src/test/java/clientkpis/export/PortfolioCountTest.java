package clientkpis.export;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.tables.Membership;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortfolioCountTest {
    private static final String REGISTERED = "\"sources\": {\"name\": {\"source\": \"integration\"}}";

    @Test
    void inactiveAndUnregisteredClientsAreCountedApart() {
        PortfolioCount count = count(
                "{\"clientId\": \"a\", \"situation\": \"risk\", %s}".formatted(REGISTERED),
                "{\"clientId\": \"b\", \"situation\": \"neutral\", \"status\": \"Inativo\", %s}".formatted(REGISTERED),
                "{\"clientId\": \"c\", \"situation\": \"neutral\"}",
                "{\"clientId\": \"d\", \"situation\": \"neutral\", %s}".formatted(REGISTERED));

        assertThat(count.clients()).isEqualTo(2);
        assertThat(count.situations()).isEqualTo(Map.of("risk", 1, "neutral", 1));
        assertThat(count.apart()).isEqualTo(Map.of(Membership.INACTIVE, 1, Membership.UNREGISTERED, 1));
    }

    @Test
    void withoutARegistryEveryoneIsThePortfolio() {
        PortfolioCount count = count("{\"clientId\": \"a\"}", "{\"clientId\": \"b\", \"situation\": \"risk\"}");

        assertThat(count.situations()).isEqualTo(Map.of("none", 1, "risk", 1));
        assertThat(count.apart()).isEmpty();
    }

    @Test
    void aLineSaysWhereItsClientIsCounted() {
        String line = """
            {"clientId": "a", "mrr": 10.50, "firstMrrOn": "2026-01-02", "status": "Inativo", "cs": "Ana",
            "segment": "s", "plan": "p", "size": "m", "nps": 3,
            "sources": {"name": {"source": "manual", "below": {"source": "integration", "value": "A"}},
            "status": {"source": "rule", "below": {"source": "integration", "value": "Ativo"}}, "cs": {}}}
            """;

        ClosedClient client = ClosedClient.of(Json.parse(line));

        assertThat(client)
                .isEqualTo(new ClosedClient(
                        "a",
                        new BigDecimal("10.50"),
                        LocalDate.of(2026, 1, 2),
                        "Inativo",
                        "Ana",
                        "s",
                        "p",
                        "m",
                        new ClosedClient.Sources(
                                new ClosedClient.Source(
                                        "manual",
                                        null,
                                        new ClosedClient.Source("integration", TextNode.valueOf("A"), null)),
                                new ClosedClient.Source(
                                        "rule",
                                        null,
                                        new ClosedClient.Source("integration", TextNode.valueOf("Ativo"), null)))));
        assertThat(client.isRegistered()).isTrue();
        assertThat(client.membership(true)).isEqualTo(Membership.PORTFOLIO);
    }

    private static PortfolioCount count(String... rows) {
        return PortfolioCount.of(Stream.of(rows).map(Json::parse).toList());
    }
}
