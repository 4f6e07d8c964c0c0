package clientkpis.local.invoke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Knows when everything has come to rest: nothing under way, the queues that functions read empty, streams read to
/// their ends.
///
/// Work moves from one place to another only by something that [Activity] counts, and it is in its new place before it
/// leaves the old one. So when all places are seen empty, one after the other, and the count has not moved meanwhile,
/// they were empty together.
public final class Settling {
    private static final long LOOK_AGAIN_MILLIS = 2;
    private static final long WAIT_MILLIS = 50;

    private final Engine engine;
    private final List<SqsMapping> consumers;
    private final List<StreamMapping> streams;

    Settling(Engine engine, List<SqsMapping> consumers, List<StreamMapping> streams) {
        this.engine = engine;
        this.consumers = List.copyOf(consumers);
        this.streams = List.copyOf(streams);
    }

    /// Returns when everything has come to rest.
    ///
    /// @throws IllegalStateException saying what still moves, when it takes longer
    public void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            List<String> moving = moving();
            if (moving.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not settled after " + atMost.toMillis() + " ms: " + moving);
            }
            if (engine.activity().running().isEmpty()) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } else {
                engine.activity().awaitQuiet(WAIT_MILLIS);
            }
        }
    }

    private List<String> moving() {
        long before = engine.activity().changes();
        List<String> moving = new ArrayList<>();
        for (Map.Entry<String, Integer> one : engine.activity().running().entrySet()) {
            moving.add(one.getValue() + " running: " + one.getKey());
        }
        if (!moving.isEmpty()) {
            return moving;
        }
        for (SqsMapping consumer : consumers) {
            long size = engine.queues().size(consumer.queueName());
            if (size > 0) {
                moving.add(size + " messages in " + consumer.queueName());
            }
        }
        for (StreamMapping stream : streams) {
            if (!stream.atEnd()) {
                moving.add("the stream of " + stream.tableName());
            }
        }
        if (moving.isEmpty() && engine.activity().changes() != before) {
            moving.add("something that was just handed on");
        }
        return moving;
    }
}
