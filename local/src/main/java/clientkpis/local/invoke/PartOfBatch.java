package clientkpis.local.invoke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// A batch without every other entry, the last one among them, and the answer that says so.
///
/// @param carriedOut the request that is sent
/// @param answer makes the whole batch's answer of the answer to it
record PartOfBatch(SdkRequest carriedOut, UnaryOperator<SdkResponse> answer) {
    /// No queue and no bus takes a message of this text. So the service itself refuses the entry, and only the reason
    /// that it gives is replaced.
    private static final String REFUSED = "\u0000";

    SdkResponse answered(SdkResponse response) {
        return answer.apply(response);
    }

    static PartOfBatch of(SdkRequest request) {
        return switch (request) {
            case BatchGetItemRequest batch -> of(batch);
            case BatchWriteItemRequest batch -> of(batch);
            case SendMessageBatchRequest batch ->
                new PartOfBatch(
                        batch.toBuilder()
                                .entries(some(
                                        batch.entries(),
                                        (entry, left) -> left
                                                ? entry.toBuilder()
                                                        .messageBody(REFUSED)
                                                        .build()
                                                : entry))
                                .build(),
                        response -> answer((SendMessageBatchResponse) response));
            case PutEventsRequest batch ->
                new PartOfBatch(
                        batch.toBuilder()
                                .entries(some(
                                        batch.entries(),
                                        (entry, left) -> left
                                                ? entry.toBuilder()
                                                        .detail(REFUSED)
                                                        .build()
                                                : entry))
                                .build(),
                        response -> answer((PutEventsResponse) response));
            default -> throw new IllegalArgumentException("No batch: " + request);
        };
    }

    private static PartOfBatch of(BatchGetItemRequest batch) {
        Map<String, KeysAndAttributes> carriedOut = new HashMap<>();
        Map<String, KeysAndAttributes> left = new HashMap<>();
        batch.requestItems().forEach((table, keys) -> {
            split(keys.keys(), false, one -> carriedOut.put(table, keys(keys, one)));
            split(keys.keys(), true, one -> left.put(table, keys(keys, one)));
        });
        return new PartOfBatch(batch.toBuilder().requestItems(carriedOut).build(), response -> {
            BatchGetItemResponse answer = (BatchGetItemResponse) response;
            answer.unprocessedKeys()
                    .forEach((table, keys) -> left.merge(table, keys, (ours, theirs) -> {
                        List<Map<String, AttributeValue>> all = new ArrayList<>(ours.keys());
                        all.addAll(theirs.keys());
                        return keys(ours, all);
                    }));
            return answer.toBuilder().unprocessedKeys(left).build();
        });
    }

    private static KeysAndAttributes keys(KeysAndAttributes like, List<Map<String, AttributeValue>> keys) {
        return like.toBuilder().keys(keys).build();
    }

    private static PartOfBatch of(BatchWriteItemRequest batch) {
        Map<String, List<WriteRequest>> carriedOut = new HashMap<>();
        Map<String, List<WriteRequest>> left = new HashMap<>();
        batch.requestItems().forEach((table, writes) -> {
            split(writes, false, one -> carriedOut.put(table, one));
            split(writes, true, one -> left.put(table, one));
        });
        return new PartOfBatch(batch.toBuilder().requestItems(carriedOut).build(), response -> {
            BatchWriteItemResponse answer = (BatchWriteItemResponse) response;
            answer.unprocessedItems()
                    .forEach((table, writes) -> left.merge(table, writes, (ours, theirs) -> {
                        List<WriteRequest> all = new ArrayList<>(ours);
                        all.addAll(theirs);
                        return all;
                    }));
            return answer.toBuilder().unprocessedItems(left).build();
        });
    }

    private static SendMessageBatchResponse answer(SendMessageBatchResponse response) {
        return response.toBuilder()
                .failed(response.failed().stream()
                        .map(entry -> entry.toBuilder()
                                .code("InternalError")
                                .message("This entry was made to fail")
                                .senderFault(false)
                                .build())
                        .toList())
                .build();
    }

    private static PutEventsResponse answer(PutEventsResponse response) {
        return response.toBuilder()
                .entries(response.entries().stream()
                        .map(entry -> entry.errorCode() == null
                                ? entry
                                : entry.toBuilder()
                                        .errorCode("InternalFailure")
                                        .errorMessage("This entry was made to fail")
                                        .build())
                        .toList())
                .build();
    }

    /// @param change makes what is sent of an entry, and of whether it is to be left out
    private static <T> List<T> some(List<T> entries, BiFunction<T, Boolean, T> change) {
        List<T> sent = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            sent.add(change.apply(entries.get(i), isLeft(i, entries)));
        }
        return sent;
    }

    private static <T> void split(List<T> entries, boolean left, Consumer<List<T>> part) {
        List<T> chosen = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (isLeft(i, entries) == left) {
                chosen.add(entries.get(i));
            }
        }
        if (!chosen.isEmpty()) {
            part.accept(chosen);
        }
    }

    private static boolean isLeft(int index, List<?> entries) {
        return (entries.size() - index) % 2 == 1;
    }
}
