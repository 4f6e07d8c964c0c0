package clientkpis.function;

import clientkpis.aws.DataBucket;
import clientkpis.aws.MessageQueue;
import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A KPI family as a function: a part of an upload changes its clients' rows, and the new timelines go to `score`.
///
/// Handling is idempotent. Each row records its upload and each document the upload that last changed it, so a
/// redelivered part changes nothing and re-sends whatever the first attempt may not have sent.
///
/// @param <R> one row of the family's table
public abstract class FamilyFunction<R> extends SqsFunction {
    /// Separates the columns of a row's key; no cell has a control character.
    private static final String SEPARATOR = "\u001f";

    private final PartMerge<R> merge;
    private final DataBucket bucket;
    private final TenantStore tenants;
    private final UploadLedger ledger;
    private final MessageQueue own;
    private final UploadCompletion completion;

    protected FamilyFunction(KpiFamily<R> family, Map<String, String> variables) {
        super(variables);
        merge = new PartMerge<>(family, schema(family.table()), stack);
        bucket = stack.bucket();
        tenants = stack.tenants();
        ledger = stack.ledger();
        own = stack.ownQueue();
        completion = stack.completion();
    }

    @Override
    protected final void handle(JsonNode body, Log log, Context context) throws IOException {
        String key = ObjectCreated.key(body);
        String after = body.path("after").textValue();
        try (Part.Reader reader = new Part.Reader(bucket.open(key, null))) {
            Part part = reader.part();
            TenantStore.State tenant = tenants.find(part.upload().tenant());
            PartCounts counts = merge.merge(reader, tenant);
            log.info("Applied a part", "stored", counts.stored());
            if (after == null) {
                UploadLedger.Entry entry = ledger.done(part.upload(), part.number(), counts.toJson());
                if (entry.isComplete()) {
                    completion.complete(entry, log);
                    applyNewerAgain(entry.upload(), entry.upload().order());
                }
            } else if (ledger.doneAgain(part.upload(), part.number(), part.parts(), after)) {
                applyNewerAgain(part.upload(), after);
            }
        } catch (NoSuchKeyException e) {
            // A part to apply again that is not written yet will have its own event.
            if (after == null) {
                throw e;
            }
        }
    }

    /// A row that an upload does not change is not rewritten, so an older upload that arrives later could win over it.
    /// The newer uploads of the table are therefore applied again, one after the other, the oldest first.
    ///
    /// @param after the order of the upload that arrived late
    private void applyNewerAgain(Upload upload, String after) {
        Optional<UploadLedger.Entry> newer = ledger.nextNewer(upload.tenant(), upload.table(), upload.order());
        newer.ifPresent(entry -> {
            List<String> bodies = new ArrayList<>();
            for (int part = 0; part < entry.parts(); part++) {
                var body = Json.object().put("after", after);
                body.putObject("detail").putObject("object").put("key", Keys.part(entry.upload(), part));
                bodies.add(Json.text(body));
            }
            if (bodies.isEmpty()) {
                applyNewerAgain(entry.upload(), after);
            }
            own.send(bodies);
        });
    }

    private static TableSchema schema(String table) {
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
