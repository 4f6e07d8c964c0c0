package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.UploadCompletion;
import clientkpis.kpi.Aliases;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.store.AliasStore;
import clientkpis.store.Keys;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Part;
import clientkpis.upload.Upload;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reaches the verdict on an upload. What an attempt writes meanwhile, its parts, rejected rows and receipt, is under
/// its own name and counts only once the ledger names the attempt.
final class Verdicts {
    private final DataBucket bucket;
    private final UploadLedger ledger;
    private final UploadCompletion completion;
    private final SnapshotGuard guard;
    private final AliasStore aliases;

    Verdicts(
            DataBucket bucket,
            UploadLedger ledger,
            UploadCompletion completion,
            SnapshotGuard guard,
            AliasStore aliases) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.completion = completion;
        this.guard = guard;
        this.aliases = aliases;
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
                    snapshot.mode(),
                    configuration.language());
        }
    }

    /// The name of a new attempt.
    static String attempt() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    /// Judges an upload and enters the verdict, unless another attempt entered one meanwhile.
    ///
    /// @return the verdict in force
    Entry judge(Upload upload, TableSchema table, Configuration configuration, Snapshot snapshot, Log log)
            throws IOException {
        Attempt attempt = new Attempt(
                attempt(), upload, upload.day(configuration.formats().timeZone()), table, configuration, snapshot);
        try (TempFolder folder = TempFolder.create("intake")) {
            Path object = folder.resolve("object");
            Receipt.@Nullable Reason unavailable = SpooledObject.fetch(bucket, upload, configuration, object);
            return unavailable == null
                    ? judge(attempt, object, folder, log)
                    : reject(attempt, unavailable.code(), unavailable.message(), null);
        }
    }

    private Entry judge(Attempt attempt, Path object, TempFolder folder, Log log) throws IOException {
        long started = System.nanoTime();
        Upload upload = attempt.upload();
        return switch (UploadFile.read(
                object,
                upload.name(),
                Objects.requireNonNullElse(upload.sheet(), 0),
                attempt.table(),
                ReadingOptions.of(attempt.configuration(), attempt.table()).with(aliases(attempt)),
                Files.createDirectory(folder.resolve("work")))) {
            case UploadFile.Rejected(FileCode code, String message, var format, UploadFile.Accepted read) -> {
                if (read == null) {
                    yield reject(attempt, code, message, format);
                }
                log.info("Read an upload without a valid row", measures(read.rows(), System.nanoTime() - started));
                yield reject(
                        attempt,
                        receipt(attempt, read)
                                .stopped(Receipt.Status.REJECTED, new Receipt.Reason(code, message), read.rows()));
            }
            case UploadFile.Accepted file -> {
                Map<Metric, Long> measures = measures(file.rows(), System.nanoTime() - started);
                Optional<SnapshotGuard.Objection> objection = attempt.snapshot() == Snapshot.GUARDED
                        ? guard.objection(
                                upload,
                                attempt.table(),
                                file,
                                attempt.configuration().uploads().snapshotMaxRemoved())
                        : Optional.empty();
                if (objection.isPresent()) {
                    log.info("Read an upload and put it in quarantine", measures);
                    yield reject(
                            attempt,
                            receipt(attempt, file)
                                    .stopped(
                                            Receipt.Status.QUARANTINED,
                                            new Receipt.Reason(
                                                    FileCode.SNAPSHOT_GUARD,
                                                    objection.get().message(),
                                                    attempt.configuration().language()),
                                            file.rows()
                                                    .wouldRemove(objection.get().removed())));
                }
                Entry entry = accept(attempt, file, folder);
                log.info("Read an upload", measures, "parts", entry.parts());
                yield entry;
            }
        };
    }

    private Aliases aliases(Attempt attempt) {
        Tenant tenant = attempt.upload().tenant();
        if (attempt.table().name().equals(Tables.ALIASES)) {
            return aliases.withRegistered(tenant);
        }
        return attempt.table().isOfClients() ? aliases.all(tenant) : Aliases.NONE;
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
            Part.Rows rows = number < file.parts().size() ? file.parts().get(number)::write : none -> {};
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object))) {
                new Part(upload, attempt.day(), number, ranges.size(), ranges.get(number)).write(rows, out);
            }
            bucket.put(Keys.part(upload, attempt.name(), number), object, "application/gzip");
        }
        boolean keeps = attempt.snapshot() != Snapshot.NONE
                && !file.rejectedKeys().known().isEmpty();
        if (keeps) {
            Path object = folder.resolve("part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object))) {
                new Part(upload, attempt.day(), ranges.size(), ranges.size(), null)
                        .write(file.rejectedKeys().known().stream(), out);
            }
            bucket.put(Keys.keptRows(upload, attempt.name()), object, "application/gzip");
        }
        completion.keepReceipt(upload, attempt.name(), receipt(attempt, file));
        return ledger.decide(Entry.decided(
                upload,
                attempt.day(),
                attempt.name(),
                true,
                attempt.snapshot() != Snapshot.NONE,
                keeps,
                ranges.size(),
                columns(file)));
    }

    private static List<String> columns(UploadFile.Accepted file) {
        return file.used().stream().map(Receipt.UsedColumn::column).distinct().toList();
    }

    /// The receipt of a file that was read to its end, whose rejected rows it keeps.
    private Receipt receipt(Attempt attempt, UploadFile.Accepted file) {
        Upload upload = attempt.upload();
        Path rejectedRows = file.rejectedRows();
        String name = String.valueOf(rejectedRows);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        if (rejectedRows != null) {
            bucket.put(
                    Keys.decidedRejectedRows(upload, attempt.name(), extension),
                    rejectedRows,
                    "text/plain; charset=utf-8");
        }
        List<String> missing = new ArrayList<>(ledger.previous(upload.tenant(), upload.table(), upload.order())
                .map(Entry::columns)
                .orElse(List.of()));
        missing.removeAll(columns(file));
        return Receipt.read(
                attempt.origin(),
                file.format(),
                file.source(),
                new Receipt.Columns(file.used(), file.ignored(), file.lost(), missing),
                file.rows(),
                file.problems(),
                rejectedRows == null
                        ? null
                        : Receipt.RejectedRows.at(
                                Keys.rejectedRows(upload, extension),
                                attempt.configuration().language()),
                file.warnings(),
                file.words());
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

    private Entry reject(Attempt attempt, FileCode code, String message, Receipt.@Nullable Format format) {
        return reject(attempt, Receipt.rejected(attempt.origin(), new Receipt.Reason(code, message), format));
    }

    private Entry reject(Attempt attempt, Receipt receipt) {
        completion.keepReceipt(attempt.upload(), attempt.name(), receipt);
        return ledger.decide(
                Entry.decided(attempt.upload(), attempt.day(), attempt.name(), false, false, false, 0, List.of()));
    }
}
