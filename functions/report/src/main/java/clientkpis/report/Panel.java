package clientkpis.report;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that the page shows of one client.
final class Panel {
    private static final Set<String> NO_FIELDS = Set.of("tenant", "clientId", "asOf", "sources");

    private Panel() {}

    /// `fields`, without those that the client's line has, their `sources`, the `indicators`, both sides of each
    /// comparison, the histories as steps (`[day, value]`, the day counted from `from`), the changes.
    static ObjectNode of(JsonNode client, @Nullable JsonNode details) {
        ObjectNode json = Json.object();
        json.set("asOf", client.path("asOf"));
        ObjectNode fields = json.putObject("fields");
        client.properties().forEach(entry -> {
            if (!NO_FIELDS.contains(entry.getKey()) && !Portfolio.COLUMNS.contains(entry.getKey())) {
                fields.set(entry.getKey(), entry.getValue());
            }
        });
        json.set("sources", client.path("sources"));
        if (details != null) {
            json.set("indicators", details.path("senseScore").path("indicators"));
            json.set("comparisons", details.path("clause").path("comparisons"));
            json.set("transitions", details.path("transitions"));
            json.set("configuration", details.path("configuration"));
            JsonNode history = details.path("history");
            json.set("from", history.path("from"));
            if (history.has("reconstructedUntil")) {
                json.set("reconstructedUntil", history.get("reconstructedUntil"));
            }
            json.put("days", history.path("senseScore").size());
            json.set("scores", steps(history.path("senseScore")));
            json.set("engagements", steps(history.path("engagementScore")));
        }
        return json;
    }

    private static ArrayNode steps(JsonNode days) {
        ArrayNode steps = Json.array();
        JsonNode last = null;
        for (int i = 0; i < days.size(); i++) {
            JsonNode value = days.get(i);
            if (!Objects.equals(value, last)) {
                steps.addArray().add(i).add(value);
                last = value;
            }
        }
        return steps;
    }
}
