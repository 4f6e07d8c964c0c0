package clientkpis.local.trigger;

import clientkpis.json.Json;
import clientkpis.local.invoke.Activity.Span;
import clientkpis.local.invoke.Engine;
import clientkpis.local.invoke.LambdaFunction;
import clientkpis.local.invoke.LambdaFunction.Outcome;
import clientkpis.local.service.DeadLetter;
import clientkpis.local.service.DynamoServer;
import clientkpis.local.service.Queues;
import clientkpis.local.service.Ruler;
import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// A table's stream that invokes a function, in order. A batch that fails is retried, split if the mapping bisects, and
/// finally sent to the failure destination. Retries wait for less time than in AWS.
final class StreamMapping implements Runnable {
    private static final long SAFETY_POLL_MILLIS = 500;
    private static final long POLL_GAP_MILLIS = 5;
    private static final long RETRY_MILLIS = 50;
    private static final long LONGEST_RETRY_MILLIS = 1_000;
    private static final long AFTER_ERROR_NANOS = 100_000_000;
    private static final int DEFAULT_BATCH = 100;

    private final LambdaFunction function;
    private final Resource table;
    private final Engine engine;
    private final Carried carried;
    private final Stream stream;
    private final String streamArn;
    private final int batchSize;
    private final int retries;
    private final boolean bisects;
    private final boolean partial;
    private final Ruler filter;
    private final String failureQueue;

    private final List<Record> waiting = new ArrayList<>();
    /// Guards the reading of the stream: a record that was read is always either waiting or being handled.
    private final ReentrantLock reading = new ReentrantLock();

    private final Semaphore writes = new Semaphore(0);

    StreamMapping(
            LambdaFunction function,
            Resource table,
            JsonNode properties,
            DynamoServer dynamo,
            Engine engine,
            Carried carried) {
        this.function = function;
        this.table = table;
        this.engine = engine;
        this.carried = carried;
        this.streamArn = table.arn() + "/stream/local";
        this.batchSize = properties.path("BatchSize").asInt(DEFAULT_BATCH);
        this.stream = new Stream(dynamo, table.name(), batchSize);
        this.retries = properties.path("MaximumRetryAttempts").asInt(-1);
        this.bisects = properties.path("BisectBatchOnFunctionError").asBoolean();
        this.partial = SqsMapping.reportsItems(properties);
        this.filter = SqsMapping.filter(properties);
        this.failureQueue = Queues.nameOf(properties
                .path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText());
        if (!table.properties().has("StreamSpecification")) {
            throw table.error("has no StreamSpecification, and " + function.id() + " reads its stream");
        }
    }

    String tableId() {
        return table.id();
    }

    String tableName() {
        return table.name();
    }

    /// Says that something may have been written.
    void wake() {
        writes.release();
    }

