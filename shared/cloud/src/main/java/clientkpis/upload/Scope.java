package clientkpis.upload;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which rows of its table an upload may change. Below a newer snapshot it changes nothing but the rows that this one
/// keeps as older uploads brought them.
///
/// @param snapshot whether the upload is a snapshot, which removes what it does not have
/// @param kept by this snapshot; none of another upload
/// @param newer kept by the newest snapshot of the table; null unless it is newer than the upload
public record Scope(
        boolean snapshot, KeptRows kept, @Nullable KeptRows newer) {
    /// Whether the upload may change a row of this client.
    public boolean reaches(String client) {
        return newer == null || !newer.of(client).isEmpty();
    }

    private boolean reaches(String client, String key) {
        return newer == null || newer.has(client, key);
    }

    /// Those of a client's rows that may take effect.
    public SortedMap<String, Row> reached(String client, SortedMap<String, Row> rows) {
        if (newer == null) {
            return rows;
        }
        SortedMap<String, Row> reached = new TreeMap<>(CodePoints.ORDER);
        rows.forEach((key, row) -> {
            if (reaches(client, key)) {
                reached.put(key, row);
            }
        });
        return reached;
    }

    /// Whether the upload removes an older row that it does not have.
    public boolean removes(String client, String key) {
        return snapshot && reaches(client, key) && !kept.has(client, key);
    }
}
