package clientkpis.local.trigger;

import clientkpis.json.Json;
import clientkpis.local.invoke.Activity.Span;
import clientkpis.local.invoke.Engine;
import clientkpis.local.invoke.LambdaFunction;
import clientkpis.local.invoke.LambdaFunction.Outcome;
import clientkpis.local.service.Queues.Message;
import clientkpis.local.service.Ruler;
import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.elasticmq.BinaryMessageAttribute;
import org.elasticmq.MessageAttribute;
import org.elasticmq.NumberMessageAttribute;
import org.elasticmq.StringMessageAttribute;

/// A queue that invokes a function with its messages in batches, and deletes the messages that succeed.
///
/// Waiting is kept short: a batching window ends early when no message has arrived for [#PAUSE] and no other function
/// is running, and a failed message is redelivered after [#RETRY], doubled at each receipt, or when all else has
/// settled, instead of after the visibility timeout that it has, unless the mapping is patient.
final class SqsMapping implements Runnable {
    /// The most instances of a function that one queue keeps busy.
    private static final int INSTANCES = 2;

    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final Duration RETRY = Duration.ofMillis(100);
    /// Younger messages overtake a delayed one in this time.
    private static final Duration DELAY = Duration.ofMillis(400);
    static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final long AFTER_ERROR_NANOS = 100_000_000;

    private final LambdaFunction function;
    private final String name;
    private final Resource queue;
    private final Engine engine;
    private final Carried carried;
    private final boolean patient;
    private final int batchSize;
    private final Duration window;
    private final boolean partial;
    private final Ruler filter;
    private final Semaphore permits;

    SqsMapping(
            LambdaFunction function,
            Resource queue,
            JsonNode properties,
            Engine engine,
            Carried carried,
            boolean patient) {
        this.function = function;
        this.name = "function " + function.id();
        this.queue = queue;
        this.engine = engine;
        this.carried = carried;
        this.patient = patient;
        this.batchSize = properties.path("BatchSize").asInt(10);
        this.window = Duration.ofSeconds(
                properties.path("MaximumBatchingWindowInSeconds").asInt(0));
        this.partial = reportsItems(properties);
        this.filter = filter(properties);
        this.permits = new Semaphore(Math.min(
                INSTANCES,
                properties.path("ScalingConfig").path("MaximumConcurrency").asInt(INSTANCES)));
        if (batchSize > 10 && window.isZero()) {
            throw function.resource()
                    .error("a BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1");
        }
        int visibility = queue.get("VisibilityTimeout").asInt(30);
        int timeout = function.resource().get("Timeout").asInt(3);
        if (visibility < timeout) {
            throw queue.error("the visibility timeout of " + visibility + " s is shorter than the timeout of "
                    + function.id() + ", " + timeout + " s");
        }
    }

    static boolean reportsItems(JsonNode properties) {
        return Resource.texts(properties.path("FunctionResponseTypes")).contains("ReportBatchItemFailures");
    }

    static Ruler filter(JsonNode properties) {
        List<String> patterns = new ArrayList<>();
        properties
                .path("FilterCriteria")
                .path("Filters")
                .forEach(one -> patterns.add(one.path("Pattern").asText()));
        return new Ruler(patterns);
    }

    String queueId() {
        return queue.id();
    }

    String queueName() {
        return queue.name();
    }

