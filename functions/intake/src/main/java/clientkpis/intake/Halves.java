package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.FamilyFunction;
import clientkpis.kpi.Row;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.tables.TableSchema;
import clientkpis.upload.Part;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Finds the other half of an export that was cut in two: a snapshot of the same table, uploaded at about the same
/// time, such that each would remove most of the other. It is compared with the parts of that one, not with what is
/// stored, so it does not matter how far that one is applied, or which of the two came first.
final class Halves {
    private static final Duration WITHIN = Duration.ofHours(1);

    private final UploadLedger ledger;
    private final DataBucket bucket;

    Halves(UploadLedger ledger, DataBucket bucket) {
        this.ledger = ledger;
        this.bucket = bucket;
    }

    /// @return what to do about the other half; empty when there is none
    Optional<Sentence> other(Upload upload, TableSchema table, UploadFile.Accepted file) {
        for (Entry near : ledger.snapshotsNear(upload, WITHIN)) {
            long[] others = keys(near, table);
            long common = file.parts().stream()
                    .mapToLong(part -> common(part, table, others))
                    .sum();
            if (common * 2 < others.length && common * 2 < file.rows().accepted()) {
                return Optional.of(Sentence.count(
                        common, "snapshot.other_half", common, near.upload().name()));
            }
        }
        return Optional.empty();
    }

    /// Hashes of the keys of an upload's rows, sorted.
    private long[] keys(Entry entry, TableSchema table) {
        long[] keys = new long[1_024];
        int size = 0;
        try {
            for (int number = 0; number < entry.parts(); number++) {
                String key = Keys.part(entry.upload(), entry.attempt(), number);
                try (Part.Reader part = new Part.Reader(bucket.open(key, null))) {
                    for (Row row = part.next(); row != null; row = part.next()) {
                        if (size == keys.length) {
                            keys = Arrays.copyOf(keys, size * 2);
                        }
                        keys[size++] = key(table, row);
                    }
                }
            }
        } catch (NoSuchKeyException e) {
            return new long[0]; // An operator removed it; nobody knows what it brought.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arrays.sort(keys, 0, size);
        return Arrays.copyOf(keys, size);
    }

    private static long common(RowPart part, TableSchema table, long[] others) {
        long common = 0;
        try (Stream<Row> rows = part.rows()) {
            for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
                common += Arrays.binarySearch(others, key(table, each.next())) >= 0 ? 1 : 0;
            }
        }
        return common;
    }

    /// FNV-1a of the client and the rest of the key.
    private static long key(TableSchema table, Row row) {
        String text = row.required("client_id") + "\u001f" + FamilyFunction.rowKey(table, row);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
