package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-30");

    @Test
    void aDayOnWhichNothingWasRecalculatedKeepsTheValueBefore() {
        History history = History.EMPTY.with(DAY, score("40")).with(DAY.plusDays(3), score("80"));
        assertThat(history.mean(DAY, DAY.plusDays(2))).isEqualTo(new History.Mean(3 * 4000, 3));
        assertThat(history.mean(DAY, DAY.plusDays(4))).isEqualTo(new History.Mean(3 * 4000 + 2 * 8000, 5));
    }

    @Test
    void daysBeforeTheFirstScoreCountInNoMean() {
        History history = History.EMPTY.with(DAY, score("40"));
        assertThat(history.lastDays(DAY, 60)).isEqualTo(new History.Mean(4000, 1));
        assertThat(history.mean(DAY.minusDays(9), DAY.minusDays(1)).days()).isZero();
    }

    @Test
    void daysWithoutAScoreInBetweenCountInNoMean() {
        History history =
                History.EMPTY.with(DAY, score("40")).with(DAY.plusDays(1), null).with(DAY.plusDays(3), score("10"));
        assertThat(history.mean(DAY, DAY.plusDays(3))).isEqualTo(new History.Mean(5000, 2));
    }

    @Test
    void zeroIsAScore() {
        History history = History.EMPTY.with(DAY, score("40")).with(DAY.plusDays(1), score("0"));
        assertThat(history.mean(DAY, DAY.plusDays(1))).isEqualTo(new History.Mean(4000, 2));
    }

    @Test
    void theLatestValueOfADayIsTheDays() {
        History history = History.EMPTY
                .with(DAY.minusDays(1), score("10"))
                .with(DAY, score("40"))
                .with(DAY, score("50"));
        assertThat(history)
                .isEqualTo(History.EMPTY.with(DAY.minusDays(1), score("10")).with(DAY, score("50")));
        assertThat(history.with(DAY, score("10"))).isEqualTo(History.EMPTY.with(DAY.minusDays(1), score("10")));
    }

    @Test
    void aValueThatStandsIsNotKeptTwice() {
        History history = History.EMPTY.with(DAY, score("40"));
        assertThat(history.with(DAY.plusDays(1), score("40.00"))).isSameAs(history);
        assertThat(History.EMPTY.with(DAY, null)).isSameAs(History.EMPTY);
    }

    @Test
    void aDayThatIsClosedNeverChanges() {
        History history = History.EMPTY.with(DAY, score("40"));
        assertThatThrownBy(() -> history.with(DAY.minusDays(1), score("50")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// "Variação de 15D e Ref_data: 30/09 [...] média do Σ do 15/09 até 30/09 / média do Σ 01/09 até 15/09."
    @Test
    void variationOf15DaysOn30SeptemberIs15To30SeptemberOver1To15September() {
        History history = History.EMPTY
                .with(LocalDate.parse("2026-08-01"), score("1"))
                .with(LocalDate.parse("2026-09-01"), score("50"))
                .with(LocalDate.parse("2026-09-15"), score("80"))
                .with(LocalDate.parse("2026-09-16"), score("90"))
                .with(LocalDate.parse("2026-10-01"), score("1"));
        assertThat(history.mean(LocalDate.parse("2026-09-15"), DAY)).isEqualTo(new History.Mean(8000 + 15 * 9000, 16));
        // 15/09 is in both: (80 + 15 x 90) / 16 over (14 x 50 + 80) / 15
        assertThat(history.variation(DAY, 15)).isEqualTo("1.7188");
    }

    @Test
    void variationOf7And30DaysReachAsFarBack() {
        History history = History.EMPTY.with(DAY.minusDays(13), score("20")).with(DAY.minusDays(6), score("40"));
        // [D-7, D] over [D-13, D-7]
        assertThat(history.variation(DAY, 7)).isEqualTo("1.8750");
        History month = History.EMPTY.with(DAY.minusDays(59), score("20")).with(DAY.minusDays(29), score("40"));
        // [D-30, D] over [D-59, D-30]
        assertThat(month.variation(DAY, 30)).isEqualTo("1.9677");
    }

    @Test
    void variationIsAbsentWhenThePeriodBeforeHasNoValue() {
        assertThat(History.EMPTY.variation(DAY, 7)).isNull();
        assertThat(History.EMPTY.with(DAY.minusDays(6), score("40")).variation(DAY, 7))
                .isNull();
        assertThat(History.EMPTY.with(DAY.minusDays(7), score("40")).variation(DAY, 7))
                .isEqualTo("1.0000");
    }

    @Test
    void variationIsAbsentWhenTheMeanBeforeIsZero() {
        assertThat(History.EMPTY
                        .with(DAY.minusDays(40), score("0"))
                        .with(DAY.minusDays(2), score("40"))
                        .variation(DAY, 7))
                .isNull();
    }

    @Test
    void meansCompareExactlyAndStrictly() {
        assertThat(new History.Mean(10, 3).isAbove(new History.Mean(20, 6))).isFalse();
        assertThat(new History.Mean(20, 6).isAbove(new History.Mean(10, 3))).isFalse();
        assertThat(new History.Mean(240_001, 60).isAbove(new History.Mean(28_000, 7)))
                .isTrue();
        // As floating point these two are equal.
        assertThat(new History.Mean(9_007_199_254_740_993L, 1).isAbove(new History.Mean(9_007_199_254_740_992L, 1)))
                .isTrue();
    }

    @Test
    void meanOfNoDaysIsAboveNothingAndBelowNothing() {
        History.Mean none = new History.Mean(0, 0);
        assertThat(none.isAbove(new History.Mean(-5, 1))).isFalse();
        assertThat(new History.Mean(5, 1).isAbove(none)).isFalse();
        assertThat(none.shown()).isNull();
    }

    @Test
    void meanIsShownWithTwoDecimals() {
        assertThat(new History.Mean(20_000, 3).shown()).isEqualTo("66.67");
    }

    @Property
    void aMeanIsTheMeanOfItsDays(
            @ForAll("recalculations") SortedMap<Integer, BigDecimal> recalculations,
            @ForAll @IntRange(max = 130) int start,
            @ForAll @IntRange(max = 70) int length) {
        long sum = 0;
        long days = 0;
        for (int day = start; day <= start + length; day++) {
            BigDecimal value = valueOn(recalculations, day);
            if (value != null) {
                sum += value.movePointRight(2).longValueExact();
                days++;
            }
        }
        assertThat(history(recalculations).mean(DAY.plusDays(start), DAY.plusDays(start + length)))
                .isEqualTo(new History.Mean(sum, days));
    }

    @Property
    void theLastDaysAreTheValuesOfEachDay(
            @ForAll("recalculations") SortedMap<Integer, BigDecimal> recalculations,
            @ForAll @IntRange(max = 200) int last) {
        List<@Nullable Integer> days = history(recalculations).days(DAY.plusDays(last));
        assertThat(days).hasSize(History.DAYS);
        for (int i = 0; i < History.DAYS; i++) {
            BigDecimal value = valueOn(recalculations, last - History.DAYS + 1 + i);
            assertThat(days.get(i))
                    .isEqualTo(value == null ? null : value.movePointRight(2).intValueExact());
        }
    }

    @Property
    void whatIsLeftOutIsReachedByNoReading(
            @ForAll("recalculations") SortedMap<Integer, BigDecimal> recalculations,
            @ForAll @IntRange(max = 200) int keptAt,
            @ForAll @IntRange(max = 70) int later) {
        History whole = history(recalculations);
        History kept = whole.keptAt(DAY.plusDays(keptAt));
        LocalDate day = DAY.plusDays(keptAt + later);
        for (int days : List.of(1, 7, 60)) {
            assertThat(kept.lastDays(day, days)).isEqualTo(whole.lastDays(day, days));
        }
        for (int n : List.of(7, 15, 30)) {
            assertThat(kept.variation(day, n)).isEqualTo(whole.variation(day, n));
        }
    }

    @Property
    void atMostSixtyDaysAreKept(@ForAll("recalculations") SortedMap<Integer, BigDecimal> recalculations) {
        LocalDate last = DAY.plusDays(200);
        assertThat(history(recalculations).keptAt(last).points().stream()
                        .filter(point -> point.from().isBefore(last.minusDays(59))))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static BigDecimal valueOn(SortedMap<Integer, BigDecimal> recalculations, int day) {
        SortedMap<Integer, BigDecimal> until = recalculations.headMap(day + 1);
        return until.isEmpty() ? null : until.get(until.lastKey());
    }

    private static History history(SortedMap<Integer, BigDecimal> recalculations) {
        History history = History.EMPTY;
        for (Map.Entry<Integer, BigDecimal> recalculation : recalculations.entrySet()) {
            history = history.with(DAY.plusDays(recalculation.getKey()), recalculation.getValue());
        }
        return history;
    }

    /// Scores by the number of days after the first day; few different ones, so that they often stay the same.
    @Provide
    static Arbitrary<SortedMap<Integer, BigDecimal>> recalculations() {
        Arbitrary<BigDecimal> scores = Arbitraries.of("0.00", "0.01", "49.99", "100.00", "-12.34")
                .map(BigDecimal::new)
                .injectNull(0.2);
        return Arbitraries.maps(Arbitraries.integers().between(0, 200), scores)
                .ofMaxSize(30)
                .map(TreeMap::new);
    }

    private static BigDecimal score(String score) {
        return new BigDecimal(score);
    }
}
