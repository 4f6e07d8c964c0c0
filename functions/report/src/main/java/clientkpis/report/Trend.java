package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.report.money.Summaries;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;

/// How the portfolio went, by the summaries of its days. It reads each of the last 90 days and every seventh one of the
/// year before them, so that a page needs at most some 130 small objects.
final class Trend {
    private static final int DAILY = 90;
    private static final int YEAR = 365;
    private static final int STEP = 7;

    private final Summaries summaries;
    private final LocalDate day;
    private final List<LocalDate> days;

    Trend(Summaries summaries, LocalDate day) {
        this.summaries = summaries;
        this.day = day;
        days = List.copyOf(summaries.days().headSet(day, true));
    }

    /// The portfolio at the end of a day, as of its last recalculation; null before the first.
    JsonNode until(int daysAgo) {
        LocalDate then = day.minusDays(daysAgo);
        return days.stream()
                .filter(one -> !one.isAfter(then))
                .reduce((earlier, later) -> later)
                .map(this::summary)
                .orElse(NullNode.getInstance());
    }

    /// `day`, `situations` and `bands` of each day, oldest first.
    ArrayNode json() {
        ArrayNode json = Json.array();
        for (int i = 0; i < days.size(); i++) {
            LocalDate one = days.get(i);
            boolean isRecent = one.isAfter(day.minusDays(DAILY));
            boolean isOfTheYear = one.isAfter(day.minusDays(YEAR)) && (days.size() - i) % STEP == 0;
            if (isRecent || isOfTheYear) {
                JsonNode summary = summary(one);
                ObjectNode point = json.addObject().put("day", one.toString());
                point.set("situations", summary.path("situations"));
                point.set("bands", summary.path("bands"));
                if (summary.path("reconstructed").asBoolean()) {
                    point.put("reconstructed", true);
                }
            }
        }
        return json;
    }

    private JsonNode summary(LocalDate one) {
        return summaries.of(one).orElseGet(Json::object);
    }
}
