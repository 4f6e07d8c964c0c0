package clientkpis.json;

import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A SenseScore and its parts as JSON.
public final class SenseScoreJson {
    private SenseScoreJson() {}

    public static ObjectNode write(SenseScore score) {
        ObjectNode json = Json.object();
        put(json, "value", score.value());
        put(json, "band", score.band());
        put(json, "coverage", score.coverage());
        SenseScore.Below below = score.below();
        if (below != null) {
            ObjectNode node = json.putObject("below");
            put(node, "value", below.value());
            put(node, "band", below.band());
        }
        ArrayNode parts = json.putArray("indicators");
        for (SenseScore.Part part : score.parts()) {
            ObjectNode node = parts.addObject().put("name", part.name()).put("field", part.field());
            put(node, "weight", part.weight());
            put(node, "value", part.value());
            put(node, "points", part.points());
            put(node, "contribution", part.contribution());
        }
        return json;
    }

    public static SenseScore read(JsonNode json) {
        List<SenseScore.Part> parts = new ArrayList<>();
        for (JsonNode node : json.path("indicators")) {
            parts.add(new SenseScore.Part(
                    node.path("name").asText(),
                    node.path("field").asText(),
                    node.path("weight").decimalValue(),
                    decimal(node, "value"),
                    decimal(node, "points"),
                    decimal(node, "contribution")));
        }
        JsonNode below = json.get("below");
        return new SenseScore(
                decimal(json, "value"),
                band(json),
                decimal(json, "coverage"),
                parts,
                below == null ? null : new SenseScore.Below(decimal(below, "value"), band(below)));
    }

    private static @Nullable Band band(JsonNode json) {
        String band = json.path("band").textValue();
        return band == null ? null : Band.labelled(band);
    }

    public static void put(ObjectNode json, String name, @Nullable Band band) {
        if (band != null) {
            json.put(name, band.label());
        }
    }

    public static void put(ObjectNode json, String name, @Nullable BigDecimal number) {
        if (number != null) {
            json.put(name, number);
        }
    }

    private static @Nullable BigDecimal decimal(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.decimalValue();
    }
}
