package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.Fraction;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.rehearsal.statistic.Quartiles;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the clients who left were seen before.
///
/// @param recall with an alert of the stint within the horizon before
/// @param scored how many had a score on a customer day within the horizon before
/// @param leadDays from the first such alert to the churn
/// @param mrr of the last customer days
/// @param mrrRecall scale 4; null of fewer than 10 churns, and without MRR
/// @param mrrEffective of how many equal clients the MRR is, scale 1; null without MRR
public record ChurnMeasures(
        Share recall,
        Share atRiskTheDayBefore,
        int scored,
        Share greenUntilChurn,
        Share neverRed,
        BandBefore bandBefore,
        Quartiles leadDays,
        BigDecimal mrr,
        BigDecimal mrrCaught,
        @Nullable BigDecimal mrrRecall,
        @Nullable BigDecimal mrrEffective) {

    /// The churns by their band a horizon before.
    ///
    /// @param none without a score
    /// @param notYet no customer then
    public record BandBefore(int red, int yellow, int green, int none, int notYet) {}

    static ChurnMeasures of(List<CountedChurn> churns, Window window, Judged judged, List<BitSet> alerts) {
        Tally tally = new Tally();
        for (CountedChurn churn : churns) {
            tally.count(churn, window.horizon(), judged.of(churn.client()));
            Integer alert = churn.firstAlert(alerts.get(churn.client().number()), window.horizon());
            if (alert != null) {
                tally.leads[tally.caught++] = churn.day() - alert;
                tally.centsCaught = tally.centsCaught.add(BigInteger.valueOf(churn.cents()));
            }
        }
        return tally.done(churns.size());
    }

    private static final class Tally {
        private int[] leads = new int[0];
        private int caught;
        private int atRisk;
        private int scored;
        private int green;
        private int neverRed;
        private final Map<Band, Integer> before = new EnumMap<>(Band.class);
        private int none;
        private int notYet;
        private BigInteger cents = BigInteger.ZERO;
        private BigInteger centsCaught = BigInteger.ZERO;
        private BigInteger squares = BigInteger.ZERO;

        void count(CountedChurn churn, int horizon, JudgedDays judged) {
            if (leads.length == caught) {
                leads = Arrays.copyOf(leads, 2 * caught + 1);
            }
            int x = churn.day();
            atRisk += judged.isRisk(x - 1) ? 1 : 0;
            countBands(churn, Math.max(0, x - horizon), judged);
            int then = x - horizon;
            if (!churn.client().customers().isCustomer(then)) {
                notYet++;
            } else {
                Band band = judged.band(then);
                if (band == null) {
                    none++;
                } else {
                    before.merge(band, 1, Integer::sum);
                }
            }
            BigInteger mrr = BigInteger.valueOf(churn.cents());
            cents = cents.add(mrr);
            squares = squares.add(mrr.multiply(mrr));
        }

        private void countBands(CountedChurn churn, int from, JudgedDays judged) {
            boolean hasScore = false;
            boolean isGreen = true;
            boolean isRed = false;
            for (int day = from; day < churn.day(); day++) {
                if (churn.client().customers().isCustomer(day) && judged.score(day) != Observations.NONE) {
                    Band band = judged.band(day);
                    hasScore = true;
                    isGreen &= band == Band.GREEN;
                    isRed |= band == Band.RED;
                }
            }
            scored += hasScore ? 1 : 0;
            green += hasScore && isGreen ? 1 : 0;
            neverRed += hasScore && !isRed ? 1 : 0;
        }

        ChurnMeasures done(int churns) {
            boolean hasMrr = cents.signum() > 0;
            return new ChurnMeasures(
                    new Share(caught, churns),
                    new Share(atRisk, churns),
                    scored,
                    new Share(green, scored),
                    new Share(neverRed, scored),
                    new BandBefore(
                            before.getOrDefault(Band.RED, 0),
                            before.getOrDefault(Band.YELLOW, 0),
                            before.getOrDefault(Band.GREEN, 0),
                            none,
                            notYet),
                    Quartiles.of(Arrays.copyOf(leads, caught)),
                    new BigDecimal(cents, 2),
                    new BigDecimal(centsCaught, 2),
                    hasMrr && churns >= Share.LEAST
                            ? Fraction.of(centsCaught, cents).rounded(4)
                            : null,
                    hasMrr ? Fraction.of(cents.multiply(cents), squares).rounded(1) : null);
        }
    }
}
