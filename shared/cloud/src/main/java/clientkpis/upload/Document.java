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

/// The rows that one client has in one table. Each row remembers the upload that brought it, so that the newer upload
/// wins row by row in whatever order they arrive.
///
/// @param version grows by one with every write; 0 before the first
/// @param lastUpload the token of the upload that changed it last, null before the first
/// @param lastUploadId that upload's id, as receipts and sources name it
/// @param rows by row key, in the order of the keys
public record Document(
        String clientId,
        long version,
        @Nullable String lastUpload,
        @Nullable String lastUploadId,
        SortedMap<String, Kept> rows) {

    /// @param upload the token of the upload that brought the row
    public record Kept(Row row, String upload) {}

    /// A document after an upload's rows.
    ///
    /// @param stored rows that this upload brought or replaced, also when an earlier try of it already did
    /// @param unchanged rows that stood already as they are
    /// @param outdated rows of which a newer upload's version stands, or that are past the retention
    /// @param removed rows that stood and that the snapshot does not have
    /// @param expired rows that stood and are past the retention now
    /// @param changed whether there is anything to write
    public record Merged(
            Document document, int stored, int unchanged, int outdated, int removed, int expired, boolean changed) {}

    public Document {
        rows = Collections.unmodifiableSortedMap(rows);
    }

    public static Document empty(String clientId) {
        return new Document(clientId, 0, null, null, new TreeMap<>(CodePoints.ORDER));
    }

    /// Merges an upload's rows of this client. Doing it twice gives what doing it once gave.
    ///
    /// @param keyed the rows by row key
    /// @param snapshot whether they are all that the client has in this table as of that upload
    public Merged merge(
            String uploadToken, String uploadId, SortedMap<String, Row> keyed, boolean snapshot, Retention retention) {
        SortedMap<String, Kept> next = new TreeMap<>(CodePoints.ORDER);
        next.putAll(rows);
        int removed = 0;
        if (snapshot) {
            int before = next.size();
            next.entrySet()
                    .removeIf(entry -> !keyed.containsKey(entry.getKey())
                            && CodePoints.ORDER.compare(entry.getValue().upload(), uploadToken) < 0);
            removed = before - next.size();
        }
        int stored = 0;
        int unchanged = 0;
        int outdated = 0;
        for (var entry : keyed.entrySet()) {
            Kept kept = rows.get(entry.getKey());
            int age = kept == null ? -1 : CodePoints.ORDER.compare(kept.upload(), uploadToken);
            if (kept != null && age == 0) {
                stored++;
            } else if (kept != null && age > 0) {
                outdated++;
            } else if (kept != null && kept.row().equals(entry.getValue())) {
                unchanged++;
            } else {
                next.put(entry.getKey(), new Kept(entry.getValue(), uploadToken));
                stored++;
            }
        }
        Map<String, Row> all = new HashMap<>();
        next.forEach((key, kept) -> all.put(key, kept.row()));
        int expired = 0;
        for (String key : retention.expired(all)) {
            Kept gone = next.remove(key);
            Kept stood = rows.get(key);
            if (gone != null && stood != null && gone.equals(stood)) {
                expired++;
                if (keyed.containsKey(key) && stood.row().equals(keyed.get(key))) {
                    unchanged -= stood.upload().equals(uploadToken) ? 0 : 1;
                    stored -= stood.upload().equals(uploadToken) ? 1 : 0;
                    outdated++;
                }
            } else if (gone != null) {
                stored--;
                outdated++;
            }
        }
        boolean changed = !next.equals(rows);
        Document document = changed ? new Document(clientId, version + 1, uploadToken, uploadId, next) : this;
        return new Merged(document, stored, unchanged, outdated, removed, expired, changed);
    }

    public List<Row> allRows() {
        return rows.values().stream().map(Kept::row).toList();
    }
}
