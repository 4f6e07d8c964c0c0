package clientkpis.function;

import clientkpis.aws.Backoff;
import clientkpis.aws.Dynamo;
import clientkpis.aws.MessageQueue;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import clientkpis.store.ClientIds;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Merges the rows of a part into the documents of its clients, and sends the new timelines of those that changed to
/// `score`. It takes as many clients at once as fit in memory with the rows that are stored, and stops when its time is
/// up: a client is done or not begun.
///
/// @param <R> one row of the family's table
final class PartMerge<R> {
    private final KpiFamily<R> family;
    private final TableSchema schema;
    private final RecordStore records;
    private final ClientIds ids;
    private final MessageQueue score;

    PartMerge(KpiFamily<R> family, Stack stack) {
        this.family = family;
        schema = FamilyFunction.schema(family.table());
        records = stack.records();
        ids = stack.clientIds();
        score = stack.scoreQueue();
    }

    /// Where a merge goes on. Its JSON has these members.
    ///
    /// @param removing whether the part's own rows are done, and those of clients that a snapshot does not have are
    ///     left
    /// @param client the first one that is left
    /// @param counts of all before it
    record Cursor(boolean removing, String client, PartCounts counts) {}

    /// @param counts of all that is merged, by this call and those before
    /// @param next null at the end of the part
    record Progress(PartCounts counts, @Nullable Cursor next) {}

    /// Merges the rows of a part, which may have been merged before, completely or in part.
    ///
    /// @param from where an earlier call stopped; null for the beginning
    /// @param enoughTime whether there is time for some clients more; some are merged in any case
    Progress merge(Part.Reader reader, TenantStore.State tenant, @Nullable Cursor from, BooleanSupplier enoughTime)
            throws IOException {
        return new Pass(reader.part(), tenant, from, enoughTime).merge(reader);
    }

    /// What became of one client's rows.
    ///
    /// @param facet to send; null if this upload did not change the client
    private record Outcome(PartCounts counts, Client.@Nullable Facet facet) {}

    private final class Pass {
        private final Part part;
        private final Upload upload;
        private final Tenant tenant;
        /// Whether there is a newer snapshot of the table, so that the part changes nothing.
        private final boolean isOutdated;

        private final Retention retention;
        private final @Nullable Cursor from;
        private final BooleanSupplier enoughTime;
        private PartCounts counts;
        private @Nullable Cursor next;
        private boolean isBegun;

        Pass(Part part, TenantStore.State state, @Nullable Cursor from, BooleanSupplier enoughTime) {
            this.part = part;
            this.from = from;
            this.enoughTime = enoughTime;
            upload = part.upload();
            tenant = upload.tenant();
            isOutdated = state.isBelowSnapshotWatermark(upload);
            retention =
                    family.retention(part.day(), state.configuration().uploads().usageRetentionDays());
            counts = from == null ? PartCounts.NONE : from.counts();
        }

        Progress merge(Part.Reader reader) throws IOException {
            Set<String> clients = new HashSet<>();
            ClientRows some = new ClientRows();
            Cursor first = from;
            for (Row row = reader.next(); row != null; row = reader.next()) {
                String client = row.required("client_id");
                boolean isAnother = clients.add(client);
                // An erasure may have taken out the very client at which it stopped.
                if (first != null && (first.removing() || Part.CLIENTS.compare(client, first.client()) < 0)) {
                    continue;
                }
                if (isAnother && some.isFull()) {
                    if (!apply(some, false)) {
                        return new Progress(counts, next);
                    }
                    some = new ClientRows();
                }
                some.add(client, FamilyFunction.rowKey(schema, row), row);
            }
            if (apply(some, false) && part.covers() != null && !isOutdated) {
                removeOthers(part.covers(), clients);
            }
            return new Progress(counts, next);
        }

        /// Removes the rows of clients that a snapshot does not have.
        private void removeOthers(Part.Range covers, Set<String> clients) {
            Part.Range left = from != null && from.removing()
                    ? new Part.Range(Shards.of(from.client()), from.client(), covers.toShard(), covers.toClient())
                    : covers;
            records.forEachClient(part, left, found -> {
                ClientRows none = new ClientRows();
                found.stream().filter(client -> !clients.contains(client)).forEach(none::addNone);
                return apply(none, true);
            });
        }

        /// @return false if the time is up; `next` is where to go on
        private boolean apply(ClientRows some, boolean removing) {
            Map<String, PackedDocument> stored =
                    isOutdated ? Map.of() : records.read(tenant, upload.table(), some.clients());
            for (List<String> group : some.groups(stored)) {
                if (isBegun && !enoughTime.getAsBoolean()) {
                    next = new Cursor(removing, group.getFirst(), counts);
                    return false;
                }
                isBegun = true;
                if (isOutdated) {
                    long rows = group.stream()
                            .mapToLong(client -> some.of(client).size())
                            .sum();
                    counts = counts.plus(PartCounts.outdatedRows(rows)).plus(countClients(group, Set.of()));
                } else {
                    Set<String> fresh = merge(group, some, stored);
                    counts = removing ? counts : counts.plus(countClients(group, fresh));
                }
            }
            return true;
        }

