package clientkpis.kpi.rehearsal.weights;

import clientkpis.kpi.rehearsal.statistic.FitPairs;
import clientkpis.kpi.rehearsal.statistic.Observations;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/// @param best the highest AUC in the fit
/// @param suggested of those at most one standard error of the best below it, the nearest to the current
record Chosen(Weighting best, Weighting suggested) {
    private record Tried(Weighting weighting, long halfWins) {
        static final Comparator<Tried> HIGHEST =
                Comparator.comparingLong(Tried::halfWins).reversed();
        static final Comparator<Tried> NEAREST = Comparator.comparingLong(tried -> tried.weighting.distance());
        static final Comparator<Tried> GREATER_FIRST = (a, b) -> a.weighting.compareWeights(b.weighting);
    }

    static Chosen from(List<Weighting> weightings, Observations observations, int[][] points) {
        FitPairs pairs = new FitPairs(observations, scored(weightings.getFirst().scores(points)));
        List<Tried> all = weightings.parallelStream()
                .map(weighting -> new Tried(weighting, pairs.halfWins(weighting.scores(points))))
                .toList();
        Tried best = all.stream()
                .min(Tried.HIGHEST.thenComparing(Tried.NEAREST).thenComparing(Tried.GREATER_FIRST))
                .orElseThrow();
        LongPredicate isWithinOneError = pairs.withinOneError(best.weighting.scores(points));
        Tried suggested = all.stream()
                .filter(tried -> isWithinOneError.test(tried.halfWins))
                .min(Tried.NEAREST.thenComparing(Tried.HIGHEST).thenComparing(Tried.GREATER_FIRST))
                .orElseThrow();
        return new Chosen(best.weighting, suggested.weighting);
    }

    private static boolean[] scored(int[] scores) {
        boolean[] scored = new boolean[scores.length];
        for (int i = 0; i < scored.length; i++) {
            scored[i] = scores[i] != Observations.NONE;
        }
        return scored;
    }
}
