package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the values of one field are worth to the SenseScore: the weighted points of all indicators that read it, by
/// straight lines between their points.
///
/// @param indicators at least one
/// @param bends where the lines meet, ascending
record FieldWorth(List<Indicator> indicators, List<BigDecimal> bends) {
    static FieldWorth of(String field, Scoring scoring) {
        List<Indicator> readers = new ArrayList<>();
        TreeSet<BigDecimal> bends = new TreeSet<>();
        for (Indicator indicator : scoring.indicators()) {
            if (indicator.field().equals(field)) {
                readers.add(indicator);
                indicator.points().forEach(point -> bends.add(point.field()));
            }
        }
        return new FieldWorth(readers, List.copyOf(bends));
    }

    Fraction at(BigDecimal value) {
        Fraction worth = Fraction.ZERO;
        for (Indicator indicator : indicators) {
            worth = worth.plus(Fraction.of(indicator.weight()).times(indicator.worth(value)));
        }
        return worth;
    }

    /// From the first bend to the last.
    Fraction span() {
        return Fraction.of(bends.getLast().subtract(bends.getFirst()));
    }

    /// The nearest value, at the scale of `from`, that is worth as much as needed; the lower of two. Null if there is
    /// none.
    ///
    /// @param from a value that is worth less
    @Nullable
    BigDecimal nearest(BigDecimal from, Fraction needed, WouldChange.Limits limits) {
        BigDecimal above = new Way(from, 1, limits.greatest()).first(needed);
        BigDecimal below = new Way(from, -1, limits.least()).first(needed);
        if (above == null || below == null) {
            return above == null ? below : above;
        }
        return above.subtract(from).compareTo(from.subtract(below)) < 0 ? above : below;
    }

    /// The values on one side of a value, in steps away from it of one unit at its scale.
    private final class Way {
        private final BigDecimal from;
        private final BigDecimal unit;
        private final @Nullable BigDecimal end;
        private final int direction;

        Way(BigDecimal from, int direction, @Nullable BigDecimal end) {
            this.from = from;
            this.direction = direction;
            this.end = end;
            unit = BigDecimal.ONE.movePointLeft(Math.max(0, from.scale())).multiply(BigDecimal.valueOf(direction));
        }

        @Nullable
        BigDecimal first(Fraction needed) {
            BigInteger last = end == null ? null : steps(end, RoundingMode.FLOOR);
            BigInteger begin = BigInteger.ONE;
            for (BigDecimal bend : direction > 0 ? bends : bends.reversed()) {
                // Straight from one bend to the next; past the last one the first step has what all have.
                BigInteger to = steps(bend, RoundingMode.FLOOR);
                BigInteger next = steps(bend, RoundingMode.CEILING);
                BigInteger found = first(begin, last == null ? to : to.min(last), needed);
                if (found == null
                        && !next.equals(to)
                        && next.signum() > 0
                        && (last == null || next.compareTo(last) <= 0)) {
                    found = first(next, next, needed);
                }
                if (found != null) {
                    return value(found);
                }
                begin = begin.max(next);
            }
            return null;
        }

        /// The first of the steps `begin` to `to`, along which the worth is a straight line.
        private @Nullable BigInteger first(BigInteger begin, BigInteger to, Fraction needed) {
            if (begin.compareTo(to) > 0) {
                return null;
            }
            Fraction near = at(value(begin));
            if (near.compareTo(needed) >= 0) {
                return begin;
            }
            Fraction far = at(value(to));
            if (far.compareTo(needed) < 0) {
                return null;
            }
            Fraction part = needed.minus(near).dividedBy(far.minus(near)).times(whole(to.subtract(begin)));
            BigInteger[] steps = part.numerator().divideAndRemainder(part.denominator());
            return begin.add(steps[0]).add(steps[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO);
        }

        private BigDecimal value(BigInteger steps) {
            return from.add(unit.multiply(new BigDecimal(steps)));
        }

        /// How many steps lead to a value; negative on the other side.
        private BigInteger steps(BigDecimal value, RoundingMode rounding) {
            return value.subtract(from).divide(unit, 0, rounding).toBigIntegerExact();
        }
    }

    private static Fraction whole(BigInteger number) {
        return Fraction.of(number, BigInteger.ONE);
    }
}
