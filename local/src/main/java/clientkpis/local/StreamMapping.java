package clientkpis.local;

import clientkpis.json.Json;
import clientkpis.local.Activity.Span;
import clientkpis.local.LambdaFunction.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;

/// A table's stream that calls a function, in order. A batch that fails is retried, split when the mapping bisects, and
/// given to the failure destination in the end; retries wait for less than in AWS.
final class StreamMapping implements Runnable {
    private static final long SAFETY_POLL_MILLIS = 500;
    private static final long POLL_GAP_MILLIS = 5;
    private static final long RETRY_MILLIS = 50;
    private static final long LONGEST_RETRY_MILLIS = 1_000;
    private static final long AFTER_ERROR_NANOS = 100_000_000;
    private static final int DEFAULT_BATCH = 100;

    private static final int ITERATORS = 50;

    private final LambdaFunction function;
    private final Resource table;
    private final DynamoServer dynamo;
    private final Queues queues;
    private final Activity activity;
    private final Consumer<DeadLetter> lost;
    private final Consumer<String> log;
    private final String region;
    private final String streamArn;
    private final int batchSize;
    private final int retries;
    private final boolean bisects;
    private final boolean partial;
    private final Ruler filter;
    private final String failureQueue;

    private final Map<String, @Nullable String> iterators = new LinkedHashMap<>();
    private final Map<String, String> positions = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final List<Record> waiting = new ArrayList<>();
    /// Guards the reading of the stream: what is read is either waiting or under way, never unseen.
    private final ReentrantLock reading = new ReentrantLock();

    private final Semaphore writes = new Semaphore(0);

    StreamMapping(
            LambdaFunction function,
            Resource table,
            JsonNode properties,
            DynamoServer dynamo,
            Queues queues,
            Activity activity,
            Consumer<DeadLetter> lost,
            LocalCloud.Options options) {
        this.function = function;
        this.table = table;
        this.dynamo = dynamo;
        this.queues = queues;
        this.activity = activity;
        this.lost = lost;
        this.log = options.log();
        this.region = options.region();
        this.streamArn = table.arn() + "/stream/local";
        this.batchSize = properties.path("BatchSize").asInt(DEFAULT_BATCH);
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

    String tableName() {
        return table.name();
    }

    /// Says that something may have been written.
    void wake() {
        writes.release();
    }

    /// Whether the stream has been read to its end and everything that was in it has been handled.
    boolean atEnd() {
        reading.lock();
        try {
            if (waiting.isEmpty()) {
                read();
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
                log.accept("The poller of the stream of " + table.id() + " goes on after " + e);
                LockSupport.parkNanos(AFTER_ERROR_NANOS);
            }
        }
    }

    /// @return whether there was something
    private boolean poll() throws InterruptedException {
        List<Record> batch;
        Span span;
        reading.lock();
        try {
            if (waiting.isEmpty()) {
                read();
            }
            batch = new ArrayList<>(waiting.subList(0, Math.min(batchSize, waiting.size())));
            waiting.subList(0, batch.size()).clear();
            if (batch.isEmpty()) {
                return false;
            }
            span = activity.begin("function " + function.id());
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

    /// Lets wait what the stream has had since the last read.
    private void read() {
        if (iterators.isEmpty()) {
            findShards();
        }
        boolean closed = false;
        for (Map.Entry<String, @Nullable String> shard : iterators.entrySet()) {
            String iterator = shard.getValue();
            if (iterator == null) {
                continue;
            }
            GetRecordsResponse response = records(shard.getKey(), iterator);
            waiting.addAll(response.records());
            if (!response.records().isEmpty()) {
                positions.put(
                        shard.getKey(), response.records().getLast().dynamodb().sequenceNumber());
            }
            shard.setValue(response.nextShardIterator());
            closed |= response.nextShardIterator() == null;
        }
        if (closed) {
            findShards();
        }
    }

    /// An iterator of a shard that was empty when it was made is refused after the shard's first record, now and then
    /// more than once: DynamoDB Local takes it for one that fell behind. A new one from the same place goes on.
    private GetRecordsResponse records(String shard, String iterator) {
        String current = iterator;
        for (int attempt = 1; ; attempt++) {
            try {
                return dynamo.records(current, batchSize);
            } catch (DynamoDBLocalServiceException e) {
                if (attempt == ITERATORS) {
                    throw e;
                }
                current = start(shard);
            }
        }
    }

    private void findShards() {
        iterators.entrySet().removeIf(shard -> {
            if (shard.getValue() == null) {
                finished.add(shard.getKey());
            }
            return shard.getValue() == null;
        });
        for (String shard : dynamo.shards(table.name())) {
            if (!finished.contains(shard) && !iterators.containsKey(shard)) {
                iterators.put(shard, start(shard));
            }
        }
    }

    private String start(String shard) {
        String position = positions.getOrDefault(shard, "");
        return dynamo.iterator(
                table.name(), shard, position.isEmpty() ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER", position);
    }

    private void handle(List<Record> records) throws InterruptedException {
        List<ObjectNode> wanted = new ArrayList<>();
        for (Record one : records) {
            ObjectNode json = StreamRecords.json(one, streamArn, region);
            if (filter.matches(Json.text(json))) {
                wanted.add(json);
            }
        }
        if (!wanted.isEmpty()) {
            invoke(wanted, 0);
        }
    }

    /// Calls the function until the batch is through or given up. A split does not count as a retry.
    private void invoke(List<ObjectNode> batch, int attemptsBefore) throws InterruptedException {
        List<ObjectNode> left = batch;
        for (int attempts = attemptsBefore; ; attempts++) {
            ArrayNode records = Json.array().addAll(left);
            Outcome outcome = function.invoke(Json.text(Json.object().set("Records", records)));
            left = left.subList(firstFailed(left, outcome), left.size());
            if (left.isEmpty()) {
                return;
            }
            log.accept(function.id() + " failed " + left.size() + " records of the stream of " + table.id());
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

    /// The index of the first record that comes again; the number of records when all are through.
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
                .put(
                        "shardId",
                        iterators.isEmpty() ? "" : iterators.keySet().iterator().next())
                .put("startSequenceNumber", sequence(batch.getFirst()))
                .put("endSequenceNumber", sequence(batch.getLast()))
                .put("batchSize", batch.size())
                .put("streamArn", streamArn);
        if (failureQueue.isEmpty()) {
            lost.accept(new DeadLetter(
                    "stream of " + table.id(),
                    function.id() + " gave it up: " + outcome.error(),
                    Json.text(Json.array().addAll(batch))));
        } else {
            queues.send(failureQueue, Json.text(message));
        }
    }

    private static String sequence(ObjectNode event) {
        return event.path("dynamodb").path("SequenceNumber").asText();
    }
}
