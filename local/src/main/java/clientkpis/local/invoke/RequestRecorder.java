package clientkpis.local.invoke;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/// Records each request that a function makes, and fails those that a test wants to fail. The SDK finds this class by
/// the resource `software/amazon/awssdk/global/handlers/execution.interceptors`.
public final class RequestRecorder implements ExecutionInterceptor {
    private static final ExecutionAttribute<Request> REQUEST = new ExecutionAttribute<>("clientkpis.local.request");
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> ANSWERS = Set.of(304, NOT_FOUND, 409, 412);
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
        Faults faults = invocation.engine().faults();
        Fault fault = faults == null ? Fault.NONE : faults.decide(request);
        attributes.putAttribute(FAULT, fault);
        if (fault == Fault.BEFORE) {
            record(attributes, List.of(), false);
            throw SdkClientException.create("This request was made to fail before it took effect");
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        record(attributes, List.of(), true);
        if (attributes.getAttribute(FAULT) == Fault.AFTER) {
            throw SdkClientException.create("This request was made to fail after it took effect");
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(FAULT) != Fault.AFTER) {
            record(attributes, absence(context.request(), context.exception()), false);
            log(attributes.getAttribute(REQUEST), context.exception());
        }
    }

    /// A condition that does not hold and a missing object are answers; any other error is logged.
    private static void log(@Nullable Request request, Throwable error) {
        Invocation invocation = Invocation.current();
        boolean answer = (error instanceof AwsServiceException answered && ANSWERS.contains(answered.statusCode()))
                || error instanceof ConditionalCheckFailedException
                || error instanceof TransactionCanceledException;
        if (invocation != null && request != null && !answer) {
            invocation
                    .engine()
                    .log()
                    .accept(request.function() + " " + request.service() + " " + request.operation() + ": " + error);
        }
    }

    /// @param more what the request turned out to need besides
    private static void record(ExecutionAttributes attributes, List<Access> more, boolean succeeded) {
        Invocation invocation = Invocation.current();
        Request request = attributes.getAttribute(REQUEST);
        if (invocation != null && request != null) {
            List<Access> accesses = new ArrayList<>(request.accesses());
            accesses.addAll(more);
            invocation
                    .engine()
                    .requests()
                    .add(new Request(request.function(), request.service(), request.operation(), accesses, succeeded));
        }
    }

    /// S3 says that an object does not exist only to callers that may list it; to others it says "forbidden".
    private static List<Access> absence(SdkRequest request, Throwable error) {
        if (!(error instanceof S3Exception answer) || answer.statusCode() != NOT_FOUND) {
            return List.of();
        }
        return switch (request) {
            case GetObjectRequest get -> List.of(listing("s3:ListBucket", get.bucket(), get.key()));
            case HeadObjectRequest head -> List.of(listing("s3:ListBucket", head.bucket(), head.key()));
            case CopyObjectRequest copy -> {
                String[] source = source(copy);
                yield List.of(listing("s3:ListBucket", source[0], source[1]));
            }
            default -> List.of();
        };
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
            case CopyObjectRequest copy -> {
                String[] source = source(copy);
                yield List.of(
                        new Access("s3:GetObject", source[0], source[1], 1),
                        new Access("s3:PutObject", copy.destinationBucket(), copy.destinationKey(), 1));
            }
            case ListObjectsV2Request list -> List.of(listing("s3:ListBucket", list.bucket(), list.prefix()));
            case ListObjectVersionsRequest list ->
                List.of(listing("s3:ListBucketVersions", list.bucket(), list.prefix()));
            case DeleteObjectRequest delete ->
                List.of(new Access(
                        delete.versionId() == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
                        delete.bucket(),
                        delete.key(),
                        1));
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
                Map<Access, Integer> counts = new LinkedHashMap<>();
                events.entries().forEach(entry -> counts.merge(access(entry), 1, Integer::sum));
                yield counts.entrySet().stream()
                        .map(entry -> new Access(
                                entry.getKey().action(),
                                entry.getKey().resource(),
                                "",
                                entry.getValue(),
                                entry.getKey().context()))
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

    private static Access access(PutEventsRequestEntry entry) {
        String bus = entry.eventBusName() == null ? "default" : entry.eventBusName();
        return new Access(
                "events:PutEvents",
                bus.substring(bus.lastIndexOf('/') + 1),
                "",
                1,
                Map.of("events:source", entry.source(), "events:detail-type", entry.detailType()));
    }

    /// Bucket and key of the object to copy, which the SDK has already joined for the header.
    private static String[] source(CopyObjectRequest copy) {
        return URLDecoder.decode(field(copy, "CopySource"), StandardCharsets.UTF_8)
                .split("/", 2);
    }

    private static Access listing(String action, String bucket, @Nullable String prefix) {
        return new Access(
                action,
                bucket,
                prefix == null ? "" : prefix,
                1,
                prefix == null ? Map.of() : Map.of("s3:prefix", prefix));
    }

    /// A multipart upload needs the same permission as a put.
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
