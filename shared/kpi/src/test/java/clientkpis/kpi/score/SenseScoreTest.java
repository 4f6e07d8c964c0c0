package clientkpis.kpi.score;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Configuration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenseScoreTest {
    private static final List<String> FIELDS = List.of("engagementScore", "nps", "overdueTitles", "ticketsAboveSla");

    @Test
    void theDefaultWeighsEngagementNpsOverdueTitlesAndTicketsAboveSla() {
        SenseScore score =
                score(Map.of("engagementScore", "20", "nps", "50", "overdueTitles", "1", "ticketsAboveSla", "2"));
        // (30 x 60 + 20 x 75 + 25 x 60 + 25 x 50) / 100
        assertThat(score.value()).isEqualTo("60.50");
        assertThat(score.coverage()).isEqualTo("100.00");
        assertThat(score.band()).isEqualTo(Band.YELLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "engagementScore, -100, 0.00",
        "engagementScore, 0, 50.00",
        "engagementScore, 100, 100.00",
        "nps, -100, 0.00",
        "nps, 66.67, 83.34",
        "nps, 100, 100.00",
        "overdueTitles, 0, 100.00",
        "overdueTitles, 1, 60.00",
        "overdueTitles, 2, 30.00",
        "overdueTitles, 3, 0.00",
        "overdueTitles, 9, 0.00",
        "ticketsAboveSla, 0, 100.00",
        "ticketsAboveSla, 2, 50.00",
        "ticketsAboveSla, 4, 16.67",
        "ticketsAboveSla, 5, 0.00"
    })
    void oneIndicatorWithDataIsTheWholeScore(String field, String value, String score) {
        assertThat(score(Map.of(field, value)).value()).isEqualTo(score);
    }

    @Test
    void theWeightOfAnAbsentIndicatorIsSpreadOverTheOthers() {
        SenseScore score = score(Map.of("nps", "100", "overdueTitles", "3"));
        // (20 x 100 + 25 x 0) / 45
        assertThat(score.value()).isEqualTo("44.44");
        assertThat(score.coverage()).isEqualTo("45.00");
    }

    @Test
    void zeroIsDataAndAbsentIsNot() {
        assertThat(score(Map.of("overdueTitles", "0")).coverage()).isEqualTo("25.00");
    }

    @Test
    void withoutDataThereIsNoScore() {
        SenseScore score = score(Map.of());
        assertThat(score.value()).isNull();
        assertThat(score.band()).isNull();
        assertThat(score.coverage()).isNull();
        assertThat(score.parts())
                .hasSize(4)
                .allSatisfy(part -> assertThat(part.points()).isNull());
    }

    @Test
    void theScoreIsRoundedOnceAtItsEnd() {
        // A worth of 0.005 in one of four equal weights: 0.00125, and not a quarter of 0.01.
        List<Indicator> indicators =
                List.of(line("a", "1", "0.005"), line("b", "1", "0"), line("c", "1", "0"), line("d", "1", "0.01"));
        SenseScore score = SenseScore.of(field -> BigDecimal.ONE, scoring(indicators));
        assertThat(score.value()).isEqualTo("0.00");
    }

    @Test
    void anyPositiveWeightsMayBeGiven() {
        List<Indicator> indicators = List.of(line("a", "0.5", "100"), line("b", "1.5", "0"));
        SenseScore score = SenseScore.of(field -> BigDecimal.ONE, scoring(indicators));
        assertThat(score.value()).isEqualTo("25.00");
        SenseScore half = SenseScore.of(field -> field.equals("a") ? BigDecimal.ONE : null, scoring(indicators));
        assertThat(half.value()).isEqualTo("100.00");
        assertThat(half.coverage()).isEqualTo("25.00");
    }

    @ParameterizedTest
    @CsvSource({"0, RED", "49.99, RED", "50.00, YELLOW", "74.99, YELLOW", "75.00, GREEN", "100, GREEN"})
    void theLowerBoundOfABandIsInIt(String score, Band band) {
        assertThat(Configuration.DEFAULT.scoring().bands().of(new BigDecimal(score)))
                .isEqualTo(band);
    }

    @Test
    void theBandReadsTheRoundedScore() {
        SenseScore score = SenseScore.of(field -> BigDecimal.ONE, scoring(List.of(line("a", "1", "49.995"))));
        assertThat(score.value()).isEqualTo("50.00");
        assertThat(score.band()).isEqualTo(Band.YELLOW);
    }

    @Test
    void everyIndicatorSaysItsPart() {
        SenseScore score = score(Map.of("nps", "100", "overdueTitles", "1"));
        assertThat(score.parts())
                .containsExactly(
                        new SenseScore.Part("engagement", "engagementScore", BigDecimal.valueOf(30), null, null, null),
                        new SenseScore.Part(
                                "nps", "nps", BigDecimal.valueOf(20), number("100"), number("100.00"), number("44.44")),
                        new SenseScore.Part(
                                "finance",
                                "overdueTitles",
                                BigDecimal.valueOf(25),
                                number("1"),
                                number("60.00"),
                                number("33.33")),
                        new SenseScore.Part("support", "ticketsAboveSla", BigDecimal.valueOf(25), null, null, null));
    }

    @Property
    void theScoreIsTheWeightedMeanOfWhatIsThere(
            @ForAll @Size(4) List<@IntRange(min = -100, max = 100) Integer> values,
            @ForAll @Size(4) List<Boolean> present,
            @ForAll @Size(4) List<@IntRange(min = 1, max = 99) Integer> weights) {
        List<Indicator> indicators = new ArrayList<>();
        Map<String, BigDecimal> fields = new HashMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weight = BigDecimal.ZERO;
        for (int i = 0; i < 4; i++) {
            BigDecimal w = BigDecimal.valueOf(weights.get(i));
            indicators.add(
                    new Indicator(FIELDS.get(i), FIELDS.get(i), w, List.of(point("-100", "0"), point("100", "100"))));
            if (present.get(i)) {
                BigDecimal value = BigDecimal.valueOf(values.get(i));
                fields.put(FIELDS.get(i), value);
                BigDecimal worth = value.add(BigDecimal.valueOf(100)).divide(BigDecimal.TWO, MathContext.UNLIMITED);
                sum = sum.add(w.multiply(worth));
                weight = weight.add(w);
            }
        }
        SenseScore score = SenseScore.of(fields::get, scoring(indicators));
        if (fields.isEmpty()) {
            assertThat(score.value()).isNull();
        } else {
            assertThat(score.value()).isEqualTo(sum.divide(weight, 2, RoundingMode.HALF_UP));
            BigDecimal contributions = score.parts().stream()
                    .filter(part -> part.contribution() != null)
                    .map(SenseScore.Part::contribution)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(contributions.subtract(score.value()).abs()).isLessThan(number("0.03"));
        }
    }

    private static SenseScore score(Map<String, String> fields) {
        return SenseScore.of(
                field -> fields.containsKey(field) ? number(fields.get(field)) : null, Configuration.DEFAULT.scoring());
    }

    /// Worth `worth` at 1 or more.
    private static Indicator line(String field, String weight, String worth) {
        return new Indicator(field, field, number(weight), List.of(point("0", "0"), point("1", worth)));
    }

    private static Indicator.Point point(String field, String points) {
        return new Indicator.Point(number(field), number(points));
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number);
    }

    private static Scoring scoring(List<Indicator> indicators) {
        return new Scoring(indicators, Configuration.DEFAULT.scoring().bands());
    }
}
