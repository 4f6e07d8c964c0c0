package clientkpis.store;

import clientkpis.json.FieldRecordsJson;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Tenant;
import clientkpis.tables.RecordColumns;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows behind the fields of clients, as families kept them beside their rows.
public final class ClientRecords {
    /// So few that the documents of one table fit in memory together.
    private static final int AT_ONCE = 50;

    private final RecordStore records;

    public ClientRecords(RecordStore records) {
        this.records = records;
    }

    /// The records of some clients as they are shown, by client id: [FieldRecordsJson#show]. A client without any is
    /// left out. They are those of the rows as they are stored now.
    ///
    /// @param days client id to the day to show
    public Map<String, ArrayNode> at(Tenant tenant, Map<String, LocalDate> days) {
        Map<String, ArrayNode> shown = new HashMap<>();
        List<String> all = List.copyOf(days.keySet());
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            Map<String, Map<String, List<FieldRecords>>> found = new HashMap<>();
            List<String> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
            for (String table : RecordColumns.load().tables()) {
                records.read(tenant, table, some).forEach((client, packed) -> {
                    List<FieldRecords> behind = new ArrayList<>(records.behind(packed));
                    if (!behind.isEmpty()) {
                        found.computeIfAbsent(client, id -> new TreeMap<>()).put(table, behind);
                    }
                });
            }
            found.forEach((client, tables) -> {
                ArrayNode json = FieldRecordsJson.show(tables, days.getOrDefault(client, LocalDate.MIN));
                if (!json.isEmpty()) {
                    shown.put(client, json);
                }
            });
        }
        return shown;
    }
}
