package clientkpis.erasure;

import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.aws.EventBus;
import clientkpis.aws.VersionedObjects;
import clientkpis.events.ErasureCompleted;
import clientkpis.function.PartDispatch;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.Language;
import clientkpis.store.ClientErasure;
import clientkpis.store.Keys;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.store.UploadLedger;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// What one invocation does of an erasure, a little at a time. Each piece may have been done before.
final class ErasureSteps {
    private static final int CLIENTS = 25;
    private static final int ORIGINALS = 8;

    private final DataBucket bucket;
    private final VersionedObjects objects;
    private final ClientErasure tables;
    private final TenantStore tenants;
    private final Function<Tenant, Spellings> spellings;
    private final RecordStore records;
    private final UploadLedger uploads;
    private final PartDispatch dispatch;
    private final EventBus bus;
    private final Duration secondLookAfter;
    private @Nullable ListedClients clients;

    ErasureSteps(
            DataBucket bucket,
            VersionedObjects objects,
            ClientErasure tables,
            TenantStore tenants,
            Function<Tenant, Spellings> spellings,
            RecordStore records,
            UploadLedger uploads,
            PartDispatch dispatch,
            EventBus bus,
            Duration secondLookAfter) {
        this.bucket = bucket;
        this.objects = objects;
        this.tables = tables;
        this.tenants = tenants;
        this.spellings = spellings;
        this.records = records;
        this.uploads = uploads;
        this.dispatch = dispatch;
        this.bus = bus;
        this.secondLookAfter = secondLookAfter;
    }

    /// Does the next piece.
    Erasure next(Erasure erasure) throws IOException {
        return switch (erasure.phase()) {
            case CLIENTS -> clients(erasure);
            case NEWER_UPLOADS -> {
                if (erasure.erased() > 0) {
                    applyNewer(erasure.list());
                }
                yield erasure.at(Erasure.Phase.OBJECTS, "");
            }
            case OBJECTS -> {
                DerivedObjects.Scrubbed scrubbed =
                        new DerivedObjects(bucket, objects, tables, listed(erasure), erasure).scrub(erasure.after());
                yield erasure.withObjects(scrubbed.next(), scrubbed.rewritten());
            }
            case ORIGINALS -> originals(erasure);
            case WAITING -> erasure.waited(secondLookAfter);
            case LIST -> {
                release(erasure);
                deleteList(objects, erasure.list());
                yield erasure.at(Erasure.Phase.DONE, "");
            }
            case DONE -> erasure;
        };
    }

    /// Not another list of the same name.
    static void deleteList(VersionedObjects objects, Upload list) {
        objects.deleteVersion(list.key(), list.version());
    }

    private void release(Erasure erasure) throws IOException {
        try {
            spellings
                    .apply(erasure.tenant())
                    .release(listed(erasure).listed(), records, erasure.list().order());
        } catch (NoSuchKeyException e) {
            // An attempt before this one has come as far as deleting the list.
        }
    }

    private ListedClients listed(Erasure erasure) throws IOException {
        if (clients == null) {
            clients = switch (ClientList.read(bucket, erasure.list(), () -> spellings.apply(erasure.tenant()))) {
                case ClientList.Read(ListedClients read) -> read;
                case ClientList.Rejected(var code) ->
                    throw new IllegalStateException("The list is " + code.label() + " now");
            };
        }
        return clients;
    }

    private Erasure clients(Erasure erasure) throws IOException {
        ListedClients list = listed(erasure);
        List<String> all = list.listed();
        int from = erasure.clientsDone();
        int to = Math.min(all.size(), from + CLIENTS);
        List<String> some = all.subList(from, to);
        String order = erasure.list().order();
        Set<String> ids = some.stream().flatMap(one -> list.ids(one).stream()).collect(Collectors.toSet());
        Set<String> erased = erasure.look() == 1
                ? tables.erase(erasure.tenant(), ids, order)
                : tables.eraseAgain(erasure.tenant(), ids, order);
        long had = some.stream()
                .filter(one -> list.ids(one).stream().anyMatch(erased::contains))
                .count();
        return erasure.withClients(to, (int) had);
    }

    /// An erasure is like an upload that comes late and removes rows: the newer ones of each table are applied once
    /// more, which brings back what they have.
    private void applyNewer(Upload list) {
        for (TableSchema table : Tables.load().all()) {
            if (table.isOfClients()) {
                uploads.reopenNewer(new Upload(
                        list.tenant(),
                        table.name(),
                        list.time(),
                        list.key(),
                        list.sequencer(),
                        list.version(),
                        list.size()));
                dispatch.sendNext(list.tenant(), table.name());
            }
        }
    }

    /// The uploader's own objects that name a client.
    private Erasure originals(Erasure erasure) throws IOException {
        List<String> keys = objects.keys(Keys.uploadsOf(erasure.tenant()), erasure.after(), ORIGINALS);
        TextSearch search = new TextSearch(bucket, listed(erasure));
        Map<String, Boolean> named = new ConcurrentSkipListMap<>();
        Dynamo.forEach(keys, key -> {
            try {
                if (search.names(key)) {
                    named.put(key, true);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        ErasureReceipt receipt = new ErasureReceipt(bucket, objects, erasure.list());
        boolean isEnd = keys.size() < ORIGINALS;
        Language language = tenants.find(erasure.tenant()).configuration().language();
        int originals = receipt.write(erasure, erasure.after(), List.copyOf(named.keySet()), isEnd, language);
        if (!isEnd) {
            return erasure.at(Erasure.Phase.ORIGINALS, keys.getLast());
        }
        bus.publish(new ErasureCompleted(
                receipt.key(), erasure.tenant(), erasure.list().id(), receipt.key(), erasure.listed(), originals));
        return erasure.ended(Instant.now());
    }
}
