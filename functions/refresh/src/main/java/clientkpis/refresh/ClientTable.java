package clientkpis.refresh;

import clientkpis.cloud.Json;
import clientkpis.kpi.Client;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.tables.ClientField;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The client table as it is exported: one client, one flat JSON object.
final class ClientTable {
    private final Tables tables;
    private final Map<String, TableSchema> tableOf = new HashMap<>();

    ClientTable(Tables tables) {
        this.tables = tables;
        tables.all().forEach(table -> table.clientFields().forEach(field -> tableOf.put(field.name(), table)));
    }

    /// The fields that a client has at a day: numbers with their scale, dates as ISO text, absent ones left out; and
    /// beside them where each comes from.
    ObjectNode row(Tenant tenant, Client client, LocalDate day) {
        Map<String, Value> shown = client.shown(day);
        ObjectNode row = Json.object()
                .put("tenant", tenant.name())
                .put("clientId", client.clientId())
                .put("asOf", day.toString());
        ObjectNode sources = Json.object();
        for (ClientField field : tables.fields()) {
            Value value = shown.get(field.name());
            if (value != null && !field.internal()) {
                switch (value.on(day)) {
                    case Value.Number n -> row.put(field.name(), n.number());
                    case Value.Text t -> row.put(field.name(), t.text());
                    case Value.Day d -> row.put(field.name(), d.day().toString());
                    case Value.Countdown c -> throw new IllegalStateException("A countdown is shown as a number");
                }
                sources.set(field.name(), source(field, client));
            }
        }
        row.set("sources", sources);
        return row;
    }

    private ObjectNode source(ClientField field, Client client) {
        ObjectNode source = Json.object().put("source", field.source().name().toLowerCase(Locale.ROOT));
        TableSchema table = tableOf.get(field.name());
        if (table != null) {
            source.put("table", table.name());
            Client.Facet facet = client.facets().get(table.name());
            if (facet != null && field.source() == ClientField.Source.INTEGRATION) {
                source.put("upload", facet.upload());
            }
        }
        return source;
    }
}
