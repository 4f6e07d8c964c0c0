package clientkpis.function;

import clientkpis.aws.MessageQueue;
import clientkpis.store.DayRuns;
import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/// How a function works through segments: shard by shard while there is time, then it sends itself the rest.
public final class Segments {
    private final MessageQueue own;
    private final Duration reserve;

    /// @param own the function's own queue
    /// @param reserve no shard is begun with less time left
    public Segments(MessageQueue own, Duration reserve) {
        this.own = own;
        this.reserve = reserve;
    }

    /// Passes on the shards of a segment: the first in any case, the others while there is time.
    ///
    /// @return the shard after the last one that was passed on
    public int walk(SegmentMessage segment, Context context, IntConsumer work) {
        int shard = segment.from();
        while (shard < segment.to()
                && (shard == segment.from() || context.getRemainingTimeInMillis() > reserve.toMillis())) {
            work.accept(shard);
            shard++;
        }
        return shard;
    }

    /// Sends the rest of a segment to the function itself, if there is a rest.
    ///
    /// @param from the first shard of the rest
    public void sendRest(SegmentMessage segment, int from) {
        if (from < segment.to()) {
            own.send(SegmentMessage.bodies(
                    segment.tenant(), segment.day(), List.of(new DayRuns.Range(from, segment.to()))));
        }
    }
}
