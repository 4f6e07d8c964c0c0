package clientkpis.kpi.client;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The value of a score at the end of every calendar day. A day without a recalculation repeats the previous value, so
/// only the days on which it changed are kept.
///
/// @param points ascending; a null value says that there is none from that day on
public record History(List<Point> points) {
    /// @param hundredths the score in hundredths, or null for none
    public record Point(LocalDate from, @Nullable Integer hundredths) {}

    /// The periods of the variation, in days, ascending.
    public static final List<Integer> VARIATIONS = List.of(7, 15, 30);

    /// The days that must be exact: every reading of a history looks back at most this far, today included.
    public static final int DAYS = Math.max(Situation.LONG, 2 * VARIATIONS.getLast());

    public static final History EMPTY = new History(List.of());

    public History {
        points = List.copyOf(points);
    }

    /// The history with a day's value, which replaces the one that the day had. Closed days never change.
    ///
    /// @throws IllegalArgumentException when a later day is already recorded
    public History with(LocalDate day, @Nullable BigDecimal score) {
        Integer hundredths = score == null ? null : score.movePointRight(2).intValueExact();
        List<Point> next = new ArrayList<>(points);
        if (!next.isEmpty() && next.getLast().from().isAfter(day)) {
            throw new IllegalArgumentException("The history goes on after " + day);
        }
        if (!next.isEmpty() && next.getLast().from().equals(day)) {
            next.removeLast();
        }
        Integer before = next.isEmpty() ? null : next.getLast().hundredths();
        if (!Objects.equals(before, hundredths)) {
            next.add(new Point(day, hundredths));
        }
        return next.equals(points) ? this : new History(next);
    }

    /// Without the part that no reading at `day` or later can reach.
    public History keptAt(LocalDate day) {
        LocalDate first = day.minusDays(DAYS - 1);
        int from = 0;
        while (from + 1 < points.size() && !points.get(from + 1).from().isAfter(first)) {
            from++;
        }
        return from == 0 ? this : new History(points.subList(from, points.size()));
    }

    /// The mean over `[from, to]`, both inclusive. Days without a value do not count.
    public Mean mean(LocalDate from, LocalDate to) {
        long first = from.toEpochDay();
        long end = to.toEpochDay();
        long sum = 0;
        long days = 0;
        for (int i = points.size() - 1; i >= 0 && end >= first; i--) {
            long start = points.get(i).from().toEpochDay();
            Integer value = points.get(i).hundredths();
            long length = end - Math.max(start, first) + 1;
            if (value != null && length > 0) {
                sum += length * value;
                days += length;
            }
            end = Math.min(end, start - 1);
        }
        return new Mean(sum, days);
    }

    /// The values of the last [#DAYS] days, in hundredths, ascending by day; null for a day without one.
    public List<@Nullable Integer> days(LocalDate day) {
        @Nullable Integer[] values = new @Nullable Integer[DAYS];
        long first = day.toEpochDay() - DAYS + 1;
        int end = DAYS;
        for (int i = points.size() - 1; i >= 0 && end > 0; i--) {
            int start = Math.clamp(points.get(i).from().toEpochDay() - first, 0, DAYS);
            if (start < end) {
                Arrays.fill(values, start, end, points.get(i).hundredths());
                end = start;
            }
        }
        return Arrays.asList(values);
    }

    /// The mean of the `days` days that end at `day`.
    public Mean lastDays(LocalDate day, int days) {
        return mean(day.minusDays(days - 1L), day);
    }

    /// A period against the one before (fields.md, *Variation*): `mean[D-N, D] / mean[D-2N+1, D-N]`, scale 4; null when
    /// either has no value or the previous mean is 0.
    public @Nullable BigDecimal variation(LocalDate day, int n) {
        Mean current = mean(day.minusDays(n), day);
        Mean previous = mean(day.minusDays(2L * n - 1), day.minusDays(n));
        if (current.days() == 0 || previous.days() == 0 || previous.sum() == 0) {
            return null;
        }
        return Fraction.of(current.sum(), current.days())
                .dividedBy(Fraction.of(previous.sum(), previous.days()))
                .rounded(4);
    }

    /// An exact mean.
    ///
    /// @param sum of the days' values, in hundredths
    /// @param days that have a value
    public record Mean(long sum, long days) {
        /// Whether it is strictly greater, by cross-multiplication; false when either mean has no days.
        public boolean isAbove(Mean other) {
            return days > 0
                    && other.days > 0
                    && Math.multiplyExact(sum, other.days) > Math.multiplyExact(other.sum, days);
        }

        /// Rounded to scale 2 for display; null without days.
        public @Nullable BigDecimal shown() {
            return days == 0
                    ? null
                    : Fraction.of(sum, Math.multiplyExact(days, 100L)).rounded(2);
        }
    }
}
