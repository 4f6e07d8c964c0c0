package clientkpis.intake;

import clientkpis.aws.DataBucket;
import clientkpis.aws.MessageQueue;
import clientkpis.function.Log;
import clientkpis.function.PartDispatch;
import clientkpis.function.SqsFunction;
import clientkpis.function.UploadCompletion;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.message.ObjectCreated;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.store.UploadLedger.Entry;
import clientkpis.store.UploadLedger.Phase;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges an upload: reads it and cuts it into parts, or rejects it as a whole. An attempt judges without any effect;
/// what it made is under its own name. Then the verdict is entered in the ledger, once, and every attempt carries out
/// the verdict in force, whatever it found itself: receipt, rejected rows, the sending of the parts, or the event.
///
/// Of an object in `auto/` the verdict is which tables its sheets are. Carrying it out makes each of them an upload of
/// its own, by a message to itself.
public final class IntakeFunction extends SqsFunction {
    private static final String UPLOADS = "uploads/";
    /// A guarded snapshot waits for the older uploads of its table, 1, 2, 4, 8 ... seconds, about an hour in all.
    private static final int WAITS = 12;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final DataBucket bucket;
    private final TenantStore tenants;
    private final UploadLedger ledger;
    private final Verdicts verdicts;
    private final FoundTables foundTables;
    private final UploadCompletion completion;
    private final PartDispatch dispatch;
    private final MessageQueue own;

    public IntakeFunction() {
        this(System.getenv());
    }

    public IntakeFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        tenants = stack.tenants();
        ledger = stack.ledger();
        completion = stack.completion();
        verdicts = new Verdicts(
                bucket,
                ledger,
                completion,
                new SnapshotGuard(stack.records(), new Halves(ledger, bucket)),
                stack.aliases());
        foundTables = new FoundTables(bucket, completion);
        dispatch = new PartDispatch(ledger, stack::partsQueue);
        own = stack.ownQueue();
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        ObjectCreated arrival = ObjectCreated.read(body);
        String path = arrival.key().substring(UPLOADS.length());
        if (path.endsWith("/") && arrival.size() == 0) {
            return; // A folder that somebody made in a console.
        }
        String[] segments = path.split("/", 3);
        String tenantName = segments[0];
        String tableName = segments.length == 3 ? segments[1] : "";
        if (!Tenant.isAllowed(tenantName)) {
            Receipt.Reason reason = new Receipt.Reason(
                    FileCode.BAD_TENANT, Sentence.of("bad_tenant", tenantName), Configuration.DEFAULT.language());
            rejectStray(arrival, null, tenantName, reason, Configuration.DEFAULT.language(), log);
            return;
        }
        Tenant tenant = Tenant.of(tenantName);
        boolean isAuto = tableName.equals(Upload.AUTO);
        String name = isAuto ? arrival.table() : tableName;
        TableSchema table = name == null ? null : Tables.load().find(name);
        if (table == null && !isAuto) {
            Language language = tenants.find(tenant).configuration().language();
            String known = Tables.load().all().stream().map(TableSchema::name).collect(Collectors.joining(", "));
            Receipt.Reason reason = new Receipt.Reason(
                    FileCode.UNKNOWN_TABLE, Sentence.of("unknown_table.key", tableName, tenant, known), language);
            rejectStray(arrival, tenant, tenantName, reason, language, log);
            return;
        }
        Upload upload = arrival.upload(tenant, table == null ? Upload.AUTO : table.name());
        Optional<Entry> entry = ledger.find(tenant, upload.table(), upload.order());
        if (entry.isPresent()) {
            carryOut(entry.get(), log);
            return;
        }
        if (!ledger.arrive(upload)) {
            log.warn("Ignored another event of the same version of an object");
            return;
        }
        // What a snapshot of a table without clients means is decided by its function, which keeps every upload.
        Snapshot snapshot = table == null || table.isOfClients() ? Snapshot.of(segments[2]) : Snapshot.NONE;
        if (table == null) {
            Configuration configuration = tenants.find(tenant).configuration();
            carryOut(ledger.decide(foundTables.judge(upload, configuration, snapshot)), log);
            return;
        }
        if (snapshot == Snapshot.GUARDED && waits(upload, body)) {
            return;
        }
        Configuration configuration = tenants.find(tenant).configuration();
        Entry decided = verdicts.judge(upload, table, configuration, snapshot, log);
        carryOut(decided, log);
    }

    /// What a guarded snapshot would remove is known only when the older uploads of its table are applied.
    ///
    /// @return whether it was sent again, to be judged later
    private boolean waits(Upload upload, JsonNode body) {
        int waited = body.path("waited").asInt();
        boolean isOlderOpen = ledger.first(upload.tenant(), upload.table())
                .filter(open -> CodePoints.ORDER.compare(open.upload().order(), upload.order()) < 0)
                .isPresent();
        if (!isOlderOpen || waited == WAITS) {
            return false;
        }
        ObjectNode later = body.deepCopy();
        later.put("waited", waited + 1);
        Duration delay = Duration.ofSeconds(1L << waited);
        own.send(Json.text(later), delay.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : delay);
        return true;
    }

    private void carryOut(Entry entry, Log log) {
        Upload upload = entry.upload();
        if (upload.table().equals(Upload.AUTO)) {
            if (entry.phase() == Phase.DECIDED) {
                foundTables.rejected(entry).forEach(rejected -> carryOut(ledger.decide(rejected), log));
                own.send(foundTables.messages(entry), upload.tenant().name());
                ledger.move(entry, Phase.APPLIED);
            }
            return;
        }
        if (!entry.accepted()) {
            if (entry.phase() == Phase.DECIDED) {
                Receipt receipt = completion.reject(entry);
                if (ledger.move(entry, Phase.REJECTED)) {
                    UploadCompletion.logRejected(receipt.reason(), log);
                }
            }
            // A newer one may have waited for this one.
            dispatch.sendNext(upload.tenant(), upload.table());
            return;
        }
        if (entry.phase() == Phase.DECIDED) {
            tenants.ensure(upload.tenant(), entry.day());
            completion.open(entry);
            if (entry.snapshot()) {
                tenants.raiseSnapshotWatermark(upload);
            }
            ledger.move(entry, Phase.HELD);
        }
        dispatch.sendNext(upload.tenant(), upload.table());
    }

    /// Rejects an upload whose tenant or table is not known.
    private void rejectStray(
            ObjectCreated arrival,
            @Nullable Tenant tenant,
            String tenantName,
            Receipt.Reason reason,
            Language language,
            Log log) {
        Receipt.Origin origin = new Receipt.Origin(
                arrival.id(), tenantName, null, arrival.key(), arrival.version(), Receipt.Mode.UPSERT, language);
        completion.reject(Keys.strayReceipt(tenant, arrival.id()), Receipt.rejected(origin, reason, null));
        UploadCompletion.logRejected(reason, log);
    }
}
