package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.score.Indicator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What one indicator is worth.
///
/// @param auc of its points alone
/// @param missing the observations without its data
/// @param churnedWhereMissing of these, those who churned
/// @param helps the AUC of the score less that of the score without it
public record IndicatorMeasure(
        Indicator indicator, Auc auc, Share missing, Share churnedWhereMissing, Difference helps) {
    private static final Set<String> CIRCULAR = Set.of("mrr", "licences", "daysToRenewal");

    /// Whether an indicator reads what churn itself is made of.
    public static boolean isCircular(Indicator indicator) {
        return CIRCULAR.contains(indicator.field());
    }

    static List<IndicatorMeasure> of(AtLandmarks landmarks, Judged.With with, int[] scores) {
        Observations observations = landmarks.observations();
        List<IndicatorMeasure> measures = new ArrayList<>();
        List<Indicator> indicators = with.scoring().indicators();
        for (int i = 0; i < indicators.size(); i++) {
            int indicator = i;
            int[] points = landmarks.values(
                    (client, day) -> with.judged().of(client).parts(day).points(indicator));
            int[] without = landmarks.values(
                    (client, day) -> with.judged().of(client).parts(day).without(indicator));
            int missing = 0;
            int churned = 0;
            for (int o = 0; o < points.length; o++) {
                if (points[o] == Observations.NONE) {
                    missing++;
                    churned += observations.hasChurned(o) ? 1 : 0;
                }
            }
            measures.add(new IndicatorMeasure(
                    indicators.get(i),
                    Auc.of(observations, points),
                    new Share(missing, points.length),
                    new Share(churned, missing),
                    Difference.of(observations, scores, without)));
        }
        return measures;
    }
}
