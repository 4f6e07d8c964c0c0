package clientkpis.kpi.rehearsal.statistic;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Of the pairs of one landmark, one churned (a case) and one stayed (a control), the share in which the churned has
/// the lower value, ties half; over all pairs.
///
/// @param controlClients how many different clients the controls are
/// @param value scale 4; null under 10 cases or 10 clients who stayed
/// @param interval Newcombe's fifth method; null without a value
public record Auc(
        int cases,
        int controls,
        int controlClients,
        @Nullable BigDecimal value,
        @Nullable Interval interval) {

    /// @param values one per observation, in hundredths; [Observations#NONE] takes no part
    public static Auc of(Observations observations, int[] values) {
        return of(Won.of(observations, values, null));
    }

    static Auc of(Won won) {
        if (!won.isClaimed()) {
            return new Auc(won.cases(), won.controls(), won.controlClients(), null, null);
        }
        return new Auc(
                won.cases(),
                won.controls(),
                won.controlClients(),
                Fraction.of(won.halfWins(), 2 * won.pairs()).rounded(4),
                Interval.newcombe(won.halfWins() / (2.0 * won.pairs()), won.cases(), won.controlClients()));
    }
}
