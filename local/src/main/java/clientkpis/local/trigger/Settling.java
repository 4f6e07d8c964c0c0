package clientkpis.local.trigger;

import clientkpis.local.invoke.Engine;
import clientkpis.local.service.Queues;
import clientkpis.local.service.Queues.Held;
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
            if (skipsWaiting()) {
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

    /// When nothing moves and messages only wait for their time, it is passed over: that of the failed ones first, then
    /// that of the delayed ones.
    private boolean skipsWaiting() {
        long before = engine.activity().changes();
        if (!engine.activity().running().isEmpty() || streams.stream().anyMatch(stream -> !stream.atEnd())) {
            return false;
        }
        List<String> failed = new ArrayList<>();
        List<String> delayed = new ArrayList<>();
        for (SqsMapping consumer : consumers) {
            switch (engine.queues().held(consumer.queueName())) {
                case Held held
                when held.visible() > 0 || (held.inFlight() > 0 && consumer.isPatient()) -> {
                    return false;
                }
                case Held held when held.inFlight() > 0 -> failed.add(consumer.queueName());
                case Held held when held.delayed() > 0 -> delayed.add(consumer.queueName());
                default -> {}
            }
        }
        if (engine.activity().changes() != before) {
            return false;
        }
        if (!failed.isEmpty()) {
            engine.queues().skip(SqsMapping.LONGEST_RETRY, failed);
        } else if (!delayed.isEmpty()) {
            engine.queues().skip(Queues.LONGEST_DELAY, delayed);
        }
        return !failed.isEmpty() || !delayed.isEmpty();
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
            Held held = engine.queues().held(consumer.queueName());
            if (held.all() > 0) {
                moving.add(held + " messages in " + consumer.queueName());
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
