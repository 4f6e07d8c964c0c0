package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.Dynamo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Items in the place of erased clients: the key is a hash of the id, and `erasedBy` is the order of the erasure's
/// upload. What an older upload brought is no longer written; a newer upload may bring the client back.
final class Tombstones {
    private static final String ERASED_BY = "erasedBy";

    private Tombstones() {}

    static void put(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, String order) {
        try {
            Map<String, AttributeValue> item = new HashMap<>(key);
            item.put(ERASED_BY, Attributes.text(order));
            dynamo.putItem(p -> p.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(erasedBy) OR erasedBy < :t")
                    .expressionAttributeValues(Map.of(":t", Attributes.text(order))));
        } catch (ConditionalCheckFailedException e) {
            // A newer erasure is recorded, or this one already.
        }
    }

    /// The orders of the erasures of `keys`.
    static List<String> read(DynamoDbClient dynamo, String table, Collection<Map<String, AttributeValue>> keys) {
        return Dynamo.get(dynamo, table, keys, null).stream()
                .map(item -> Attributes.required(item, ERASED_BY))
                .toList();
    }

    static boolean isOne(Map<String, AttributeValue> item) {
        return item.containsKey(ERASED_BY);
    }

    /// A condition for a transaction: the client was not erased after the upload.
    static TransactWriteItem check(String table, Map<String, AttributeValue> key, String uploadOrder) {
        return TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName(table)
                        .key(key)
                        .conditionExpression("attribute_not_exists(erasedBy) OR erasedBy < :t")
                        .expressionAttributeValues(Map.of(":t", Attributes.text(uploadOrder))))
                .build();
    }

    /// Whether a transaction failed only because another writer was faster.
    static boolean isConflict(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .allMatch(code -> code == null
                        || code.equals("None")
                        || code.equals("ConditionalCheckFailed")
                        || code.equals("TransactionConflict"));
    }
}
