package clientkpis.kpi.rehearsal.statistic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoublePredicate;

/// A 95 % interval, as shown.
public record Interval(BigDecimal low, BigDecimal high) {
    static final double Z = 1.96;
    private static final double Z2 = Z * Z;

    static Interval of(double low, double high) {
        return new Interval(rounded(low), rounded(high));
    }

    /// A share, an AUC or a difference as shown, rounded half away from zero.
    static BigDecimal rounded(double exact) {
        return new BigDecimal(exact).setScale(4, RoundingMode.HALF_UP);
    }

    /// Wilson's interval of a share.
    static Interval wilson(long count, long of) {
        double n = of;
        double p = count / n;
        double middle = p + Z2 / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + Z2 / (4 * n * n));
        double whole = 1 + Z2 / n;
        return of(Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole));
    }

    /// Newcombe's fifth method: all t with `(A-t)^2 <= z^2 t(1-t)(1 + N((1-t)/(2-t) + t/(1+t)))/(kn)`.
    ///
    /// @param k how many churned
    /// @param n how many different clients stayed
    static Interval newcombe(double auc, long k, long n) {
        double half = (k + n) / 2.0 - 1;
        DoublePredicate isInside = t -> (auc - t) * (auc - t)
                <= Z2 * t * (1 - t) * (1 + half * ((1 - t) / (2 - t) + t / (1 + t))) / ((double) k * n);
        return of(end(isInside, auc, 0), end(isInside, auc, 1));
    }

    /// The end of the interval between a value that is inside and a bound of all values.
    private static double end(DoublePredicate isInside, double value, double bound) {
        if (isInside.test(bound) && value == bound) {
            return bound;
        }
        double inside = value;
        double outside = bound;
        for (int i = 0; i < 100; i++) {
            double middle = (inside + outside) / 2;
            if (isInside.test(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    boolean isAboveZero() {
        return low.signum() > 0;
    }

    boolean isBelowZero() {
        return high.signum() < 0;
    }
}
