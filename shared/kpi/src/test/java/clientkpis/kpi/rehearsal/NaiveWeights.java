package clientkpis.kpi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.rehearsal.NaiveBacktest.Observation;
import clientkpis.kpi.rehearsal.weights.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The search for weights, straight from the text: every weights in turn, every pair looked at. The candidate's current
/// weights sum to 100.
final class NaiveWeights {
    private NaiveWeights() {}

    private static double auc(List<Observation> all, int[] weights) {
        Map<String, @Nullable Double> members = new HashMap<>();
        new NaivePairs(members)
                .auc("auc", all, o -> RandomPortfolio.score(o.judged().get(1).points, weights, -1));
        return Objects.requireNonNull(members.get("auc"));
    }

    private static int distance(int[] weights, int[] current) {
        return Math.abs(weights[0] - current[0])
                + Math.abs(weights[1] - current[1])
                + Math.abs(weights[2] - current[2]);
    }

    static void assertIsThatOfTheText(RandomPortfolio portfolio, Suggestion.Weights suggestion) {
        int[] current = portfolio.weights[1];
        List<Observation> observations = new NaiveBacktest(portfolio).observations(suggestion.horizon());
        List<Observation> fit = observations.stream()
                .filter(o -> suggestion.fit().landmarks().contains(RandomPortfolio.FIRST.plusDays(o.landmark())))
                .filter(o -> RandomPortfolio.score(o.judged().get(1).points, current, -1) != null)
                .toList();
        assertThat(suggestion.fit().observations()).isEqualTo(fit.size());
        assertThat(suggestion.fit().cases())
                .isEqualTo((int) fit.stream().filter(Observation::churned).count());
        int landmarks = suggestion.fit().landmarks().size()
                + suggestion.validation().landmarks().size();
        assertThat(suggestion.validation().landmarks()).hasSize(landmarks / 3);
        List<int[]> allowed = new ArrayList<>(List.of(current));
        for (int a = 0; a <= 100; a += 5) {
            for (int b = 0; a + b <= 100; b += 5) {
                int[] weights = {a, b, 100 - a - b};
                if (fit.stream().allMatch(o -> RandomPortfolio.score(o.judged().get(1).points, weights, -1) != null)) {
                    allowed.add(weights);
                }
            }
        }
        double[] aucs =
                allowed.stream().mapToDouble(weights -> auc(fit, weights)).toArray();
        double highest = Arrays.stream(aucs).max().orElseThrow();
        assertThat(auc(fit, shown(suggestion, true))).isEqualTo(highest);
        // The difference to a score in which all tie has the standard error of the score itself.
        int[] best = shown(suggestion, true);
        Map<String, @Nullable Double> members = new HashMap<>();
        new NaivePairs(members)
                .difference("best", fit, o -> RandomPortfolio.score(o.judged().get(1).points, best, -1), _ -> 0);
        double error = Objects.requireNonNull(members.get("best.se"));
        int nearest = Integer.MAX_VALUE;
        double highestOfNearest = 0;
        for (int i = 0; i < aucs.length; i++) {
            int distance = distance(allowed.get(i), current);
            if (aucs[i] >= highest - error && distance <= nearest) {
                highestOfNearest = distance < nearest ? aucs[i] : Math.max(highestOfNearest, aucs[i]);
                nearest = distance;
            }
        }
        assertThat(distance(shown(suggestion, false), current)).isEqualTo(nearest);
        assertThat(auc(fit, shown(suggestion, false))).isEqualTo(highestOfNearest);
        assertThat(suggestion.verdict() == Suggestion.Verdict.KEEP).isEqualTo(nearest == 0);
    }

    private static int[] shown(Suggestion.Weights suggestion, boolean best) {
        return suggestion.weights().stream()
                .map(weight -> best ? weight.best() : weight.suggested())
                .mapToInt(BigDecimal::intValueExact)
                .toArray();
    }
}