    boolean isPatient() {
        return patient;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                poll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                function.log("The poller of " + queue.id() + " continues after " + e);
                LockSupport.parkNanos(AFTER_ERROR_NANOS);
            }
        }
    }

    private void poll() throws InterruptedException {
        permits.acquire();
        Span work = permits::release;
        boolean handedOn = false;
        try {
            List<Message> first = engine.queues().receive(queue.name(), batchSize, POLL);
            if (first.isEmpty()) {
                return;
            }
            // The messages are in flight until they are deleted: the queue does not look empty meanwhile.
            Span span = engine.activity().begin(name);
            Span done = () -> {
                span.close();
                permits.release();
            };
            work = done;
            List<Message> batch = window.isZero() ? first : gathered(first);
            engine.threads().execute(() -> {
                try (done) {
                    handle(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    function.log(function.id() + " was not invoked: " + e);
                }
            });
            handedOn = true;
        } finally {
            if (!handedOn) {
                work.close();
            }
        }
    }

    private List<Message> gathered(List<Message> first) throws InterruptedException {
        List<Message> batch = new ArrayList<>(first);
        long end = System.nanoTime() + window.toNanos();
        boolean coming = true;
        while (batch.size() < batchSize && System.nanoTime() < end && coming) {
            List<Message> more = engine.queues().receive(queue.name(), batchSize - batch.size(), PAUSE);
            batch.addAll(more);
            coming = !more.isEmpty()
                    || engine.activity().running().keySet().stream().anyMatch(one -> !one.equals(name));
        }
        return batch;
    }

    private void handle(List<Message> batch) throws InterruptedException {
        List<Message> wanted = new ArrayList<>();
        List<Message> last = new ArrayList<>();
        for (Message message : batch) {
            if (!matches(message)) {
                engine.queues().delete(queue.name(), message.receipt());
                continue;
            }
            switch (carried.receive(queue.id(), message.body(), message.received() == 1)) {
                case NONE -> wanted.add(message);
                case DROPPED -> again(message, Duration.ZERO);
                case DELAYED -> again(message, DELAY);
                case REORDERED -> last.add(message);
                case DOUBLED -> {
                    engine.queues().send(queue.name(), message.body());
                    wanted.add(message);
                }
            }
        }
        wanted.addAll(last);
        if (wanted.isEmpty()) {
            return;
        }
        Outcome outcome = function.invoke(Json.text(event(wanted)));
        Set<String> failed = failed(wanted, outcome);
        for (Message message : wanted) {
            if (failed.contains(message.id())) {
                if (patient) {
                    continue;
                }
                Duration after = RETRY.multipliedBy(1L << Math.min(10, message.received() - 1));
                again(message, after.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : after);
            } else {
                engine.queues().delete(queue.name(), message.receipt());
            }
        }
        if (!failed.isEmpty()) {
            function.log(
                    function.id() + " failed " + failed.size() + " of " + wanted.size() + " messages of " + queue.id());
        }
    }

    private void again(Message message, Duration after) {
        engine.queues().again(queue.name(), message.receipt(), after);
    }

    /// The ids of the messages to redeliver: all of them when the function failed or its answer names others.
    private Set<String> failed(List<Message> batch, Outcome outcome) {
        Set<String> all = new HashSet<>();
        batch.forEach(message -> all.add(message.id()));
        if (outcome.failed()) {
            return all;
        }
        Set<String> failed = new HashSet<>();
        if (partial) {
            for (JsonNode failure : outcome.json().path("batchItemFailures")) {
                failed.add(failure.path("itemIdentifier").asText());
            }
        }
        return all.containsAll(failed) ? failed : all;
    }

    private boolean matches(Message message) {
        ObjectNode event = Json.object().put("messageId", message.id());
        try {
            event.set("body", Json.parse(message.body()));
        } catch (UncheckedIOException e) {
            event.put("body", message.body());
        }
        return filter.matches(Json.text(event));
    }

    private ObjectNode event(List<Message> batch) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (Message message : batch) {
            ObjectNode one = records.addObject()
                    .put("messageId", message.id())
                    .put("receiptHandle", message.receipt())
                    .put("body", message.body());
            one.putObject("attributes")
                    .put("ApproximateReceiveCount", Integer.toString(message.received()))
                    .put("SentTimestamp", Long.toString(message.sentMillis()))
                    .put("SenderId", "AIDALOCAL")
                    .put("ApproximateFirstReceiveTimestamp", Long.toString(System.currentTimeMillis()));
            ObjectNode attributes = one.putObject("messageAttributes");
            message.attributes().forEach((name, value) -> attributes.set(name, attribute(value)));
            one.put("md5OfBody", md5(message.body()))
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", queue.arn())
                    .put("awsRegion", queue.region());
        }
        return event;
    }

    private static ObjectNode attribute(MessageAttribute attribute) {
        ObjectNode json = Json.object();
        switch (attribute) {
            case StringMessageAttribute text -> json.put("stringValue", text.stringValue());
            case NumberMessageAttribute number -> json.put("stringValue", number.stringValue());
            case BinaryMessageAttribute binary -> json.put("binaryValue", binary.asBase64());
            default -> throw new IllegalStateException("Unknown type of message attribute: " + attribute);
        }
        json.putArray("stringListValues");
        json.putArray("binaryListValues");
        return json.put("dataType", attribute.getDataType());
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
