package clientkpis.function;

import clientkpis.message.SegmentMessage;
import clientkpis.store.DayRuns;
import com.amazonaws.services.lambda.runtime.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// A phase of the daily recalculation. A message does those of its shards that are not done, whatever other messages
/// name them too; whoever finds that all are done, does what the phase causes and moves the day's run on. A message
/// that is redelivered after that does nothing.
public final class DayPhase {
    private final DayRuns runs;
    private final DayRuns.Phase phase;
    private final Segments segments;

    DayPhase(DayRuns runs, DayRuns.Phase phase, Segments segments) {
        this.runs = runs;
        this.phase = phase;
        this.segments = segments;
    }

    /// Shards that are done and not yet marked as such: with one write a second, since most take less. An attempt that
    /// dies leaves at most the work of that second to be done again.
    private final class Marks {
        private static final long EVERY_NANOS = 1_000_000_000;

        private final DayRuns.Run run;
        private final List<Integer> shards = new ArrayList<>();
        private long written = System.nanoTime();

        Marks(DayRuns.Run run) {
            this.run = run;
        }

        synchronized void add(int shard) {
            shards.add(shard);
            if (System.nanoTime() - written >= EVERY_NANOS) {
                write();
            }
        }

        synchronized void write() {
            if (!shards.isEmpty()) {
                runs.done(run, phase, shards);
                shards.clear();
            }
            written = System.nanoTime();
        }
    }

    /// @param prepare reads what the shards need, if any is to be done, and returns how one is done; idempotent
    /// @param end does what the phase causes; idempotent
    public void work(SegmentMessage segment, Context context, Supplier<IntConsumer> prepare, Runnable end) {
        DayRuns.Run run = run(segment);
        if (run.isPast(phase)) {
            return;
        }
        SortedSet<Integer> missing = run.missing(phase);
        missing.retainAll(segment.shards());
        if (!missing.isEmpty()) {
            IntConsumer work = prepare.get();
            Marks marks = new Marks(run);
            try {
                segments.walk(segment, missing, context::getRemainingTimeInMillis, shard -> {
                    work.accept(shard);
                    marks.add(shard);
                });
            } finally {
                marks.write();
            }
        }
        DayRuns.Run after = run(segment);
        if (after.missing(phase).isEmpty() && !after.isPast(phase)) {
            end.run();
            runs.moveOn(after, phase);
        }
    }

    private DayRuns.Run run(SegmentMessage segment) {
        return runs.find(segment.tenant(), segment.day())
                .orElseThrow(() -> new IllegalStateException("There is no run of " + segment.day()));
    }
}
