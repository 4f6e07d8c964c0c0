package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
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
        assertThat(new Distribution(Map.of(5L, 1L)).engagementScore(5)).isEqualTo("0.00");
    }

    @Test
    void clientsThatAllDoTheSameAreTheMiddle() {
        assertThat(new Distribution(Map.of(0L, 1000L)).engagementScore(0)).isEqualTo("0.00");
    }

    @Test
    void theRankDecidesAndNotTheDistance() {
        Distribution portfolio = new Distribution(Map.of(1L, 1L, 2L, 1L, 1_000_000L, 1L));
        assertThat(portfolio.engagementScore(1)).isEqualTo("-66.67");
        assertThat(portfolio.engagementScore(2)).isEqualTo("0.00");
        assertThat(portfolio.engagementScore(1_000_000)).isEqualTo("66.67");
    }

    @Test
    void equalClientsShareTheMiddleOfTheirRanks() {
        Distribution portfolio = new Distribution(Map.of(0L, 2L, 7L, 1L, 9L, 1L));
        assertThat(portfolio.engagementScore(0)).isEqualTo("-50.00");
        assertThat(portfolio.engagementScore(7)).isEqualTo("25.00");
        assertThat(portfolio.engagementScore(9)).isEqualTo("75.00");
    }

    @Test
    void theRankIsExactForAnyPortfolio() {
        Distribution portfolio = new Distribution(Map.of(0L, 49_999_999L, 1L, 1L, 2L, 50_000_000L));
        assertThat(portfolio.engagementScore(1)).isEqualTo("0.00");
        assertThat(portfolio.engagementScore(2)).isEqualTo("50.00");
    }

    @Test
    void whoIsNotInThePortfolioHasNoRank() {
        Distribution portfolio = new Distribution(Map.of(5L, 1L));
        assertThatThrownBy(() -> portfolio.engagementScore(6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void theScoreIsTheFormula(@ForAll @NotEmpty @Size(max = 60) List<@LongRange(max = 9) Long> portfolio) {
        Distribution distribution = distribution(portfolio);
        for (long u : portfolio) {
            long less = portfolio.stream().filter(other -> other < u).count();
            long equal = portfolio.stream().filter(other -> other == u).count();
            long n = portfolio.size();
            assertThat(distribution.engagementScore(u))
                    .isEqualTo(BigDecimal.valueOf(100 * (2 * less + equal - n))
                            .divide(BigDecimal.valueOf(n), 2, RoundingMode.HALF_UP));
        }
    }

    @Property
    void moreUseIsNeverLessEngagement(@ForAll @NotEmpty List<@LongRange(max = 99) Long> portfolio) {
        Distribution distribution = distribution(portfolio);
        List<BigDecimal> scores =
                portfolio.stream().sorted().map(distribution::engagementScore).toList();
        assertThat(scores).isSorted();
        assertThat(scores.getFirst()).isBetween(new BigDecimal("-100"), BigDecimal.ZERO);
        assertThat(scores.getLast()).isBetween(BigDecimal.ZERO, new BigDecimal("100"));
    }

    private static Distribution distribution(List<Long> portfolio) {
        return new Distribution(portfolio.stream().collect(Collectors.groupingBy(u -> u, Collectors.counting())));
    }
}
