package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.ClientRecords;
import clientkpis.tables.RecordColumns;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The records behind each number, in the panels of the clients that matter most.
final class PanelRecords {
    /// How many clients of the page have them: the first ones, among them those to call.
    static final int CLIENTS = 500;

    /// How many characters of records the page has at most, so that its size is bounded whatever they are.
    static final int LARGEST = 800_000;

    private final ClientRecords records;
    private final Tenant tenant;

    PanelRecords(ClientRecords records, Tenant tenant) {
        this.records = records;
        this.tenant = tenant;
    }

    /// Panels with the records of their clients, at the day of each.
    ///
    /// @param clients the clients' ids, the most important first, at most [#CLIENTS]
    /// @param panels theirs, as JSON text
    List<String> with(List<String> clients, List<String> panels) {
        Map<String, LocalDate> days = new LinkedHashMap<>();
        List<ObjectNode> all = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            ObjectNode panel = (ObjectNode) Json.parse(panels.get(i));
            all.add(panel);
            days.put(clients.get(i), LocalDate.parse(panel.path("asOf").asText()));
        }
        Map<String, ArrayNode> found = records.at(tenant, days);
        List<String> with = new ArrayList<>();
        int left = LARGEST;
        for (int i = 0; i < clients.size(); i++) {
            ArrayNode own = found.get(clients.get(i));
            String panel = own == null ? panels.get(i) : Json.text(all.get(i).set("records", own));
            left -= panel.length() - panels.get(i).length();
            with.add(left < 0 ? panels.get(i) : panel);
        }
        return with;
    }

    /// Every column that may occur, with its labels.
    static ObjectNode columns() {
        ObjectNode json = Json.object();
        RecordColumns.load()
                .labels()
                .forEach((column, label) ->
                        json.putObject(column).put("pt", label.pt()).put("en", label.en()));
        return json;
    }
}
