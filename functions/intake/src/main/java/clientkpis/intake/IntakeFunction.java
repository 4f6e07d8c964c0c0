package clientkpis.intake;

import clientkpis.cloud.Aws;
import clientkpis.cloud.DataBucket;
import clientkpis.cloud.Environment;
import clientkpis.cloud.EventBus;
import clientkpis.cloud.Keys;
import clientkpis.cloud.Log;
import clientkpis.cloud.Part;
import clientkpis.cloud.SqsFunction;
import clientkpis.cloud.TenantStore;
import clientkpis.cloud.Upload;
import clientkpis.cloud.UploadCompletion;
import clientkpis.cloud.UploadLedger;
import clientkpis.kpi.Configuration;
import clientkpis.kpi.Tenant;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads an upload and cuts it into parts for its family, or rejects it whole. What it writes it writes in this order:
/// ledger, receipt, rejected rows, parts; a try that died between two of them is done again with the same result.
public final class IntakeFunction extends SqsFunction {
    private static final String UPLOADS = "uploads/";
    private static final String SNAPSHOT = "snapshot/";

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final UploadLedger ledger;
    private final UploadCompletion completion;

    public IntakeFunction() {
        this(System.getenv());
    }

    public IntakeFunction(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Aws aws = Aws.of(environment);
        bucket = new DataBucket(aws.s3(), environment.required("DATA_BUCKET"));
        tenants = new TenantStore(aws.dynamo(), environment.required("TENANTS_TABLE"));
        ledger = new UploadLedger(aws.dynamo(), environment.required("RUNS_TABLE"));
        completion = new UploadCompletion(
                bucket, ledger, new EventBus(aws.events(), environment.required("EVENT_BUS_NAME")));
    }

    /// The object that an event tells of.
    private record Arrival(
            Instant time,
            String key,
            String sequencer,
            @Nullable String version) {
        String id() {
            return Upload.id(time, key, sequencer);
        }
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        JsonNode object = body.path("detail").path("object");
        Arrival arrival = new Arrival(
                Instant.parse(body.path("time").asText()),
                object.path("key").asText(),
                object.path("sequencer").asText(),
                object.path("version-id").textValue());
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
        Upload upload =
                new Upload(tenant, table.name(), arrival.time(), arrival.key(), arrival.sequencer(), arrival.version());
        Optional<UploadLedger.Entry> entry = ledger.find(tenant, table.name(), upload.token());
        if (entry.isPresent() && entry.get().phase() != UploadLedger.Phase.SPLITTING) {
            return; // The event came before.
        }
        if (segments[2].startsWith(SNAPSHOT)) {
            quarantine(upload, log);
            return;
        }
        read(upload, table, log);
    }

    private void read(Upload upload, TableSchema table, Log log) throws IOException {
        Configuration configuration = tenants.find(upload.tenant()).configuration();
        LocalDate day = upload.day(configuration.timeZone());
        Path folder = Files.createTempDirectory("intake");
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
                case UploadFile.Rejected rejected -> reject(upload, day, rejected, log);
                case UploadFile.Accepted accepted -> accept(upload, day, accepted, folder, log);
            }
        } finally {
            delete(folder);
        }
    }

    private void accept(Upload upload, LocalDate day, UploadFile.Accepted file, Path folder, Log log)
            throws IOException {
        tenants.ensure(upload.tenant(), day);
        List<String> columns =
                file.used().stream().map(Receipt.UsedColumn::column).toList();
        List<String> missing = new ArrayList<>(ledger.previous(upload.tenant(), upload.table(), upload.token())
                .map(UploadLedger.Entry::columns)
                .orElse(List.of()));
        missing.removeAll(columns);
        ledger.enter(upload, day, UploadLedger.Phase.SPLITTING, file.parts().size(), columns);

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
                        Receipt.Mode.UPSERT,
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
        for (RowPart part : file.parts()) {
            int number = part.number() - 1;
            Path object = folder.resolve("part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(object));
                    var rows = part.rows()) {
                new Part(upload, day, number, file.parts().size()).write(rows, out);
            }
            bucket.put(Keys.part(upload, number), object, "application/gzip");
        }
        ledger.move(upload, UploadLedger.Phase.SPLITTING, UploadLedger.Phase.APPLYING);
        log.info(
                "Read an upload",
                "tenant",
                upload.tenant(),
                "upload",
                upload.id(),
                "rows",
                file.rows().read(),
                "rejected",
                file.rows().rejected());
        if (file.parts().isEmpty()) {
            UploadLedger.Entry entry = ledger.find(upload.tenant(), upload.table(), upload.token())
                    .orElseThrow(() -> new IllegalStateException("The entry of " + upload.id() + " is gone"));
            completion.complete(entry, log);
        }
    }

    private void reject(Upload upload, LocalDate day, UploadFile.Rejected rejected, Log log) {
        end(
                upload,
                day,
                Receipt.Status.REJECTED,
                Receipt.Mode.UPSERT,
                new Receipt.Reason(rejected.code(), rejected.message()),
                rejected.format(),
                log);
    }

    private void quarantine(Upload upload, Log log) {
        end(
                upload,
                upload.day(tenants.find(upload.tenant()).configuration().timeZone()),
                Receipt.Status.QUARANTINED,
                Receipt.Mode.SNAPSHOT,
                new Receipt.Reason(
                        FileCode.SNAPSHOT_GUARD,
                        "Snapshot uploads are not applied, so nothing changed. Upload the file beside the folder"
                                + " snapshot to add and replace its rows."),
                null,
                log);
    }

    private void end(
            Upload upload,
            LocalDate day,
            Receipt.Status status,
            Receipt.Mode mode,
            Receipt.Reason reason,
            Receipt.@Nullable Format format,
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
                        null,
                        null,
                        null,
                        null),
                log);
        ledger.enter(upload, day, UploadLedger.Phase.REJECTED, 0, List.of());
    }

    /// An upload of which the tenant or the table cannot be told.
    private void stray(
            Arrival arrival, @Nullable Tenant tenant, String tenantName, FileCode code, String message, Log log) {
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
