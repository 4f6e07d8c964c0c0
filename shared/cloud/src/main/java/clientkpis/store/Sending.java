package clientkpis.store;

import clientkpis.aws.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How often the messages of a run were sent, and when last. What has not ended is sent again after 1, 2, 4 ... hours,
/// seven times at most: whatever fails each time costs a bounded number of messages, and whatever only waits in a long
/// queue gets few more. All times are those of the schedule, so that no function's clock counts.
///
/// @param at when the messages were sent last; null before they were sent at all
/// @param again how often they were sent again
public record Sending(@Nullable Instant at, int again) {
    private static final int MOST = 7;
    private static final Duration FIRST_PAUSE = Duration.ofHours(1);
    /// Stores [#values()] in the run's item.
    static final String UPDATE = "SET sentAt = :at, sentAgain = :again";

    static Sending read(Map<String, AttributeValue> item) {
        String at = Attributes.text(item, "sentAt");
        return new Sending(at == null ? null : Instant.parse(at), (int) Attributes.number(item, "sentAgain"));
    }

    /// The values of [#UPDATE], once the messages were sent.
    Map<String, AttributeValue> values() {
        return Map.of(":at", Attributes.text(String.valueOf(at)), ":again", Attributes.number(again));
    }

    /// Whether the messages are to be sent, for the first time or again.
    public boolean isDue(Instant scheduled) {
        return at == null || (again < MOST && !scheduled.isBefore(at.plus(FIRST_PAUSE.multipliedBy(1L << again))));
    }

    /// Whether the run should have ended by now.
    public boolean isStalled(Instant scheduled) {
        return at != null && (again > 0 || !scheduled.isBefore(at.plus(FIRST_PAUSE)));
    }

    /// After the messages were sent.
    public Sending sent(Instant scheduled) {
        return new Sending(scheduled, at == null ? 0 : again + 1);
    }
}
