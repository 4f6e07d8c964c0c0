package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.ObjectCreated;
import clientkpis.function.SqsFunction;
import clientkpis.function.UploadCompletion;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.RowPart;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.format.FileFormat;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Part;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads an upload and cuts it into parts for its family, or rejects it as a whole. It writes in this order: ledger,
/// receipt, rejected rows, parts. A try that died between two of them is repeated with the same result.
public final class IntakeFunction extends SqsFunction {
    private static final String UPLOADS = "uploads/";

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final SnapshotGuard guard;
    private final UploadLedger ledger;
    private final UploadCompletion completion;

    public IntakeFunction() {
        this(System.getenv());
    }

    public IntakeFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        guard = new SnapshotGuard(stack.records());
        ledger = stack.ledger();
        completion = stack.completion();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        ObjectCreated arrival = ObjectCreated.read(body);
        String path = arrival.key().substring(UPLOADS.length());
        if (path.endsWith("/")) {
            return; // A folder that somebody made in a console.
        }
        String[] segments = path.split("/", 3);
        String tenantName = segments[0];
        String tableName = segments.length == 3 ? segments[1] : "";
        if (!Tenant.isAllowed(tenantName)) {
            Receipt.Reason reason = new Receipt.Reason(
                    FileCode.BAD_TENANT,
                    ("The key says that the tenant is \"%s\". A tenant's name is 1 to 40 of a-z, 0-9 and -, and does"
                                    + " not start with -. Upload to uploads/{tenant}/{table}/{name}.")
                            .formatted(tenantName));
            rejectStray(arrival, null, tenantName, reason, log);
            return;
        }
        Tenant tenant = Tenant.of(tenantName);
        TableSchema table = Tables.load().find(tableName);
        if (table == null) {
            String known = Tables.load().all().stream().map(TableSchema::name).collect(Collectors.joining(", "));
            Receipt.Reason reason = new Receipt.Reason(
                    FileCode.UNKNOWN_TABLE,
                    "The key names no table: \"%s\". Upload to uploads/%s/{table}/{name}, where {table} is one of %s."
                            .formatted(tableName, tenant, known));
            rejectStray(arrival, tenant, tenantName, reason, log);
            return;
        }
        Upload upload = arrival.upload(tenant, table.name());
        Optional<UploadLedger.Entry> entry = ledger.find(tenant, table.name(), upload.order());
        if (entry.isPresent() && entry.get().phase() != UploadLedger.Phase.SPLITTING) {
            return; // The event was redelivered.
        }
        // A table without clients is replaced by each upload, so its uploads are not snapshots.
        Snapshot snapshot = table.isOfClients() ? Snapshot.of(segments[2]) : Snapshot.NONE;
        // The guard let an earlier try pass, and some of what it would remove may already be removed.
        boolean passed = entry.isPresent() && snapshot == Snapshot.GUARDED;
        read(upload, table, passed ? Snapshot.CONFIRMED : snapshot, log);
    }

    private void read(Upload upload, TableSchema table, Snapshot snapshot, Log log) throws IOException {
        Configuration configuration = tenants.find(upload.tenant()).configuration();
        LocalDate day = upload.day(configuration.formats().timeZone());
        Receipt.Origin origin = new Receipt.Origin(
                upload.id(), upload.tenant().name(), upload.table(), upload.key(), upload.version(), snapshot.mode());
        long started = System.nanoTime();
        try (TempFolder folder = TempFolder.create("intake")) {
            Path object = folder.resolve("object");
            try (InputStream in = bucket.open(upload.key(), upload.version())) {
                Files.copy(in, object);
            }
            switch (UploadFile.read(
                    object,
                    upload.name(),
                    table,
                    ReadingOptions.of(configuration, table),
                    Files.createDirectory(folder.resolve("work")))) {
                case UploadFile.Rejected(FileCode code, String message, var format) ->
                    reject(upload, day, Receipt.rejected(origin, new Receipt.Reason(code, message), format), log);
                case UploadFile.Accepted file -> {
                    Map<Metric, Long> measures = measures(file.rows(), System.nanoTime() - started);
                    BigDecimal share = configuration.uploads().snapshotMaxRemoved();
                    SnapshotGuard.Removal removal =
                            snapshot == Snapshot.GUARDED ? guard.removal(upload, table, file.parts()) : null;
                    if (removal != null && removal.exceeds(share)) {
                        reject(upload, day, quarantined(origin, file, removal, share), log);
                        log.info("Read an upload and put it in quarantine", measures);
                    } else {
                        accept(upload, day, origin, file, snapshot, folder, measures, log);
                    }
                }
            }
        }
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

    private void accept(
            Upload upload,
            LocalDate day,
            Receipt.Origin origin,
            UploadFile.Accepted file,
            Snapshot snapshot,
            TempFolder folder,
            Map<Metric, Long> measures,
            Log log)
            throws IOException {
        tenants.ensure(upload.tenant(), day);
        List<Part.@Nullable Range> ranges = ranges(file.parts(), snapshot);
        List<String> columns =
                file.used().stream().map(Receipt.UsedColumn::column).toList();
        List<String> missing = new ArrayList<>(ledger.previous(upload.tenant(), upload.table(), upload.order())
                .map(UploadLedger.Entry::columns)
                .orElse(List.of()));
        missing.removeAll(columns);
        ledger.enter(upload, day, UploadLedger.Phase.SPLITTING, ranges.size(), columns);

        Path rejectedRows = file.rejectedRows();
        String rejectedKey =
                Keys.rejectedRows(upload, FileFormat.of(upload.name()).rejectedExtension());
        completion.open(
                receiptKey(upload),
                Receipt.read(
                        origin,
                        file.format(),
                        new Receipt.Columns(file.used(), file.ignored(), missing),
                        file.rows(),
                        file.problems(),
                        rejectedRows == null ? null : Receipt.RejectedRows.at(rejectedKey)));
        if (rejectedRows != null) {
            bucket.put(rejectedKey, rejectedRows, "text/plain; charset=utf-8");
        }
        if (snapshot != Snapshot.NONE) {
            tenants.raiseSnapshotWatermark(upload);
        }
        for (int number = 0; number < ranges.size(); number++) {
            Path object = folder.resolve("part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object));
                    Stream<Row> rows = number < file.parts().size()
                            ? file.parts().get(number).rows()
                            : Stream.empty()) {
                new Part(upload, day, number, ranges.size(), ranges.get(number)).write(rows, out);
            }
            bucket.put(Keys.part(upload, number), object, "application/gzip");
        }
        ledger.move(upload, UploadLedger.Phase.SPLITTING, UploadLedger.Phase.APPLYING);
        log.info("Read an upload", measures, "parts", ranges.size());
        if (ranges.isEmpty()) {
            UploadLedger.Entry entry = ledger.find(upload.tenant(), upload.table(), upload.order())
                    .orElseThrow(() -> new IllegalStateException("The entry of " + upload.id() + " is gone"));
            completion.complete(entry, log);
        }
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

    private static Receipt quarantined(
            Receipt.Origin origin, UploadFile.Accepted file, SnapshotGuard.Removal removal, BigDecimal share) {
        return Receipt.quarantined(
                origin,
                new Receipt.Reason(
                        FileCode.SNAPSHOT_GUARD,
                        ("It would remove %d of the table's %d rows, more than the share of %s that the configuration"
                            + " allows, so nothing changed. If that is what you want, copy the object to %s")
                                .formatted(
                                        removal.removed(),
                                        removal.of(),
                                        share.toPlainString(),
                                        Snapshot.confirming(origin.object()))),
                file.format(),
                file.rows().wouldRemove(removal.removed()));
    }

    private void reject(Upload upload, LocalDate day, Receipt receipt, Log log) {
        completion.reject(receiptKey(upload), receipt, log);
        ledger.enter(upload, day, UploadLedger.Phase.REJECTED, 0, List.of());
    }

    /// Rejects an upload whose tenant or table is not known.
    private void rejectStray(
            ObjectCreated arrival, @Nullable Tenant tenant, String tenantName, Receipt.Reason reason, Log log) {
        Receipt.Origin origin = new Receipt.Origin(
                arrival.id(), tenantName, null, arrival.key(), arrival.version(), Receipt.Mode.UPSERT);
        completion.reject(Keys.strayReceipt(tenant, arrival.id()), Receipt.rejected(origin, reason, null), log);
    }

    private static String receiptKey(Upload upload) {
        return Keys.receipt(upload.tenant(), upload.table(), upload.id());
    }
}
