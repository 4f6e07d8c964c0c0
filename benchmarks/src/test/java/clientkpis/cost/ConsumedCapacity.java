package clientkpis.cost;

import clientkpis.local.invoke.Requests;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// The units of reading and writing that DynamoDB Local says each request takes. The SDK finds this class by the
/// resource `software/amazon/awssdk/global/handlers/execution.interceptors`.
public final class ConsumedCapacity implements ExecutionInterceptor {
    /// Units by the function that used them.
    private static final Map<String, DoubleAdder> READ = new ConcurrentHashMap<>();

    private static final Map<String, DoubleAdder> WRITTEN = new ConcurrentHashMap<>();

    static double read(String function) {
        return taken(READ, function);
    }

    static double written(String function) {
        return taken(WRITTEN, function);
    }

    private static double taken(Map<String, DoubleAdder> units, String function) {
        DoubleAdder sum = units.get(function);
        return sum == null ? 0 : sum.sum();
    }

    static void reset() {
        READ.clear();
        WRITTEN.clear();
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case GetItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case BatchGetItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case ScanRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case TransactGetItemsRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest r -> r.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case BatchWriteItemRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest r ->
                r.toBuilder().returnConsumedCapacity(total).build();
            case SdkRequest other -> other;
        };
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        SdkResponse response = context.response();
        switch (response) {
            case GetItemResponse r -> add(READ, List.of(r.consumedCapacity()));
            case BatchGetItemResponse r -> add(READ, r.consumedCapacity());
            case QueryResponse r -> add(READ, List.of(r.consumedCapacity()));
            case ScanResponse r -> add(READ, List.of(r.consumedCapacity()));
            case TransactGetItemsResponse r -> add(READ, r.consumedCapacity());
            case PutItemResponse r -> add(WRITTEN, List.of(r.consumedCapacity()));
            case UpdateItemResponse r -> add(WRITTEN, List.of(r.consumedCapacity()));
            case DeleteItemResponse r -> add(WRITTEN, List.of(r.consumedCapacity()));
            case BatchWriteItemResponse r -> add(WRITTEN, r.consumedCapacity());
            case TransactWriteItemsResponse r -> add(WRITTEN, r.consumedCapacity());
            default -> {}
        }
    }

    private static void add(
            Map<String, DoubleAdder> units,
            List<software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity> consumed) {
        String function = Requests.currentFunction();
        if (function != null) {
            DoubleAdder sum = units.computeIfAbsent(function, _ -> new DoubleAdder());
            consumed.forEach(one -> sum.add(one.capacityUnits()));
        }
    }
}
