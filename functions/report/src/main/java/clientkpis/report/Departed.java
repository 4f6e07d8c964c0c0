package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.export.ExportedLines;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who left in the last days and did not come back, and whether anybody could have seen it.
final class Departed {
    static final int DAYS = 90;
    /// How many of them the page names.
    static final int SHOWN = 200;

    private static final List<String> SHOWN_OF_EACH = List.of("clientId", "churnedOn", "cause", "mrr", "before");

    private Departed() {}

    /// @return how many left, with how much MRR, how many of them were seen (in risk, or red, on one of the days that
    ///     are looked at before), and the newest of them; without a list if nobody left
    static ObjectNode at(DataBucket bucket, Tenant tenant, LocalDate day) {
        Map<String, JsonNode> left = new HashMap<>();
        for (JsonNode event : events(bucket, tenant, day)) {
            String clientId = event.path("clientId").asText();
            if (event.has("churnedOn")) {
                left.put(clientId, event);
            } else {
                left.remove(clientId);
            }
        }
        List<JsonNode> newest = new ArrayList<>(left.values());
        newest.sort(
                Comparator.comparing((JsonNode event) -> event.path("churnedOn").asText(), Comparator.reverseOrder())
                        .thenComparing(event -> event.path("clientId").asText(), CodePoints.ORDER));
        newest.removeIf(
                event -> LocalDate.parse(event.path("churnedOn").asText()).isBefore(day.minusDays(DAYS - 1L)));
        BigDecimal mrr = BigDecimal.ZERO.setScale(2);
        int seen = 0;
        for (JsonNode event : newest) {
            mrr = mrr.add(event.path("mrr").decimalValue());
            seen += isSeen(event) ? 1 : 0;
        }
        ObjectNode json =
                Json.object().put("clients", newest.size()).put("mrr", mrr).put("seen", seen);
        if (!newest.isEmpty()) {
            ArrayNode list = json.putArray("list");
            newest.stream().limit(SHOWN).forEach(event -> list.add(shown(event)));
        }
        return json;
    }

    private static boolean isSeen(JsonNode event) {
        for (JsonNode before : event.path("before")) {
            if (before.path("situation").asText().equals("risk")
                    || before.path("band").asText().equals("red")) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode shown(JsonNode event) {
        ObjectNode shown = Json.object();
        SHOWN_OF_EACH.forEach(member -> {
            if (event.has(member)) {
                shown.set(member, event.get(member));
            }
        });
        return shown;
    }

    /// In the order of the days that found them out: a churn is found out at most 30 days later.
    private static List<JsonNode> events(DataBucket bucket, Tenant tenant, LocalDate day) {
        String folder = Keys.exports(tenant);
        List<JsonNode> events = new ArrayList<>();
        for (String key : bucket.keys(folder, folder + day.minusDays(DAYS), folder + day.plusDays(1))) {
            if (Keys.isDepartures(key)) {
                try (ExportedLines lines = new ExportedLines(bucket.open(key, null))) {
                    for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                        events.add(line);
                    }
                }
            }
        }
        return events;
    }
}
