package clientkpis.store.packed;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.json.SenseScoreJson;
import clientkpis.json.TimelineJson;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Fields;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Rules;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A client as an item of format 1, or of the time before formats: JSON, with attributes beside it. It is read until
/// the client changes.
public final class FormerClient {
    private FormerClient() {}

    public static Client read(Map<String, AttributeValue> item) {
        JsonNode packed =
                Json.parse(Deflated.unpack(Attributes.of(item, "packed").b().asByteArrayUnsafe()));
        Map<String, Client.Facet> facets = new TreeMap<>();
        packed.path("facets").properties().forEach(entry -> {
            JsonNode facet = entry.getValue();
            facets.put(
                    entry.getKey(),
                    new Client.Facet(
                            facet.path("v").asLong(),
                            facet.path("u").asText(),
                            !facet.path("gone").asBoolean(),
                            TimelineJson.read(facet.path("t"))));
        });
        JsonNode engagement = packed.get("engagement");
        String situation = packed.path("situation").textValue();
        String calculated = packed.path("calculatedSituation").textValue();
        Map<String, AttributeValue> fields = Attributes.of(item, "fields").m();
        AttributeValue firstMrr = fields.get(Fields.FIRST_MRR_ON);
        return new Client(
                        Attributes.required(item, "clientId"),
                        Attributes.number(item, "version"),
                        LocalDate.parse(Attributes.required(item, "asOf")),
                        facets,
                        engagement == null ? null : engagement.decimalValue(),
                        new Scores(
                                SenseScoreJson.read(packed.path("score")),
                                SenseScoreJson.read(packed.path("before")),
                                history(packed.path("scores")),
                                history(packed.path("engagements"))),
                        new Standing(
                                situation == null ? null : Situation.labelled(situation),
                                calculated == null ? null : Situation.labelled(calculated),
                                Attributes.number(fields, Fields.SITUATION_VERSION),
                                transitions(packed.path("transitions"))),
                        ruled(packed.path("ruled")),
                        Attributes.number(item, "configuration"),
                        firstMrr == null ? null : LocalDate.parse(firstMrr.s()),
                        tenure(packed.path("tenure")))
                .remembering();
    }

    /// Days since the epoch: since when, returned on; and of one that left from, notice, churned at, whether inactive.
    private static Tenure tenure(JsonNode json) {
        LocalDate from = day(json.path(2));
        return new Tenure(
                day(json.path(0)),
                day(json.path(1)),
                from == null
                        ? null
                        : new Tenure.Left(from, day(json.path(3)), json.path(5).asInt() == 1, day(json.path(4))));
    }

    private static @Nullable LocalDate day(JsonNode json) {
        return json.isIntegralNumber() ? LocalDate.ofEpochDay(json.asLong()) : null;
    }

    /// Four members per transition; the first transition is from null.
    private static List<Standing.Transition> transitions(JsonNode json) {
        List<Standing.Transition> transitions = new ArrayList<>();
        for (int i = 0; i < json.size(); i += 4) {
            String from = json.get(i + 1).textValue();
            transitions.add(new Standing.Transition(
                    LocalDate.ofEpochDay(json.get(i).asLong()),
                    from == null ? null : Situation.labelled(from),
                    Situation.labelled(json.get(i + 2).asText()),
                    json.get(i + 3).asText()));
        }
        return transitions;
    }

    private static Map<String, Rules.Given> ruled(JsonNode json) {
        Map<String, Rules.Given> ruled = new TreeMap<>();
        json.properties()
                .forEach(entry -> ruled.put(
                        entry.getKey(),
                        new Rules.Given(
                                entry.getValue().path(0).asInt(),
                                entry.getValue().path(1).asText())));
        return ruled;
    }

    private static History history(JsonNode json) {
        List<History.Point> points = new ArrayList<>();
        for (int i = 0; i < json.size(); i += 2) {
            @Nullable
            Integer hundredths =
                    json.get(i + 1).isNull() ? null : json.get(i + 1).asInt();
            points.add(new History.Point(LocalDate.ofEpochDay(json.get(i).asLong()), hundredths));
        }
        return new History(points);
    }
}
