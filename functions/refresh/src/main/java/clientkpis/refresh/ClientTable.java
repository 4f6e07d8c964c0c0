package clientkpis.refresh;

import clientkpis.events.SituationChanged;
import clientkpis.json.Json;
import clientkpis.json.SenseScoreJson;
import clientkpis.json.ValueJson;
import clientkpis.json.WouldChangeJson;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.ClientOnDay;
import clientkpis.kpi.client.Fields;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.WouldChange;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The client table as it is exported: one flat JSON object per client.
final class ClientTable {
    private final Tables tables;
    private final List<String> shown = new ArrayList<>();
    private final List<String> internal = new ArrayList<>();
    private final Set<String> declared = new HashSet<>();

    ClientTable(Tables tables) {
        this.tables = tables;
        for (ClientField field : tables.fields()) {
            declared.add(field.name());
            (field.internal() ? internal : shown).add(field.name());
        }
    }

    /// The fields that a client has at a day: numbers with their scale, dates as ISO text, absent ones left out; those
    /// of the tables first, then the tenant's own and the playbooks. `sources` says where each value comes from, and
    /// which value it hides.
    void row(JsonGenerator json, Tenant tenant, ClientOnDay client) throws IOException {
        Map<String, List<Fields.Layer>> layers = client.layers();
        json.writeStartObject();
        json.writeStringField("tenant", tenant.name());
        begin(json, client);
        List<String> fields = fields(layers.keySet());
        for (String field : fields) {
            List<Fields.Layer> values = layers.get(field);
            if (values != null) {
                ValueJson.write(json, field, values.getFirst().value());
            }
        }
        json.writeObjectFieldStart("sources");
        for (String field : fields) {
            List<Fields.Layer> values = layers.get(field);
            if (values != null) {
                json.writeObjectFieldStart(field);
                source(json, field, values);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /// How a client's score and situation came about at a day: each indicator's part, what would change the score, the
    /// history of the last days (null without a score) with the last of them that was reconstructed, both sides of each
    /// comparison, the client's last changes, and the internal fields.
    void details(JsonGenerator json, ClientOnDay client, TenantStore.State tenant) throws IOException {
        Configuration.Active active = tenant.active();
        Scores scores = client.client().scores();
        json.writeStartObject();
        begin(json, client);
        json.writeFieldName("senseScore");
        Json.write(SenseScoreJson.write(scores.senseScore()), json);
        ObjectNode wouldChange =
                WouldChangeJson.write(client.wouldChange(active.configuration().scoring(), this::limits));
        if (!wouldChange.isEmpty()) {
            json.writeFieldName("wouldChange");
            Json.write(wouldChange, json);
        }
        json.writeObjectFieldStart("history");
        history(json, scores, client.day(), tenant.reconstructedUntil());
        json.writeEndObject();
        json.writeFieldName("clause");
        Json.write(
                SituationChanged.Clause.of(
                        client.verdict(active.configuration().situations().opportunityTrend())),
                json);
        json.writeArrayFieldStart("transitions");
        for (Standing.Transition transition : client.client().standing().transitions()) {
            json.writeStartObject();
            json.writeStringField("day", transition.day().toString());
            Situation from = transition.from();
            putText(json, "from", from == null ? null : from.label());
            json.writeStringField("to", transition.to().label());
            json.writeStringField("cause", transition.cause());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("internal");
        for (String field : internal) {
            Value value = client.value(field);
            if (value != null) {
                ValueJson.write(json, field, value);
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("configuration");
        json.writeNumberField("version", active.version());
        putDay(json, "since", active.since());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, ClientOnDay client) throws IOException {
        json.writeStringField("clientId", client.client().clientId());
        json.writeStringField("asOf", client.day().toString());
    }

    /// What may be set by hand is what a field can have; a whole number that families give is a count.
    private WouldChange.Limits limits(String name) {
        ClientField field = tables.field(name);
        if (field == null) {
            return WouldChange.Limits.NONE;
        }
        ClientField.Override override = field.override();
        Long least = override == null ? null : override.minimum();
        if (least == null && field.type() == ClientField.Type.INTEGER) {
            least = 0L;
        }
        Long greatest = override == null ? null : override.maximum();
        return new WouldChange.Limits(
                least == null ? null : BigDecimal.valueOf(least),
                greatest == null ? null : BigDecimal.valueOf(greatest));
    }

    private static void history(JsonGenerator json, Scores scores, LocalDate day, @Nullable LocalDate reconstructed)
            throws IOException {
        LocalDate begins = day.minusDays(History.DAYS - 1L);
        json.writeStringField("from", begins.toString());
        if (reconstructed != null
                && Stream.of(scores.senseScoreHistory(), scores.engagementHistory())
                        .anyMatch(of -> of.mean(begins, reconstructed).days() > 0)) {
            json.writeStringField("reconstructedUntil", reconstructed.toString());
        }
        days(json, "senseScore", scores.senseScoreHistory(), day);
        days(json, "engagementScore", scores.engagementHistory(), day);
    }

    private static void days(JsonGenerator json, String name, History history, LocalDate last) throws IOException {
        json.writeArrayFieldStart(name);
        for (Integer hundredths : history.days(last)) {
            if (hundredths == null) {
                json.writeNull();
            } else {
                json.writeNumber(BigDecimal.valueOf(hundredths, 2));
            }
        }
        json.writeEndArray();
    }

    private List<String> fields(Set<String> present) {
        Set<String> others = new TreeSet<>();
        for (String field : present) {
            if (!declared.contains(field)) {
                others.add(field);
            }
        }
        if (others.isEmpty()) {
            return shown;
        }
        List<String> fields = new ArrayList<>(shown);
        fields.addAll(others);
        return fields;
    }

    private void source(JsonGenerator json, String field, List<Fields.Layer> layers) throws IOException {
        switch (layers.getFirst().origin()) {
            case Fields.Origin.Table(String table, String upload) -> {
                ClientField declaration = tables.field(field);
                if (declaration != null && declaration.source() == ClientField.Source.CALCULATED) {
                    json.writeStringField("source", "calculated");
                    json.writeStringField("table", table);
                } else {
                    json.writeStringField("source", "integration");
                    json.writeStringField("table", table);
                    json.writeStringField("upload", upload);
                }
            }
            case Fields.Origin.Formula _ -> json.writeStringField("source", "calculated");
            case Fields.Origin.Rule(int position) -> {
                json.writeStringField("source", "rule");
                json.writeNumberField("position", position);
            }
            case Fields.Origin.Manual manual -> {
                json.writeStringField("source", "manual");
                putText(json, "author", manual.author());
                putText(json, "reason", manual.reason());
                putDay(json, "expiresOn", manual.expiresOn());
            }
        }
        if (layers.size() > 1) {
            json.writeObjectFieldStart("below");
            ValueJson.write(json, "value", layers.get(1).value());
            source(json, field, layers.subList(1, layers.size()));
            json.writeEndObject();
        }
    }

    private static void putDay(JsonGenerator json, String name, @Nullable LocalDate day) throws IOException {
        putText(json, name, day == null ? null : day.toString());
    }

    private static void putText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
