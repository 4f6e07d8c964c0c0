package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.DayRuns;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;

/// A segment of a tenant's clients to evaluate at a day: the shards `from` up to but not including `to`. Its JSON has
/// these members.
public record SegmentMessage(Tenant tenant, LocalDate day, int from, int to) {
    /// The bodies of the messages for some ranges of shards.
    public static List<String> bodies(Tenant tenant, LocalDate day, List<DayRuns.Range> ranges) {
        return ranges.stream()
                .map(range -> Json.text(new SegmentMessage(tenant, day, range.from(), range.to())))
                .toList();
    }

    public static SegmentMessage read(JsonNode body) {
        return Json.read(body, SegmentMessage.class);
    }
}
