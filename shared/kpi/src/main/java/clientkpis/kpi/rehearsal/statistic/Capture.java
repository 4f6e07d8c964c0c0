package clientkpis.kpi.rehearsal.statistic;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which share of the churned with a score is among the lowest scores of its landmark. Those that tie at the border
/// count in equal parts, so that every landmark gives exactly its percentage of its scores.
public final class Capture {
    private static final int[] PERCENTS = {5, 10, 20};

    private Capture() {}

    /// Percentage to share, scale 4; null of fewer than 10 churned with a score.
    public static @Nullable SortedMap<Integer, BigDecimal> of(Observations observations, int[] scores) {
        int churned = 0;
        for (int i = 0; i < observations.size(); i++) {
            churned += observations.hasChurned(i) && scores[i] != Observations.NONE ? 1 : 0;
        }
        if (churned < Share.LEAST) {
            return null;
        }
        SortedMap<Integer, BigDecimal> shares = new TreeMap<>();
        for (int percent : PERCENTS) {
            Fraction captured = Fraction.ZERO;
            for (int landmark = 0; landmark < observations.landmarks(); landmark++) {
                captured = captured.plus(captured(observations, landmark, scores, percent));
            }
            shares.put(percent, captured.dividedBy(Fraction.of(churned, 1)).rounded(4));
        }
        return shares;
    }

    private static Fraction captured(Observations observations, int landmark, int[] scores, int percent) {
        int from = observations.start(landmark);
        int to = observations.start(landmark + 1);
        int[] ascending = Arrays.stream(scores, from, to)
                .filter(score -> score != Observations.NONE)
                .sorted()
                .toArray();
        // In hundredths of an observation.
        long room = (long) percent * ascending.length;
        if (room == 0) {
            return Fraction.ZERO;
        }
        int border = ascending[(int) ((room + 99) / 100) - 1];
        long below = Arrays.stream(ascending).filter(score -> score < border).count();
        long tied = Arrays.stream(ascending).filter(score -> score == border).count();
        long churnedBelow = 0;
        long churnedTied = 0;
        for (int i = from; i < to; i++) {
            if (observations.hasChurned(i) && scores[i] != Observations.NONE) {
                churnedBelow += scores[i] < border ? 1 : 0;
                churnedTied += scores[i] == border ? 1 : 0;
            }
        }
        return Fraction.of(churnedBelow, 1).plus(Fraction.of(churnedTied * (room - 100 * below), 100 * tied));
    }
}
