package clientkpis.report;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How the portfolio went, by the summaries of its days. It reads each of the last 90 days and every seventh one of the
/// year before them, so that a page needs at most some 130 small objects.
final class Trend {
    private static final int DAILY = 90;
    private static final int YEAR = 365;
    private static final int STEP = 7;

    private final DataBucket bucket;
    private final Tenant tenant;
    private final LocalDate day;
    private final NavigableMap<LocalDate, JsonNode> read = new TreeMap<>();
    private final List<LocalDate> days = new ArrayList<>();

    Trend(DataBucket bucket, Tenant tenant, LocalDate day) {
        this.bucket = bucket;
        this.tenant = tenant;
        this.day = day;
        String folder = Keys.summaries(tenant);
        for (String key : bucket.keys(folder)) {
            String name = key.substring(folder.length()).replace(".json", "");
            // What lies deeper is not the summary of a day.
            if (name.indexOf('/') < 0 && !LocalDate.parse(name).isAfter(day)) {
                days.add(LocalDate.parse(name));
            }
        }
    }

    /// The portfolio at the end of a day, as of its last recalculation; null before the first.
    JsonNode until(int daysAgo) {
        LocalDate then = day.minusDays(daysAgo);
        return days.stream()
                .filter(one -> !one.isAfter(then))
                .reduce((earlier, later) -> later)
                .map(this::summary)
                .orElse(Json.MAPPER.nullNode());
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
        return read.computeIfAbsent(
                one,
                d -> bucket.get(Keys.summary(tenant, d))
                        .map(bytes -> Json.parse(bytes))
                        .orElseGet(Json::object));
    }
}
