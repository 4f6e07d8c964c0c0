package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.Backoff;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.aws.VersionedObjects;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.store.Tombstones.Tombstone;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Removes clients from the tables, by the order of uploads: whatever has anything from an upload that is not newer
/// than the erasure. Each item goes on the condition that it is still the one that was judged. An item that newer
/// uploads changed, too, goes as a whole: these uploads have to be applied once more, as after any older upload that
/// comes late.
///
/// One class, because one rule removes all kinds of items.
public final class ClientErasure {
    private final DynamoDbClient dynamo;
    private final String recordsTable;
    private final String clientsTable;
    private final String changesTable;
    private final VersionedObjects objects;
    private final RecordStore records;
    private final ClientStore clients;
    private final ConditionalWrites writes;
    private final Tombstones recordTombstones;
    private final Tombstones clientTombstones;

    public ClientErasure(
            DynamoDbClient dynamo,
            String records,
            String clients,
            String changes,
            DataBucket bucket,
            VersionedObjects objects) {
        this.dynamo = dynamo;
        recordsTable = records;
        clientsTable = clients;
        changesTable = changes;
        this.objects = objects;
        this.records = new RecordStore(dynamo, records, bucket);
        this.clients = new ClientStore(dynamo, clients, changes);
        writes = new ConditionalWrites(dynamo);
        recordTombstones = new Tombstones(dynamo, records, DocumentItem.SORT);
        clientTombstones = new Tombstones(dynamo, clients, ClientItem.SORT);
    }

    /// What is stored of one client.
    ///
    /// @param documents by table
    /// @param last the version of its last change of situation that an erasure knows
    private record Traces(
            Map<String, Map<String, AttributeValue>> documents,
            @Nullable Map<String, AttributeValue> mark,
            @Nullable Map<String, AttributeValue> alias,
            @Nullable Map<String, AttributeValue> seen,
            @Nullable Map<String, AttributeValue> spelling,
            @Nullable Client client,
            String found,
            long last) {
        List<Map<String, AttributeValue>> names() {
            return Stream.of(mark, alias, seen, spelling)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }
    }

    /// Adds the tombstones, which keep anything older from being written, then removes what is there.
    ///
    /// @return those of the clients that had anything, the same however often the same erasure is repeated
    public Set<String> erase(Tenant tenant, Collection<String> ids, String order) {
        Dynamo.forEach(ids, id -> {
            records.addTombstone(tenant, id, order);
            clients.addTombstone(tenant, id, order);
        });
        return eraseAgain(tenant, ids, order);
    }

    /// Removes what is there of clients that have tombstones.
    public Set<String> eraseAgain(Tenant tenant, Collection<String> ids, String order) {
        Set<String> found = ConcurrentHashMap.newKeySet();
        Dynamo.forEach(read(tenant, ids).entrySet(), entry -> {
            String id = entry.getKey();
            Optional<Boolean> had = erase(tenant, id, order, entry.getValue());
            for (int attempt = 1; had.isEmpty(); attempt++) {
                Backoff.pause(attempt);
                Traces now = read(tenant, List.of(id)).values().iterator().next();
                had = erase(tenant, id, order, now);
            }
            if (had.get()) {
                found.add(id);
            }
        });
        return found;
    }

    /// Whether an object is the body of a client's stored document.
    public boolean isBody(Tenant tenant, String table, String id, String object) {
        return Dynamo.get(dynamo, recordsTable, List.of(documentKey(tenant, table, id)), null).stream()
                .anyMatch(item -> object.equals(DocumentItem.object(item)));
    }

    /// @return whether the client had anything; empty if something was written meanwhile: read it again
    private Optional<Boolean> erase(Tenant tenant, String id, String order, Traces traces) {
        List<TransactWriteItem> deletes = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        Map<String, Long> kept = new HashMap<>();
        traces.documents().forEach((table, item) -> {
            long version = DocumentItem.version(item);
            if (!isUpTo(order, Attributes.text(item, DocumentItem.UPLOAD))
                    && !records.unpack(new PackedDocument(id, item)).document().hasAnythingUpTo(order)) {
                kept.put(table, version);
                return;
            }
            deletes.add(delete(
                    recordsTable,
                    documentKey(tenant, table, id),
                    "attribute_not_exists(version) OR version = :v",
                    Map.of(":v", Attributes.number(version))));
            String body = DocumentItem.object(item);
            if (body != null) {
                bodies.add(body);
            }
        });
        boolean hasNewMark = traces.mark() != null;
        for (Map<String, AttributeValue> item : traces.names()) {
            if (isUpTo(order, Attributes.text(item, DocumentItem.UPLOAD))) {
                hasNewMark = hasNewMark && !item.equals(traces.mark());
                deletes.add(delete(
                        recordsTable,
                        Map.of(
                                DocumentItem.PARTITION, Attributes.of(item, DocumentItem.PARTITION),
                                DocumentItem.SORT, Attributes.of(item, DocumentItem.SORT)),
                        "attribute_not_exists(clientId) OR (clientId = :id AND upload <= :t)",
                        Map.of(":id", Attributes.text(id), ":t", Attributes.text(order))));
            }
        }
        boolean removed = !deletes.isEmpty();
        if (removed) {
            deletes.add(recordTombstones.found(tenant, id, order));
            if (!writes.transact(deletes).isMine()) {
                return Optional.empty();
            }
            bodies.forEach(objects::deleteVersions);
        }
        boolean had = removed || traces.found().equals(order);
        Client client = traces.client();
        if (client == null) {
            return removeLeftovers(tenant, id, traces.last()) ? Optional.of(had) : Optional.empty();
        }
        if (!removed && hasNewMark && isOf(client, kept)) {
            removeChanges(tenant, id, traces.last());
            return Optional.of(had);
        }
        long last = client.standing().version();
        TransactWriteItem delete = delete(
                clientsTable,
                ClientItem.key(tenant, id),
                "version = :v",
                Map.of(":v", Attributes.number(client.version())));
        if (!writes.transact(List.of(delete, clientTombstones.keep(tenant, id, last)))
                .isMine()) {
            return Optional.empty();
        }
        removeChanges(tenant, id, last);
        return Optional.of(true);
    }

