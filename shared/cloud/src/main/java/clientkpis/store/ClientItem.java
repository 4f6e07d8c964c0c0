package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.json.SenseScoreJson;
import clientkpis.json.TimelineJson;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Fields;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Rules;
import clientkpis.store.packed.Deflated;
import clientkpis.upload.Format;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A client as an item of the table Clients. Other services read `clientId`, `asOf`, `fields` (everything shown at
/// `asOf` except what follows from the date alone: countdowns and variations), and `situation`. `packed` is internal:
/// timelines, histories, and how the score came about; `w` is the mark of the write.
final class ClientItem {
    static final String PARTITION = "shard";
    static final String SORT = "client";
    static final String FIELDS = "fields";
    private static final String FORMAT = "format";
    private static final int NEWEST = 1;

    private ClientItem() {}

    static Map<String, AttributeValue> key(Tenant tenant, String clientId) {
        return Map.of(
                PARTITION, Attributes.text(Keys.shardOf(tenant, clientId)),
                SORT, Attributes.text(Keys.client(clientId)));
    }

    static Map<String, AttributeValue> write(Tenant tenant, Client client) {
        LocalDate asOf = client.asOf();
        if (asOf == null) {
            throw new IllegalArgumentException("A client is stored only after it was evaluated");
        }
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, client.clientId()));
        item.put("clientId", Attributes.text(client.clientId()));
        item.put("version", Attributes.number(client.version()));
        item.put("asOf", Attributes.text(asOf.toString()));
        item.put("configuration", Attributes.number(client.configurationVersion()));
        item.put(FIELDS, AttributeValue.fromM(fields(client, asOf)));
        item.put(FORMAT, Attributes.number(NEWEST));
        item.put("packed", Attributes.bytes(Deflated.pack(Json.bytes(packed(client)))));
        return item;
    }

    static Client read(Map<String, AttributeValue> item) {
        Format.check("A client", Attributes.number(item, FORMAT), NEWEST);
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
        AttributeValue firstMrr = Attributes.of(item, FIELDS).m().get(Fields.FIRST_MRR_ON);
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
                                Attributes.number(Attributes.of(item, FIELDS).m(), Fields.SITUATION_VERSION),
                                transitions(packed.path("transitions"))),
                        ruled(packed.path("ruled")),
                        Attributes.number(item, "configuration"),
                        firstMrr == null ? null : LocalDate.parse(firstMrr.s()),
                        tenure(packed.path("tenure")))
                .remembering();
    }

    private static Map<String, AttributeValue> fields(Client client, LocalDate asOf) {
        Map<String, Value> values = client.values(asOf);
        Map<String, AttributeValue> fields = new TreeMap<>();
        client.shown(asOf).forEach((field, value) -> {
            if (values.get(field) instanceof Value.Countdown || field.startsWith("senseScoreVariation")) {
                return;
            }
            fields.put(
                    field,
                    switch (value) {
                        case Value.Number n -> AttributeValue.fromN(n.number().toPlainString());
                        case Value.Text t -> Attributes.text(t.text());
                        case Value.Day d -> Attributes.text(d.day().toString());
                        case Value.Countdown _, Value.Manual _ ->
                            throw new IllegalStateException(field + " cannot be shown as it is");
                    });
        });
        return fields;
    }

    private static JsonNode packed(Client client) {
        ObjectNode json = Json.object();
        ObjectNode facets = json.putObject("facets");
        new TreeMap<>(client.facets()).forEach((table, facet) -> {
            ObjectNode node = facets.putObject(table).put("v", facet.version()).put("u", facet.upload());
            if (!facet.hasRows()) {
                node.put("gone", true);
            }
            node.set("t", TimelineJson.write(facet.timelines()));
        });
        BigDecimal engagement = client.engagementScore();
        if (engagement != null) {
            json.put("engagement", engagement);
        }
        Scores scores = client.scores();
        json.set("score", SenseScoreJson.write(scores.senseScore()));
        json.set("before", SenseScoreJson.write(scores.before()));
        json.set("scores", history(scores.senseScoreHistory()));
        json.set("engagements", history(scores.engagementHistory()));
        Standing standing = client.standing();
        if (standing.situation() != null) {
            json.put("situation", standing.situation().label());
        }
        if (standing.calculated() != null) {
            json.put("calculatedSituation", standing.calculated().label());
        }
        if (!standing.transitions().isEmpty()) {
            json.set("transitions", transitions(standing.transitions()));
        }
        if (!client.tenure().equals(Tenure.NONE)) {
            json.set("tenure", tenure(client.tenure()));
        }
        if (!client.ruled().isEmpty()) {
            ObjectNode ruled = json.putObject("ruled");
            new TreeMap<>(client.ruled())
                    .forEach((field, given) ->
                            ruled.putArray(field).add(given.position()).add(given.value()));
        }
        return json;
    }

    /// Days since the epoch: since when, returned on; and of one that left from, notice, churned at, whether inactive.
    private static ArrayNode tenure(Tenure tenure) {
        ArrayNode json = Json.array().add(day(tenure.since())).add(day(tenure.returnedOn()));
        Tenure.Left left = tenure.left();
        if (left != null) {
            json.add(day(left.from()))
                    .add(day(left.notice()))
                    .add(day(left.churnedAt()))
                    .add(left.inactive() ? 1 : 0);
        }
        return json;
    }

    private static Tenure tenure(JsonNode json) {
        LocalDate from = day(json.path(2));
        return new Tenure(
                day(json.path(0)),
                day(json.path(1)),
                from == null
                        ? null
                        : new Tenure.Left(from, day(json.path(3)), json.path(5).asInt() == 1, day(json.path(4))));
    }

    private static @Nullable Long day(@Nullable LocalDate day) {
        return day == null ? null : day.toEpochDay();
    }

    private static @Nullable LocalDate day(JsonNode json) {
        return json.isIntegralNumber() ? LocalDate.ofEpochDay(json.asLong()) : null;
    }

    /// Four members per transition; the first transition is from null.
    private static ArrayNode transitions(List<Standing.Transition> transitions) {
        ArrayNode json = Json.array();
        for (Standing.Transition transition : transitions) {
            Situation from = transition.from();
            json.add(transition.day().toEpochDay())
                    .add(from == null ? null : from.label())
                    .add(transition.to().label())
                    .add(transition.cause());
        }
        return json;
    }

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

    private static ArrayNode history(History history) {
        ArrayNode json = Json.array();
        for (History.Point point : history.points()) {
            json.add(point.from().toEpochDay());
            json.add(point.hundredths());
        }
        return json;
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
