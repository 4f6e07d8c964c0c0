package clientkpis.report.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which months are closed, and by which days.
class MonthTest {
    private static final NavigableSet<YearMonth> NONE = new TreeSet<>();

    @Test
    void aMonthIsClosedWhenADayAfterItWasRecalculated() {
        assertThat(closed("2026-01-10 2026-01-31", "2026-01-31")).isEmpty();
        assertThat(closed("2026-01-10 2026-01-31 2026-02-01", "2026-02-01")).isEqualTo("2026-01 2026-01-10 2026-01-31");
    }

    @Test
    void theFirstOneStartsFromTheCloseOfItsFirstDayAndTheOthersWhereThePreviousOneEnded() {
        assertThat(closed("2026-01-31 2026-02-28 2026-03-31 2026-04-01", "2026-04-01"))
                .isEqualTo(
                        "2026-01 2026-01-31 2026-01-31, 2026-02 2026-01-31 2026-02-28, 2026-03 2026-02-28 2026-03-31");
    }

    @Test
    void ofAMissedDayTheLastExportBeforeItCounts() {
        assertThat(closed("2026-01-10 2026-01-20 2026-04-05", "2026-04-05"))
                .isEqualTo(
                        "2026-01 2026-01-10 2026-01-20, 2026-02 2026-01-20 2026-01-20, 2026-03 2026-01-20 2026-01-20");
    }

    @Test
    void whatIsKeptIsNotClosedAgainAndTheNextOneStartsWhereItEnded() {
        NavigableSet<YearMonth> kept = new TreeSet<>(NONE);
        kept.add(YearMonth.of(2026, 1));
        // The 31st was recalculated after January was closed.
        NavigableSet<LocalDate> days = days("2026-01-30 2026-01-31 2026-02-28 2026-03-01");
        Map<YearMonth, LocalDate> ends = Map.of(YearMonth.of(2026, 1), LocalDate.of(2026, 1, 30));

        assertThat(text(days, kept, ends, "2026-03-01")).isEqualTo("2026-02 2026-01-30 2026-02-28");
    }

    @Test
    void aHistoryWhoseExportsAreGoneGoesOnWithTheFirstThatIsThere() {
        NavigableSet<YearMonth> kept = new TreeSet<>(NONE);
        kept.add(YearMonth.of(2024, 1));

        assertThat(text(days("2026-01-10 2026-02-01"), kept, Map.of(), "2026-02-01"))
                .isEqualTo("2026-01 2026-01-10 2026-01-10");
    }

    @Test
    void aShortHistoryStartsFromTheCloseOfItsFirstDay() {
        NavigableSet<LocalDate> days = days("2026-01-10 2026-02-01");
        assertThat(Month.start(days, LocalDate.of(2025, 2, 2))).isEqualTo("2026-01-10");
        assertThat(Month.start(days, LocalDate.of(2026, 1, 20))).isEqualTo("2026-01-10");
        assertThat(Month.start(days, LocalDate.of(2026, 2, 2))).isEqualTo("2026-02-01");
    }

    private static String closed(String days, String day) {
        return text(days(days), NONE, Map.of(), day);
    }

    private static String text(
            NavigableSet<LocalDate> days, NavigableSet<YearMonth> kept, Map<YearMonth, LocalDate> ends, String day) {
        return Month.toClose(days, kept, ends, LocalDate.parse(day)).stream()
                .map(month -> month.month() + " " + month.from() + " " + month.to())
                .collect(Collectors.joining(", "));
    }

    private static NavigableSet<LocalDate> days(String days) {
        return Arrays.stream(days.split(" ")).map(LocalDate::parse).collect(Collectors.toCollection(TreeSet::new));
    }
}
