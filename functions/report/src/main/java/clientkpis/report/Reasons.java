package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a client needs a call: what lowers its SenseScore most, and since when. The page puts it into words.
final class Reasons {
    private static final int MOST = 3;
    private static final int WEEK = 7;
    private static final int MONTH = 30;
    private static final BigDecimal FULL = BigDecimal.valueOf(100);

    private Reasons() {}

    /// Objects with `field` and `value`, and if known `before` (a higher value, `days` ago) or `since` (a day); for a
    /// situation set by hand a single object with `manual`. For a red client that is not at risk the first one is
    /// `red`. Null for a client that nobody needs to call.
    static @Nullable ArrayNode of(ExportedClient exported, JsonNode details, Band.Cuts cuts) {
        JsonNode client = exported.row();
        ArrayNode reasons = Json.array();
        boolean isRed = exported.band().equals("red");
        if (exported.situation().equals("neutral") && !isRed) {
            return null;
        }
        JsonNode source = client.path("sources").path("situation");
        if (source.path("source").asText().equals("manual")) {
            reasons.addObject().put("manual", source.path("reason").asText(""));
            return reasons;
        }
        if (client.path("situation").asText().equals("opportunity")) {
            for (String field : List.of("senseScore", "engagementScore")) {
                if (client.has(field)) {
                    reasons.add(reason(field, client.path(field), details));
                }
            }
            return reasons;
        }
        if (!exported.situation().equals("risk")) {
            reasons.add(red(details, cuts));
        }
        List<JsonNode> costly = new ArrayList<>();
        for (JsonNode part : details.path("senseScore").path("indicators")) {
            if (lost(part).signum() > 0) {
                costly.add(part);
            }
        }
        costly.sort(Comparator.comparing(Reasons::lost)
                .reversed()
                .thenComparing(part -> part.path("name").asText()));
        for (JsonNode part : costly.subList(0, Math.min(MOST, costly.size()))) {
            reasons.add(reason(part.path("field").asText(), part.path("value"), details));
        }
        return reasons;
    }

    /// Why a red client is not at risk: `red` is how many days in a row it has been red, `known` how many days have a
    /// score (both at most 60), `since` the first of the red ones; `mean60` and `mean7` as the rule compared them.
    private static ObjectNode red(JsonNode details, Band.Cuts cuts) {
        JsonNode history = details.path("history");
        JsonNode scores = history.path("senseScore");
        int known = 0;
        int red = 0;
        boolean isRow = true;
        for (int i = scores.size() - 1; i >= 0; i--) {
            JsonNode score = scores.get(i);
            known += score.isNumber() ? 1 : 0;
            isRow &= score.isNumber() && cuts.of(score.decimalValue()) == Band.RED;
            red += isRow ? 1 : 0;
        }
        ObjectNode reason = Json.object().put("red", red).put("known", known);
        if (red > 0) {
            LocalDate from = LocalDate.parse(history.path("from").asText());
            reason.put("since", from.plusDays(scores.size() - red).toString());
        }
        for (JsonNode comparison : details.path("clause").path("comparisons")) {
            if (comparison.path("clause").asText().equals("risk")) {
                for (String side : List.of("left", "right")) {
                    JsonNode operand = comparison.path(side);
                    String name = operand.path("name").asText();
                    if ((name.equals("mean60") || name.equals("mean7")) && operand.has("value")) {
                        reason.set(name, operand.get("value"));
                    }
                }
            }
        }
        return reason;
    }

    /// What an indicator takes from the score, times the weight of all.
    private static BigDecimal lost(JsonNode part) {
        return part.has("points")
                ? part.path("weight")
                        .decimalValue()
                        .multiply(FULL.subtract(part.path("points").decimalValue()))
                : BigDecimal.ZERO;
    }

    private static ObjectNode reason(String field, JsonNode value, JsonNode details) {
        ObjectNode reason = Json.object().put("field", field);
        reason.set("value", value);
        JsonNode since = details.path("internal").path("overdueSince");
        if (field.equals("overdueTitles") && since.isTextual()) {
            reason.set("since", since);
        }
        JsonNode history = details.path("history").path(field);
        for (int days : new int[] {WEEK, MONTH}) {
            JsonNode before = before(history, days);
            if (before != null && before.decimalValue().compareTo(value.decimalValue()) > 0) {
                reason.set("before", before);
                reason.put("days", days);
                break;
            }
        }
        return reason;
    }

    private static @Nullable JsonNode before(JsonNode history, int days) {
        JsonNode before = history.get(history.size() - 1 - days);
        return before == null || before.isNull() ? null : before;
    }
}
