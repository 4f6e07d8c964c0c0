package clientkpis.export;

import clientkpis.tables.Membership;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many clients a portfolio has, and who is counted apart from it.
///
/// @param situations the clients of the portfolio in each situation
/// @param apart the others, by why they are; only those that there are
public record PortfolioCount(Map<String, Integer> situations, Map<Membership, Integer> apart) {
    /// @param rows of the client table
    public static PortfolioCount of(List<JsonNode> rows) {
        List<ClosedClient> clients = rows.stream().map(ClosedClient::of).toList();
        boolean hasRegistry = clients.stream().anyMatch(ClosedClient::isRegistered);
        Map<String, Integer> situations = new TreeMap<>();
        Map<Membership, Integer> apart = new EnumMap<>(Membership.class);
        for (int i = 0; i < rows.size(); i++) {
            Membership membership = clients.get(i).membership(hasRegistry);
            if (membership == Membership.PORTFOLIO) {
                situations.merge(rows.get(i).path("situation").asText("none"), 1, Integer::sum);
            } else {
                apart.merge(membership, 1, Integer::sum);
            }
        }
        return new PortfolioCount(situations, apart);
    }

    public int clients() {
        return situations.values().stream().mapToInt(Integer::intValue).sum();
    }
}