    /// Whether the stream was read to its end and every record was taken to be handled.
    boolean atEnd() {
        reading.lock();
        try {
            if (waiting.isEmpty()) {
                stream.readInto(waiting);
            }
            if (waiting.isEmpty()) {
                return true;
            }
        } finally {
            reading.unlock();
        }
        wake();
        return false;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (!poll()) {
                    await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                function.log("The poller of the stream of " + table.id() + " continues after " + e);
                LockSupport.parkNanos(AFTER_ERROR_NANOS);
            }
        }
    }

    /// @return whether there were records
    private boolean poll() throws InterruptedException {
        List<Record> batch;
        Span span;
        reading.lock();
        try {
            if (waiting.isEmpty()) {
                stream.readInto(waiting);
            }
            batch = new ArrayList<>(waiting.subList(0, Math.min(batchSize, waiting.size())));
            waiting.subList(0, batch.size()).clear();
            if (batch.isEmpty()) {
                return false;
            }
            span = engine.activity().begin("function " + function.id());
        } finally {
            reading.unlock();
        }
        try (span) {
            handle(batch);
        }
        return true;
    }

    private void await() throws InterruptedException {
        if (writes.tryAcquire(SAFETY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            // Many writes in a row are read together.
            Thread.sleep(POLL_GAP_MILLIS);
            writes.drainPermits();
        }
    }

    private void handle(List<Record> records) throws InterruptedException {
        List<ObjectNode> wanted = new ArrayList<>();
        for (Record one : records) {
            ObjectNode json = StreamRecords.json(one, streamArn, table.region());
            if (filter.matches(Json.text(json))) {
                wanted.add(json);
            }
        }
        if (!wanted.isEmpty()) {
            deliver(wanted);
        }
    }

    private void deliver(List<ObjectNode> records) throws InterruptedException {
        List<ObjectNode> batch = new ArrayList<>();
        List<ObjectNode> last = new ArrayList<>();
        int times = 1;
        for (ObjectNode one : records) {
            boolean follows = last.stream().anyMatch(other -> keys(other).equals(keys(one)));
            switch (carried.receive(table.id(), Json.text(one), true)) {
                case DROPPED, DELAYED -> Thread.sleep(RETRY_MILLIS);
                case DOUBLED -> times = 2;
                case REORDERED -> follows = true;
                case NONE -> {}
            }
            (follows ? last : batch).add(one);
        }
        batch.addAll(last);
        for (int time = 0; time < times; time++) {
            invoke(batch, 0);
        }
    }

    /// Delivers a record once more, as if its answer had been lost.
    void again(String json) throws InterruptedException {
        try (Span _ = engine.activity().begin("function " + function.id())) {
            invoke(List.of((ObjectNode) Json.parse(json)), 0);
        }
    }

    private static JsonNode keys(ObjectNode event) {
        return event.path("dynamodb").path("Keys");
    }

    /// Invokes the function until the batch succeeds or is given up. A split does not count as a retry.
    private void invoke(List<ObjectNode> batch, int attemptsBefore) throws InterruptedException {
        List<ObjectNode> left = batch;
        for (int attempts = attemptsBefore; ; attempts++) {
            ArrayNode records = Json.array().addAll(left);
            Outcome outcome = function.invoke(Json.text(Json.object().set("Records", records)));
            left = left.subList(firstFailed(left, outcome), left.size());
            if (left.isEmpty()) {
                return;
            }
            function.log(function.id() + " failed " + left.size() + " records of the stream of " + table.id());
            if (bisects && left.size() > 1) {
                invoke(left.subList(0, left.size() / 2), attempts);
                invoke(left.subList(left.size() / 2, left.size()), attempts);
                return;
            }
            if (retries >= 0 && attempts >= retries) {
                giveUp(left, attempts + 1, outcome);
                return;
            }
            Thread.sleep(Math.min(LONGEST_RETRY_MILLIS, RETRY_MILLIS << Math.min(attempts, 10)));
        }
    }

    /// The index of the first record to retry; the number of records when all succeeded.
    private int firstFailed(List<ObjectNode> batch, Outcome outcome) {
        if (outcome.failed()) {
            return 0;
        }
        int first = batch.size();
        if (partial) {
            for (JsonNode failure : outcome.json().path("batchItemFailures")) {
                String sequence = failure.path("itemIdentifier").asText();
                int index = 0;
                while (index < batch.size() && !sequence(batch.get(index)).equals(sequence)) {
                    index++;
                }
                first = Math.min(first, index == batch.size() ? 0 : index);
            }
        }
        return first;
    }

    private void giveUp(List<ObjectNode> batch, int attempts, Outcome outcome) {
        ObjectNode message = Json.object();
        message.putObject("requestContext")
                .put("requestId", UUID.randomUUID().toString())
                .put("functionArn", function.resource().arn())
                .put("condition", "RetryAttemptsExhausted")
                .put("approximateInvokeCount", attempts);
        message.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", "$LATEST")
                .put("functionError", "Unhandled");
        message.put("version", "1.0").put("timestamp", Instant.now().toString());
        message.putObject("DDBStreamBatchInfo")
                .put("shardId", stream.shard())
                .put("startSequenceNumber", sequence(batch.getFirst()))
                .put("endSequenceNumber", sequence(batch.getLast()))
                .put("batchSize", batch.size())
                .put("streamArn", streamArn);
        if (failureQueue.isEmpty()) {
            engine.lost()
                    .accept(new DeadLetter(
                            "stream of " + table.id(),
                            function.id() + " gave it up: " + outcome.error(),
                            Json.text(Json.array().addAll(batch))));
        } else {
            engine.queues().send(failureQueue, Json.text(message));
        }
    }

    private static String sequence(ObjectNode event) {
        return event.path("dynamodb").path("SequenceNumber").asText();
    }
}
