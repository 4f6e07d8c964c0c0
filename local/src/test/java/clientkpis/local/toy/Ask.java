package clientkpis.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// Makes the request that its event names, and answers what came of it: the answer, or the error. Of a batch it asks
/// for what was left until nothing is, and answers how many requests that took.
public final class Ask implements RequestStreamHandler {
    private final Map<String, String> environment;
    private final S3Client s3 = S3Client.create();
    private final DynamoDbClient dynamo = DynamoDbClient.create();
    private final SqsClient sqs = SqsClient.create();
    private final EventBridgeClient events = EventBridgeClient.create();

    public Ask(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String[] event = new String(input.readAllBytes(), StandardCharsets.UTF_8)
                .replace("\"", "")
                .split(" ", 2);
        output.write(answer(event[0], event[1]).getBytes(StandardCharsets.UTF_8));
    }

    private String answer(String operation, String key) {
        try {
            return switch (operation) {
                case "PutItem" ->
                    ""
                            + dynamo.putItem(p -> p.tableName(table()).item(item(key)))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "PutItemIfAbsent" ->
                    ""
                            + dynamo.putItem(p -> p.tableName(table())
                                            .item(item(key))
                                            .conditionExpression("attribute_not_exists(#n)")
                                            .expressionAttributeNames(Map.of("#n", "name")))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "GetItem" ->
                    dynamo.getItem(g -> g.tableName(table()).key(name(key)))
                            .item()
                            .get("text")
                            .s();
                case "TransactWriteItems" -> transact(key);
                case "BatchWriteItem" -> batchWrite(key);
                case "BatchGetItem" -> batchGet(key);
                case "SendMessage" ->
                    ""
                            + sqs.sendMessage(s -> s.queueUrl(queue()).messageBody(key))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "SendMessageBatch" -> send(key, 3);
                case "SendMessageBatchOfOne" -> send(key, 1);
                case "PutEvents" -> put(key, 3);
                case "PutEventsOfOne" -> put(key, 1);
                case "PutObject" ->
                    ""
                            + s3.putObject(p -> p.bucket(bucket()).key(key), RequestBody.fromString(key))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "PutObjectIfAbsent" ->
                    ""
                            + s3.putObject(
                                            p -> p.bucket(bucket()).key(key).ifNoneMatch("*"),
                                            RequestBody.fromString(key))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "GetObject" -> get(key);
                case "HeadObject" ->
                    "" + s3.headObject(h -> h.bucket(bucket()).key(key)).contentLength();
                case "CopyObject" ->
                    ""
                            + s3.copyObject(c -> c.sourceBucket(bucket())
                                            .sourceKey(key)
                                            .destinationBucket(bucket())
                                            .destinationKey(key + "-copy"))
                                    .sdkHttpResponse()
                                    .statusCode();
                case "ListObjectsV2" ->
                    "" + s3.listObjectsV2(l -> l.bucket(bucket()).prefix(key)).keyCount();
                default -> throw new IllegalArgumentException(operation);
            };
        } catch (TransactionCanceledException e) {
            return "TransactionCanceledException of "
                    + e.cancellationReasons().stream()
                            .map(reason -> reason.code())
                            .toList();
        } catch (SdkException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String transact(String key) {
        TransactWriteItem first = TransactWriteItem.builder()
                .put(put -> put.tableName(table())
                        .item(item(key + 1))
                        .conditionExpression("attribute_not_exists(#n)")
                        .expressionAttributeNames(Map.of("#n", "name")))
                .build();
        TransactWriteItem second = TransactWriteItem.builder()
                .put(put -> put.tableName(table()).item(item(key + 2)))
                .build();
        return ""
                + dynamo.transactWriteItems(t -> t.transactItems(first, second))
                        .sdkHttpResponse()
                        .statusCode();
    }

    private String batchWrite(String key) {
        Map<String, List<WriteRequest>> left = Map.of(
                table(),
                List.of(
                        WriteRequest.builder()
                                .putRequest(p -> p.item(item(key + 1)))
                                .build(),
                        WriteRequest.builder()
                                .putRequest(p -> p.item(item(key + 2)))
                                .build(),
                        WriteRequest.builder()
                                .putRequest(p -> p.item(item(key + 3)))
                                .build()));
        int requests = 0;
        while (!left.isEmpty()) {
            Map<String, List<WriteRequest>> now = left;
            left = dynamo.batchWriteItem(b -> b.requestItems(now)).unprocessedItems();
            requests++;
        }
        return requests + " requests";
    }

    private String batchGet(String key) {
        Map<String, KeysAndAttributes> left = Map.of(
                table(),
                KeysAndAttributes.builder()
                        .keys(List.of(name(key + 1), name(key + 2), name(key + 3)))
                        .build());
        int requests = 0;
        int items = 0;
        while (!left.isEmpty()) {
            Map<String, KeysAndAttributes> now = left;
            var response = dynamo.batchGetItem(b -> b.requestItems(now));
            items += response.responses().getOrDefault(table(), List.of()).size();
            left = response.unprocessedKeys();
            requests++;
        }
        return requests + " requests " + items + " items";
    }

    private String send(String key, int messages) {
        List<SendMessageBatchRequestEntry> left = new ArrayList<>();
        while (left.size() < messages) {
            left.add(SendMessageBatchRequestEntry.builder()
                    .id("m" + left.size())
                    .messageBody(key + left.size())
                    .build());
        }
        int requests = 0;
        while (!left.isEmpty()) {
            List<SendMessageBatchRequestEntry> now = List.copyOf(left);
            var response = sqs.sendMessageBatch(s -> s.queueUrl(queue()).entries(now));
            left.removeIf(entry ->
                    response.failed().stream().noneMatch(failed -> failed.id().equals(entry.id())));
            requests++;
        }
        return requests + " requests";
    }

    private String put(String key, int entries) {
        List<PutEventsRequestEntry> left = new ArrayList<>();
        while (left.size() < entries) {
            left.add(PutEventsRequestEntry.builder()
                    .eventBusName(environment.get("BUS"))
                    .source("toys")
                    .detailType("Asked")
                    .detail("{\"key\": \"" + key + left.size() + "\"}")
                    .build());
        }
        int requests = 0;
        while (!left.isEmpty()) {
            List<PutEventsRequestEntry> now = List.copyOf(left);
            PutEventsResponse response = events.putEvents(p -> p.entries(now));
            left.clear();
            for (int i = 0; i < now.size(); i++) {
                if (response.entries().get(i).errorCode() != null) {
                    left.add(now.get(i));
                }
            }
            if (left.size() != response.failedEntryCount()) {
                return "FailedEntryCount is " + response.failedEntryCount() + " of " + response.entries();
            }
            requests++;
        }
        return requests + " requests";
    }

    private String get(String key) {
        try (ResponseInputStream<GetObjectResponse> content =
                s3.getObject(g -> g.bucket(bucket()).key(key))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, AttributeValue> item(String key) {
        return Map.of("name", AttributeValue.fromS(key), "text", AttributeValue.fromS("good"));
    }

    private static Map<String, AttributeValue> name(String key) {
        return Map.of("name", AttributeValue.fromS(key));
    }

    private String table() {
        return variable("NOTES");
    }

    private String bucket() {
        return variable("BUCKET");
    }

    private String queue() {
        return variable("QUEUE");
    }

    private String variable(String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }
}
