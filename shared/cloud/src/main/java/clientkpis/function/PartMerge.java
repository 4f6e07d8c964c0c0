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
import clientkpis.kpi.client.Client;
import clientkpis.message.ScoreMessage;
import clientkpis.store.AliasStore;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Scope;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Merges the rows of a part into the documents of its clients, and sends the new timelines of those that changed to
/// `score`. It takes as many clients at once as fit in memory with the rows that are stored, and stops when its time is
/// up: a client is done or not begun.
///
/// One class, because every step adds to the counts of the part and may be the last before the time is up.
///
/// @param <R> one row of the family's table
final class PartMerge<R> {
    private final FamilyDocuments<R> family;
    private final RecordStore records;
    private final ClientRegistration registration;
    private final MessageQueue score;
    private final AliasStore aliases;
    /// What the rows of the table of aliases do; null for another table.
    private final @Nullable AliasClaims claims;

    PartMerge(FamilyDocuments<R> family, Stack stack) {
        this.family = family;
        records = stack.records();
        registration = new ClientRegistration(family, stack);
        score = stack.scoreQueue();
        aliases = stack.aliases();
        claims = family.schema().name().equals(Tables.ALIASES) ? new AliasClaims(stack) : null;
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
    /// @param scope the rows that it may change
    /// @param from where an earlier call stopped; null for the beginning
    /// @param enoughTime whether there is time for some clients more; some are merged in any case
    Progress merge(
            Part.Reader reader,
            TenantStore.State tenant,
            Scope scope,
            @Nullable Cursor from,
            BooleanSupplier enoughTime)
            throws IOException {
        return new Pass(reader.part(), tenant, scope, from, enoughTime).merge(reader);
    }

    /// What became of one client's rows.
    ///
    /// @param facet to send; null if this upload did not change the client
    /// @param isAlias nothing was stored: the id has become an alias since the part was cut
    private record Outcome(PartCounts counts, Client.@Nullable Facet facet, boolean isAlias) {
        Outcome(PartCounts counts, Client.@Nullable Facet facet) {
            this(counts, facet, false);
        }

        Outcome and(Outcome other) {
            boolean isNewer = other.facet != null && (facet == null || facet.version() < other.facet.version());
            return new Outcome(counts.plus(other.counts), isNewer ? other.facet : facet);
        }
    }

    /// The clients whose first rows of the table these are.
    private static Set<String> brandNew(Map<String, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getValue().facet() != null
                        && outcome.getValue().facet().version() == 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private final class Pass {
        private final Part part;
        private final Upload upload;
        private final Tenant tenant;
        private final Scope scope;
        private final Retention retention;
        private final @Nullable Cursor from;
        private final BooleanSupplier enoughTime;
        /// Those that the part names.
        private final Set<String> clients = new HashSet<>();

        private PartCounts counts;
        private @Nullable Cursor next;
        private boolean isBegun;

        Pass(Part part, TenantStore.State state, Scope scope, @Nullable Cursor from, BooleanSupplier enoughTime) {
            this.part = part;
            this.scope = scope;
            this.from = from;
            this.enoughTime = enoughTime;
            upload = part.upload();
            tenant = upload.tenant();
            retention = family.family()
                    .retention(part.day(), state.configuration().uploads().usageRetentionDays());
            counts = from == null ? PartCounts.NONE : from.counts();
        }

        Progress merge(Part.Reader reader) throws IOException {
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
                    if (!apply(claimed(some), false)) {
                        return new Progress(counts, next);
                    }
                    some = new ClientRows();
                }
                some.add(client, family.key(row), row);
            }
            if (apply(claimed(some), false) && part.covers() != null) {
                removeOthers(part.covers());
            }
            return new Progress(counts, next);
        }

        /// The rows of the table of aliases whose claims hold; all rows of another table.
        private ClientRows claimed(ClientRows uploaded) {
            if (claims == null || scope.newer() != null) {
                return uploaded;
            }
            AliasClaims.Granted granted = claims.claim(tenant, uploaded, upload.order());
            counts = counts.plus(PartCounts.outdatedRows(granted.refused()));
            clients.addAll(granted.rows().clients());
            return granted.rows();
        }

        /// Removes the rows of clients that a snapshot does not have.
        private void removeOthers(Part.Range covers) {
            Part.Range left = from != null && from.removing()
                    ? new Part.Range(Shards.of(from.client()), from.client(), covers.toShard(), covers.toClient())
                    : covers;
            Predicate<List<String>> removal = found -> {
                ClientRows none = new ClientRows();
                found.stream().filter(client -> !clients.contains(client)).forEach(none::addNone);
                return apply(none, true);
            };
            if (scope.newer() == null) {
                records.forEachClient(part, left, removal);
            } else {
                scope.newer().forEachClient(left, removal);
            }
        }

        /// @return false if the time is up; `next` is where to go on
        private boolean apply(ClientRows some, boolean removing) {
            Map<String, PackedDocument> stored = records.read(
                    tenant,
                    upload.table(),
                    some.clients().stream().filter(scope::reaches).toList());
            for (List<String> group : some.groups(stored)) {
                if (isBegun && !enoughTime.getAsBoolean()) {
                    next = new Cursor(removing, group.getFirst(), counts);
                    return false;
                }
                isBegun = true;
                Map<String, Outcome> outcomes = merge(group, some, stored);
                counts = removing
                        ? counts
                        : counts.plus(
                                registration.counts(tenant, upload.order(), outcomes.keySet(), brandNew(outcomes)));
            }
            return true;
        }

        /// @return by the clients whose the rows are
        private Map<String, Outcome> merge(List<String> group, ClientRows some, Map<String, PackedDocument> stored) {
            registration.remember(tenant, group, stored, upload.order());
            Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
            Dynamo.forEach(
                    group, client -> outcomes.put(client, store(client, some.of(client), stored.get(client), false)));
            group.stream()
                    .filter(client ->
                            Objects.requireNonNull(outcomes.get(client)).isAlias())
                    .forEach(alias -> {
                        outcomes.remove(alias);
                        storeWithItsClient(alias, some.of(alias), outcomes);
                    });
            Map<String, Client.Facet> facets = new HashMap<>();
            outcomes.forEach((client, outcome) -> {
                counts = counts.plus(outcome.counts());
                Client.Facet facet = outcome.facet();
                if (facet != null) {
                    facets.put(client, facet);
                }
            });
            if (!facets.isEmpty()) {
                score.send(new ScoreMessage(tenant, upload.table(), part.day(), upload.order(), upload.id(), facets)
                        .bodies());
            }
            if (claims != null && scope.newer() == null) {
                claims.move(tenant, part.day(), group, some);
            }
            return outcomes;
        }

        /// Stores rows that came under an alias as those of its client. In a snapshot the client's own part may not
        /// have them: they become the snapshot's, also those that are stored already.
        private void storeWithItsClient(String alias, SortedMap<String, Row> rows, Map<String, Outcome> outcomes) {
            for (int attempt = 1; ; attempt++) {
                String client = Objects.requireNonNull(
                        aliases.clientsOf(tenant, List.of(alias)).get(alias));
                SortedMap<String, Row> own = new TreeMap<>(CodePoints.ORDER);
                rows.forEach((key, row) -> own.put(key, row.of(client)));
                PackedDocument stored = scope.reaches(client)
                        ? records.read(tenant, upload.table(), List.of(client)).get(client)
                        : null;
                Outcome outcome = store(client, own, stored, !client.equals(alias));
                if (!outcome.isAlias()) {
                    outcomes.merge(client, outcome, Outcome::and);
                    return;
                }
                Backoff.pause(attempt);
            }
        }

        /// @param read null if the upload does not reach the client
        private Outcome store(
                String client, SortedMap<String, Row> all, @Nullable PackedDocument read, boolean isRedirected) {
            SortedMap<String, Row> rows = scope.reached(client, all);
            PartCounts outdated = PartCounts.outdatedRows(all.size() - rows.size());
            if (read == null) {
                return new Outcome(outdated, null);
            }
            PackedDocument packed = read;
            for (int attempt = 1; ; attempt++) {
                RecordStore.Stored before = records.unpack(packed);
                Document.Merged merged = before.document()
                        .merge(
                                upload.order(),
                                upload.id(),
                                rows,
                                key -> !isRedirected && scope.removes(client, key),
                                isRedirected && scope.snapshot(),
                                retention);
                PartCounts merge = PartCounts.rows(merged).plus(outdated);
                Document document = merged.document();
                boolean isMine = upload.order().equals(document.lastUpload());
                if (!merged.changed()) {
                    if (isMine) {
                        records.clean(tenant, upload.table(), before);
                    }
                    // Also what an earlier attempt changed, which may have died before it sent the message.
                    return new Outcome(merge, isMine ? family.facet(document, part.day()) : null);
                }
                if (claims != null) {
                    claims.release(tenant, before.document(), document, upload.order());
                }
                List<KpiFamily.Read<R>> familyRows = family.read(document);
                switch (records.write(
                        tenant, upload.table(), document, family.behind(familyRows, part.day()), before)) {
                    case STORED -> {
                        return new Outcome(merge, family.facet(document, familyRows, part.day()));
                    }
                    case ERASED -> {
                        return new Outcome(PartCounts.outdatedRows(all.size()), null);
                    }
                    case ALIAS -> {
                        return new Outcome(PartCounts.NONE, null, true);
                    }
                    case LOST -> Backoff.pause(attempt);
                }
                packed = Objects.requireNonNull(records.read(tenant, upload.table(), List.of(packed.clientId()))
                        .get(packed.clientId()));
            }
        }
    }
}