    /// Whether all that a client knows comes from documents as they are stored.
    ///
    /// @param documents table to version
    private static boolean isOf(Client client, Map<String, Long> documents) {
        return client.facets().entrySet().stream()
                .allMatch(facet -> facet.getValue().version() <= documents.getOrDefault(facet.getKey(), 0L));
    }

    private static boolean isUpTo(String order, @Nullable String uploadOrder) {
        return uploadOrder == null || CodePoints.ORDER.compare(uploadOrder, order) <= 0;
    }

    private void removeChanges(Tenant tenant, String id, long last) {
        if (last > 0) {
            changes(tenant, id, last)
                    .forEach(key -> writes.delete(d -> d.tableName(changesTable).key(key)));
        }
    }

    /// Removes changes whose client is not there, as an erasure leaves them that died.
    ///
    /// @return false if the client is there after all
    private boolean removeLeftovers(Tenant tenant, String id, long known) {
        List<Map<String, AttributeValue>> changes = changes(tenant, id, Long.MAX_VALUE);
        if (changes.isEmpty()) {
            return true;
        }
        // Whoever writes it from now on gives its changes higher versions.
        long last = Attributes.number(changes.getLast(), "version");
        if (last > known) {
            writes.transact(List.of(clientTombstones.keep(tenant, id, last)));
        }
        if (!clients.read(tenant, List.of(id)).isEmpty()) {
            return false;
        }
        changes.forEach(key -> writes.delete(d -> d.tableName(changesTable).key(key)));
        return true;
    }

    private List<Map<String, AttributeValue>> changes(Tenant tenant, String id, long last) {
        return dynamo
                .queryPaginator(q -> q.tableName(changesTable)
                        .keyConditionExpression("client = :c AND version <= :n")
                        .expressionAttributeValues(
                                Map.of(":c", Attributes.text(Keys.changes(tenant, id)), ":n", Attributes.number(last)))
                        .projectionExpression("client, version")
                        .consistentRead(true))
                .items()
                .stream()
                .toList();
    }

    private Map<String, Traces> read(Tenant tenant, Collection<String> ids) {
        List<String> tables = Tables.load().all().stream()
                .filter(TableSchema::isOfClients)
                .map(TableSchema::name)
                .toList();
        // Two spellings of one id share an alias.
        Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
        for (String id : ids) {
            tables.forEach(table -> keys.add(documentKey(tenant, table, id)));
            keys.add(ClientIds.markKey(tenant, id));
            keys.add(AliasStore.spellingKey(tenant, id));
            keys.add(recordTombstones.key(tenant, id));
            String form = AliasForm.likeness(id);
            if (!form.isEmpty()) {
                keys.add(ClientIds.aliasKey(tenant, form));
            }
            String resemblance = AliasForm.resemblance(id);
            if (!resemblance.isEmpty()) {
                keys.add(ClientIds.seenKey(tenant, resemblance));
            }
        }
        Map<String, Map<String, AttributeValue>> items = new HashMap<>();
        for (var item : Dynamo.get(dynamo, recordsTable, keys, null)) {
            String sort = Attributes.required(item, DocumentItem.SORT);
            String client = Attributes.text(item, DocumentItem.CLIENT);
            // A tombstone has no client.
            items.put(client == null ? sort : sort.substring(0, sort.indexOf('#') + 1) + client, item);
        }
        Map<String, Client> stored = clients.read(tenant, ids);
        Map<String, Tombstone> tombstones = clientTombstones.read(tenant, ids);
        Map<String, Traces> traces = new HashMap<>();
        for (String id : ids) {
            Map<String, Map<String, AttributeValue>> documents = new HashMap<>();
            for (String table : tables) {
                Map<String, AttributeValue> document = items.get(table + "#" + id);
                if (document != null) {
                    documents.put(table, DocumentItem.checked(document));
                }
            }
            Map<String, AttributeValue> tombstone = items.get(Keys.tombstone(id));
            Tombstone kept = tombstones.get(id);
            traces.put(
                    id,
                    new Traces(
                            documents,
                            items.get(Keys.MARK + id),
                            items.get(Keys.ALIAS + id),
                            items.get(Keys.SEEN + id),
                            items.get(Keys.SPELLING + id),
                            stored.get(id),
                            tombstone == null ? "" : Tombstones.read(tombstone).found(),
                            kept == null ? 0 : kept.situationVersion()));
        }
        return traces;
    }

    private static Map<String, AttributeValue> documentKey(Tenant tenant, String table, String id) {
        return DocumentItem.key(tenant, id, Keys.records(table, id));
    }

    private static TransactWriteItem delete(
            String table, Map<String, AttributeValue> key, String condition, Map<String, AttributeValue> values) {
        return TransactWriteItem.builder()
                .delete(d -> d.tableName(table)
                        .key(key)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values))
                .build();
    }
}
