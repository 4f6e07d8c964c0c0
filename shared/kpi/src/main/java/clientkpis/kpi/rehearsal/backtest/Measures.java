package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Capture;
import clientkpis.kpi.rehearsal.statistic.Observations;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What one configuration is worth for one horizon.
///
/// @param unscored how many observations have no score
/// @param capture percentage of the lowest scores to the share of the churned among them; null where not claimed
public record Measures(
        AlertMeasures alerts,
        ChurnMeasures churns,
        List<BandMeasure> bands,
        Auc auc,
        int unscored,
        @Nullable SortedMap<Integer, BigDecimal> capture,
        List<IndicatorMeasure> indicators) {
    public Measures {
        bands = List.copyOf(bands);
        indicators = List.copyOf(indicators);
    }

    static Measures of(
            Past past,
            Window window,
            AtLandmarks landmarks,
            List<CountedChurn> churns,
            Judged.With with,
            List<BitSet> alerts) {
        int[] scores = landmarks.scores(with.judged()::of);
        return new Measures(
                AlertMeasures.of(past, window, alerts, landmarks),
                ChurnMeasures.of(churns, window, with.judged(), alerts),
                BandMeasure.of(landmarks, with.judged()),
                Auc.of(landmarks.observations(), scores),
                (int) Arrays.stream(scores)
                        .filter(score -> score == Observations.NONE)
                        .count(),
                Capture.of(landmarks.observations(), scores),
                IndicatorMeasure.of(landmarks, with, scores));
    }
}
