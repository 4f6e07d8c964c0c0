package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Fields;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// What a table keeps of erased clients, each under a hash of its id: the order of the erasure's upload, and in Clients
/// the version of the client's last change of situation. What an older upload brought is no longer written; a newer
/// upload may bring the client back, and its changes go on from that version.
final class Tombstones {
    /// Of the newest erasure.
    private static final String ERASED_BY = "erasedBy";

    private static final String FOUND = "foundBy";

    private final DynamoDbClient dynamo;
    private final String table;
    private final String sort;

    /// @param sort the name of the table's sort key
    Tombstones(DynamoDbClient dynamo, String table, String sort) {
        this.dynamo = dynamo;
        this.table = table;
        this.sort = sort;
    }

    /// An erased client.
    ///
    /// @param by the order of the erasure's upload
    /// @param found the order of the last erasure that found something of the client; empty if none did
    record Tombstone(String by, long situationVersion, String found) {
        boolean isAfter(String uploadOrder) {
            return CodePoints.ORDER.compare(uploadOrder, by) <= 0;
        }
    }

    /// The tombstones of those of `ids` that have one.
    Map<String, Tombstone> read(Tenant tenant, Collection<String> ids) {
        Map<String, String> idOf = new HashMap<>();
        ids.forEach(id -> idOf.put(Keys.tombstone(id), id));
        Map<String, Tombstone> found = new HashMap<>();
        for (var item : Dynamo.get(
                dynamo, table, ids.stream().map(id -> key(tenant, id)).toList(), null)) {
            found.put(idOf.getOrDefault(Attributes.required(item, sort), ""), read(item));
        }
        return found;
    }

    static Tombstone read(Map<String, AttributeValue> item) {
        return new Tombstone(
                Attributes.required(item, ERASED_BY),
                Attributes.number(item, Fields.SITUATION_VERSION),
                item.containsKey(FOUND) ? Attributes.required(item, FOUND) : "");
    }

    /// Records that a client was erased, unless a newer erasure is recorded.
    void add(Tenant tenant, String id, String erasureOrder) {
        new ConditionalWrites(dynamo)
                .update(u -> u.tableName(table)
                        .key(key(tenant, id))
                        .updateExpression("SET erasedBy = :t")
                        .conditionExpression("attribute_not_exists(erasedBy) OR erasedBy < :t")
                        .expressionAttributeValues(Map.of(":t", Attributes.text(erasureOrder))));
    }

    /// A write for a transaction: keeps the version of a client's last change of situation.
    TransactWriteItem keep(Tenant tenant, String id, long situationVersion) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key(tenant, id))
                        .updateExpression("SET situationVersion = :n")
                        .expressionAttributeValues(Map.of(":n", Attributes.number(situationVersion)))
                        .build())
                .build();
    }

    /// A write for a transaction: an erasure found something of the client.
    TransactWriteItem found(Tenant tenant, String id, String erasureOrder) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table)
                        .key(key(tenant, id))
                        .updateExpression("SET foundBy = :t")
                        .expressionAttributeValues(Map.of(":t", Attributes.text(erasureOrder)))
                        .build())
                .build();
    }

    /// A condition for a transaction: the client was not erased after the upload.
    TransactWriteItem check(Tenant tenant, String id, String uploadOrder) {
        return check(tenant, id, uploadOrder, 0);
    }

    /// @param situationVersion from which the client's changes go on
    TransactWriteItem check(Tenant tenant, String id, String uploadOrder, long situationVersion) {
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(table)
                        .key(key(tenant, id))
                        .conditionExpression("(attribute_not_exists(erasedBy) OR erasedBy < :t)"
                                + " AND (attribute_not_exists(situationVersion) OR situationVersion <= :n)")
                        .expressionAttributeValues(
                                Map.of(":t", Attributes.text(uploadOrder), ":n", Attributes.number(situationVersion)))
                        .build())
                .build();
    }

    Map<String, AttributeValue> key(Tenant tenant, String id) {
        return Map.of(
                DocumentItem.PARTITION,
                Attributes.text(Keys.tombstones(tenant, id)),
                sort,
                Attributes.text(Keys.tombstone(id)));
    }
}
