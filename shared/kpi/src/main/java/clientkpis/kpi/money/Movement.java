package clientkpis.kpi.money;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client's MRR did in a period, from the close of a day to the close of a later one.
public enum Movement {
    NEW,
    REACTIVATION,
    EXPANSION,
    CONTRACTION,
    CHURN;

    /// @param start the MRR at the first close, 0 for a client that was not in the portfolio
    /// @param end the MRR at the last close, likewise
    /// @param hadMrrBefore whether the client had MRR on a day before the first close
    /// @return null when the MRR is the same
    public static @Nullable Movement of(BigDecimal start, BigDecimal end, boolean hadMrrBefore) {
        int change = end.compareTo(start);
        if (change == 0) {
            return null;
        }
        if (start.signum() == 0) {
            return hadMrrBefore ? REACTIVATION : NEW;
        }
        if (end.signum() == 0) {
            return CHURN;
        }
        return change > 0 ? EXPANSION : CONTRACTION;
    }

    /// Whether it adds to the MRR.
    public boolean isGain() {
        return this == NEW || this == REACTIVATION || this == EXPANSION;
    }

    /// As it is called in JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
