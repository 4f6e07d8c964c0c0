package clientkpis.local.invoke;

import clientkpis.local.invoke.Requests.Access;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/// What a request does to which resources, as IAM sees it.
final class Accesses {
    private Accesses() {}

    static List<Access> of(SdkRequest request, String operation) {
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
                transaction.transactItems().stream().map(Accesses::access).toList();
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
            case ChangeMessageVisibilityBatchRequest batch ->
                List.of(new Access(
                        "sqs:ChangeMessageVisibility",
                        queue(batch.queueUrl()),
                        "",
                        batch.entries().size()));
            case GetQueueUrlRequest asked -> List.of(new Access("sqs:" + operation, asked.queueName(), "", 1));
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

    /// Who may list the bucket of an object that does not exist learns that it does not; to others S3 says "forbidden".
    /// The request names no prefix, so a statement with a condition on it does not apply.
    static List<Access> ofAbsence(SdkRequest request) {
        return switch (request) {
            case GetObjectRequest get -> List.of(listing("s3:ListBucket", get.bucket(), null));
            case HeadObjectRequest head -> List.of(listing("s3:ListBucket", head.bucket(), null));
            case CopyObjectRequest copy -> List.of(listing("s3:ListBucket", source(copy)[0], null));
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
