package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Difference;
import java.util.BitSet;
import java.util.List;

/// The candidate beside the configuration in force.
///
/// @param aucDifference the candidate's AUC less that in force, over those whom both score
public record Comparison(
        Difference aucDifference, int caughtOnlyByInForce, int caughtOnlyByCandidate, int caughtByBoth) {

    static Comparison of(
            Window window,
            AtLandmarks landmarks,
            List<CountedChurn> churns,
            List<BitSet> inForce,
            List<BitSet> candidate) {
        int onlyInForce = 0;
        int onlyCandidate = 0;
        int both = 0;
        for (CountedChurn churn : churns) {
            int client = churn.client().number();
            boolean one = churn.firstAlert(inForce.get(client), window.horizon()) != null;
            boolean other = churn.firstAlert(candidate.get(client), window.horizon()) != null;
            onlyInForce += one && !other ? 1 : 0;
            onlyCandidate += other && !one ? 1 : 0;
            both += one && other ? 1 : 0;
        }
        return new Comparison(
                Difference.of(
                        landmarks.observations(),
                        landmarks.scores(Judged.CANDIDATE::of),
                        landmarks.scores(Judged.IN_FORCE::of)),
                onlyInForce,
                onlyCandidate,
                both);
    }

    public Difference.Verdict verdict() {
        return aucDifference.verdict();
    }
}
