package clientkpis.rehearsal;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// What a line of an export says of a client before any configuration: what its rows gave and what was set by hand, by
/// the sources of its fields. What rules gave, and what was calculated from other fields, is left to a replay; only the
/// Engagement Score, which compares the client with others, is taken as it was calculated.
final class ExportedFields {
    private static final String ENGAGEMENT = "engagementScore";

    private final Tables tables;

    ExportedFields(Tables tables) {
        this.tables = tables;
    }

    Replay.Exported of(JsonNode line) {
        Map<String, Timeline> given = new HashMap<>();
        Map<String, Timeline> byHand = new HashMap<>();
        BigDecimal engagement = null;
        for (Map.Entry<String, JsonNode> one : line.path("sources").properties()) {
            String field = one.getKey();
            JsonNode source = one.getValue();
            JsonNode value = line.path(field);
            while (source.isObject()) {
                if ("manual".equals(source.path("source").textValue())) {
                    byHand.put(field, constant(new Value.Manual(value(field, value), null, null, null)));
                } else if (source.has("table")) {
                    given.put(field, constant(value(field, value)));
                } else if (field.equals(ENGAGEMENT)) {
                    engagement = value.decimalValue();
                }
                source = source.path("below");
                value = source.path("value");
            }
        }
        Map<String, Client.Facet> facets = new HashMap<>();
        facets.put(Tables.REGISTRY, new Client.Facet(1, "", given));
        if (!byHand.isEmpty()) {
            facets.put(Cause.Override.TABLE, new Client.Facet(1, "", byHand));
        }
        return new Replay.Exported(facets, engagement);
    }

    private static Timeline constant(Value value) {
        return Timeline.constant(LocalDate.MIN, value);
    }

    private Value value(String name, JsonNode value) {
        if (value.isNumber()) {
            return new Value.Number(value.decimalValue());
        }
        String text = value.asText();
        ClientField field = tables.field(name);
        if (field == null) {
            return Value.asRead(text);
        }
        return field.type() == ClientField.Type.DATE ? new Value.Day(LocalDate.parse(text)) : new Value.Text(text);
    }
}
