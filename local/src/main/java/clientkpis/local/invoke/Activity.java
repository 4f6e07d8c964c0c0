package clientkpis.local.invoke;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what is under way. Every begin and end increments `changes`: whoever checks several places one after the
/// other knows that they were all in the same state if `changes` is the same before and after.
public final class Activity {
    /// Something under way; it is closed once it has finished, with all its effects.
    public interface Span extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<String, Integer> running = new TreeMap<>();
    private long changes;

    public Span begin(String what) {
        lock.lock();
        try {
            changes++;
            running.merge(what, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
        return () -> end(what);
    }

    private void end(String what) {
        lock.lock();
        try {
            changes++;
            running.computeIfPresent(what, (key, count) -> count == 1 ? null : count - 1);
            if (running.isEmpty()) {
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /// What is under way now, and how many of each.
    public Map<String, Integer> running() {
        lock.lock();
        try {
            return new TreeMap<>(running);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing runs, at most this long.
    public void awaitQuiet(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!running.isEmpty() && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
