package clientkpis.intake;

import clientkpis.function.FamilyFunction;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.reading.RowPart;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.tables.TableSchema;
import clientkpis.upload.Upload;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Counts what a snapshot would remove from its table.
final class SnapshotGuard {
    private static final int CLIENTS_AT_ONCE = 100;

    private final RecordStore records;

    SnapshotGuard(RecordStore records) {
        this.records = records;
    }

    /// @param removed rows of older uploads that the snapshot does not have
    /// @param of rows of older uploads
    record Removal(long removed, long of) {
        boolean exceeds(BigDecimal share) {
            return BigDecimal.valueOf(removed).compareTo(share.multiply(BigDecimal.valueOf(of))) > 0;
        }
    }

    Removal removal(Upload upload, TableSchema table, List<RowPart> parts) {
        long older = records.countOlder(upload.tenant(), upload.table(), upload.order());
        return new Removal(older - kept(upload, table, parts), older);
    }

    /// How many rows of older uploads the snapshot has too, with whatever values.
    private long kept(Upload upload, TableSchema table, List<RowPart> parts) {
        long kept = 0;
        for (RowPart part : parts) {
            try (Stream<Row> rows = part.rows()) {
                Map<String, Set<String>> chunk = new HashMap<>();
                for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
                    Row row = each.next();
                    String client = row.required("client_id");
                    if (chunk.size() == CLIENTS_AT_ONCE && !chunk.containsKey(client)) {
                        kept += kept(upload, chunk);
                        chunk.clear();
                    }
                    chunk.computeIfAbsent(client, id -> new HashSet<>()).add(FamilyFunction.rowKey(table, row));
                }
                kept += kept(upload, chunk);
            }
        }
        return kept;
    }

    private long kept(Upload upload, Map<String, Set<String>> chunk) {
        long kept = 0;
        for (PackedDocument packed :
                records.read(upload.tenant(), upload.table(), chunk.keySet()).values()) {
            Set<String> keys = chunk.getOrDefault(packed.clientId(), Set.of());
            kept += records.unpack(packed).document().rows().entrySet().stream()
                    .filter(row -> keys.contains(row.getKey())
                            && CodePoints.ORDER.compare(row.getValue().upload(), upload.order()) < 0)
                    .count();
        }
        return kept;
    }
}
