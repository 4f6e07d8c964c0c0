package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.ConditionalWrites.Taken;
import clientkpis.aws.Dynamo;
import clientkpis.events.SituationChanged;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.SituationChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The tables Clients and SituationChanges. A client is written on the condition that it was not written since it was
/// read. A change of situation is recorded in the same transaction, so that the log of changes is also the outbox.
public final class ClientStore {
    /// The place of the change among the writes of a transaction.
    private static final int CHANGE = 1;

    private final DynamoDbClient dynamo;
    private final ConditionalWrites writes;
    private final String clients;
    private final String changes;
    private final Tombstones tombstones;

    public ClientStore(DynamoDbClient dynamo, String clients, String changes) {
        this.dynamo = dynamo;
        this.clients = clients;
        this.changes = changes;
        writes = new ConditionalWrites(dynamo);
        tombstones = new Tombstones(dynamo, clients, ClientItem.SORT);
    }

    /// The clients of `ids`, by id: as they are stored, or unknown. Those that were erased after their upload are left
    /// out, and so are those that are not stored and that no upload brings.
    ///
    /// @param orders client id to the order of the upload that brings it
    public Map<String, Client> readOrUnknown(Tenant tenant, Collection<String> ids, Map<String, String> orders) {
        Map<String, Client> stored = read(tenant, ids);
        Map<String, Client> found = new HashMap<>();
        Map<String, Tombstones.Tombstone> erased = tombstones.read(tenant, ids);
        for (String id : ids) {
            Tombstones.Tombstone tombstone = erased.get(id);
            String order = orders.get(id);
            Client known = stored.get(id);
            if (order == null && known != null) {
                found.put(id, known);
            } else if (order != null && (tombstone == null || !tombstone.isAfter(order))) {
                long last = tombstone == null ? 0 : tombstone.situationVersion();
                found.put(id, known == null ? Client.unknown(id, last) : known);
            }
        }
        return found;
    }

    /// The clients of `ids` that exist, by id.
    public Map<String, Client> read(Tenant tenant, Collection<String> ids) {
        Map<String, Client> found = new HashMap<>();
        for (var item : Dynamo.get(dynamo, clients, keys(tenant, ids), null)) {
            Client client = ClientItem.read(item);
            found.put(client.clientId(), client);
        }
        return found;
    }

    /// Every client of a shard, in the order of their ids, page by page.
    public void forEachPage(Tenant tenant, int shard, Consumer<List<Client>> page) {
        dynamo
                .queryPaginator(q -> q.tableName(clients)
                        .keyConditionExpression("#p = :p")
                        .expressionAttributeNames(Map.of("#p", ClientItem.PARTITION))
                        .expressionAttributeValues(Map.of(":p", Attributes.text(Keys.shard(tenant, shard))))
                        .consistentRead(true))
                .stream()
                .filter(response -> response.count() > 0)
                .forEach(response -> page.accept(
                        response.items().stream().map(ClientItem::read).toList()));
    }

    /// Stores an evaluation. Where the version of its change is taken, which only a restored table or an unfinished
    /// erasure can cause, one that is free is used.
    ///
    /// @param evaluation one that changed something
    /// @param uploadOrder the order of the upload that brings the client, if it is new
    /// @return the client as it is stored; empty if it was written or erased since it was read: read it again
    public Optional<Client> write(Tenant tenant, Client.Evaluation evaluation, String uploadOrder) {
        Client.Evaluation next = evaluation;
        for (long step = 1; ; step *= 2) {
            Answer answer = put(tenant, next, uploadOrder);
            if (answer.isMine()) {
                return Optional.of(next.client());
            }
            SituationChange change = next.change();
            if (change == null || !(answer instanceof Taken taken) || taken.write() != CHANGE) {
                return Optional.empty();
            }
            // In growing steps, so that many that are taken cost few tries.
            next = next.renumbered(change.version() + step);
        }
    }

    private Answer put(Tenant tenant, Client.Evaluation evaluation, String uploadOrder) {
        Client client = evaluation.client();
        SituationChange change = evaluation.change();
        boolean isNew = client.version() == 1;
        Put.Builder put = Put.builder().tableName(clients).item(ClientItem.write(tenant, client));
        if (isNew) {
            put.conditionExpression("attribute_not_exists(version)");
        } else {
            put.conditionExpression("version = :v")
                    .expressionAttributeValues(Map.of(":v", Attributes.number(client.version() - 1)));
        }
        if (change == null && !isNew) {
            return writes.put(put.build());
        }
        List<TransactWriteItem> all = new ArrayList<>();
        all.add(write(put));
        if (change != null) {
            all.add(write(Put.builder()
                    .tableName(changes)
                    .item(changeItem(tenant, change))
                    .conditionExpression("attribute_not_exists(version)")));
        }
        if (isNew) {
            long before = client.standing().version() - (change == null ? 0 : 1);
            all.add(tombstones.check(tenant, client.clientId(), uploadOrder, before));
        }
        return writes.transact(all);
    }

    /// Records that a client was erased, by a hash of its id.
    public void addTombstone(Tenant tenant, String id, String erasureOrder) {
        tombstones.add(tenant, id, erasureOrder);
    }

    private static TransactWriteItem write(Put.Builder put) {
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static Map<String, AttributeValue> changeItem(Tenant tenant, SituationChange change) {
        return Map.of(
                "client", Attributes.text(Keys.changes(tenant, change.clientId())),
                "version", Attributes.number(change.version()),
                "tenant", Attributes.text(tenant.name()),
                "asOf", Attributes.text(change.asOf().toString()),
                "published", AttributeValue.fromBool(change.isPublished()),
                "detail", Attributes.text(Json.text(SituationChanged.of(tenant, change))));
    }

    private static List<Map<String, AttributeValue>> keys(Tenant tenant, Collection<String> ids) {
        return ids.stream().map(id -> ClientItem.key(tenant, id)).toList();
    }
}
