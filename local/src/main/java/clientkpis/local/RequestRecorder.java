package clientkpis.local;

import clientkpis.local.Faults.Fault;
import clientkpis.local.Requests.Access;
import clientkpis.local.Requests.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/// Writes down each request that a function makes, and lets those fail that a test wants to fail. The SDK finds this
/// class by the resource `software/amazon/awssdk/global/handlers/execution.interceptors`.
public final class RequestRecorder implements ExecutionInterceptor {
    private static final ExecutionAttribute<Request> REQUEST = new ExecutionAttribute<>("clientkpis.local.request");
    private static final Set<Integer> ANSWERS = Set.of(304, 404, 409, 412);
    private static final ExecutionAttribute<Fault> FAULT = new ExecutionAttribute<>("clientkpis.local.fault");

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        Invocation invocation = Invocation.current();
        if (invocation == null) {
            return;
        }
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        Request request = new Request(
                invocation.function(),
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                operation,
                accesses(context.request(), operation),
                true);
        attributes.putAttribute(REQUEST, request);
        Fault fault =
                invocation.faults() == null ? Fault.NONE : invocation.faults().decide(request);
        attributes.putAttribute(FAULT, fault);
        if (fault == Fault.BEFORE) {
            record(attributes, false);
            throw SdkClientException.create("This request was made to fail before it took effect");
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        record(attributes, true);
        if (attributes.getAttribute(FAULT) == Fault.AFTER) {
            throw SdkClientException.create("This request was made to fail after it took effect");
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(FAULT) != Fault.AFTER) {
            record(attributes, false);
            say(attributes.getAttribute(REQUEST), context.exception());
        }
    }

    /// A condition that does not hold and an object that is not there are answers; any other error is worth a line.
    private static void say(@Nullable Request request, Throwable error) {
        Invocation invocation = Invocation.current();
        boolean answer = (error instanceof AwsServiceException refused && ANSWERS.contains(refused.statusCode()))
                || error instanceof ConditionalCheckFailedException
                || error instanceof TransactionCanceledException;
        if (invocation != null && request != null && !answer) {
            invocation
                    .log()
                    .accept(request.function() + " " + request.service() + " " + request.operation() + ": " + error);
        }
    }

    private static void record(ExecutionAttributes attributes, boolean succeeded) {
        Invocation invocation = Invocation.current();
        Request request = attributes.getAttribute(REQUEST);
        if (invocation != null && request != null) {
            invocation
                    .requests()
                    .add(new Request(
                            request.function(), request.service(), request.operation(), request.accesses(), succeeded));
        }
    }

    private static List<Access> accesses(SdkRequest request, String operation) {
        return switch (request) {
            case BatchGetItemRequest batch -> {
                List<Access> accesses = new ArrayList<>();
                batch.requestItems()
                        .forEach((table, keys) -> accesses.add(new Access(
                                "dynamodb:BatchGetItem", table, "", keys.keys().size())));
                yield accesses;
            }
            case BatchWriteItemRequest batch -> {
                List<Access> accesses = new ArrayList<>();
                batch.requestItems()
                        .forEach((table, writes) ->
                                accesses.add(new Access("dynamodb:BatchWriteItem", table, "", writes.size())));
                yield accesses;
            }
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().stream()
                        .map(RequestRecorder::access)
                        .toList();
            case TransactGetItemsRequest transaction ->
                transaction.transactItems().stream()
                        .map(item -> new Access(
                                "dynamodb:GetItem",
                                item.get().tableName(),
                                item.get().key().toString(),
                                1))
                        .toList();
            case DynamoDbRequest other ->
                List.of(new Access("dynamodb:" + operation, field(other, "TableName"), key(other), 1));
            case GetObjectRequest get ->
                List.of(new Access(
                        get.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion", get.bucket(), get.key(), 1));
            case HeadObjectRequest head ->
                List.of(new Access(
                        head.versionId() == null ? "s3:GetObject" : "s3:GetObjectVersion",
                        head.bucket(),
                        head.key(),
                        1));
            case CopyObjectRequest copy ->
                List.of(
                        new Access("s3:GetObject", copy.sourceBucket(), copy.sourceKey(), 1),
                        new Access("s3:PutObject", copy.destinationBucket(), copy.destinationKey(), 1));
            case ListObjectsV2Request list ->
                List.of(new Access("s3:ListBucket", list.bucket(), String.valueOf(list.prefix()), 1));
            case S3Request other ->
                List.of(new Access("s3:" + action(operation), field(other, "Bucket"), field(other, "Key"), 1));
            case SendMessageBatchRequest batch ->
                List.of(new Access(
                        "sqs:SendMessage",
                        queue(batch.queueUrl()),
                        "",
                        batch.entries().size()));
            case SqsRequest other -> List.of(new Access("sqs:" + operation, queue(field(other, "QueueUrl")), "", 1));
            case PutEventsRequest events -> {
                Map<String, Integer> counts = new TreeMap<>();
                for (PutEventsRequestEntry entry : events.entries()) {
                    String bus = entry.eventBusName() == null ? "default" : entry.eventBusName();
                    counts.merge(bus.substring(bus.lastIndexOf('/') + 1), 1, Integer::sum);
                }
                yield counts.entrySet().stream()
                        .map(entry -> new Access("events:PutEvents", entry.getKey(), "", entry.getValue()))
                        .toList();
            }
            case EventBridgeRequest other ->
                List.of(new Access("events:" + operation, field(other, "EventBusName"), "", 1));
            default -> List.of();
        };
    }

    private static Access access(TransactWriteItem item) {
        if (item.put() != null) {
            return new Access("dynamodb:PutItem", item.put().tableName(), "", 1);
        }
        if (item.update() != null) {
            return new Access(
                    "dynamodb:UpdateItem",
                    item.update().tableName(),
                    item.update().key().toString(),
                    1);
        }
        if (item.delete() != null) {
            return new Access(
                    "dynamodb:DeleteItem",
                    item.delete().tableName(),
                    item.delete().key().toString(),
                    1);
        }
        return new Access(
                "dynamodb:ConditionCheckItem",
                item.conditionCheck().tableName(),
                item.conditionCheck().key().toString(),
                1);
    }

    /// The permissions of a multipart upload are those of a put.
    private static String action(String operation) {
        return switch (operation) {
            case "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" -> "PutObject";
            case "DeleteObjects" -> "DeleteObject";
            default -> operation;
        };
    }

    private static String key(DynamoDbRequest request) {
        return request.getValueForField("Key", Map.class).map(Object::toString).orElse("");
    }

    private static String queue(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static String field(SdkRequest request, String name) {
        return request.getValueForField(name, String.class).orElse("");
    }
}
