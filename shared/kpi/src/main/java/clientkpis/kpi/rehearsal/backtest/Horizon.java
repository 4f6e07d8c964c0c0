package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.statistic.Share;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A backtest within one horizon.
public sealed interface Horizon {
    /// The horizon in days.
    int days();

    /// @param needs how many days a history needs for it
    record TooShort(int days, int needs) implements Horizon {}

    /// @param from the first day whose alerts count
    /// @param to the last
    /// @param landmarks ascending
    /// @param undecided how many customers at landmarks are left out
    /// @param candidate null when none is rehearsed, as is the comparison
    record Measured(
            int days,
            LocalDate from,
            LocalDate to,
            List<LocalDate> landmarks,
            Share baseRate,
            int undecided,
            Measures inForce,
            @Nullable Measures candidate,
            @Nullable Comparison comparison)
            implements Horizon {
        public Measured {
            landmarks = List.copyOf(landmarks);
        }
    }
}
