package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendingTest {
    private static final Instant FIRST = Instant.parse("2026-09-10T09:00:00Z");

    @Test
    void whatNeverEndsIsSentAgainAfterHoursThatDoubleAndSevenTimesAtMost() {
        List<Integer> sent = new ArrayList<>();
        Sending sending = new Sending(null, 0);
        for (int hour = 0; hour < 24 * 90; hour++) {
            Instant scheduled = FIRST.plus(Duration.ofHours(hour));
            if (sending.isDue(scheduled)) {
                sent.add(hour);
                sending = sending.sent(scheduled);
            }
        }

        assertThat(sent).containsExactly(0, 1, 3, 7, 15, 31, 63, 127);
    }

    @Test
    void aPlanThatIsMadeTwiceOrLateSendsNothing() {
        Sending sending = new Sending(null, 0).sent(FIRST);

        assertThat(sending.isDue(FIRST)).isFalse();
        assertThat(sending.isDue(FIRST.minus(Duration.ofHours(5)))).isFalse();
        assertThat(sending.isDue(FIRST.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(sending.isDue(FIRST.plus(Duration.ofMinutes(60)))).isTrue();
    }

    @Test
    void aRunIsStalledFromTheHourAfterItWasSentUntilItEnds() {
        Sending first = new Sending(null, 0);
        Sending sent = first.sent(FIRST);
        Sending again = sent.sent(FIRST.plus(Duration.ofHours(1)));

        assertThat(first.isStalled(FIRST)).isFalse();
        assertThat(sent.isStalled(FIRST)).isFalse();
        assertThat(sent.isStalled(FIRST.plus(Duration.ofHours(1)))).isTrue();
        assertThat(again.isStalled(FIRST.plus(Duration.ofHours(1)))).isTrue();
    }
}
