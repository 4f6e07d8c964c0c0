package clientkpis.kpi.rehearsal.statistic;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/// The pairs of observations that many scores are tried on. All of them score the same observations.
public final class FitPairs {
    private final Observations observations;
    private final int[][] churned;
    private final int[][] stayed;

    /// @param isScored whether an observation has a score
    public FitPairs(Observations observations, boolean[] isScored) {
        this.observations = observations;
        churned = new int[observations.landmarks()][];
        stayed = new int[observations.landmarks()][];
        for (int landmark = 0; landmark < churned.length; landmark++) {
            int[] scored = IntStream.range(observations.start(landmark), observations.start(landmark + 1))
                    .filter(i -> isScored[i])
                    .toArray();
            churned[landmark] =
                    Arrays.stream(scored).filter(observations::hasChurned).toArray();
            stayed[landmark] = Arrays.stream(scored)
                    .filter(i -> !observations.hasChurned(i))
                    .toArray();
        }
    }

    /// Twice the pairs that a score wins.
    public long halfWins(int[] scores) {
        long all = 0;
        for (int landmark = 0; landmark < churned.length; landmark++) {
            if (churned[landmark].length > 0 && stayed[landmark].length > 0) {
                int[] low = Won.sorted(churned[landmark], scores);
                int[] high = Won.sorted(stayed[landmark], scores);
                // Both ascend, so the numbers of those who stayed below, and not above, only grow.
                int below = 0;
                int notAbove = 0;
                for (int value : low) {
                    while (below < high.length && high[below] < value) {
                        below++;
                    }
                    while (notAbove < high.length && high[notAbove] <= value) {
                        notAbove++;
                    }
                    all += 2L * high.length - below - notAbove;
                }
            }
        }
        return all;
    }

    /// How far below its AUC that of another score may be to be at most one standard error below.
    ///
    /// @return asks with the half wins of another
    public LongPredicate withinOneError(int[] scores) {
        return Won.of(observations, scores, null)::isWithinOneError;
    }
}
