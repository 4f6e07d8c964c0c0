package clientkpis.kpi.rehearsal.weights;

import clientkpis.kpi.rehearsal.statistic.Observations;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/// Weights of all indicators, kept as whole numbers in proportion.
final class Weighting {
    private final List<BigDecimal> shown;
    private final long[] whole;
    private final long distance;

    private Weighting(List<BigDecimal> shown, long[] whole, long distance) {
        this.shown = shown;
        this.whole = whole;
        this.distance = distance;
    }

    /// As configured.
    static Weighting current(List<BigDecimal> weights) {
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        long[] whole = weights.stream()
                .mapToLong(weight ->
                        weight.setScale(Math.max(0, scale)).unscaledValue().longValueExact())
                .toArray();
        return new Weighting(weights, whole, 0);
    }

    static Weighting of(int[] weights, Weighting current) {
        long sum = Arrays.stream(weights).sum();
        long currentSum = Arrays.stream(current.whole).sum();
        long distance = 0;
        for (int i = 0; i < weights.length; i++) {
            distance = Math.addExact(
                    distance,
                    Math.abs(Math.subtractExact(
                            Math.multiplyExact(weights[i], currentSum), Math.multiplyExact(sum, current.whole[i]))));
        }
        return new Weighting(
                Arrays.stream(weights).mapToObj(BigDecimal::valueOf).toList(),
                Arrays.stream(weights).asLongStream().toArray(),
                distance);
    }

    static Weighting equal(Weighting current) {
        int[] ones = new int[current.whole.length];
        Arrays.fill(ones, 1);
        return of(ones, current);
    }

    /// As they are shown.
    List<BigDecimal> shown() {
        return shown;
    }

    /// From the current ones: the sum of absolute differences, both taken to sum to 100, times a constant.
    long distance() {
        return distance;
    }

    boolean isCurrent() {
        return distance == 0;
    }

    /// Which indicators take part, as bits.
    int taken() {
        int bits = 0;
        for (int i = 0; i < whole.length; i++) {
            bits |= whole[i] > 0 ? 1 << i : 0;
        }
        return bits;
    }

    /// The first weight that differs decides: the greater one comes first.
    int compareWeights(Weighting other) {
        return Arrays.compare(other.whole, whole);
    }

    /// A score in hundredths, rounded half up once.
    ///
    /// @param points of each indicator, in hundredths
    int score(int[] points) {
        long worth = 0;
        long weight = 0;
        for (int i = 0; i < points.length; i++) {
            if (points[i] != Observations.NONE) {
                worth += whole[i] * points[i];
                weight += whole[i];
            }
        }
        return weight == 0 ? Observations.NONE : (int) ((2 * worth + weight) / (2 * weight));
    }

    int[] scores(int[][] points) {
        return Arrays.stream(points).mapToInt(this::score).toArray();
    }
}
