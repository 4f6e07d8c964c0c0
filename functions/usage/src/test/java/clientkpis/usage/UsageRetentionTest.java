package clientkpis.usage;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageRetentionTest {
    private static final LocalDate LAST = LocalDate.parse("2026-09-01");

    @Test
    void rowsOfTheLastDayAndOlderGo() {
        assertThat(UsageRetention.expired(
                        Map.of("a", row("2026-08-31"), "b", row("2026-09-01"), "c", row("2026-09-02")), LAST))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theNewestRowStaysForItSaysThatUsageWasReceived() {
        assertThat(UsageRetention.expired(Map.of("a", row("2026-08-30"), "b", row("2026-08-31")), LAST))
                .containsExactly("a");
    }

    @Test
    void theNewestRowWithAccessesStaysForItSaysThatAccessesAreSent() {
        Row accesses = new Row(Map.of("used_on", "2026-07-01", "accesses", "0"));
        Row older = new Row(Map.of("used_on", "2026-06-01", "accesses", "9"));
        assertThat(UsageRetention.expired(
                        Map.of("a", accesses, "b", row("2026-08-31"), "c", row("2026-09-05"), "d", older), LAST))
                .containsExactlyInAnyOrder("b", "d");
    }

    private static Row row(String usedOn) {
        return new Row(Map.of("used_on", usedOn));
    }
}
