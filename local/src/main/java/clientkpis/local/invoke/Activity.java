package clientkpis.local.invoke;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what is under way. Every beginning and every end moves `changes` on, so that a look at several places, one
/// after the other, is known to have seen one state when `changes` has not moved meanwhile.
public final class Activity {
    /// Something under way; closing it says that it has come to its end, with all its effects.
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

    /// What is under way now, with how often.
    public Map<String, Integer> running() {
        lock.lock();
        try {
            return new TreeMap<>(running);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing runs, at most so long.
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
