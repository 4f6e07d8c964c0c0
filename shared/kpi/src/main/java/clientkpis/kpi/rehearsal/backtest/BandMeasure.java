package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The observations of one band.
///
/// @param band null: without a score
/// @param mrr at the landmarks
public record BandMeasure(
        @Nullable Band band, Share churned, @Nullable BigDecimal lift, BigDecimal mrr, BigDecimal mrrChurned) {

    /// Red, yellow, green, none.
    static List<BandMeasure> of(AtLandmarks landmarks, Judged judged) {
        List<@Nullable Band> bands = new ArrayList<>(Arrays.asList(Band.values()));
        bands.add(null);
        Share base = landmarks.observations().churned();
        List<BandMeasure> measures = new ArrayList<>();
        for (@Nullable Band band : bands) {
            int of = 0;
            int churned = 0;
            BigDecimal mrr = BigDecimal.ZERO.setScale(2);
            BigDecimal mrrChurned = mrr;
            for (int i = 0; i < landmarks.observations().size(); i++) {
                int day = landmarks.days().get(i);
                if (judged.of(landmarks.clients().get(i)).band(day) == band) {
                    BigDecimal own =
                            BigDecimal.valueOf(landmarks.clients().get(i).cents(day), 2);
                    of++;
                    mrr = mrr.add(own);
                    if (landmarks.observations().hasChurned(i)) {
                        churned++;
                        mrrChurned = mrrChurned.add(own);
                    }
                }
            }
            Share share = new Share(churned, of);
            measures.add(new BandMeasure(band, share, share.lift(base), mrr, mrrChurned));
        }
        return measures;
    }
}
