package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.aws.EventBus;
import clientkpis.aws.MessageQueue;
import clientkpis.aws.VersionedObjects;
import clientkpis.erasure.Erasure.Phase;
import clientkpis.events.ErasureRejected;
import clientkpis.function.Log;
import clientkpis.function.PartDispatch;
import clientkpis.function.SqsFunction;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.message.ObjectCreated;
import clientkpis.receipt.FileCode;
import clientkpis.store.ClientErasure;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.upload.Upload;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Removes every trace of the clients on a list (LGPD, art. 18) from the tables and from the objects that the suite
/// itself wrote. A tombstone is kept, a hash and an order, so that data on its way does not bring a client back.
///
/// It works while there is time, then moves its entry in the ledger on and sends itself a message about the next step.
/// A message about a step that is done does nothing, except that the one before sends the message again: the attempt
/// that moved the entry may have died before it did. An hour after its end it looks once more, for what was written
/// meanwhile by what was under way. The list is deleted last.
public final class ErasureFunction extends SqsFunction {
    private static final String FOLDER = "erasures/";
    /// Enough for the largest piece.
    private static final Duration RESERVE = Duration.ofMinutes(10);

    private final DataBucket bucket;
    private final VersionedObjects objects;
    private final ErasureLedger ledger;
    private final ClientErasure tables;
    private final TenantStore tenants;
    private final UploadLedger uploads;
    private final PartDispatch dispatch;
    private final EventBus bus;
    private final MessageQueue own;
    private final Duration secondLookAfter;

    public ErasureFunction() {
        this(System.getenv());
    }

    public ErasureFunction(Map<String, String> variables) {
        super(variables);
        bucket = stack.bucket();
        objects = stack.versionedObjects();
        ledger = stack.runs(ErasureLedger::new);
        tables = stack.clientErasure();
        tenants = stack.tenants();
        uploads = stack.ledger();
        dispatch = new PartDispatch(uploads, stack::partsQueue);
        bus = stack.bus();
        own = stack.ownQueue();
        secondLookAfter = Duration.ofMinutes(stack.number("SECOND_LOOK_MINUTES"));
    }

    @Override
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        if (ErasureMessage.isOne(body)) {
            ErasureMessage message = ErasureMessage.read(body);
            Optional<Erasure> erasure = ledger.find(message.tenant(), message.order());
            if (erasure.isPresent()) {
                work(erasure.get(), message.step(), log, context);
            }
            return;
        }
        ObjectCreated created = ObjectCreated.read(body);
        String[] segments = created.key().substring(FOLDER.length()).split("/", 2);
        if (segments.length < 2 || segments[1].isEmpty() || !Tenant.isAllowed(segments[0])) {
            log.warn("Ignored an object that is not a tenant's list of clients to erase");
            return;
        }
        Upload list = created.upload(Tenant.of(segments[0]), "erasures");
        Optional<Erasure> erasure = ledger.find(list.tenant(), list.order());
        if (erasure.isEmpty()) {
            erasure = begin(list, log);
        }
        if (erasure.isPresent()) {
            work(erasure.get(), 0, log, context);
        }
    }

    private Spellings spellings(Tenant tenant) {
        return new Spellings(
                tenant,
                stack.aliases(),
                tenants.find(tenant).configuration().formats().clientIds());
    }

    /// @return empty if there is nothing to erase
    private Optional<Erasure> begin(Upload list, Log log) throws IOException {
        if (list.size() > ClientList.LARGEST) {
            reject(list, FileCode.TOO_LARGE, log);
            return Optional.empty();
        }
        try {
            return switch (ClientList.read(bucket, list, () -> spellings(list.tenant()))) {
                case ClientList.Rejected(FileCode code) -> {
                    reject(list, code, log);
                    yield Optional.empty();
                }
                case ClientList.Read(ListedClients clients) ->
                    Optional.of(
                            ledger.begin(Erasure.begun(list, clients.listed().size(), Instant.now())));
            };
        } catch (NoSuchKeyException e) {
            return Optional.empty(); // It was rejected, or somebody deleted it.
        }
    }

    private void reject(Upload list, FileCode code, Log log) {
        ErasureReceipt receipt = new ErasureReceipt(bucket, objects, list);
        receipt.reject(code);
        bus.publish(new ErasureRejected(receipt.key(), list.tenant(), list.id(), receipt.key(), code));
        log.warn("Rejected a list of clients to erase", "code", code.label());
        ErasureSteps.deleteList(objects, list);
    }

    private void work(Erasure from, long step, Log log, Context context) throws IOException {
        if (from.phase() == Phase.DONE) {
            return;
        }
        if (from.step() != step) {
            if (from.step() == step + 1) {
                send(from, from.step());
            }
            return;
        }
        ErasureSteps steps = new ErasureSteps(
                bucket,
                objects,
                tables,
                tenants,
                this::spellings,
                stack.records(),
                uploads,
                dispatch,
                bus,
                secondLookAfter);
        Erasure to = from;
        do {
            to = steps.next(to);
        } while (to.phase() != Phase.WAITING
                // A retry of what is before it needs the list.
                && to.phase() != Phase.LIST
                && to.phase() != Phase.DONE
                && context.getRemainingTimeInMillis() > RESERVE.toMillis());
        if (!ledger.move(from, to)) {
            return;
        }
        if (to.phase() != Phase.DONE) {
            send(to, from.step() + 1);
        }
        if (from.ended() == null && to.ended() != null) {
            log.info("Erased clients", "clients", to.listed(), "erased", to.erased(), "rewritten", to.rewritten());
        } else if (to.phase() == Phase.DONE) {
            log.info("Looked again for erased clients", "erased", to.erased(), "rewritten", to.rewritten());
        }
    }

    private void send(Erasure erasure, long step) {
        own.send(Json.text(ErasureMessage.of(erasure, step)), erasure.wait(secondLookAfter));
    }
}
