package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.UploadCompletion;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.RowPart;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.upload.Part;
import clientkpis.upload.Upload;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Reaches the verdict on an upload. What an attempt writes meanwhile, its parts, rejected rows and receipt, is under
/// its own name and counts only once the ledger names the attempt.
final class Verdicts {
    private final DataBucket bucket;
    private final UploadLedger ledger;
    private final UploadCompletion completion;
    private final SnapshotGuard guard;

    Verdicts(DataBucket bucket, UploadLedger ledger, UploadCompletion completion, SnapshotGuard guard) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.completion = completion;
        this.guard = guard;
    }

    /// What one attempt judges.
    private record Attempt(
            String name,
            Upload upload,
            LocalDate day,
            TableSchema table,
            Configuration configuration,
            Snapshot snapshot) {
        Receipt.Origin origin() {
            return new Receipt.Origin(
                    upload.id(),
                    upload.tenant().name(),
                    upload.table(),
                    upload.key(),
                    upload.version(),
                    snapshot.mode());
        }
    }

    /// Judges an upload and enters the verdict, unless another attempt entered one meanwhile.
    ///
    /// @return the verdict in force
    Entry judge(Upload upload, TableSchema table, Configuration configuration, Snapshot snapshot, Log log)
            throws IOException {
        Attempt attempt = new Attempt(
                UUID.randomUUID().toString().substring(0, 13),
                upload,
                upload.day(configuration.formats().timeZone()),
                table,
                configuration,
                snapshot);
        long most = configuration.uploads().maxDecompressedBytes();
        if (upload.size() > most) {
            return reject(
                    attempt,
                    FileCode.TOO_LARGE,
                    "The file has %d bytes, more than the %d that the configuration allows. Split it."
                            .formatted(upload.size(), most),
                    null);
        }
        try (TempFolder folder = TempFolder.create("intake")) {
            Path object = folder.resolve("object");
            try (InputStream in = bucket.open(upload.key(), upload.version())) {
                Files.copy(in, object);
            } catch (NoSuchKeyException | InvalidObjectStateException e) {
                return reject(
                        attempt,
                        FileCode.UNAVAILABLE,
                        "The file was deleted or archived before it was read. Upload it again.",
                        null);
            }
            return judge(attempt, object, folder, log);
        }
    }

    private Entry judge(Attempt attempt, Path object, TempFolder folder, Log log) throws IOException {
        long started = System.nanoTime();
        Upload upload = attempt.upload();
        return switch (UploadFile.read(
                object,
                upload.name(),
                attempt.table(),
                ReadingOptions.of(attempt.configuration(), attempt.table()),
                Files.createDirectory(folder.resolve("work")))) {
            case UploadFile.Rejected(FileCode code, String message, var format) ->
                reject(attempt, code, message, format);
            case UploadFile.Accepted file -> {
                Map<Metric, Long> measures = measures(file.rows(), System.nanoTime() - started);
                BigDecimal share = attempt.configuration().uploads().snapshotMaxRemoved();
                SnapshotGuard.Removal removal = attempt.snapshot() == Snapshot.GUARDED
                        ? guard.removal(upload, attempt.table(), file.parts())
                        : null;
                if (removal != null && removal.exceeds(share)) {
                    log.info("Read an upload and put it in quarantine", measures);
                    yield reject(attempt, quarantined(attempt, file, removal, share));
                }
                if (removal != null && removal.removed() > 0 && file.rows().rejected() > 0) {
                    log.info("Read an upload and put it in quarantine", measures);
                    yield reject(attempt, quarantined(attempt, file, removal));
                }
                Entry entry = accept(attempt, file, folder);
                log.info("Read an upload", measures, "parts", entry.parts());
                yield entry;
            }
        };
    }

    private static Map<Metric, Long> measures(Receipt.Rows rows, long nanos) {
        long millis = Math.max(1, nanos / 1_000_000);
        return Map.of(
                Metric.ROWS_READ,
                rows.read(),
                Metric.ROWS_REJECTED,
                rows.rejected(),
                Metric.ROWS_PER_SECOND,
                rows.read() * 1_000 / millis);
    }

    private Entry accept(Attempt attempt, UploadFile.Accepted file, TempFolder folder) throws IOException {
        Upload upload = attempt.upload();
        List<Part.@Nullable Range> ranges = ranges(file.parts(), attempt.snapshot());
        for (int number = 0; number < ranges.size(); number++) {
            Path object = folder.resolve("part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object));
                    Stream<Row> rows = number < file.parts().size()
                            ? file.parts().get(number).rows()
                            : Stream.empty()) {
                new Part(upload, attempt.day(), number, ranges.size(), ranges.get(number)).write(rows, out);
            }
            bucket.put(Keys.part(upload, attempt.name(), number), object, "application/gzip");
        }
        Path rejectedRows = file.rejectedRows();
        String name = String.valueOf(rejectedRows);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        if (rejectedRows != null) {
            bucket.put(
                    Keys.decidedRejectedRows(upload, attempt.name(), extension),
                    rejectedRows,
                    "text/plain; charset=utf-8");
        }
        List<String> columns =
                file.used().stream().map(Receipt.UsedColumn::column).distinct().toList();
        List<String> missing = new ArrayList<>(ledger.previous(upload.tenant(), upload.table(), upload.order())
                .map(Entry::columns)
                .orElse(List.of()));
        missing.removeAll(columns);
        completion.keepReceipt(
                upload,
                attempt.name(),
                Receipt.read(
                        attempt.origin(),
                        file.format(),
                        file.source(),
                        new Receipt.Columns(file.used(), file.ignored(), file.lost(), missing),
                        file.rows(),
                        file.problems(),
                        rejectedRows == null ? null : Receipt.RejectedRows.at(Keys.rejectedRows(upload, extension)),
                        file.warnings(),
                        file.words()));
        return ledger.decide(Entry.decided(
                upload,
                attempt.day(),
                attempt.name(),
                true,
                attempt.snapshot() != Snapshot.NONE,
                ranges.size(),
                columns));
    }

    /// The range of each part. Those of a snapshot cover all clients together, even when it has no row.
    private static List<Part.@Nullable Range> ranges(List<RowPart> parts, Snapshot snapshot) {
        List<Part.@Nullable Range> ranges = new ArrayList<>();
        if (snapshot == Snapshot.NONE) {
            parts.forEach(part -> ranges.add(null));
            return ranges;
        }
        for (int i = 0; i < Math.max(1, parts.size()); i++) {
            RowPart next = i + 1 < parts.size() ? parts.get(i + 1) : null;
            ranges.add(new Part.Range(
                    i == 0 ? 0 : parts.get(i).firstShard(),
                    i == 0 ? "" : parts.get(i).firstClient(),
                    next == null ? Shards.COUNT : next.firstShard(),
                    next == null ? "" : next.firstClient()));
        }
        return ranges;
    }

    /// A rejected row is in the file. What would be removed might be the stored row with its key.
    private static Receipt quarantined(Attempt attempt, UploadFile.Accepted file, SnapshotGuard.Removal removal) {
        return Receipt.quarantined(
                attempt.origin(),
                new Receipt.Reason(
                        FileCode.SNAPSHOT_GUARD,
                        ("%d of its rows were rejected, and it would remove %d of the table's %d rows, perhaps those"
                            + " very ones, so nothing changed. The first problem is in line %d. Fix the rows and"
                            + " upload the snapshot again. If the others are to go, copy the object to %s")
                                .formatted(
                                        file.rows().rejected(),
                                        removal.removed(),
                                        removal.of(),
                                        file.problems().first().getFirst().line(),
                                        Snapshot.confirming(attempt.upload().key()))),
                file.format(),
                file.rows().wouldRemove(removal.removed()));
    }

    private static Receipt quarantined(
            Attempt attempt, UploadFile.Accepted file, SnapshotGuard.Removal removal, BigDecimal share) {
        return Receipt.quarantined(
                attempt.origin(),
                new Receipt.Reason(
                        FileCode.SNAPSHOT_GUARD,
                        ("It would remove %d of the table's %d rows, more than the share of %s that the configuration"
                            + " allows, so nothing changed. If that is what you want, upload the file once more, in"
                            + " the folder snapshot/confirm/ of its table: %s")
                                .formatted(
                                        removal.removed(),
                                        removal.of(),
                                        share.toPlainString(),
                                        Snapshot.confirming(attempt.upload().key()))),
                file.format(),
                file.rows().wouldRemove(removal.removed()));
    }

    private Entry reject(Attempt attempt, FileCode code, String message, Receipt.@Nullable Format format) {
        return reject(attempt, Receipt.rejected(attempt.origin(), new Receipt.Reason(code, message), format));
    }

    private Entry reject(Attempt attempt, Receipt receipt) {
        completion.keepReceipt(attempt.upload(), attempt.name(), receipt);
        return ledger.decide(
                Entry.decided(attempt.upload(), attempt.day(), attempt.name(), false, false, 0, List.of()));
    }
}
