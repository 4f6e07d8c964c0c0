package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.function.FamilyFunction;
import clientkpis.function.Log;
import clientkpis.function.Metric;
import clientkpis.function.ObjectCreated;
import clientkpis.function.SqsFunction;
import clientkpis.function.UploadCompletion;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.RowPart;
import clientkpis.reading.UploadFile;
import clientkpis.store.Keys;
import clientkpis.store.RecordStore;
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
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads an upload and cuts it into parts for its family, or rejects it whole. What it writes it writes in this order:
/// ledger, receipt, rejected rows, parts; a try that died between two of them is done again with the same result.
public final class IntakeFunction extends SqsFunction {
    private static final int CLIENTS_AT_ONCE = 100;
    private static final String UPLOADS = "uploads/";
    private static final String SNAPSHOT = "snapshot/";
    private static final String CONFIRM = SNAPSHOT + "confirm/";

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final RecordStore records;
    private final UploadLedger ledger;
    private final UploadCompletion completion;

    public IntakeFunction() {
        this(System.getenv());
    }

    public IntakeFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        records = stack.records();
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
            stray(
                    arrival,
                    null,
                    tenantName,
                    FileCode.BAD_TENANT,
                    "The key says that the tenant is \"%s\". A tenant's name is 1 to 40 of a-z, 0-9 and -, and starts with no -. Upload to uploads/{tenant}/{table}/{name}."
                            .formatted(tenantName),
                    log);
            return;
        }
        Tenant tenant = Tenant.of(tenantName);
        TableSchema table = Tables.load().find(tableName);
        if (table == null) {
            String known = Tables.load().all().stream().map(TableSchema::name).collect(Collectors.joining(", "));
            stray(
                    arrival,
                    tenant,
                    tenantName,
                    FileCode.UNKNOWN_TABLE,
                    "The key names no table: \"%s\". Upload to uploads/%s/{table}/{name}, where {table} is one of %s."
                            .formatted(tableName, tenant, known),
                    log);
            return;
        }
        Upload upload = arrival.upload(tenant, table.name());
        Optional<UploadLedger.Entry> entry = ledger.find(tenant, table.name(), upload.order());
        if (entry.isPresent() && entry.get().phase() != UploadLedger.Phase.SPLITTING) {
            return; // The event came before.
        }
        // What is of no client is whole by itself: nothing of it stays beside a newer one.
        Snapshot snapshot = table.isOfClients() ? Snapshot.of(segments[2]) : Snapshot.NONE;
        // An earlier try let it pass, and what it would remove may be gone in part.
        boolean passed = entry.isPresent() && snapshot == Snapshot.GUARDED;
        read(upload, table, passed ? Snapshot.CONFIRMED : snapshot, log);
    }

    /// How the object's place in its table's folder says that it takes effect.
    private enum Snapshot {
        /// It is an upsert.
        NONE,
        GUARDED,
        CONFIRMED;

        static Snapshot of(String path) {
            return path.startsWith(CONFIRM) ? CONFIRMED : path.startsWith(SNAPSHOT) ? GUARDED : NONE;
        }

        Receipt.Mode mode() {
            return this == NONE ? Receipt.Mode.UPSERT : Receipt.Mode.SNAPSHOT;
        }
    }

    private void read(Upload upload, TableSchema table, Snapshot snapshot, Log log) throws IOException {
        Configuration configuration = tenants.find(upload.tenant()).configuration();
        LocalDate day = upload.day(configuration.formats().timeZone());
        Path folder = Files.createTempDirectory("intake");
        long started = System.nanoTime();
        try {
            Path file = folder.resolve("object");
            try (InputStream object = bucket.open(upload.key(), upload.version())) {
                Files.copy(object, file);
            }
            switch (UploadFile.read(
                    file,
                    upload.name(),
                    table,
                    ReadingOptions.of(configuration, table),
                    Files.createDirectory(folder.resolve("work")))) {
                case UploadFile.Rejected rejected ->
                    end(
                            upload,
                            day,
                            Receipt.Status.REJECTED,
                            snapshot.mode(),
                            new Receipt.Reason(rejected.code(), rejected.message()),
                            rejected.format(),
                            null,
                            log);
                case UploadFile.Accepted accepted -> {
                    Map<Metric, Long> measures = measures(accepted.rows(), System.nanoTime() - started);
                    boolean guarded = snapshot == Snapshot.GUARDED;
                    long older = guarded ? records.countOlder(upload.tenant(), upload.table(), upload.order()) : 0;
                    long removed = guarded ? older - kept(upload, table, accepted) : 0;
                    if (guarded
                            && BigDecimal.valueOf(removed)
                                            .compareTo(configuration
                                                    .uploads()
                                                    .snapshotMaxRemoved()
                                                    .multiply(BigDecimal.valueOf(older)))
                                    > 0) {
                        quarantine(upload, day, accepted, removed, older, configuration, log);
                        log.info("Read an upload and put it in quarantine", measures);
                    } else {
                        accept(upload, day, accepted, snapshot, folder, measures, log);
                    }
                }
            }
        } finally {
            delete(folder);
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

    /// How many rows that older uploads brought a snapshot has too, in whatever state.
    private long kept(Upload upload, TableSchema table, UploadFile.Accepted file) {
        long kept = 0;
        for (RowPart part : file.parts()) {
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
        for (RecordStore.Stored stored :
                records.read(upload.tenant(), upload.table(), chunk.keySet()).values()) {
            Set<String> keys = chunk.getOrDefault(stored.document().clientId(), Set.of());
            kept += stored.document().rows().entrySet().stream()
                    .filter(row -> keys.contains(row.getKey())
                            && CodePoints.ORDER.compare(row.getValue().upload(), upload.order()) < 0)
                    .count();
        }
        return kept;
    }

    private void accept(
            Upload upload,
            LocalDate day,
            UploadFile.Accepted file,
            Snapshot snapshot,
            Path folder,
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
        String rejectedKey = rejectedRows == null
                ? null
                : Keys.rejectedRows(upload, rejectedRows.toString().endsWith(".jsonl") ? "jsonl" : "csv");
        completion.open(
                receiptKey(upload),
                new Receipt(
                        upload.id(),
                        upload.tenant().name(),
                        upload.table(),
                        upload.key(),
                        upload.version(),
                        snapshot.mode(),
                        Receipt.Status.APPLYING,
                        null,
                        file.format(),
                        new Receipt.Columns(file.used(), file.ignored(), missing),
                        file.rows(),
                        null,
                        file.problems(),
                        rejectedKey == null ? null : Receipt.RejectedRows.at(rejectedKey)));
        if (rejectedRows != null && rejectedKey != null) {
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

    /// The range of each part. Those of a snapshot cover all clients together, also when it has no row.
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

    private void quarantine(
            Upload upload,
            LocalDate day,
            UploadFile.Accepted file,
            long removed,
            long of,
            Configuration configuration,
            Log log) {
        end(
                upload,
                day,
                Receipt.Status.QUARANTINED,
                Receipt.Mode.SNAPSHOT,
                new Receipt.Reason(
                        FileCode.SNAPSHOT_GUARD,
                        ("It would remove %d of the table's %d rows, more than the share of %s that the configuration"
                            + " allows, so nothing changed. If that is what you want, copy the object to %s")
                                .formatted(
                                        removed,
                                        of,
                                        configuration
                                                .uploads()
                                                .snapshotMaxRemoved()
                                                .toPlainString(),
                                        upload.key().replaceFirst("/" + SNAPSHOT, "/" + CONFIRM))),
                file.format(),
                file.rows().wouldRemove(removed),
                log);
    }

    private void end(
            Upload upload,
            LocalDate day,
            Receipt.Status status,
            Receipt.Mode mode,
            Receipt.Reason reason,
            Receipt.@Nullable Format format,
            Receipt.@Nullable Rows rows,
            Log log) {
        completion.reject(
                receiptKey(upload),
                new Receipt(
                        upload.id(),
                        upload.tenant().name(),
                        upload.table(),
                        upload.key(),
                        upload.version(),
                        mode,
                        status,
                        reason,
                        format,
                        null,
                        rows,
                        null,
                        null,
                        null),
                log);
        ledger.enter(upload, day, UploadLedger.Phase.REJECTED, 0, List.of());
    }

    /// An upload of which the tenant or the table cannot be told.
    private void stray(
            ObjectCreated arrival, @Nullable Tenant tenant, String tenantName, FileCode code, String message, Log log) {
        completion.reject(
                Keys.strayReceipt(tenant, arrival.id()),
                new Receipt(
                        arrival.id(),
                        tenantName,
                        null,
                        arrival.key(),
                        arrival.version(),
                        Receipt.Mode.UPSERT,
                        Receipt.Status.REJECTED,
                        new Receipt.Reason(code, message),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                log);
    }

    private static String receiptKey(Upload upload) {
        return Keys.receipt(upload.tenant(), upload.table(), upload.id());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
