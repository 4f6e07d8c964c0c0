package clientkpis.report.money;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A month and the days whose closes begin and end it.
///
/// @param from the last day that was recalculated before the month; in the first month of a history its first day
/// @param to the last day that was recalculated up to the end of the month
record Month(YearMonth month, LocalDate from, LocalDate to) {

    /// The months that are closed at a day and not kept yet, ascending. A month is closed when a day after it was
    /// recalculated.
    ///
    /// @param days that are exported up to `day`
    /// @param kept the months that are kept
    /// @param ends the days that end the newest of them
    static List<Month> toClose(
            NavigableSet<LocalDate> days, NavigableSet<YearMonth> kept, Map<YearMonth, LocalDate> ends, LocalDate day) {
        List<Month> months = new ArrayList<>();
        if (days.isEmpty()) {
            return months;
        }
        YearMonth now = YearMonth.from(day);
        LocalDate before = null;
        for (YearMonth month = first(days, kept); month.isBefore(now); month = month.plusMonths(1)) {
            if (kept.contains(month)) {
                before = ends.get(month);
                continue;
            }
            LocalDate to = days.floor(month.atEndOfMonth());
            if (to != null) {
                // As it ended the month before, whatever was recalculated late.
                LocalDate from = before != null && days.contains(before) ? before : start(days, month.atDay(1));
                months.add(new Month(month, from, to));
                before = to;
            }
        }
        return months;
    }

    private static YearMonth first(NavigableSet<LocalDate> days, NavigableSet<YearMonth> kept) {
        YearMonth first = YearMonth.from(days.first());
        return !kept.isEmpty() && kept.first().isBefore(first) ? kept.first() : first;
    }

    /// The close from which a period runs: the last one before its first day, or the first of all.
    ///
    /// @param days not empty
    static LocalDate start(NavigableSet<LocalDate> days, LocalDate firstDay) {
        @Nullable LocalDate before = days.lower(firstDay);
        return Objects.requireNonNullElse(before, days.first());
    }
}
