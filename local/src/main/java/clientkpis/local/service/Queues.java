package clientkpis.local.service;

import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.CreateQueueData;
import org.elasticmq.DeadLettersQueueData;
import org.elasticmq.DefaultVisibilityTimeout$;
import org.elasticmq.DeliveryReceipt;
import org.elasticmq.ImmediateNextDelivery$;
import org.elasticmq.MessageAttribute;
import org.elasticmq.MessageContent;
import org.elasticmq.MessageData;
import org.elasticmq.MessageId;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.NewMessageData;
import org.elasticmq.QueueStatistics;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.DeleteMessage;
import org.elasticmq.msg.GetQueueStatistics;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.msg.ReceiveMessages;
import org.elasticmq.msg.SendMessage;
import org.elasticmq.msg.UpdateVisibilityTimeout;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/// SQS: ElasticMQ behind its REST interface for every client. The local cloud's own pollers and deliveries call it
/// directly, without HTTP.
///
/// One class, because it is one service, with a method per action.
public final class Queues implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    /// What SQS allows.
    public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /// A message that was received and not yet deleted.
    public record Message(
            String id,
            String body,
            String receipt,
            int received,
            long sentMillis,
            Map<String, MessageAttribute> attributes) {}

    /// How many messages a queue holds, by what they wait for.
    public record Held(long visible, long inFlight, long delayed) {
        public long all() {
            return visible + inFlight + delayed;
        }

        @Override
        public String toString() {
            return "%d visible, %d in flight, %d delayed".formatted(visible, inFlight, delayed);
        }
    }

    private final ActorSystem system;
    private final ActorRef manager;
    private final SQSRestServer server;
    private final int port;
    private final Map<String, ActorRef> queues = new ConcurrentHashMap<>();
    private final Clock clock = new Clock();

    /// The time of the queues. Some of it can be left out.
    private static final class Clock extends NowProvider {
        private final AtomicLong skipped = new AtomicLong();

        @Override
        public long nowMillis() {
            return super.nowMillis() + skipped.get();
        }

        @Override
        public OffsetDateTime now() {
            return super.now().plus(Duration.ofMillis(skipped.get()));
        }
    }

    public Queues(String region, String account, int port) {
        this.system =
                ActorSystem.create("queues", ConfigFactory.parseString("""
                    pekko {
                      daemonic = on
                      loglevel = "OFF"
                      stdout-loglevel = "OFF"
                      log-dead-letters = off
                      jvm-exit-on-fatal-error = off
                      coordinated-shutdown.run-by-jvm-shutdown-hook = off
                      http.server.transparent-head-requests = off
                      actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
                      scheduler.tick-duration = 10ms
                    }
                    """).withFallback(ConfigFactory.load()));
        this.manager = system.actorOf(
                Props.create(
                        QueueManagerActor.class,
                        () -> new QueueManagerActor(clock, StrictSQSLimits$.MODULE$, Option.empty())),
                "queue-manager");
        this.server = SQSRestServerBuilder$.MODULE$
                .withActorSystem(system)
                .withQueueManagerActor(manager)
                .withInterface("127.0.0.1")
                .withPort(port)
                .withAWSRegion(region)
                .withAWSAccountId(account)
                .start();
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /// Creates the queues, each after its dead-letter queue: ElasticMQ drops messages whose dead-letter queue is
    /// missing.
    public void create(List<Resource> all) {
        List<Resource> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            List<Resource> ready = left.stream()
                    .filter(queue -> deadLetters(queue).isEmpty() || has(deadLetters(queue)))
                    .toList();
            if (ready.isEmpty()) {
                throw left.getFirst().error("its dead-letter queue is not in the template");
            }
            ready.forEach(this::create);
            left.removeAll(ready);
        }
    }

    private static String deadLetters(Resource queue) {
        return nameOf(queue.get("RedrivePolicy").path("deadLetterTargetArn").asText());
    }

    private void create(Resource queue) {
        JsonNode redrive = queue.get("RedrivePolicy");
        Option<DeadLettersQueueData> deadLetters = redrive.isMissingNode()
                ? Option.empty()
                : Option.apply(new DeadLettersQueueData(
                        deadLetters(queue), redrive.path("maxReceiveCount").asInt()));
        Object answer = ask(
                manager,
                new CreateQueue(new CreateQueueData(
                        queue.name(),
                        Option.apply(MillisVisibilityTimeout.fromSeconds(
                                queue.get("VisibilityTimeout").asLong(30))),
                        Option.apply(
                                Duration.ofSeconds(queue.get("DelaySeconds").asLong(0))),
                        Option.apply(Duration.ZERO),
                        Option.empty(),
                        Option.empty(),
                        deadLetters,
                        false,
                        false,
                        Option.empty(),
                        Option.empty(),
                        scala.collection.immutable.Map$.MODULE$.empty())));
        if (((scala.util.Either<?, ?>) answer).isLeft()) {
            throw queue.error("ElasticMQ did not create it: " + answer);
        }
    }

    boolean has(String name) {
        return queues.containsKey(name) || lookup(name).isDefined();
    }

    /// Sends a message; it is in the queue when this returns.
    public void send(String name, String body) {
        ask(
                queue(name),
                new SendMessage(new NewMessageData(
                        Option.empty(),
                        new MessageContent(body),
                        scala.collection.immutable.Map$.MODULE$.empty(),
                        ImmediateNextDelivery$.MODULE$,
                        Option.empty(),
                        Option.empty(),
                        0,
                        Option.empty(),
                        Option.empty(),
                        Option.empty())));
    }

    /// Receives the messages that are there, or waits for one.
    public List<Message> receive(String name, int most, Duration wait) throws InterruptedException {
        Object answer = answer(
                asked(
                        queue(name),
                        new ReceiveMessages(
                                DefaultVisibilityTimeout$.MODULE$, most, Option.apply(wait), Option.empty()),
                        wait.plus(SOON)),
                wait.plus(SOON));
        List<Message> messages = new ArrayList<>();
        for (Object one : CollectionConverters.asJava((scala.collection.Iterable<?>) answer)) {
            MessageData data = (MessageData) one;
            messages.add(new Message(
                    data.id().id(),
                    data.content().value(),
                    data.deliveryReceipt().get().receipt(),
                    data.statistics().approximateReceiveCount(),
                    data.created().toInstant().toEpochMilli(),
                    CollectionConverters.asJava(data.messageAttributes())));
        }
        return messages;
    }

    public void delete(String name, String receipt) {
        ask(queue(name), new DeleteMessage(new DeliveryReceipt(receipt)));
    }

    /// Makes a received message visible again after a while.
    public void again(String name, String receipt, Duration after) {
        ask(
                queue(name),
                new UpdateVisibilityTimeout(
                        new DeliveryReceipt(receipt), new MillisVisibilityTimeout(after.toMillis())));
    }

    /// How many messages a queue holds.
    public Held held(String name) {
        QueueStatistics statistics = (QueueStatistics) ask(queue(name), new GetQueueStatistics(clock.nowMillis()));
        return new Held(
                statistics.approximateNumberOfVisibleMessages(),
                statistics.approximateNumberOfInvisibleMessages(),
                statistics.approximateNumberOfMessagesDelayed());
    }

    /// Leaves out a time for which messages of some queues wait.
    public void skip(Duration time, List<String> names) {
        clock.skipped.addAndGet(time.toMillis());
        // Whoever waits for a message of a queue looks again.
        names.forEach(name -> ask(
                queue(name),
                new UpdateVisibilityTimeout(
                        DeliveryReceipt.generate(new MessageId("none")), new MillisVisibilityTimeout(0))));
    }

    @Override
    public void close() {
        server.stopAndGetFuture().apply();
        system.terminate();
    }

    /// The queue's name in its ARN.
    public static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private ActorRef queue(String name) {
        ActorRef known = queues.get(name);
        if (known != null) {
            return known;
        }
        Option<?> found = lookup(name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no queue " + name);
        }
        ActorRef queue = (ActorRef) found.get();
        queues.put(name, queue);
        return queue;
    }

    private Option<?> lookup(String name) {
        return (Option<?>) ask(manager, new LookupQueue(name));
    }

    private static Object ask(ActorRef actor, Object message) {
        try {
            return answer(asked(actor, message, SOON), SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a queue was asked", e);
        }
    }

    private static CompletableFuture<Object> asked(ActorRef actor, Object message, Duration timeout) {
        return Patterns.ask(actor, message, timeout).toCompletableFuture();
    }

    private static Object answer(CompletableFuture<Object> asked, Duration timeout) throws InterruptedException {
        try {
            return asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("A queue did not answer", e);
        }
    }
}
