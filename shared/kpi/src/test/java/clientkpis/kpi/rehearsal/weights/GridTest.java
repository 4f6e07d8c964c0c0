package clientkpis.kpi.rehearsal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import clientkpis.kpi.rehearsal.statistic.Observations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void stepsAreOfFiveAndFromFiveIndicatorsOnOfTen() {
        // C(21, 1), C(23, 3), C(14, 4) and C(15, 5) ways; the current weights are one of them, or one more.
        assertThat(Grid.all(current(50, 50), new int[] {3})).hasSize(21);
        assertThat(Grid.all(current(1, 2), new int[] {3})).hasSize(22);
        assertThat(Grid.all(current(30, 20, 25, 25), new int[] {15})).hasSize(1771);
        assertThat(Grid.all(current(20, 20, 20, 20, 20), new int[] {31})).hasSize(1001);
        assertThat(Grid.all(current(10, 10, 20, 20, 20, 20), new int[] {63})).hasSize(3003);
    }

    @Test
    void noKindOfObservationIsLeftWithoutAScore() {
        // Some have only the second indicator: a weight of 0 for it is not allowed.
        assertThat(Grid.all(current(50, 50), new int[] {3, 2})).hasSize(20);
        assertThat(Grid.all(current(50, 50), new int[] {1, 2})).hasSize(19);
    }

    @Test
    void distanceIsOfWeightsThatSumToTheSame() {
        Weighting current = current(1, 1);

        assertThat(Weighting.of(new int[] {50, 50}, current).isCurrent()).isTrue();
        assertThat(Weighting.of(new int[] {55, 45}, current).distance())
                .isLessThan(Weighting.of(new int[] {40, 60}, current).distance());
    }

    @Test
    void scoreSpreadsAMissingWeightAndRoundsOnce() {
        Weighting weighting = current(30, 70);

        assertThat(weighting.score(new int[] {1001, Observations.NONE})).isEqualTo(1001);
        assertThat(weighting.score(new int[] {Observations.NONE, Observations.NONE}))
                .isEqualTo(Observations.NONE);
        // 30 x 1 + 70 x 2 = 170: 1.70, in hundredths 2.
        assertThat(weighting.score(new int[] {1, 2})).isEqualTo(2);
        assertThat(current(1, 1).score(new int[] {1, 2})).isEqualTo(2);
    }

    @Test
    void sixIndicatorsOfAThousandClientsTakeSeconds() {
        Random random = new Random(1);
        Observations.Collected collected = new Observations.Collected();
        int[][] points = new int[4000][6];
        for (int i = 0; i < points.length; i++) {
            if (i % 1000 == 0) {
                collected.landmark();
            }
            boolean churned = random.nextInt(20) == 0;
            collected.add(i % 1000, churned);
            for (int indicator = 0; indicator < 6; indicator++) {
                points[i][indicator] = random.nextInt(indicator == 2 && churned ? 7_000 : 10_001);
            }
        }
        Observations observations = collected.done();

        Chosen chosen = assertTimeout(
                Duration.ofSeconds(20),
                () -> Chosen.from(Grid.all(current(20, 20, 10, 20, 20, 10), new int[] {63}), observations, points));

        assertThat(chosen.best().shown().get(2)).isGreaterThan(BigDecimal.valueOf(50));
    }

    private static Weighting current(int... weights) {
        return Weighting.current(
                Arrays.stream(weights).mapToObj(BigDecimal::valueOf).toList());
    }
}
