package clientkpis.kpi.rehearsal.statistic;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One AUC less another, over the observations that have both values.
///
/// @param value scale 4; null under 10 cases or 10 clients who stayed
/// @param interval by clients: a client's landmarks belong together; null without a value
public record Difference(
        int cases,
        int controlClients,
        @Nullable BigDecimal value,
        @Nullable Interval interval) {

    /// What a difference claims.
    public enum Verdict {
        BETTER,
        WORSE,
        NO_DIFFERENCE,
        NOT_ENOUGH
    }

    public static Difference of(Observations observations, int[] values, int[] less) {
        Won won = Won.of(observations, values, less);
        if (!won.isClaimed()) {
            return new Difference(won.cases(), won.controlClients(), null, null);
        }
        double difference = won.halfWins() / (2.0 * won.pairs());
        double half = Interval.Z * won.standardError();
        return new Difference(
                won.cases(),
                won.controlClients(),
                Fraction.of(won.halfWins(), 2 * won.pairs()).rounded(4),
                Interval.of(difference - half, difference + half));
    }

    /// By the interval as shown.
    public Verdict verdict() {
        if (interval == null) {
            return Verdict.NOT_ENOUGH;
        }
        return interval.isAboveZero() ? Verdict.BETTER : interval.isBelowZero() ? Verdict.WORSE : Verdict.NO_DIFFERENCE;
    }
}
