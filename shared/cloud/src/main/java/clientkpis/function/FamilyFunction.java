package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.store.TenantStore;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Part;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A KPI family as a function: a part of an upload changes its clients' rows, and the new timelines go to `score`.
///
/// @param <R> one row of the family's table
public abstract class FamilyFunction<R> extends PartFunction {
    /// Separates the columns of a row's key; no cell has a control character.
    private static final String SEPARATOR = "\u001f";

    /// Enough for the clients that are merged at once.
    private static final Duration RESERVE = Duration.ofSeconds(40);

    private final PartMerge<R> merge;
    private final TenantStore tenants;

    protected FamilyFunction(KpiFamily<R> family, Map<String, String> variables) {
        super(variables);
        merge = new PartMerge<>(family, stack);
        tenants = stack.tenants();
    }

    /// A part of an upload, or clients to send to `score` once more.
    @Override
    protected final void handle(JsonNode body, Log log, Context context) throws IOException {
        if (ResendMessage.is(body)) {
            ResendMessage message = ResendMessage.read(body);
            TenantStore.State tenant = tenants.find(message.tenant());
            merge.resend(tenant.tenant(), tenant.configuration().formats().timeZone(), message.resend());
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
                from == null ? null : Json.read(from, PartMerge.Cursor.class),
                () -> context.getRemainingTimeInMillis() > RESERVE.toMillis());
        log.info("Applied a part", "stored", progress.counts().stored());
        return new Applied(
                progress.counts(), progress.next() == null ? null : Json.MAPPER.valueToTree(progress.next()));
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
