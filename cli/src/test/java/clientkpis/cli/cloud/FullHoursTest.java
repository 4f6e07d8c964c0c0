package clientkpis.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FullHoursTest {
    private final FullHours hours = new FullHours(Instant.parse("2026-11-25T12:34:56Z"));

    @Test
    void eachFullHourIsReportedOnce() {
        assertThat(hours.due(Instant.parse("2026-11-25T12:59:59Z"))).isEmpty();
        assertThat(hours.due(Instant.parse("2026-11-25T13:00:01Z"))).contains(Instant.parse("2026-11-25T13:00:00Z"));
        assertThat(hours.due(Instant.parse("2026-11-25T13:00:02Z"))).isEmpty();
    }

    @Test
    void afterASleepOnlyTheLastIsReported() {
        assertThat(hours.due(Instant.parse("2026-11-26T07:15:00Z"))).contains(Instant.parse("2026-11-26T07:00:00Z"));
        assertThat(hours.due(Instant.parse("2026-11-26T07:15:01Z"))).isEmpty();
    }
}
