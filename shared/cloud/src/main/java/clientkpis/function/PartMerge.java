package clientkpis.function;

import clientkpis.aws.Backoff;
import clientkpis.aws.Dynamo;
import clientkpis.aws.MessageQueue;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Retention;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import clientkpis.store.ClientIds;
import clientkpis.store.RecordStore;
import clientkpis.store.TenantStore;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Merges the rows of a part into the documents of its clients, and sends the new timelines of those that changed to
/// `score`.
///
/// @param <R> one row of the family's table
final class PartMerge<R> {
    private static final int CLIENTS_AT_ONCE = 100;

    private final KpiFamily<R> family;
    private final TableSchema schema;
    private final RecordStore records;
    private final ClientIds ids;
    private final MessageQueue score;

    PartMerge(KpiFamily<R> family, TableSchema schema, Stack stack) {
        this.family = family;
        this.schema = schema;
        records = stack.records();
        ids = stack.clientIds();
        score = stack.scoreQueue();
    }

    /// Merges the rows of a part, which may have been merged before, completely or in part.
    PartCounts merge(Part.Reader reader, TenantStore.State tenant) throws IOException {
        Part part = reader.part();
        Work work = new Work(
                part,
                tenant.isBelowSnapshotWatermark(part.upload()),
                family.retention(part.day(), tenant.configuration().uploads().usageRetentionDays()));
        PartCounts counts = PartCounts.NONE;
        Set<String> clients = new HashSet<>();
        Map<String, SortedMap<String, Row>> chunk = new LinkedHashMap<>();
        for (Row row = reader.next(); row != null; row = reader.next()) {
            String client = row.required("client_id");
            if (chunk.size() == CLIENTS_AT_ONCE && !chunk.containsKey(client)) {
                counts = counts.plus(apply(work, chunk));
                chunk.clear();
            }
            clients.add(client);
            chunk.computeIfAbsent(client, id -> new TreeMap<>(CodePoints.ORDER))
                    .put(FamilyFunction.rowKey(schema, row), row);
        }
        if (!chunk.isEmpty()) {
            counts = counts.plus(apply(work, chunk));
        }
        if (part.covers() != null && !work.isOutdated()) {
            counts = counts.plus(removeOthers(work, part.covers(), clients));
        }
        return counts;
    }

    /// @param isOutdated whether there is a newer snapshot of the table, so that the part changes nothing
    private record Work(Part part, boolean isOutdated, Retention retention) {}

    /// Removes the rows of clients that a snapshot does not have.
    private PartCounts removeOthers(Work work, Part.Range covers, Set<String> clients) {
        Upload upload = work.part().upload();
        List<PartCounts> removed = new ArrayList<>();
        records.forEachClient(upload.tenant(), upload.table(), covers, some -> {
            Map<String, SortedMap<String, Row>> nothing = new LinkedHashMap<>();
            some.stream()
                    .filter(client -> !clients.contains(client))
                    .forEach(client -> nothing.put(client, new TreeMap<>(CodePoints.ORDER)));
            if (!nothing.isEmpty()) {
                removed.add(merge(work, nothing).counts());
            }
        });
        return PartCounts.sum(removed);
    }

    private PartCounts apply(Work work, Map<String, SortedMap<String, Row>> chunk) {
        if (work.isOutdated()) {
            long rows = chunk.values().stream().mapToLong(Map::size).sum();
            return PartCounts.outdatedRows(rows).plus(countClients(work.part(), chunk.keySet(), Set.of()));
        }
        Outcome outcome = merge(work, chunk);
        return outcome.counts().plus(countClients(work.part(), chunk.keySet(), outcome.fresh()));
    }

    /// @param fresh the clients that had no row in the table before
    private record Outcome(PartCounts counts, Set<String> fresh) {}

