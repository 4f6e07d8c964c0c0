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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows that one client has in one table. Each row records the upload that brought it, so that the newer upload
/// wins row by row in whatever order they arrive.
///
/// @param version grows by one with every write; 0 before the first
/// @param lastUpload the order of the upload that changed it last, null before the first
/// @param lastUploadId that upload's id, as receipts and sources show it
/// @param gone the rows that this upload made go, so that a later attempt counts them too
/// @param rows by row key, in the order of the keys
public record Document(
        String clientId,
        long version,
        @Nullable String lastUpload,
        @Nullable String lastUploadId,
        Gone gone,
        SortedMap<String, StoredRow> rows) {

    /// @param removed rows that the snapshot did not have
    /// @param expired rows that were past the retention
    public record Gone(int removed, int expired) {
        public static final Gone NONE = new Gone(0, 0);
    }

    /// @param upload the order of the upload that brought the row
    public record StoredRow(Row row, String upload) {}

    /// A document after an upload's rows were merged into it.
    ///
    /// @param stored rows that this upload brought or replaced, including those of an earlier attempt
    /// @param unchanged rows that were stored already as they are
    /// @param outdated rows that a newer upload brought too, or that are past the retention
    /// @param gone stored rows that the snapshot does not have or that are past the retention now, including those that
    ///     an earlier attempt removed
    /// @param changed whether there is anything to write
    public record Merged(Document document, int stored, int unchanged, int outdated, Gone gone, boolean changed) {}

    public Document {
        rows = Collections.unmodifiableSortedMap(rows);
    }

    public static Document empty(String clientId) {
        return new Document(clientId, 0, null, null, Gone.NONE, new TreeMap<>(CodePoints.ORDER));
    }

    /// Merges an upload's rows of this client. Merging them twice gives the same as merging them once.
    ///
    /// @param uploadOrder see [Upload#order()]
    /// @param keyed the rows by row key
    /// @param removes whether the upload removes an older row of a key that it does not have: of a snapshot, which is
    ///     all the rows of the table
    public Merged merge(
            String uploadOrder,
            String uploadId,
            SortedMap<String, Row> keyed,
            Predicate<String> removes,
            Retention retention) {
        return merge(uploadOrder, uploadId, keyed, removes, false, retention);
    }

    /// @param confirms whether rows that are stored as they are become the upload's too
    public Merged merge(
            String uploadOrder,
            String uploadId,
            SortedMap<String, Row> keyed,
            Predicate<String> removes,
            boolean confirms,
            Retention retention) {
        SortedMap<String, StoredRow> next = new TreeMap<>(CodePoints.ORDER);
        next.putAll(rows);
        Gone before = uploadOrder.equals(lastUpload) ? gone : Gone.NONE;
        int removed = before.removed();
        int size = next.size();
        next.entrySet()
                .removeIf(entry -> !keyed.containsKey(entry.getKey())
                        && CodePoints.ORDER.compare(entry.getValue().upload(), uploadOrder) < 0
                        && removes.test(entry.getKey()));
        removed += size - next.size();
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
            } else if (known != null && !confirms && known.row().equals(entry.getValue())) {
                unchanged++;
            } else {
                next.put(entry.getKey(), new StoredRow(entry.getValue(), uploadOrder));
                stored++;
            }
        }
        Map<String, Row> left = new HashMap<>();
        next.forEach((key, row) -> left.put(key, row.row()));
        int expired = before.expired();
        for (String key : retention.expired(left)) {
            StoredRow old = next.remove(key);
            StoredRow known = rows.get(key);
            if (old != null && known != null && old.equals(known)) {
                expired++;
                if (keyed.containsKey(key) && known.row().equals(keyed.get(key))) {
                    unchanged -= known.upload().equals(uploadOrder) ? 0 : 1;
                    stored -= known.upload().equals(uploadOrder) ? 1 : 0;
                    outdated++;
                }
            } else if (old != null) {
                stored--;
                outdated++;
            }
        }
        boolean changed = !next.equals(rows);
        Gone all = new Gone(removed, expired);
        Document document = changed ? new Document(clientId, version + 1, uploadOrder, uploadId, all, next) : this;
        return new Merged(document, stored, unchanged, outdated, all, changed);
    }

    /// With the rows of an alias of this client, each with the upload that brought it: of two rows with one key that of
    /// the newer upload.
    ///
    /// @param erased what came no later was erased with this client
    public Document with(Document alias, String erased) {
        SortedMap<String, StoredRow> next = new TreeMap<>(CodePoints.ORDER);
        next.putAll(rows);
        alias.rows.forEach((key, row) -> {
            if (CodePoints.ORDER.compare(row.upload(), erased) > 0) {
                StoredRow own = new StoredRow(row.row().of(clientId), row.upload());
                next.merge(
                        key,
                        own,
                        (known, other) -> CodePoints.ORDER.compare(known.upload(), other.upload()) < 0 ? other : known);
            }
        });
        boolean isNewer = lastUpload == null
                || (alias.lastUpload != null && CodePoints.ORDER.compare(lastUpload, alias.lastUpload) < 0);
        return new Document(
                clientId,
                version + 1,
                isNewer ? alias.lastUpload : lastUpload,
                isNewer ? alias.lastUploadId : lastUploadId,
                isNewer ? Gone.NONE : gone,
                next);
    }

    /// Without rows, as after a snapshot that has none of them.
    public Document emptied() {
        return new Document(
                clientId, version + 1, lastUpload, lastUploadId, Gone.NONE, new TreeMap<>(CodePoints.ORDER));
    }

    /// Whether an upload that is not newer than this order changed it last, or brought one of its rows.
    public boolean hasAnythingUpTo(String order) {
        return lastUpload == null
                || CodePoints.ORDER.compare(lastUpload, order) <= 0
                || rows.values().stream().anyMatch(row -> CodePoints.ORDER.compare(row.upload(), order) <= 0);
    }

    public List<Row> allRows() {
        return rows.values().stream().map(StoredRow::row).toList();
    }
}
