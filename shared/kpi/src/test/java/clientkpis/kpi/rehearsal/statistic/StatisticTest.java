package clientkpis.kpi.rehearsal.statistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticTest {
    @Test
    void shareHasWilsonsInterval() {
        Share share = new Share(9, 14);

        assertThat(share.value()).isEqualTo("0.6429");
        // p = 0.642857, z2 = 3.8416: middle (p + z2/28) / (1 + z2/14), half 1.96 sqrt(p(1-p)/14 + z2/784) / (1 +
        // z2/14).
        assertThat(share.interval()).isEqualTo(interval("0.3876", "0.8366"));
        assertThat(new Share(0, 10).interval()).isEqualTo(interval("0.0000", "0.2775"));
        assertThat(new Share(10, 10).interval()).isEqualTo(interval("0.7225", "1.0000"));
    }

    @Test
    void nothingIsClaimedOfFewerThanTen() {
        Share nine = new Share(9, 9);

        assertThat(nine.value()).isNull();
        assertThat(nine.interval()).isNull();
        assertThat(nine.lift(new Share(5, 100))).isNull();
        assertThat(new Share(9, 10).lift(nine)).isNull();
        assertThat(new Share(9, 10).lift(new Share(0, 100))).isNull();
    }

    @Test
    void liftIsRoundedOnceFromTheCounts() {
        assertThat(new Share(1, 16).lift(new Share(1, 30))).isEqualTo("1.88");
        assertThat(new Share(0, 10).lift(new Share(1, 30))).isEqualTo("0.00");
    }

    @Test
    void quartilesAreValuesThatAreThere() {
        assertThat(Quartiles.of(new int[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}))
                .isEqualTo(new Quartiles(10, new Quartiles.Cuts(3, 5, 8)));
        assertThat(Quartiles.of(IntStream.rangeClosed(1, 13).toArray()).cuts()).isEqualTo(new Quartiles.Cuts(4, 7, 10));
        assertThat(Quartiles.of(new int[9])).isEqualTo(new Quartiles(9, null));
    }

    @Test
    void aucCountsPairsOfOneLandmarkAndTiesHalf() {
        // The first landmark has 5 x 10 pairs, of which 40 are won and 10 tie; the second 5 x 2, of which none is.
        Observations.Collected collected = new Observations.Collected();
        int[] values = new int[22];
        collected.landmark();
        for (int i = 0; i < 5; i++) {
            collected.add(i, true);
            values[i] = 10;
        }
        for (int i = 0; i < 10; i++) {
            collected.add(100 + i, false);
            values[5 + i] = i < 2 ? 10 : 20;
        }
        collected.landmark();
        for (int i = 0; i < 5; i++) {
            collected.add(10 + i, true);
            values[15 + i] = 90;
        }
        for (int i = 0; i < 2; i++) {
            collected.add(100 + i, false);
            values[20 + i] = 80;
        }

        Auc auc = Auc.of(collected.done(), values);

        assertThat(auc.cases()).isEqualTo(10);
        assertThat(auc.controls()).isEqualTo(12);
        assertThat(auc.controlClients()).isEqualTo(10);
        assertThat(auc.value()).isEqualTo("0.7500");
    }

    @Test
    void underTenChurnedOrTenClientsWhoStayedNoAucIsClaimed() {
        assertThat(Auc.of(oneLandmark(9, 30), new int[39]).value()).isNull();
        assertThat(Auc.of(oneLandmark(30, 9), new int[39]).value()).isNull();
        assertThat(Auc.of(oneLandmark(10, 10), new int[20]).value()).isEqualTo("0.5000");
    }

    @Test
    void perfectOrderHasAnIntervalThatEndsAtOne() {
        int[] values = new int[20];
        for (int i = 10; i < 20; i++) {
            values[i] = 1;
        }
        Auc perfect = Auc.of(oneLandmark(10, 10), values);

        assertThat(perfect.value()).isEqualTo("1.0000");
        assertThat(perfect.interval()).isNotNull();
        assertThat(perfect.interval().high()).isEqualTo("1.0000");
        assertThat(perfect.interval().low()).isLessThan(new BigDecimal("1.0000"));
    }

    @Test
    void differenceOfAScoreAndItselfIsZeroWithoutWidth() {
        int[] values = IntStream.range(0, 25).map(i -> i * 7 % 11).toArray();

        Difference difference = Difference.of(oneLandmark(10, 15), values, values);

        assertThat(difference.value()).isEqualTo("0.0000");
        assertThat(difference.interval()).isEqualTo(interval("0.0000", "0.0000"));
        assertThat(difference.verdict()).isEqualTo(Difference.Verdict.NO_DIFFERENCE);
    }

    @Test
    void differenceIsOverThoseWhomBothScore() {
        int[] values = new int[20];
        int[] less = new int[20];
        less[0] = Observations.NONE;

        assertThat(Difference.of(oneLandmark(10, 10), values, less)).isEqualTo(new Difference(9, 10, null, null));
    }

    @Test
    void differenceHasTheIntervalOfItsClients() {
        // Of 10 x 10 pairs the churned client 0 wins all with one score and none with the other; all others tie.
        int[] values = new int[20];
        int[] less = new int[20];
        for (int i = 1; i < 20; i++) {
            values[i] = 1;
            less[i] = 1;
        }
        less[0] = 2;
        Difference difference = Difference.of(oneLandmark(10, 10), values, less);

        // N = 100, U = 10. Client 0: u 10 of m 10; churned others 0 of 10; who stayed 1 of 10, like the whole.
        // sum = (1000 - 100)^2 + 9 x 100^2 = 900000; half = 1.96 sqrt(10/9 x 900000) / 10000 = 0.196.
        assertThat(difference.value()).isEqualTo("0.1000");
        assertThat(difference.interval()).isEqualTo(interval("-0.0960", "0.2960"));
        assertThat(difference.verdict()).isEqualTo(Difference.Verdict.NO_DIFFERENCE);
    }

    @Test
    void verdictFollowsTheIntervalAsShown() {
        assertThat(shown("0.0001", "0.1000").verdict()).isEqualTo(Difference.Verdict.BETTER);
        assertThat(shown("0.0000", "0.1000").verdict()).isEqualTo(Difference.Verdict.NO_DIFFERENCE);
        assertThat(shown("-0.1000", "-0.0001").verdict()).isEqualTo(Difference.Verdict.WORSE);
        assertThat(new Difference(9, 10, null, null).verdict()).isEqualTo(Difference.Verdict.NOT_ENOUGH);
    }

    @Test
    void captureCountsTiesAtTheBorderInEqualParts() {
        // 40 scores: 5 % are 2, 10 % are 4, 20 % are 8. Lowest is a churned, then a tie of 4 with 2 churned.
        int[] values = IntStream.range(0, 40).map(i -> 100).toArray();
        values[0] = 1;
        values[1] = 2;
        values[2] = 2;
        values[10] = 2;
        values[11] = 2;
        Map<Integer, BigDecimal> capture = Capture.of(oneLandmark(10, 30), values);

        assertThat(capture).isNotNull();
        assertThat(capture.get(5)).isEqualTo("0.1500");
        assertThat(capture.get(10)).isEqualTo("0.2500");
        // The other 7 churned are among the 35 that tie, of which 3 are taken.
        assertThat(capture.get(20)).isEqualTo("0.3600");
    }

    @Test
    void captureOfFewerThanTenChurnedIsNotClaimed() {
        assertThat(Capture.of(oneLandmark(9, 30), new int[39])).isNull();
    }

    private static Difference shown(String low, String high) {
        return new Difference(10, 10, BigDecimal.ZERO, interval(low, high));
    }

    private static Interval interval(String low, String high) {
        return new Interval(new BigDecimal(low), new BigDecimal(high));
    }

    private static Observations oneLandmark(int churned, int stayed) {
        Observations.Collected collected = new Observations.Collected();
        collected.landmark();
        for (int i = 0; i < churned + stayed; i++) {
            collected.add(i, i < churned);
        }
        return collected.done();
    }
}
