package clientkpis.store;

import clientkpis.json.Json;
import clientkpis.json.SenseScoreJson;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.SituationChange;
import clientkpis.kpi.score.SenseScore;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/// The detail of `SituationChanged`; its schema is `events/SituationChanged.schema.json`.
public final class ChangeJson {
    private ChangeJson() {}

    static ObjectNode write(Tenant tenant, SituationChange change) {
        ObjectNode json = Json.object()
                .put("id", tenant.name() + "/" + change.clientId() + "/" + change.version())
                .put("tenant", tenant.name())
                .put("clientId", change.clientId())
                .put("version", change.version());
        if (change.from() != null) {
            json.put("from", change.from().label());
        }
        json.put("to", change.to().label())
                .put("asOf", change.asOf().toString())
                .put("cause", change.cause().label());
        switch (change.cause()) {
            case Cause.Upload(String table, String id) ->
                json.putObject("upload").put("table", table).put("id", id);
            case Cause.Override(String id) ->
                json.putObject("upload").put("table", "overrides").put("id", id);
            case Cause.Daily _, Cause.NewConfiguration _ -> {}
        }
        if (!change.overridden().isEmpty()) {
            ArrayNode overridden = json.putArray("overridden");
            change.overridden().forEach(overridden::add);
        }
        ObjectNode score = json.putObject("senseScore");
        SenseScoreJson.put(score, "value", change.senseScore().value());
        SenseScoreJson.put(score, "band", change.senseScore().band());
        SenseScoreJson.put(score, "coverage", change.senseScore().coverage());
        means(score, change.scoreMean60(), change.scoreMean7());
        ObjectNode engagement = json.putObject("engagement");
        SenseScoreJson.put(engagement, "value", change.engagementScore());
        means(engagement, change.engagementMean60(), change.engagementMean7());
        clause(json.putObject("clause"), change.verdict());
        indicators(json.putArray("indicators"), change);
        ObjectNode configuration = json.putObject("configuration").put("version", change.configurationVersion());
        if (change.configurationSince() != null) {
            configuration.put("since", change.configurationSince().toString());
        }
        for (String field : SituationChange.ROUTING) {
            Value value = change.routing().get(field);
            if (value != null) {
                put(json, field, value);
            }
        }
        return json;
    }

    /// Puts a value as it is shown: a number with its scale, a day as ISO text.
    public static void put(ObjectNode json, String field, Value value) {
        switch (value) {
            case Value.Number n -> json.put(field, n.number());
            case Value.Text t -> json.put(field, t.text());
            case Value.Day d -> json.put(field, d.day().toString());
            case Value.Countdown _, Value.Manual _ ->
                throw new IllegalArgumentException(field + " is not shown on a day yet");
        }
    }

    private static void means(ObjectNode json, History.Mean mean60, History.Mean mean7) {
        SenseScoreJson.put(json, "mean60", mean60.shown());
        SenseScoreJson.put(json, "mean7", mean7.shown());
    }

    /// Puts what was decided and both sides of each comparison.
    public static void clause(ObjectNode json, Situation.Verdict verdict) {
        json.put("name", verdict.clause());
        ArrayNode comparisons = json.putArray("comparisons");
        for (Situation.Comparison comparison : verdict.comparisons()) {
            ObjectNode node =
                    comparisons.addObject().put("clause", comparison.clause()).put("of", comparison.of());
            operand(node.putObject("left"), comparison.left());
            node.put("operator", comparison.operator());
            operand(node.putObject("right"), comparison.right());
            node.put("holds", comparison.holds());
        }
    }

    private static void operand(ObjectNode json, Situation.Operand operand) {
        json.put("name", operand.what());
        if (operand.value() != null) {
            json.put("value", operand.value());
        }
        if (operand.sum() != null && operand.days() != null) {
            json.put("sumOfHundredths", operand.sum()).put("days", operand.days());
        }
    }

    private static void indicators(ArrayNode json, SituationChange change) {
        Map<String, SenseScore.Part> before = new HashMap<>();
        change.before().parts().forEach(part -> before.put(part.name(), part));
        for (SenseScore.Part part : change.senseScore().parts()) {
            ObjectNode node = json.addObject().put("name", part.name()).put("field", part.field());
            part(node, part);
            SenseScore.Part partBefore = before.get(part.name());
            if (partBefore != null) {
                part(node.putObject("before"), partBefore);
            }
        }
    }

    private static void part(ObjectNode json, SenseScore.Part part) {
        SenseScoreJson.put(json, "weight", part.weight());
        SenseScoreJson.put(json, "value", part.value());
        SenseScoreJson.put(json, "points", part.points());
        SenseScoreJson.put(json, "contribution", part.contribution());
    }
}
