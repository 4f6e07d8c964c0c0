package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What a function sees of each fault, and what it leaves behind, seen from outside.
class RequestFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicReference<Fault> NEXT = new AtomicReference<>(Fault.NONE);

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static S3Client s3;
    private static SqsClient sqs;
    private static DynamoDbClient dynamo;
    private static Subscription subscriber;

    @BeforeAll
    static void start() throws Exception {
        cloud = ToyStack.start(folder, Options.defaults().withFaults(RequestFaultsTest::fault));
        s3 = S3Client.create();
        sqs = SqsClient.create();
        dynamo = DynamoDbClient.create();
        subscriber = cloud.subscribe(cloud.bus("Events"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        NEXT.set(Fault.NONE);
        cloud.settle(SOON);
        subscriber.drain();
        sqs.purgeQueue(purge -> purge.queueUrl(cloud.queueUrl("Asked")));
        cloud.requests().reset();
    }

    /// A request that may be repeated is answered as if nothing had happened; one that is conditional finds its own
    /// effect.
    @ParameterizedTest
    @CsvSource({
        "PutItem, 200",
        "PutItemIfAbsent, ConditionalCheckFailedException",
        "GetItem, good",
        "TransactWriteItems, 200",
        "BatchWriteItem, 1 requests",
        "BatchGetItem, 1 requests 3 items",
        "SendMessage, 200",
        "SendMessageBatch, 1 requests",
        "PutEvents, 1 requests",
        "PutObject, 200",
        "PutObjectIfAbsent, S3Exception",
        "GetObject, lost-GetObject",
        "HeadObject, 14",
        "CopyObject, 200",
        "ListObjectsV2, 1"
    })
    void theSdkRepeatsARequestWhoseAnswerIsLost(String operation, String answer) throws Exception {
        String key = "lost-" + operation;
        prepare(operation, key);

        assertThat(ask(Fault.LOST, operation, key)).startsWith(answer);
        assertThat(NEXT).hasValue(Fault.NONE);
        assertThat(cloud.requests().count(request -> request.function().equals("Ask")))
                .isEqualTo(2);
    }

    @Test
    void aMessageWhoseAnswerIsLostIsSentTwice() throws Exception {
        ask(Fault.LOST, "SendMessage", "twice");

        assertThat(waiting()).isEqualTo(2);
    }

    @Test
    void lostAnswersLeaveTheConnectionsToOthers() throws Exception {
        put("small", "x".repeat(10_000));
        for (int i = 0; i < 60; i++) {
            assertThat(ask(Fault.LOST, "GetObject", "small")).hasSize(10_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PutItem, ThrottlingException",
        "TransactWriteItems, 'TransactionCanceledException of [None, ThrottlingError]'",
        "BatchGetItem, ThrottlingException",
        "SendMessage, RequestThrottledException",
        "PutEvents, EventBridgeException: ThrottlingException",
        "PutObject, S3Exception: SlowDown",
        "GetObject, S3Exception: SlowDown"
    })
    void aThrottledRequestHasNoEffectAndItsError(String operation, String error) throws Exception {
        assertThat(ask(Fault.THROTTLED, operation, "throttled-" + operation)).startsWith(error);

        assertNoEffect("throttled-" + operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutItem", "SendMessage", "PutEventsOfOne", "PutObject"})
    void aSlowedRequestTakesEffectAfterTheSdksOwnRetries(String operation) throws Exception {
        long start = System.nanoTime();

        assertThat(ask(Fault.SLOWED, operation, "slowed-" + operation)).matches("200|1 requests");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(20));
    }

    @ParameterizedTest
    @CsvSource({
        "PutItem, TransactionConflictException",
        "TransactWriteItems, 'TransactionCanceledException of [None, TransactionConflict]'",
    })
    void aConflictHasNoEffectAndTheSdkDoesNotTryAgain(String operation, String error) throws Exception {
        assertThat(ask(Fault.CONFLICT, operation, "conflict-" + operation)).startsWith(error);

        assertNoEffect("conflict-" + operation);
    }

    @ParameterizedTest
    @CsvSource({
        "BatchWriteItem, 2 requests",
        "BatchGetItem, 2 requests 3 items",
        "SendMessageBatch, 2 requests",
        "SendMessageBatchOfOne, 2 requests",
        "PutEvents, 2 requests",
        "PutEventsOfOne, 2 requests"
    })
    void aBatchIsCarriedOutInPart(String operation, String answer) throws Exception {
        prepare(operation, "part-" + operation);
        assertThat(ask(Fault.PARTIAL, operation, "part-" + operation)).isEqualTo(answer);

        cloud.settle(SOON);
        switch (operation) {
            case "SendMessageBatch" -> assertThat(waiting()).isEqualTo(3);
            case "SendMessageBatchOfOne" -> assertThat(waiting()).isEqualTo(1);
            case "PutEvents" ->
                assertThat(subscriber.drain())
                        .filteredOn(event -> event.contains("Asked"))
                        .hasSize(3);
            case "PutEventsOfOne" ->
                assertThat(subscriber.drain())
                        .filteredOn(event -> event.contains("Asked"))
                        .hasSize(1);
            default ->
                assertThat(notes()).contains("part-" + operation + 1, "part-" + operation + 2, "part-" + operation + 3);
        }
    }

    @Test
    void aKilledInvocationFailsAndNoLaterRequestOfItHasAnEffect() {
        assertThatThrownBy(() -> ask(Fault.KILLED, "BatchWriteItem", "killed"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exited");

        assertNoEffect("killed");
    }

    /// A request for an object names no prefix, so a right under a condition on the prefix does not help.
    @ParameterizedTest
    @CsvSource({
        "GetObject, NoSuchKeyException, Access Denied",
        "HeadObject, NoSuchKeyException, S3Exception",
        "CopyObject, NoSuchKeyException, Access Denied"
    })
    void onlyWhoMayListTheBucketIsToldThatAnObjectIsAbsent(String operation, String told, String hidden)
            throws Exception {
        String event = "\"" + operation + " absent\"";

        assertThat(cloud.invoke("Lister", event)).contains(told);
        assertThat(cloud.invoke("Ask", event)).contains(hidden).contains("Status Code: 403");
        assertThat(cloud.invoke("PrefixLister", event)).contains(hidden).contains("Status Code: 403");
    }

    @Test
    void aFaultThatCannotHappenToARequestIsAnError() {
        assertThatThrownBy(() -> ask(Fault.PARTIAL, "PutItem", "wrong")).hasMessageContaining("PARTIAL cannot happen");
    }

    private static String ask(Fault fault, String operation, String key) throws InterruptedException {
        NEXT.set(fault);
        return cloud.invoke("Ask", "\"" + operation + " " + key + "\"");
    }

    private static Fault fault(Request request) {
        return request.function().equals("Ask") ? NEXT.getAndSet(Fault.NONE) : Fault.NONE;
    }

    /// What a request that reads finds.
    private static void prepare(String operation, String key) {
        switch (operation) {
            case "GetItem" -> note(key);
            case "BatchGetItem" -> {
                note(key + 1);
                note(key + 2);
                note(key + 3);
            }
            case "GetObject", "CopyObject", "ListObjectsV2" -> put(key, key);
            case "HeadObject" -> put(key, "x".repeat(14));
            default -> {}
        }
    }

    private static void note(String key) {
        dynamo.putItem(put -> put.tableName(cloud.table("Notes"))
                .item(Map.of("name", AttributeValue.fromS(key), "text", AttributeValue.fromS("good"))));
    }

    private static void put(String key, String text) {
        s3.putObject(put -> put.bucket(cloud.bucket("Data")).key(key), RequestBody.fromString(text));
    }

    private static void assertNoEffect(String key) {
        assertThat(notes()).noneMatch(name -> name.startsWith(key));
        assertThat(waiting()).isZero();
        assertThat(subscriber.drain()).noneMatch(event -> event.contains(key));
        assertThat(s3.listObjectsV2(list -> list.bucket(cloud.bucket("Data")).prefix(key))
                        .contents())
                .isEmpty();
    }

    private static List<String> notes() {
        return dynamo.scan(scan -> scan.tableName(cloud.table("Notes"))).items().stream()
                .map(item -> item.get("name").s())
                .toList();
    }

    private static int waiting() {
        return Integer.parseInt(sqs.getQueueAttributes(get -> get.queueUrl(cloud.queueUrl("Asked"))
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }
}
