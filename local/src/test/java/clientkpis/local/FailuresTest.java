package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.local.service.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class FailuresTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();
    private static final AtomicReference<Fault> NEXT_PUT_ITEM = new AtomicReference<>(Fault.NONE);

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static S3Client s3;
    private static Subscription subscriber;

    @BeforeAll
    static void start() throws Exception {
        String template =
                ToyStack.read("/toy.yaml").replace("Timeout: 10", "Timeout: 2").replace("\nOutputs:", """

                      Outside:
                        Type: AWS::Serverless::Function
                        Properties:
                          Handler: outside.Outside
                          CodeUri: outside.zip
                          Environment: { Variables: { ANSWER: "42" } }

                    Outputs:\
                    """);
        Outside.write(folder);
        cloud = ToyStack.start(
                folder, template, Options.defaults().withLog(LOG::add).withFaults(FailuresTest::fault));
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
        subscriber.drain();
        cloud.requests().reset();
        SqsClient.create().purgeQueue(purge -> purge.queueUrl(cloud.queueUrl("CopyDeadLetters")));
    }

    @Test
    void anInvocationPastItsTimeoutFails() throws Exception {
        put("in/slow.txt", "sleep");
        cloud.settle(SOON);

        assertThat(LOG).anyMatch(line -> line.contains("Task timed out after 2 seconds"));
        assertThat(cloud.deadLetters()).extracting(DeadLetter::where).containsExactly("CopyDeadLetters");
    }

    @Test
    void aRequestThatFailedBeforeItTookEffectIsMadeAgain() throws Exception {
        NEXT_PUT_ITEM.set(Fault.BEFORE);
        put("in/before.txt", "before");
        cloud.settle(SOON);

        assertThat(subscriber.drain()).hasSize(1);
        assertThat(putItems()).extracting(Request::succeeded).containsExactly(false, true);
        assertThat(cloud.requests().itemsWritten(cloud.table("Notes"))).isEqualTo(1);
    }

    @Test
    void aRequestThatFailedAfterItTookEffectIsMadeAgain() throws Exception {
        NEXT_PUT_ITEM.set(Fault.AFTER);
        put("in/after.txt", "after");
        cloud.settle(SOON);

        assertThat(putItems()).extracting(Request::succeeded).containsExactly(true, true);
    }

    @Test
    void aRuleThatNoQueuePolicyAllowsDeliversNothingAndSaysSo() throws Exception {
        put("forgotten/x", "x");
        cloud.settle(SOON);

        assertThat(cloud.requests().all()).isEmpty();
        assertThat(cloud.deadLetters())
                .filteredOn(letter -> letter.where().contains("Forgotten"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("no queue policy"));
    }

    @Test
    void aFunctionIsLoadedFromItsZip() throws Exception {
        assertThat(cloud.invoke("Outside", "0")).isEqualTo("42 client-kpis-Outside 0");
        assertThatThrownBy(() -> Class.forName("outside.Outside")).isInstanceOf(ClassNotFoundException.class);
    }

    private static Fault fault(Request request) {
        return request.operation().equals("PutItem") ? NEXT_PUT_ITEM.getAndSet(Fault.NONE) : Fault.NONE;
    }

    private static List<Request> putItems() {
        return cloud.requests().all().stream()
                .filter(request -> request.operation().equals("PutItem"))
                .toList();
    }

    private static void put(String key, String text) {
        s3.putObject(put -> put.bucket(cloud.bucket("Data")).key(key), RequestBody.fromString(text));
    }
}
