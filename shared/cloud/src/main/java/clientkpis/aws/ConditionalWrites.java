package clientkpis.aws;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Every write of an item that has a condition, alone or in a transaction.
///
/// A condition that does not hold does not prove that another writer was faster: an earlier try of the SDK may have
/// taken effect and lost its answer. Each write therefore leaves a random mark in its item, and one that is refused
/// looks for it there. A conflict with a transaction and a throttled request are temporary: they are tried again here,
/// for a bounded time.
public final class ConditionalWrites {
    /// The attribute with the mark of the write that an item comes from.
    private static final String MARK = "w";

    private static final int MARK_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ReturnValuesOnConditionCheckFailure ALL_OLD = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    private static final String REFUSED = "ConditionalCheckFailed";
    private static final Set<String> TEMPORARY =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");
    private static final Pattern SET = Pattern.compile("\\bSET ");

    private final DynamoDbClient dynamo;

    public ConditionalWrites(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    /// What became of a write.
    public sealed interface Answer {
        /// The item as it is stored; empty if there is none.
        Map<String, AttributeValue> stored();

        default boolean isMine() {
            return this instanceof Mine;
        }
    }

    /// It took effect, now or in a try whose answer was lost.
    public record Mine(Map<String, AttributeValue> stored) implements Answer {}

    /// Another writer was faster: read the item again.
    public record Lost(Map<String, AttributeValue> stored) implements Answer {}

    /// Another item of the transaction is held by what will not go, so reading the first one again does not help.
    ///
    /// @param write its place in the transaction, from 1
    /// @param stored that other item
    public record Taken(int write, Map<String, AttributeValue> stored) implements Answer {}

    public Answer put(Consumer<Put.Builder> put) {
        Put.Builder builder = Put.builder();
        put.accept(builder);
        return put(builder.build());
    }

    public Answer put(Put put) {
        AttributeValue mark = mark();
        Put marked = marked(put, mark);
        return alone(mark, () -> {
            dynamo.putItem(p -> p.tableName(marked.tableName())
                    .item(marked.item())
                    .conditionExpression(marked.conditionExpression())
                    .expressionAttributeNames(marked.expressionAttributeNames())
                    .expressionAttributeValues(marked.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(ALL_OLD));
            return marked.item();
        });
    }

    public Answer update(Consumer<Update.Builder> update) {
        Update.Builder builder = Update.builder();
        update.accept(builder);
        return update(builder.build());
    }

    public Answer update(Update update) {
        AttributeValue mark = mark();
        Update marked = marked(update, mark);
        return alone(
                mark,
                () -> dynamo.updateItem(u -> u.tableName(marked.tableName())
                                .key(marked.key())
                                .updateExpression(marked.updateExpression())
                                .conditionExpression(marked.conditionExpression())
                                .expressionAttributeNames(marked.expressionAttributeNames())
                                .expressionAttributeValues(marked.expressionAttributeValues())
                                .returnValues(ReturnValue.ALL_NEW)
                                .returnValuesOnConditionCheckFailure(ALL_OLD))
                        .attributes());
    }

    /// Deletes an item. One that is deleted has no mark: a condition should hold for an absent item too.
    public Answer delete(Consumer<Delete.Builder> delete) {
        Delete.Builder builder = Delete.builder();
        delete.accept(builder);
        Delete request = builder.build();
        return alone(mark(), () -> {
            dynamo.deleteItem(d -> d.tableName(request.tableName())
                    .key(request.key())
                    .conditionExpression(request.conditionExpression())
                    .expressionAttributeNames(request.expressionAttributeNames())
                    .expressionAttributeValues(request.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(ALL_OLD));
            return Map.of();
        });
    }

    /// Makes all of some writes or none. The first is of the item that the caller has read: if its condition does not
    /// hold, the answer is [Lost]. The others are of items that stay, such as a tombstone or a recorded change: if only
    /// the condition of one of them does not hold, the answer is [Taken].
    public Answer transact(List<TransactWriteItem> writes) {
        AttributeValue mark = mark();
        List<TransactWriteItem> marked =
                writes.stream().map(write -> marked(write, mark)).toList();
        return patiently(() -> {
            try {
                dynamo.transactWriteItems(t -> t.transactItems(marked));
                Put first = marked.getFirst().put();
                return new Mine(first == null ? Map.of() : first.item());
            } catch (TransactionCanceledException e) {
                return refused(e, mark);
            }
        });
    }

    private static Answer alone(AttributeValue mark, Supplier<Map<String, AttributeValue>> write) {
        return patiently(() -> {
            try {
                return new Mine(write.get());
            } catch (ConditionalCheckFailedException e) {
                return mark.equals(e.item().get(MARK)) ? new Mine(e.item()) : new Lost(e.item());
            }
        });
    }

    private static Answer refused(TransactionCanceledException e, AttributeValue mark) {
        List<CancellationReason> reasons = e.cancellationReasons();
        // All of the writes took effect or none did, so the mark of one is enough.
        if (reasons.stream().anyMatch(reason -> mark.equals(reason.item().get(MARK)))) {
            return new Mine(reasons.getFirst().item());
        }
        boolean isOnlyRefused = reasons.stream()
                .map(CancellationReason::code)
                .allMatch(code -> code == null || code.equals("None") || code.equals(REFUSED));
        for (int i = 0; isOnlyRefused && i < reasons.size(); i++) {
            if (REFUSED.equals(reasons.get(i).code())) {
                Map<String, AttributeValue> stored = reasons.get(i).item();
                return i == 0 ? new Lost(stored) : new Taken(i, stored);
            }
        }
        throw e;
    }

    private static Answer patiently(Supplier<Answer> write) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return write.get();
            } catch (DynamoDbException e) {
                if (!isTemporary(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            Backoff.pause(attempt);
        }
    }

    /// The SDK itself retries throttled requests only a few times, and neither conflicts nor cancelled transactions.
    private static boolean isTemporary(DynamoDbException e) {
        return e.isThrottlingException()
                || e instanceof TransactionConflictException
                || (e instanceof TransactionCanceledException cancelled
                        && cancelled.cancellationReasons().stream()
                                .anyMatch(reason -> reason.code() != null && TEMPORARY.contains(reason.code())));
    }

    private static AttributeValue mark() {
        byte[] random = new byte[MARK_BYTES];
        RANDOM.nextBytes(random);
        return Attributes.bytes(random);
    }

    private static TransactWriteItem marked(TransactWriteItem write, AttributeValue mark) {
        if (write.put() != null) {
            Put put = marked(write.put(), mark).toBuilder()
                    .returnValuesOnConditionCheckFailure(ALL_OLD)
                    .build();
            return write.toBuilder().put(put).build();
        }
        if (write.update() != null) {
            Update update = marked(write.update(), mark).toBuilder()
                    .returnValuesOnConditionCheckFailure(ALL_OLD)
                    .build();
            return write.toBuilder().update(update).build();
        }
        return write;
    }

    private static Put marked(Put put, AttributeValue mark) {
        Map<String, AttributeValue> item = new HashMap<>(put.item());
        item.put(MARK, mark);
        return put.toBuilder().item(item).build();
    }

    private static Update marked(Update update, AttributeValue mark) {
        String expression = update.updateExpression();
        String set = "SET " + MARK + " = :" + MARK;
        Map<String, AttributeValue> values = new HashMap<>(update.expressionAttributeValues());
        values.put(":" + MARK, mark);
        return update.toBuilder()
                .updateExpression(
                        SET.matcher(expression).find()
                                ? SET.matcher(expression).replaceFirst(set + ", ")
                                : expression + " " + set)
                .expressionAttributeValues(values)
                .build();
    }
}
