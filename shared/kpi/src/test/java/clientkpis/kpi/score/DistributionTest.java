package clientkpis.kpi.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// The Engagement Score: a client's rank in the portfolio.
class DistributionTest {
    @Test
    void clientAloneIsTheMiddleOfThePortfolio() {
        assertThat(score(portfolio(Map.of(5L, 1L)), 5)).isEqualTo("0.00");
    }

    @Test
    void clientsThatAllDoTheSameAreTheMiddle() {
        assertThat(score(portfolio(Map.of(0L, 1000L)), 0)).isEqualTo("0.00");
    }

    @Test
    void theRankDecidesAndNotTheDistance() {
        Distribution portfolio = portfolio(Map.of(1L, 1L, 2L, 1L, 1_000_000L, 1L));
        assertThat(score(portfolio, 1)).isEqualTo("-66.67");
        assertThat(score(portfolio, 2)).isEqualTo("0.00");
        assertThat(score(portfolio, 1_000_000)).isEqualTo("66.67");
    }

    @Test
    void equalClientsShareTheMiddleOfTheirRanks() {
        Distribution portfolio = portfolio(Map.of(0L, 2L, 7L, 1L, 9L, 1L));
        assertThat(score(portfolio, 0)).isEqualTo("-50.00");
        assertThat(score(portfolio, 7)).isEqualTo("25.00");
        assertThat(score(portfolio, 9)).isEqualTo("75.00");
    }

    @Test
    void theRankIsExactForAnyPortfolio() {
        Distribution portfolio = portfolio(Map.of(0L, 49_999_999L, 1L, 1L, 2L, 50_000_000L));
        assertThat(score(portfolio, 1)).isEqualTo("0.00");
        assertThat(score(portfolio, 2)).isEqualTo("50.00");
    }

    @Test
    void whoIsNotInThePortfolioHasNoRank() {
        Distribution portfolio = portfolio(Map.of(5L, 1L));
        assertThatThrownBy(() -> score(portfolio, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void theScoreIsTheFormula(@ForAll @NotEmpty @Size(max = 60) List<@LongRange(max = 9) Long> portfolio) {
        Distribution distribution = distribution(portfolio);
        for (long u : portfolio) {
            long less = portfolio.stream().filter(other -> other < u).count();
            long equal = portfolio.stream().filter(other -> other == u).count();
            long n = portfolio.size();
            assertThat(score(distribution, u))
                    .isEqualTo(BigDecimal.valueOf(100 * (2 * less + equal - n))
                            .divide(BigDecimal.valueOf(n), 2, RoundingMode.HALF_UP));
        }
    }

    @Property
    void moreUseIsNeverLessEngagement(@ForAll @NotEmpty List<@LongRange(max = 99) Long> portfolio) {
        Distribution distribution = distribution(portfolio);
        List<BigDecimal> scores =
                portfolio.stream().sorted().map(u -> score(distribution, u)).toList();
        assertThat(scores).isSorted();
        assertThat(scores.getFirst()).isBetween(new BigDecimal("-100"), BigDecimal.ZERO);
        assertThat(scores.getLast()).isBetween(BigDecimal.ZERO, new BigDecimal("100"));
    }

    private static Distribution distribution(List<Long> portfolio) {
        return portfolio(portfolio.stream().collect(Collectors.groupingBy(u -> u, Collectors.counting())));
    }

    @Test
    void moreActionsThanALongHoldsStillRank() {
        BigInteger many = BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.TEN);
        Distribution portfolio = new Distribution(Map.of(BigInteger.ONE, 1L, many, 1L));
        assertThat(portfolio.engagementScore(many)).isEqualTo("50.00");
    }

    private static Distribution portfolio(Map<Long, Long> counts) {
        return new Distribution(counts.entrySet().stream()
                .collect(Collectors.toMap(count -> BigInteger.valueOf(count.getKey()), Map.Entry::getValue)));
    }

    private static BigDecimal score(Distribution portfolio, long actions) {
        return portfolio.engagementScore(BigInteger.valueOf(actions));
    }
}
