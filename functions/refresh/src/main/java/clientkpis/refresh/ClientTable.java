package clientkpis.refresh;

import clientkpis.events.SituationChanged;
import clientkpis.json.Json;
import clientkpis.json.SenseScoreJson;
import clientkpis.json.ValueJson;
import clientkpis.json.WouldChangeJson;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Fields;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.WouldChange;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The client table as it is exported: one flat JSON object per client.
final class ClientTable {
    private final Tables tables;

    ClientTable(Tables tables) {
        this.tables = tables;
    }

    /// The fields that a client has at a day: numbers with their scale, dates as ISO text, absent ones left out; those
    /// of the tables first, then the tenant's own and the playbooks. `sources` says where each value comes from, and
    /// which value it hides.
    ObjectNode row(Tenant tenant, Client client, LocalDate day) {
        Map<String, List<Fields.Layer>> layers = client.layers(day);
        ObjectNode row = Json.object()
                .put("tenant", tenant.name())
                .put("clientId", client.clientId())
                .put("asOf", day.toString());
        ObjectNode sources = Json.object();
        for (String field : fields(layers.keySet())) {
            List<Fields.Layer> values = layers.get(field);
            if (values != null) {
                ValueJson.put(row, field, values.getFirst().value());
                sources.set(field, source(field, values));
            }
        }
        row.set("sources", sources);
        return row;
    }

    /// How a client's score and situation came about at a day: each indicator's part, what would change the score, the
    /// history of the last days (null without a score) with the last of them that was reconstructed, both sides of each
    /// comparison, the client's last changes, and the internal fields.
    ObjectNode details(Client client, LocalDate day, TenantStore.State tenant) {
        Configuration.Active active = tenant.active();
        ObjectNode json = Json.object().put("clientId", client.clientId()).put("asOf", day.toString());
        json.set("senseScore", SenseScoreJson.write(client.scores().senseScore()));
        ObjectNode wouldChange = WouldChangeJson.write(
                client.wouldChange(day, active.configuration().scoring(), this::limits));
        if (!wouldChange.isEmpty()) {
            json.set("wouldChange", wouldChange);
        }
        ObjectNode history = json.putObject("history");
        LocalDate begins = day.minusDays(History.DAYS - 1L);
        history.put("from", begins.toString());
        LocalDate reconstructed = tenant.reconstructedUntil();
        if (reconstructed != null
                && Stream.of(
                                client.scores().senseScoreHistory(),
                                client.scores().engagementHistory())
                        .anyMatch(of -> of.mean(begins, reconstructed).days() > 0)) {
            history.put("reconstructedUntil", reconstructed.toString());
        }
        days(history.putArray("senseScore"), client.scores().senseScoreHistory(), day);
        days(history.putArray("engagementScore"), client.scores().engagementHistory(), day);
        Situation.Verdict verdict = Situation.at(
                day,
                client.scores(),
                client.engagementInForce(day),
                active.configuration().situations().opportunityTrend());
        json.set("clause", Json.MAPPER.valueToTree(SituationChanged.Clause.of(verdict)));
        ArrayNode transitions = json.putArray("transitions");
        for (Standing.Transition transition : client.standing().transitions()) {
            ObjectNode node =
                    transitions.addObject().put("day", transition.day().toString());
            Situation from = transition.from();
            if (from != null) {
                node.put("from", from.label());
            }
            node.put("to", transition.to().label()).put("cause", transition.cause());
        }
        ObjectNode internal = json.putObject("internal");
        for (ClientField field : tables.fields()) {
            Value value = field.internal() ? client.values(day).get(field.name()) : null;
            if (value != null) {
                ValueJson.put(internal, field.name(), value);
            }
        }
        ObjectNode version = json.putObject("configuration").put("version", active.version());
        LocalDate since = active.since();
        if (since != null) {
            version.put("since", since.toString());
        }
        return json;
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

    private static void days(ArrayNode json, History history, LocalDate last) {
        for (Integer hundredths : history.days(last)) {
            json.add(hundredths == null ? (BigDecimal) null : BigDecimal.valueOf(hundredths, 2));
        }
    }

    private List<String> fields(Set<String> present) {
        List<String> fields = new ArrayList<>();
        Set<String> others = new TreeSet<>(present);
        for (ClientField field : tables.fields()) {
            others.remove(field.name());
            if (!field.internal()) {
                fields.add(field.name());
            }
        }
        fields.addAll(others);
        return fields;
    }

    private ObjectNode source(String field, List<Fields.Layer> layers) {
        ObjectNode source = Json.object();
        switch (layers.getFirst().origin()) {
            case Fields.Origin.Table(String table, String upload) -> {
                ClientField declared = tables.field(field);
                if (declared != null && declared.source() == ClientField.Source.CALCULATED) {
                    source.put("source", "calculated").put("table", table);
                } else {
                    source.put("source", "integration").put("table", table).put("upload", upload);
                }
            }
            case Fields.Origin.Formula _ -> source.put("source", "calculated");
            case Fields.Origin.Rule(int position) ->
                source.put("source", "rule").put("position", position);
            case Fields.Origin.Manual manual -> {
                source.put("source", "manual");
                putText(source, "author", manual.author());
                putText(source, "reason", manual.reason());
                LocalDate expiresOn = manual.expiresOn();
                putText(source, "expiresOn", expiresOn == null ? null : expiresOn.toString());
            }
        }
        if (layers.size() > 1) {
            ObjectNode below = Json.object();
            ValueJson.put(below, "value", layers.get(1).value());
            below.setAll(source(field, layers.subList(1, layers.size())));
            source.set("below", below);
        }
        return source;
    }

    private static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
