package clientkpis.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values that a field has from which day on, as long as no row changes: a step function of the date.
///
/// @param steps ascending; a null value says that the field is absent, as it is before the first step
public record Timeline(List<Step> steps) {
    public record Step(LocalDate from, @Nullable Value value) {}

    public Timeline {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (!steps.get(i - 1).from().isBefore(steps.get(i).from())) {
                throw new IllegalArgumentException("The steps of a timeline ascend: " + steps);
            }
        }
    }

    /// One value from a day on that never changes.
    public static Timeline constant(LocalDate from, @Nullable Value value) {
        return value == null ? new Timeline(List.of()) : new Timeline(List.of(new Step(from, value)));
    }

    /// The steps that start at each day of `values`; equal neighbours become one step.
    public static Timeline of(Map<LocalDate, ? extends @Nullable Value> values) {
        List<Step> steps = new ArrayList<>();
        @Nullable Value last = null;
        for (var entry : new TreeMap<LocalDate, @Nullable Value>(values).entrySet()) {
            Value value = entry.getValue();
            if (!Objects.equals(value, last)) {
                steps.add(new Step(entry.getKey(), value));
                last = value;
            }
        }
        return new Timeline(steps);
    }

    /// The value on a day, or null where the field is absent. A countdown is returned as the date it runs to.
    public @Nullable Value at(LocalDate day) {
        int last = lastUntil(day);
        return last < 0 ? null : steps.get(last).value();
    }

    /// Whether the values on two days differ.
    public boolean changes(LocalDate from, LocalDate to) {
        return lastUntil(from) != lastUntil(to) && !Objects.equals(at(from), at(to));
    }

    /// The position of the step that a day is in, -1 before the first.
    private int lastUntil(LocalDate day) {
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(middle).from().isAfter(day)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    /// A running sum of amounts that are added or subtracted from a day on. It is rounded only when it is read.
    public static final class Sum {
        private final LocalDate from;
        private final TreeMap<LocalDate, BigDecimal> changes = new TreeMap<>();

        /// A sum that is read from a day on. Earlier changes count from that day.
        public Sum(LocalDate from) {
            this.from = from;
            changes.put(from, BigDecimal.ZERO);
        }

        /// Adds `amount` from `day` on.
        public Sum add(LocalDate day, BigDecimal amount) {
            changes.merge(day.isBefore(from) ? from : day, amount, BigDecimal::add);
            return this;
        }

        /// Adds one from `day` on.
        public Sum count(LocalDate day) {
            return add(day, BigDecimal.ONE);
        }

        /// The sum as a timeline, rounded half up to `scale`.
        public Timeline rounded(int scale) {
            TreeMap<LocalDate, Value> values = new TreeMap<>();
            BigDecimal sum = BigDecimal.ZERO;
            for (var change : changes.entrySet()) {
                sum = sum.add(change.getValue());
                values.put(change.getKey(), new Value.Number(sum.setScale(scale, RoundingMode.HALF_UP)));
            }
            return Timeline.of(values);
        }
    }
}
