package clientkpis.local.trigger;

import clientkpis.local.invoke.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Knows when everything has settled: nothing is under way, the queues that functions read are empty, streams are read
/// to their ends.
///
/// Only what [Activity] counts moves work from one place to another, and work is in its new place before it leaves the
/// old one. So if all places are found empty, one after the other, and the count did not change meanwhile, they were
/// all empty at the same time.
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

    /// Returns when everything has settled.
    ///
    /// @throws IllegalStateException naming what still moves, when it takes longer
    public void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            List<String> moving = moving();
            if (moving.isEmpty()) {
                return;
            }
            if (skipsDelays()) {
                continue;
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

    /// When nothing moves but the time for which messages are delayed, nothing needs it to pass.
    private boolean skipsDelays() {
        if (!engine.activity().running().isEmpty() || streams.stream().anyMatch(stream -> !stream.atEnd())) {
            return false;
        }
        List<String> delayed = new ArrayList<>();
        for (SqsMapping consumer : consumers) {
            if (engine.queues().isDelayed(consumer.queueName())) {
                delayed.add(consumer.queueName());
            } else if (engine.queues().size(consumer.queueName()) > 0) {
                return false;
            }
        }
        if (!delayed.isEmpty()) {
            engine.queues().skipDelays(delayed);
        }
        return !delayed.isEmpty();
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
                moving.add(engine.queues().held(consumer.queueName()) + " messages in " + consumer.queueName());
            }
        }
        for (StreamMapping stream : streams) {
            if (!stream.atEnd()) {
                moving.add("the stream of " + stream.tableName());
            }
        }
        if (moving.isEmpty() && engine.activity().changes() != before) {
            moving.add("something that was just passed on");
        }
        return moving;
    }
}