    private Outcome merge(Work work, Map<String, SortedMap<String, Row>> chunk) {
        Upload upload = work.part().upload();
        Map<String, Document.Merged> merged = new ConcurrentHashMap<>();
        Map<String, RecordStore.Stored> stored = records.read(upload.tenant(), upload.table(), chunk.keySet());
        if (registers()) {
            // Before the rows, so that a registered client is always found by its other spellings, too.
            ids.rememberRegistered(
                    upload.tenant(),
                    stored.values().stream()
                            .filter(each -> each.document().version() == 0)
                            .map(each -> each.document().clientId())
                            .toList());
        }
        Dynamo.forEach(chunk.entrySet(), entry -> {
            RecordStore.Stored read = stored.get(entry.getKey());
            merged.put(entry.getKey(), store(work, entry.getKey(), entry.getValue(), read));
        });

        Set<String> fresh = new HashSet<>();
        Map<String, Client.Facet> facets = new HashMap<>();
        String order = upload.order();
        merged.forEach((client, outcome) -> {
            Document document = outcome.document();
            // Also if an earlier attempt changed it, which may have died before it sent the message.
            if (outcome.changed() || order.equals(document.lastUpload())) {
                facets.put(client, facet(document, work.part()));
                if (document.version() == 1) {
                    fresh.add(client);
                }
            }
        });
        if (!facets.isEmpty()) {
            score.send(new ScoreMessage(
                            upload.tenant(), upload.table(), work.part().day(), order, upload.id(), facets)
                    .bodies());
        }
        PartCounts counts =
                PartCounts.sum(merged.values().stream().map(PartCounts::rows).toList());
        return new Outcome(counts, fresh);
    }

    private Document.Merged store(
            Work work, String client, SortedMap<String, Row> rows, RecordStore.@Nullable Stored read) {
        Upload upload = work.part().upload();
        RecordStore.Stored before = read;
        for (int attempt = 1; ; attempt++) {
            if (before == null) {
                before = records.read(upload.tenant(), upload.table(), List.of(client))
                        .get(client);
            }
            if (before == null) {
                throw new IllegalStateException("A read returns a document for every client");
            }
            Document.Merged merged = before.document()
                    .merge(upload.order(), upload.id(), rows, work.part().covers() != null, work.retention());
            if (!merged.changed() || records.write(upload.tenant(), upload.table(), merged.document(), before)) {
                return merged;
            }
            if (records.isErased(upload.tenant(), client, upload.order())) {
                return new Document.Merged(Document.empty(client), 0, 0, rows.size(), 0, 0, false);
            }
            Backoff.pause(attempt);
            before = null;
        }
    }

    private Client.Facet facet(Document document, Part part) {
        List<R> rows = document.allRows().stream().map(family::read).toList();
        Map<String, Timeline> timelines = rows.isEmpty() ? Map.of() : family.timelines(rows, part.day());
        return new Client.Facet(
                document.version(), String.valueOf(document.lastUploadId()), !rows.isEmpty(), timelines);
    }

    private PartCounts countClients(Part part, Collection<String> seen, Set<String> fresh) {
        Tenant tenant = part.upload().tenant();
        int brought = ids.firstBrought(tenant, fresh, part.upload().order());
        if (registers()) {
            return PartCounts.clients(seen.size(), brought, 0, List.of());
        }
        Set<String> unregistered = new TreeSet<>(CodePoints.ORDER);
        unregistered.addAll(seen);
        unregistered.removeAll(records.existing(tenant, Tables.REGISTRY, seen));
        List<String> some = unregistered.stream().limit(PartCounts.SAMPLES).toList();
        Map<String, String> meant = ids.probablyMeant(tenant, some);
        List<PartCounts.Sample> samples = some.stream()
                .map(client -> new PartCounts.Sample(client, meant.get(client)))
                .toList();
        return PartCounts.clients(seen.size(), brought, unregistered.size(), samples);
    }

    private boolean registers() {
        return schema.name().equals(Tables.REGISTRY);
    }
}
