package clientkpis.intake;

import clientkpis.function.FamilyFunction;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.reading.RejectedKeys;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.Sentence;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.tables.TableSchema;
import clientkpis.upload.KeptRows;
import clientkpis.upload.Upload;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Decides whether a guarded snapshot takes effect: not if it would remove too much of its table, not if nobody knows
/// which rows its rejected ones mean, and not if it is one half of an export whose other half was uploaded just now.
final class SnapshotGuard {
    private static final int CLIENTS_AT_ONCE = 100;

    private final RecordStore records;
    private final Halves halves;

    SnapshotGuard(RecordStore records, Halves halves) {
        this.records = records;
        this.halves = halves;
    }

    /// Why a snapshot does not take effect.
    ///
    /// @param removed how many rows it would remove
    record Objection(Sentence message, long removed) {}

    /// @param share of the table's rows that a snapshot may remove
    Optional<Objection> objection(Upload upload, TableSchema table, UploadFile.Accepted file, BigDecimal share) {
        KeptRows kept = KeptRows.of(file.rejectedKeys().known(), row -> FamilyFunction.rowKey(table, row));
        long older = records.countOlder(upload.tenant(), upload.table(), upload.order());
        long removed = older - kept(upload, table, file.parts(), kept);
        String confirm = Snapshot.confirming(upload.key());
        Optional<Sentence> why =
                halves.other(upload, table, file).map(other -> Sentence.of("snapshot.half", other, confirm));
        if (why.isEmpty() && BigDecimal.valueOf(removed).compareTo(share.multiply(BigDecimal.valueOf(older))) > 0) {
            why = Optional.of(Sentence.count(older, "snapshot.removes", removed, older, share, confirm));
        }
        if (why.isEmpty() && file.rejectedKeys().unknown() > 0) {
            why = Optional.of(Sentence.of("snapshot.rejected", unknown(file), confirm));
        }
        return why.map(message -> new Objection(message, removed));
    }

    private static Sentence unknown(UploadFile.Accepted file) {
        RejectedKeys keys = file.rejectedKeys();
        return keys.known().size() == RejectedKeys.LISTED
                ? Sentence.of("snapshot.too_many", file.rows().rejected())
                : Sentence.of("snapshot.unknown_keys", keys.unknown(), keys.firstUnknown());
    }

    /// How many rows of older uploads the snapshot has too, with whatever values.
    private long kept(Upload upload, TableSchema table, List<RowPart> parts, KeptRows rejected) {
        long kept = 0;
        Set<String> left = new HashSet<>(rejected.byClient().keySet());
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
                    if (left.remove(client)) {
                        chunk.put(client, new HashSet<>(rejected.of(client)));
                    }
                    chunk.computeIfAbsent(client, id -> new HashSet<>()).add(FamilyFunction.rowKey(table, row));
                }
                kept += kept(upload, chunk);
            }
        }
        Map<String, Set<String>> chunk = new HashMap<>();
        for (String client : left) {
            chunk.put(client, rejected.of(client));
            if (chunk.size() == CLIENTS_AT_ONCE) {
                kept += kept(upload, chunk);
                chunk.clear();
            }
        }
        return kept + kept(upload, chunk);
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
