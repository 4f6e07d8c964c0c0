package clientkpis.kpi.rehearsal.statistic;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How many of how many. The counts always count; of fewer than 10 nothing is claimed.
public record Share(long count, long of) {
    /// Below so many nothing is claimed.
    public static final int LEAST = 10;

    public boolean isClaimed() {
        return of >= LEAST;
    }

    /// Scale 4; null when nothing is claimed.
    public @Nullable BigDecimal value() {
        return isClaimed() ? Fraction.of(count, of).rounded(4) : null;
    }

    /// Wilson's; null when nothing is claimed.
    public @Nullable Interval interval() {
        return isClaimed() ? Interval.wilson(count, of) : null;
    }

    /// How many times as large it is as a base rate, scale 2; null when one of both is not claimed or the base is 0.
    public @Nullable BigDecimal lift(Share base) {
        return isClaimed() && base.isClaimed() && base.count > 0
                ? Fraction.of(count, of)
                        .dividedBy(Fraction.of(base.count, base.of))
                        .rounded(2)
                : null;
    }
}
