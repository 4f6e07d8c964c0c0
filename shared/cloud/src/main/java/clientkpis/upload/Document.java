package clientkpis.upload;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows that one client has in one table. Each row records the upload that brought it, so that the newer upload
/// wins row by row in whatever order they arrive.
///
/// @param version grows by one with every write; 0 before the first
/// @param lastUpload the order of the upload that changed it last, null before the first
/// @param lastUploadId that upload's id, as receipts and sources show it
/// @param rows by row key, in the order of the keys
public record Document(
        String clientId,
        long version,
        @Nullable String lastUpload,
        @Nullable String lastUploadId,
        SortedMap<String, StoredRow> rows) {

    /// @param upload the order of the upload that brought the row
    public record StoredRow(Row row, String upload) {}

    /// A document after an upload's rows were merged into it.
    ///
    /// @param stored rows that this upload brought or replaced, including those of an earlier attempt
    /// @param unchanged rows that were stored already as they are
    /// @param outdated rows that a newer upload brought too, or that are past the retention
    /// @param removed stored rows that the snapshot does not have
    /// @param expired stored rows that are past the retention now
    /// @param changed whether there is anything to write
    public record Merged(
            Document document, int stored, int unchanged, int outdated, int removed, int expired, boolean changed) {}

    public Document {
        rows = Collections.unmodifiableSortedMap(rows);
    }

    public static Document empty(String clientId) {
        return new Document(clientId, 0, null, null, new TreeMap<>(CodePoints.ORDER));
    }

    /// Merges an upload's rows of this client. Merging them twice gives the same as merging them once.
    ///
    /// @param uploadOrder see [Upload#order()]
    /// @param keyed the rows by row key
    /// @param snapshot whether these are all the rows that the client has in this table as of that upload
    public Merged merge(
            String uploadOrder, String uploadId, SortedMap<String, Row> keyed, boolean snapshot, Retention retention) {
        SortedMap<String, StoredRow> next = new TreeMap<>(CodePoints.ORDER);
        next.putAll(rows);
        int removed = 0;
        if (snapshot) {
            int before = next.size();
            next.entrySet()
                    .removeIf(entry -> !keyed.containsKey(entry.getKey())
                            && CodePoints.ORDER.compare(entry.getValue().upload(), uploadOrder) < 0);
            removed = before - next.size();
        }
        int stored = 0;
        int unchanged = 0;
        int outdated = 0;
        for (var entry : keyed.entrySet()) {
            StoredRow known = rows.get(entry.getKey());
            int age = known == null ? -1 : CodePoints.ORDER.compare(known.upload(), uploadOrder);
            if (known != null && age == 0) {
                stored++;
            } else if (known != null && age > 0) {
                outdated++;
            } else if (known != null && known.row().equals(entry.getValue())) {
                unchanged++;
            } else {
                next.put(entry.getKey(), new StoredRow(entry.getValue(), uploadOrder));
                stored++;
            }
        }
        Map<String, Row> all = new HashMap<>();
        next.forEach((key, row) -> all.put(key, row.row()));
        int expired = 0;
        for (String key : retention.expired(all)) {
            StoredRow gone = next.remove(key);
            StoredRow before = rows.get(key);
            if (gone != null && before != null && gone.equals(before)) {
                expired++;
                if (keyed.containsKey(key) && before.row().equals(keyed.get(key))) {
                    unchanged -= before.upload().equals(uploadOrder) ? 0 : 1;
                    stored -= before.upload().equals(uploadOrder) ? 1 : 0;
                    outdated++;
                }
            } else if (gone != null) {
                stored--;
                outdated++;
            }
        }
        boolean changed = !next.equals(rows);
        Document document = changed ? new Document(clientId, version + 1, uploadOrder, uploadId, next) : this;
        return new Merged(document, stored, unchanged, outdated, removed, expired, changed);
    }

    public List<Row> allRows() {
        return rows.values().stream().map(StoredRow::row).toList();
    }
}
