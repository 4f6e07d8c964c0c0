package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The local cloud, as any SDK client sees it: one test per promise, on one small template.
///
/// One file, because its tests share that template and its cloud.
class LocalCloudTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static S3Client s3;
    private static DynamoDbClient dynamo;
    private static Subscription subscriber;

    @BeforeAll
    static void start() throws Exception {
        cloud = ToyStack.start(folder, Options.defaults().withLog(LOG::add));
        s3 = S3Client.create();
        dynamo = DynamoDbClient.create();
        subscriber = cloud.subscribe(cloud.bus("Events"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        cloud.settle(SOON);
        subscriber.drain();
        cloud.requests().reset();
        cloud.clock(null);
        for (String queue : List.of("CopyDeadLetters", "TellFailures")) {
            SqsClient.create().purgeQueue(purge -> purge.queueUrl(cloud.queueUrl(queue)));
        }
    }

    @Test
    void anUploadTravelsThroughEveryService() throws Exception {
        cloud.clock(Instant.parse("2026-09-01T10:20:30Z"));

        put("in/a b+ç.txt", "hello");
        cloud.settle(SOON);

        List<String> events = subscriber.drain();
        assertThat(events).hasSize(1);
        JsonNode event = Json.parse(events.getFirst());
        assertThat(event.path("source").asText()).isEqualTo("toys");
        assertThat(event.path("detail-type").asText()).isEqualTo("Noted");
        assertThat(event.path("time").asText()).isEqualTo("2026-09-01T10:20:30Z");
        assertThat(event.at("/detail/NewImage/name/S").asText()).isEqualTo("in/a b+ç.txt@hello");
        assertThat(cloud.deadLetters()).isEmpty();
    }

    @Test
    void aNotificationHasTheShapeThatEventBridgeGives() throws Exception {
        cloud.clock(Instant.parse("2026-09-01T10:20:30.789Z"));
        Subscription everything = cloud.subscribe("default");

        put("other/x.txt", "12345");

        JsonNode event = Json.parse(everything.drain().getFirst());
        assertThat(event.path("source").asText()).isEqualTo("aws.s3");
        assertThat(event.path("detail-type").asText()).isEqualTo("Object Created");
        assertThat(event.path("time").asText()).isEqualTo("2026-09-01T10:20:30Z");
        assertThat(event.at("/resources/0").asText()).isEqualTo("arn:aws:s3:::" + cloud.bucket("Data"));
        JsonNode object = event.at("/detail/object");
        assertThat(object.path("key").asText()).isEqualTo("other/x.txt");
        assertThat(object.path("size").asInt()).isEqualTo(5);
        assertThat(object.path("etag").asText()).isEqualTo("827ccb0eea8a706c4c34a16891f84e7b");
        assertThat(object.path("sequencer").asText()).matches("[0-9A-F]{18}");
        assertThat(event.at("/detail/reason").asText()).isEqualTo("PutObject");
    }

    @Test
    void copiesAndMultipartUploadsAreNotifiedToo() throws Exception {
        put("elsewhere/source", "copied");
        Subscription everything = cloud.subscribe("default");
        String bucket = cloud.bucket("Data");

        s3.copyObject(copy -> copy.sourceBucket(bucket)
                .sourceKey("elsewhere/source")
                .destinationBucket(bucket)
                .destinationKey("elsewhere/copy"));
        String upload = s3.createMultipartUpload(create -> create.bucket(bucket).key("elsewhere/parts"))
                .uploadId();
        String etag = s3.uploadPart(
                        part -> part.bucket(bucket)
                                .key("elsewhere/parts")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
        s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                .key("elsewhere/parts")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(part)));

        assertThat(everything.drain())
                .extracting(event -> Json.parse(event).at("/detail/reason").asText() + " "
                        + Json.parse(event).at("/detail/object/key").asText())
                .containsExactly("CopyObject elsewhere/copy", "CompleteMultipartUpload elsewhere/parts");
    }

    @Test
    void anEventNamesTheVersionAndEveryVersionCanBeRead() throws Exception {
        put("in/v.txt", "first");
        put("in/v.txt", "second");
        cloud.settle(SOON);

        assertThat(notes()).contains("in/v.txt@first", "in/v.txt@second");
    }

    @Test
    void aFilteredMessageReachesNoFunction() throws Exception {
        put("in/x.ignored", "x");
        cloud.settle(SOON);

        assertThat(cloud.requests().all()).isEmpty();
        assertThat(notes()).doesNotContain("in/x.ignored@x");
    }

    @Test
    void onlyTheFailedMessagesOfABatchAreRedeliveredUntilTheDeadLetterQueueTakesThem() throws Exception {
        put("in/good.txt", "good");
        put("in/bad.txt", "fail");
        cloud.settle(SOON);

        assertThat(cloud.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.where()).isEqualTo("CopyDeadLetters");
            assertThat(letter.body()).contains("in/bad.txt");
        });
        assertThat(cloud.requests()
                        .count(request -> request.accesses().stream()
                                .anyMatch(access -> access.key().equals("in/bad.txt"))))
                .isEqualTo(2);
        assertThat(cloud.requests()
                        .count(request -> request.accesses().stream()
                                .anyMatch(access -> access.key().equals("in/good.txt"))))
                .isEqualTo(1);
        assertThat(LOG).anyMatch(line -> line.contains("Copy failed 1 of"));
    }

    @Test
    void aBatchOfAStreamIsSplitUntilThePoisonIsAlone() throws Exception {
        for (int i = 0; i < 8; i++) {
            int n = i;
            dynamo.putItem(put -> put.tableName(cloud.table("Notes"))
                    .item(Map.of(
                            "name", AttributeValue.fromS("split" + n),
                            "text", AttributeValue.fromS(n == 5 ? "poison" : "good"))));
        }
        cloud.settle(SOON);

        assertThat(subscriber.drain())
                .extracting(event -> Json.parse(event).at("/detail/Keys/name/S").asText())
                .containsExactlyInAnyOrder("split0", "split1", "split2", "split3", "split4", "split6", "split7");
        assertThat(cloud.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.where()).isEqualTo("TellFailures");
            assertThat(Json.parse(letter.body())
                            .at("/DDBStreamBatchInfo/batchSize")
                            .asInt())
                    .isEqualTo(1);
        });
    }

    @Test
    void aStreamFilterLetsOnlyWhatItMatchesThrough() throws Exception {
        put("in/gone.txt", "gone");
        cloud.settle(SOON);
        subscriber.drain();

        dynamo.deleteItem(delete ->
                delete.tableName(cloud.table("Notes")).key(Map.of("name", AttributeValue.fromS("in/gone.txt@gone"))));
        cloud.settle(SOON);

        assertThat(subscriber.drain()).isEmpty();
    }

    @Test
    void aScheduleGivesItsTime() throws Exception {
        cloud.tick(Instant.parse("2026-11-22T05:00:00Z"));
        cloud.settle(SOON);

        assertThat(subscriber.drain())
                .singleElement()
                .satisfies(
                        event -> assertThat(Json.parse(event).at("/detail/time").asText())
                                .isEqualTo("2026-11-22T05:00:00Z"));
    }

    @Test
    void requestsTellWhatEachFunctionDid() throws Exception {
        put("in/counted.txt", "counted");
        cloud.settle(SOON);

        assertThat(cloud.requests().itemsWritten(cloud.table("Notes"))).isEqualTo(1);
        assertThat(cloud.requests().all())
                .extracting(request ->
                        request.function() + " " + request.accesses().getFirst().action())
                .containsExactly("Copy s3:GetObjectVersion", "Copy dynamodb:PutItem", "Tell events:PutEvents");
        assertThat(cloud.requests().all().getLast().accesses().getFirst().context())
                .containsOnlyKeys("events:source", "events:detail-type");
    }

    @Test
    void aBurstIsHandledWholeAndSettlingWaitsForItsEnd() throws Exception {
        for (int i = 0; i < 60; i++) {
            put("in/burst" + i, "b");
        }
        cloud.settle(SOON);

        assertThat(subscriber.drain()).hasSize(60);
    }

    /// Twice the longest that SQS has.
    @Test
    void aDelayIsLeftOutWhenNothingElseMoves() throws Exception {
        Subscription everything = cloud.subscribe("default");
        put("in/delayed.txt", "delayed");
        cloud.settle(SOON);
        String event = everything.drain().getFirst();
        cloud.requests().reset();

        for (int i = 0; i < 2; i++) {
            SqsClient.create()
                    .sendMessage(m -> m.queueUrl(cloud.queueUrl("CopyQueue"))
                            .messageBody(event)
                            .delaySeconds(900));
            cloud.settle(SOON);
        }
        assertThat(cloud.requests()
                        .count(request -> request.function().equals("Copy")
                                && request.service().equals("S3")))
                .isEqualTo(2);
    }

    @Test
    void settlingSaysWhatStillMoves() throws Exception {
        put("in/late.txt", "late");

        assertThatThrownBy(() -> cloud.settle(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Not settled");
        cloud.settle(SOON);
    }

    @Test
    void whatIsAtRestSettlesAtOnce() throws Exception {
        cloud.settle(SOON);

        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            cloud.settle(SOON);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void everyEntryOfPutEventsHasItsOwnResult() {
        EventBridgeClient events = EventBridgeClient.create();
        PutEventsRequestEntry good = PutEventsRequestEntry.builder()
                .source("here")
                .detailType("Said")
                .detail("{}")
                .build();
        PutEventsRequestEntry broken = good.toBuilder().detail("no json").build();
        PutEventsRequestEntry nameless = good.toBuilder().source(null).build();

        PutEventsResponse response = events.putEvents(put -> put.entries(broken, good, nameless));

        assertThat(response.failedEntryCount()).isEqualTo(2);
        assertThat(response.entries().get(0).errorCode()).isEqualTo("MalformedDetail");
        assertThat(response.entries().get(1).eventId()).isNotBlank();
        assertThat(response.entries().get(2).errorCode()).isEqualTo("InvalidArgument");
        assertThatThrownBy(() -> events.putEvents(put -> put.entries(Collections.nCopies(11, good))))
                .isInstanceOf(EventBridgeException.class)
                .hasMessageContaining("length between 1 and 10");
    }

    @Test
    void anEventKeepsItsOwnTime() throws Exception {
        cloud.clock(Instant.parse("2026-09-01T00:00:00Z"));
        EventBridgeClient.create()
                .putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                        .eventBusName(cloud.bus("Events"))
                        .source("here")
                        .detailType("Said")
                        .detail("{}")
                        .time(Instant.parse("2026-08-31T23:59:59Z"))
                        .build()));

        assertThat(Json.parse(subscriber.drain().getFirst()).path("time").asText())
                .isEqualTo("2026-08-31T23:59:59Z");
    }

    @Test
    void rulesAreCheckedMadeAndTakenAway() {
        EventBridgeClient events = EventBridgeClient.create();
        String bus = cloud.bus("Events");

        assertThat(events.testEventPattern(test ->
                                test.eventPattern("{\"source\": [\"a\"]}").event("{\"source\": \"a\"}"))
                        .result())
                .isTrue();
        assertThatThrownBy(() ->
                        events.putRule(put -> put.name("bad").eventBusName(bus).eventPattern("{\"a\": 1}")))
                .isInstanceOf(InvalidEventPatternException.class);
        assertThatThrownBy(() -> events.putRule(
                        put -> put.name("bad").eventBusName("no-such-bus").eventPattern("{\"source\": [\"a\"]}")))
                .isInstanceOf(ResourceNotFoundException.class);
        events.putRule(put -> put.name("short-lived").eventBusName(bus).eventPattern("{\"source\": [\"a\"]}"));
        assertThat(events.listRules(list -> list.eventBusName(bus)).rules())
                .extracting(Rule::name)
                .contains("short-lived");
        events.deleteRule(delete -> delete.name("short-lived").eventBusName(bus));
        assertThat(events.listRules(list -> list.eventBusName(bus)).rules())
                .extracting(Rule::name)
                .doesNotContain("short-lived");
    }

    @Test
    void theEnvironmentLeadsOtherProcessesHere() {
        assertThat(cloud.environment())
                .containsKeys(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
                        "AWS_ENDPOINT_URL_S3",
                        "AWS_ENDPOINT_URL_SQS",
                        "AWS_ENDPOINT_URL_EVENTBRIDGE",
                        "AWS_ENDPOINT_URL_LAMBDA",
                        "AWS_REGION",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void thereIsOneLocalCloudAtATime() {
        assertThatThrownBy(() -> ToyStack.start(folder, Options.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
    }

    private static void put(String key, String text) {
        s3.putObject(put -> put.bucket(cloud.bucket("Data")).key(key), RequestBody.fromString(text));
    }

    private static List<String> notes() {
        return dynamo.scan(scan -> scan.tableName(cloud.table("Notes"))).items().stream()
                .map(item -> item.get("name").s())
                .toList();
    }
}
