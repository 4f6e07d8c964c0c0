package clientkpis.store;

import clientkpis.aws.Attributes;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The tables Clients and SituationChanges. A client is written on the condition that it was not written since it was
/// read, and that no newer configuration evaluated it. A change of situation is recorded in the same transaction, so
/// that the log of changes is also the outbox.
public final class ClientStore {
    private final DynamoDbClient dynamo;
    private final String clients;
    private final String changes;

    public ClientStore(DynamoDbClient dynamo, String clients, String changes) {
        this.dynamo = dynamo;
        this.clients = clients;
        this.changes = changes;
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
                .forEach(response -> page.accept(response.items().stream()
                        .filter(item -> !Tombstones.isOne(item))
                        .map(ClientItem::read)
                        .toList()));
    }

    /// Stores an evaluation.
    ///
    /// @param evaluation one that changed something
    /// @param uploadOrder the order of the upload that brings the client, if it is new
    /// @return false if the client was written since it was read, or by a newer configuration: read it again
    public boolean write(Tenant tenant, Client.Evaluation evaluation, String uploadOrder) {
        Client client = evaluation.client();
        SituationChange change = evaluation.change();
        Map<String, AttributeValue> item = ClientItem.write(tenant, client);
        boolean isNew = client.version() == 1;
        String condition = isNew ? "attribute_not_exists(version)" : "version = :v AND configuration <= :c";
        @Nullable
        Map<String, AttributeValue> values = isNew
                ? null
                : Map.of(
                        ":v", Attributes.number(client.version() - 1),
                        ":c", Attributes.number(client.configurationVersion()));
        if (change == null && !isNew) {
            try {
                dynamo.putItem(p -> p.tableName(clients)
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values));
                return true;
            } catch (ConditionalCheckFailedException e) {
                return false;
            }
        }
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(Put.builder()
                .tableName(clients)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeValues(values)));
        if (change != null) {
            writes.add(put(Put.builder()
                    .tableName(changes)
                    .item(changeItem(tenant, change))
                    .conditionExpression("attribute_not_exists(version)")));
        }
        if (isNew) {
            writes.add(Tombstones.check(clients, tombstone(tenant, client.clientId()), uploadOrder));
        }
        try {
            dynamo.transactWriteItems(t -> t.transactItems(writes));
            return true;
        } catch (TransactionCanceledException e) {
            if (Tombstones.isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    /// The clients of `ids` that were erased, each with the order of its erasure.
    public Map<String, String> erased(Tenant tenant, Collection<String> ids) {
        Map<String, String> idOf = new HashMap<>();
        ids.forEach(id -> idOf.put(Keys.tombstone(id), id));
        Map<String, String> erased = new HashMap<>();
        for (var item : Dynamo.get(
                dynamo, clients, ids.stream().map(id -> tombstone(tenant, id)).toList(), null)) {
            erased.put(
                    idOf.getOrDefault(Attributes.required(item, ClientItem.SORT), ""),
                    Attributes.required(item, "erasedBy"));
        }
        return erased;
    }

    /// Records that a client was erased, by a hash of its id.
    public void addTombstone(Tenant tenant, String id, String erasureOrder) {
        Tombstones.put(dynamo, clients, tombstone(tenant, id), erasureOrder);
    }

    /// Removes a client and its changes of situation.
    public void erase(Tenant tenant, String id) {
        dynamo.deleteItem(d -> d.tableName(clients).key(ClientItem.key(tenant, id)));
        dynamo
                .queryPaginator(q -> q.tableName(changes)
                        .keyConditionExpression("client = :c")
                        .expressionAttributeValues(Map.of(":c", Attributes.text(Keys.changes(tenant, id))))
                        .projectionExpression("client, version"))
                .items()
                .stream()
                .forEach(key -> dynamo.deleteItem(d -> d.tableName(changes).key(key)));
    }

    private static Map<String, AttributeValue> tombstone(Tenant tenant, String id) {
        return Map.of(
                ClientItem.PARTITION, Attributes.text(Keys.shardOf(tenant, id)),
                ClientItem.SORT, Attributes.text(Keys.tombstone(id)));
    }

    private static TransactWriteItem put(Put.Builder put) {
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
