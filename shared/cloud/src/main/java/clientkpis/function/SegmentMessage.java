package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.DayRuns;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;

/// A range of shards to survey or to refresh, as `daily` plans it.
public record SegmentMessage(Tenant tenant, LocalDate day, DayRuns.Range shards) {
    public String body() {
        return Json.text(Json.object()
                .put("tenant", tenant.name())
                .put("day", day.toString())
                .put("from", shards.from())
                .put("to", shards.to()));
    }

    public static SegmentMessage read(JsonNode body) {
        return new SegmentMessage(
                Tenant.of(body.path("tenant").asText()),
                LocalDate.parse(body.path("day").asText()),
                new DayRuns.Range(body.path("from").asInt(), body.path("to").asInt()));
    }
}
