package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.trigger.Deliveries.Delivery;
import clientkpis.local.trigger.Deliveries.Disturbance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Messages that are lost, doubled, delayed or reordered on their way, and delivered again later.
class DeliveriesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ConcurrentHashMap<String, Disturbance> NEXT = new ConcurrentHashMap<>();
    private static final ConcurrentLinkedQueue<Delivery> RECEIVED = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static S3Client s3;
    private static Subscription subscriber;

    @BeforeAll
    static void start() throws Exception {
        cloud = ToyStack.start(folder, Options.defaults().withRecord().withDeliveries(DeliveriesTest::disturbance));
        s3 = S3Client.create();
        subscriber = cloud.subscribe(cloud.bus("Events"));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        cloud.settle(SOON);
        NEXT.clear();
        RECEIVED.clear();
        subscriber.drain();
        cloud.requests().reset();
    }

    @Test
    void aDroppedMessageIsRedelivered() throws Exception {
        NEXT.put("CopyQueue", Disturbance.DROPPED);
        put("in/dropped");
        cloud.settle(SOON);

        assertThat(received("CopyQueue")).hasSize(2);
        assertThat(puts()).hasSize(1);
    }

    @Test
    void aDoubledMessageIsHandledTwice() throws Exception {
        NEXT.put("CopyQueue", Disturbance.DOUBLED);
        put("in/doubled");
        cloud.settle(SOON);

        assertThat(puts()).hasSize(2);
    }

    @Test
    void aDelayedMessageIsOvertaken() throws Exception {
        NEXT.put("CopyQueue", Disturbance.DELAYED);
        put("in/delayed");
        Thread.sleep(100);
        put("in/younger");
        cloud.settle(SOON);

        assertThat(noted()).containsExactly("in/younger", "in/delayed");
    }

    @Test
    void aReorderedRecordIsLastInItsBatchBehindRecordsOfOtherItems() throws Exception {
        NEXT.put("Notes", Disturbance.REORDERED);
        put("in/a");
        put("in/b");
        put("in/c");
        cloud.settle(SOON);

        assertThat(noted()).containsExactlyInAnyOrder("in/a", "in/b", "in/c");
    }

    @Test
    void aDoubledRecordRepeatsItsBatch() throws Exception {
        NEXT.put("Notes", Disturbance.DOUBLED);
        put("in/record");
        cloud.settle(SOON);

        assertThat(noted()).containsExactly("in/record", "in/record");
    }

    @Test
    void aDoubledScheduleFiresTwice() throws Exception {
        NEXT.put("Tell", Disturbance.DOUBLED);
        cloud.tick(Instant.parse("2026-11-22T05:00:00Z"));
        cloud.settle(SOON);

        assertThat(subscriber.drain()).hasSize(2);
    }

    @Test
    void whateverWasCarriedCanBeDeliveredAgain() throws Exception {
        List<Delivery> before = cloud.carried();
        put("in/again");
        cloud.tick(Instant.parse("2026-11-22T06:00:00Z"));
        cloud.settle(SOON);
        assertThat(subscriber.drain()).hasSize(2);
        List<Delivery> carried =
                cloud.carried().subList(before.size(), cloud.carried().size());
        assertThat(carried).extracting(Delivery::source).containsExactlyInAnyOrder("CopyQueue", "Notes", "Tell");

        cloud.requests().reset();
        for (Delivery delivery : carried) {
            cloud.deliverAgain(delivery);
        }
        cloud.settle(SOON);

        assertThat(puts()).hasSize(1);
        assertThat(subscriber.drain()).hasSizeBetween(2, 3);
        assertThat(cloud.requests().sent()).isBetween(2L, 3L);
    }

    /// The next delivery of a source is disturbed, the others are not.
    private static Disturbance disturbance(Delivery delivery) {
        RECEIVED.add(delivery);
        Disturbance next = NEXT.remove(delivery.source());
        return next == null ? Disturbance.NONE : next;
    }

    private static List<Delivery> received(String source) {
        return RECEIVED.stream().filter(one -> one.source().equals(source)).toList();
    }

    private static List<Request> puts() {
        return cloud.requests().all().stream()
                .filter(request -> request.operation().equals("PutItem"))
                .toList();
    }

    private static List<String> noted() {
        return subscriber.drain().stream()
                .map(event -> Json.parse(event).at("/detail/Keys/name/S").asText())
                .map(name -> name.substring(0, name.indexOf('@')))
                .toList();
    }

    private static void put(String key) {
        s3.putObject(put -> put.bucket(cloud.bucket("Data")).key(key), RequestBody.fromString(key));
    }
}
