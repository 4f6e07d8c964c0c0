package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.message.MoveMessage;
import clientkpis.message.ResendMessage;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.KeptRows;
import clientkpis.upload.Part;
import clientkpis.upload.Scope;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A KPI family as a function: a part of an upload changes its clients' rows, and the new timelines go to `score`.
///
/// @param <R> one row of the family's table
public abstract class FamilyFunction<R> extends PartFunction {
    /// Separates the columns of a row's key; no cell has a control character.
    private static final String SEPARATOR = "\u001f";

    /// Enough for the clients that are merged at once.
    private static final Duration RESERVE = Duration.ofSeconds(40);

    private final PartMerge<R> merge;
    private final StoredRows<R> stored;
    private final TableSchema schema;
    private final TenantStore tenants;
    private final UploadLedger ledger;

    protected FamilyFunction(KpiFamily<R> family, Map<String, String> variables) {
        super(variables);
        FamilyDocuments<R> documents = new FamilyDocuments<>(family);
        merge = new PartMerge<>(documents, stack);
        stored = new StoredRows<>(documents, stack);
        schema = documents.schema();
        tenants = stack.tenants();
        ledger = stack.ledger();
    }

    /// A part of an upload, clients to send to `score` once more, or aliases whose rows move to their clients.
    @Override
    protected final void handle(JsonNode body, Log log, Context context) throws IOException {
        if (ResendMessage.is(body)) {
            ResendMessage message = ResendMessage.read(body);
            TenantStore.State tenant = tenants.find(message.tenant());
            stored.resend(tenant.tenant(), tenant.configuration().formats().timeZone(), message.resend());
        } else if (MoveMessage.is(body)) {
            MoveMessage message = MoveMessage.read(body);
            TenantStore.State tenant = tenants.find(message.tenant());
            stored.move(tenant.tenant(), tenant.configuration().formats().timeZone(), message.day(), message.move());
        } else {
            super.handle(body, log, context);
        }
    }

    @Override
    protected final Applied apply(Part.Reader reader, @Nullable JsonNode from, Log log, Context context)
            throws IOException {
        TenantStore.State tenant = tenants.find(reader.part().upload().tenant());
        PartMerge.Progress progress = merge.merge(
                reader,
                tenant,
                scope(reader.part(), tenant),
                from == null ? null : Json.read(from, PartMerge.Cursor.class),
                () -> context.getRemainingTimeInMillis() > RESERVE.toMillis());
        log.info("Applied a part", "stored", progress.counts().stored());
        return new Applied(progress.counts(), progress.next() == null ? null : Json.tree(progress.next()));
    }

    private Scope scope(Part part, TenantStore.State tenant) throws IOException {
        Upload upload = part.upload();
        boolean isSnapshot = part.covers() != null;
        String newest = tenant.snapshotWatermarks().get(upload.table());
        return new Scope(
                isSnapshot,
                isSnapshot ? keptBy(upload.tenant(), upload.order()) : KeptRows.NONE,
                newest != null && tenant.isBelowSnapshotWatermark(upload) ? keptBy(upload.tenant(), newest) : null);
    }

    /// @param order of a snapshot
    private KeptRows keptBy(Tenant tenant, String order) throws IOException {
        Optional<UploadLedger.Entry> snapshot =
                ledger.find(tenant, schema.name(), order).filter(UploadLedger.Entry::keeps);
        if (snapshot.isEmpty()) {
            return KeptRows.NONE;
        }
        String key = Keys.keptRows(snapshot.get().upload(), snapshot.get().attempt());
        try (Part.Reader kept = new Part.Reader(bucket.open(key, null))) {
            return KeptRows.read(kept, row -> rowKey(schema, row));
        } catch (NoSuchKeyException e) {
            return KeptRows.NONE; // Expired, as the parts of the snapshot are.
        }
    }

    static TableSchema schema(String table) {
        TableSchema schema = Tables.load().find(table);
        if (schema == null) {
            throw new IllegalStateException("There is no schema of table " + table);
        }
        return schema;
    }

    /// Identifies a row among those of its client in a table.
    public static String rowKey(TableSchema schema, Row row) {
        StringBuilder key = new StringBuilder();
        for (String column : schema.primaryKey()) {
            if (!column.equals("client_id")) {
                key.append(key.isEmpty() ? "" : SEPARATOR).append(row.required(column));
            }
        }
        return key.toString();
    }
}