        /// @return the clients that had no row in the table before
        private Set<String> merge(List<String> group, ClientRows some, Map<String, PackedDocument> stored) {
            if (registers()) {
                // Before the rows, so that a registered client is always found by its other spellings, too.
                List<String> unknown = group.stream()
                        .filter(client ->
                                Objects.requireNonNull(stored.get(client)).isNew())
                        .toList();
                ids.rememberRegistered(tenant, unknown, upload.order());
            }
            Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
            Dynamo.forEach(group, client -> outcomes.put(client, store(some.of(client), stored.get(client))));
            Set<String> fresh = new HashSet<>();
            Map<String, Client.Facet> facets = new HashMap<>();
            outcomes.forEach((client, outcome) -> {
                counts = counts.plus(outcome.counts());
                Client.Facet facet = outcome.facet();
                if (facet != null) {
                    facets.put(client, facet);
                    if (facet.version() == 1) {
                        fresh.add(client);
                    }
                }
            });
            if (!facets.isEmpty()) {
                score.send(new ScoreMessage(tenant, upload.table(), part.day(), upload.order(), upload.id(), facets)
                        .bodies());
            }
            return fresh;
        }

        private Outcome store(SortedMap<String, Row> rows, @Nullable PackedDocument read) {
            PackedDocument packed = Objects.requireNonNull(read);
            for (int attempt = 1; ; attempt++) {
                RecordStore.Stored before = records.unpack(packed);
                Document.Merged merged =
                        before.document().merge(upload.order(), upload.id(), rows, part.covers() != null, retention);
                Document document = merged.document();
                boolean isMine = upload.order().equals(document.lastUpload());
                if (!merged.changed()) {
                    if (isMine) {
                        records.clean(tenant, upload.table(), before);
                    }
                    // Also what an earlier attempt changed, which may have died before it sent the message.
                    return new Outcome(PartCounts.rows(merged), isMine ? facet(document, part.day()) : null);
                }
                switch (records.write(tenant, upload.table(), document, before)) {
                    case STORED -> {
                        return new Outcome(PartCounts.rows(merged), facet(document, part.day()));
                    }
                    case ERASED -> {
                        return new Outcome(PartCounts.outdatedRows(rows.size()), null);
                    }
                    case LOST -> Backoff.pause(attempt);
                }
                packed = Objects.requireNonNull(records.read(tenant, upload.table(), List.of(packed.clientId()))
                        .get(packed.clientId()));
            }
        }

        private PartCounts countClients(Collection<String> seen, Set<String> fresh) {
            int brought = ids.firstBrought(tenant, fresh, upload.order());
            if (registers()) {
                return PartCounts.clients(seen.size(), brought, 0, List.of());
            }
            Set<String> unregistered = new TreeSet<>(CodePoints.ORDER);
            unregistered.addAll(seen);
            unregistered.removeAll(records.existing(tenant, Tables.REGISTRY, seen));
            List<String> sample =
                    unregistered.stream().limit(PartCounts.SAMPLES).toList();
            Map<String, String> meant = ids.probablyMeant(tenant, sample);
            List<PartCounts.Sample> samples = sample.stream()
                    .map(client -> new PartCounts.Sample(client, meant.get(client)))
                    .toList();
            return PartCounts.clients(seen.size(), brought, unregistered.size(), samples);
        }
    }

    /// Sends the timelines of some clients to `score` once more, as the upload sent them that changed each last.
    void resend(Tenant tenant, ZoneId zone, List<String> clients) {
        Map<String, ScoreMessage> messages = new TreeMap<>();
        records.read(tenant, schema.name(), clients).values().stream()
                .map(packed -> records.unpack(packed).document())
                .filter(document -> document.lastUpload() != null)
                .forEach(document -> {
                    String upload = String.valueOf(document.lastUploadId());
                    LocalDate day = Upload.dayOf(upload, zone);
                    Map<String, Client.Facet> facet = Map.of(document.clientId(), facet(document, day));
                    messages.merge(
                            upload,
                            new ScoreMessage(
                                    tenant, schema.name(), day, String.valueOf(document.lastUpload()), upload, facet),
                            ScoreMessage::and);
                });
        messages.values().forEach(message -> score.send(message.bodies()));
    }

    private Client.Facet facet(Document document, LocalDate day) {
        List<R> rows = document.allRows().stream().map(family::read).toList();
        Map<String, Timeline> timelines = rows.isEmpty() ? Map.of() : family.timelines(rows, day);
        return new Client.Facet(
                document.version(), String.valueOf(document.lastUploadId()), !rows.isEmpty(), timelines);
    }

    private boolean registers() {
        return schema.name().equals(Tables.REGISTRY);
    }
}
