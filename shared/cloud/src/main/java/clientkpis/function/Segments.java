package clientkpis.function;

import clientkpis.aws.Dynamo;
import clientkpis.message.SegmentMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/// How a function works through a segment: shard by shard while there is time, then it hands on the others, each by
/// itself, so that no message causes a chain of messages.
public final class Segments {
    /// A shard may take half as long again as the longest so far.
    private static final double MARGIN = 1.5;
    /// Shards that take less, in milliseconds, mostly wait for answers: some are done at once.
    private static final int SHORT = 500;
    private static final int AT_ONCE = 8;

    private final Consumer<List<String>> own;

    /// @param own sends messages to the function itself
    public Segments(Consumer<List<String>> own) {
        this.own = own;
    }

    /// Does shards of a segment: the first in any case and alone, the others if the time that is left fits the longest
    /// so far. So any number of clients in a shard is done, as long as one shard fits an invocation.
    ///
    /// @param shards those of the segment that are to be done
    /// @param millisLeft of this invocation
    /// @param work does a shard; several may be done at the same time
    public void walk(SegmentMessage segment, Collection<Integer> shards, IntSupplier millisLeft, IntConsumer work) {
        List<Integer> left = new ArrayList<>(shards);
        int longest = 0;
        int atOnce = 1;
        while (!left.isEmpty() && millisLeft.getAsInt() >= longest * MARGIN) {
            int before = millisLeft.getAsInt();
            List<Integer> some = left.subList(0, Math.min(atOnce, left.size()));
            Dynamo.forEach(some, work::accept);
            some.clear();
            longest = Math.max(longest, before - millisLeft.getAsInt());
            atOnce = longest < SHORT ? AT_ONCE : 1;
        }
        if (!left.isEmpty()) {
            own.accept(SegmentMessage.each(segment.tenant(), segment.day(), left));
        }
    }
}
