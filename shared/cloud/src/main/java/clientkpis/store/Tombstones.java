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

/// Items in the place of clients that were erased: a hash as the key, and the token of the erasure. What an older
/// upload
/// brought is not written any more; a newer one may bring the client back.
final class Tombstones {
    private static final String ERASED_BY = "erasedBy";

    private Tombstones() {}

    static void put(DynamoDbClient dynamo, String table, Map<String, AttributeValue> key, String token) {
        try {
            Map<String, AttributeValue> item = new HashMap<>(key);
            item.put(ERASED_BY, Attributes.text(token));
            dynamo.putItem(p -> p.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(erasedBy) OR erasedBy < :t")
                    .expressionAttributeValues(Map.of(":t", Attributes.text(token))));
        } catch (ConditionalCheckFailedException e) {
            // A newer erasure, or this one already.
        }
    }

    /// The tokens of the erasures of `keys`.
    static List<String> read(DynamoDbClient dynamo, String table, Collection<Map<String, AttributeValue>> keys) {
        return Dynamo.get(dynamo, table, keys, null).stream()
                .map(item -> Attributes.required(item, ERASED_BY))
                .toList();
    }

    static boolean isOne(Map<String, AttributeValue> item) {
        return item.containsKey(ERASED_BY);
    }

    /// Part of a transaction: the client was not erased after the upload.
    static TransactWriteItem check(String table, Map<String, AttributeValue> key, String uploadToken) {
        return TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName(table)
                        .key(key)
                        .conditionExpression("attribute_not_exists(erasedBy) OR erasedBy < :t")
                        .expressionAttributeValues(Map.of(":t", Attributes.text(uploadToken))))
                .build();
    }

    /// Whether a transaction failed because somebody else wrote, and not for another reason.
    static boolean isConflict(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .allMatch(code -> code == null
                        || code.equals("None")
                        || code.equals("ConditionalCheckFailed")
                        || code.equals("TransactionConflict"));
    }
}
