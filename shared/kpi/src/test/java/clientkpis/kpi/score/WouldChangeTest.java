package clientkpis.kpi.score;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Fraction;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.WouldChange.Healthy;
import clientkpis.kpi.score.WouldChange.Limits;
import clientkpis.kpi.score.WouldChange.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WouldChangeTest {
    private static final Scoring DEFAULT = Configuration.DEFAULT.scoring();
    private static final List<String> FIELDS = List.of("overdueTitles", "nps", "engagementScore", "custom.health");

    @Test
    void theFewestTitlesThatReachTheNextBandAreTheStep() {
        WouldChange wouldChange =
                of(Map.of("engagementScore", "20.00", "nps", "50.00", "overdueTitles", "3", "ticketsAboveSla", "4"));
        // (30 x 60 + 20 x 75 + 25 x 0 + 25 x 16.67) / 100 = 37.17
        assertThat(wouldChange.healthy())
                .containsExactly(
                        new Healthy("engagement", "engagementScore", decimal("49.17"), Band.RED),
                        new Healthy("nps", "nps", decimal("42.17"), Band.RED),
                        new Healthy("finance", "overdueTitles", decimal("62.17"), Band.YELLOW),
                        new Healthy("support", "ticketsAboveSla", decimal("58.00"), Band.YELLOW));
        // One title less gives 44.67, two tickets less 45.50, three 51.75.
        assertThat(wouldChange.nextBand())
                .isEqualTo(new Step(
                        Band.YELLOW, "finance", "overdueTitles", decimal("3"), decimal("1"), decimal("52.17")));
    }

    @Test
    void anIndicatorThatIsHealthyChangesNothing() {
        assertThat(of(Map.of("overdueTitles", "0", "nps", "-100.00")).healthy())
                .containsExactly(
                        new Healthy("nps", "nps", decimal("100.00"), Band.GREEN),
                        new Healthy("finance", "overdueTitles", decimal("55.56"), Band.YELLOW));
    }

    @Test
    void aGreenClientHasNoNextBand() {
        WouldChange wouldChange = of(Map.of("nps", "60.00"));
        assertThat(wouldChange.nextBand()).isNull();
        assertThat(wouldChange.healthy()).containsExactly(new Healthy("nps", "nps", decimal("100.00"), Band.GREEN));
    }

    @Test
    void nothingChangesAClientWithoutData() {
        assertThat(of(Map.of())).isEqualTo(WouldChange.NOTHING);
    }

    @Test
    void aNumberThatIsNotWholeGoesToTheValueThatIsJustEnough() {
        // 49.99 x 2 - 100 at the scale of the field; 49.995 is rounded to 50.
        assertThat(of(Map.of("nps", "-80.00")).nextBand())
                .isEqualTo(new Step(Band.YELLOW, "nps", "nps", decimal("-80.00"), decimal("-0.01"), decimal("50.00")));
    }

    @Test
    void aBandThatWasSetByHandStaysWhateverTheScore() {
        WouldChange wouldChange =
                WouldChange.of(numbers(Map.of("overdueTitles", decimal("3"))), DEFAULT, Band.RED, field -> Limits.NONE);
        assertThat(wouldChange.healthy())
                .containsExactly(new Healthy("finance", "overdueTitles", decimal("100.00"), Band.RED));
        assertThat(wouldChange.nextBand()).isNull();
    }

    @Test
    void noStepGoesWhereAFieldCannotGo() {
        Scoring beyond = new Scoring(List.of(indicator("nps", "1", "-100:0", "200:100")), DEFAULT.bands());
        Map<String, BigDecimal> red = Map.of("nps", decimal("-90.00"));
        assertThat(WouldChange.of(numbers(red), beyond, null, field -> Limits.NONE)
                        .nextBand())
                .isEqualTo(new Step(Band.YELLOW, "nps", "nps", decimal("-90.00"), decimal("49.99"), decimal("50.00")));
        assertThat(WouldChange.of(numbers(red), beyond, null, field -> new Limits(null, decimal("49")))
                        .nextBand())
                .isNull();
    }

    @Test
    void aStepOfOneUnitCountsLikeOnePercentOfTheSpanOfPoints() {
        Scoring two = new Scoring(
                List.of(indicator("nps", "1", "-100:0", "100:100"), indicator("overdueTitles", "1", "0:100", "10:0")),
                DEFAULT.bands());
        // 10 of 200 are 5 percent, one title is one.
        assertThat(of(Map.of("nps", "0.00", "overdueTitles", "6"), two).nextBand())
                .extracting(Step::field, Step::to)
                .containsExactly("overdueTitles", decimal("5"));
        // 0.01 of 200 is 0.005 percent.
        assertThat(of(Map.of("nps", "19.97", "overdueTitles", "6"), two).nextBand())
                .extracting(Step::field, Step::to)
                .containsExactly("nps", decimal("19.98"));
    }

    /// With any indicators, also several of one field and curves that fall and rise.
    @Property(tries = 1000)
    void theScoreItselfGivesWhatWouldChangeIt(@ForAll Random random) {
        Scoring scoring = scoring(random);
        Map<String, BigDecimal> values = new HashMap<>();
        for (String field : FIELDS) {
            if (random.nextInt(4) > 0) {
                int scale = field.equals("overdueTitles") ? 0 : field.equals("custom.health") ? random.nextInt(3) : 2;
                values.put(field, BigDecimal.valueOf(random.nextInt(400) - 200, scale));
            }
        }
        Limits limits = random.nextBoolean()
                ? Limits.NONE
                : new Limits(decimal("-1").multiply(BigDecimal.valueOf(random.nextInt(5))), decimal("3"));
        WouldChange wouldChange = WouldChange.of(numbers(values), scoring, null, field -> limits);
        SenseScore now = SenseScore.of(numbers(values), scoring);
        if (now.value() == null) {
            assertThat(wouldChange).isEqualTo(WouldChange.NOTHING);
            return;
        }
        assertThat(wouldChange.healthy())
                .extracting(Healthy::indicator)
                .containsExactlyElementsOf(scoring.indicators().stream()
                        .filter(indicator -> values.containsKey(indicator.field()))
                        .map(Indicator::name)
                        .toList());
        for (Healthy healthy : wouldChange.healthy()) {
            assertHealthy(healthy, scoring, values);
        }
        assertThat(wouldChange.nextBand()).isEqualTo(leastStep(scoring, values, now, limits));
    }

    private static void assertHealthy(Healthy healthy, Scoring scoring, Map<String, BigDecimal> values) {
        Indicator indicator = scoring.indicators().stream()
                .filter(one -> one.name().equals(healthy.indicator()))
                .findFirst()
                .orElseThrow();
        BigDecimal most = indicator.points().stream()
                .map(Indicator.Point::points)
                .reduce(BigDecimal::max)
                .orElseThrow();
        List<BigDecimal> best = new ArrayList<>(indicator.points().stream()
                .filter(point -> point.points().compareTo(most) == 0)
                .map(Indicator.Point::field)
                .toList());
        BigDecimal own = values.getOrDefault(indicator.field(), best.getFirst());
        if (indicator.worth(own).equals(Fraction.of(most))) {
            best = List.of(own);
        }
        assertThat(best.stream()
                        .map(value -> with(values, indicator.field(), value, scoring))
                        .map(score -> List.of(String.valueOf(score.value()), String.valueOf(score.band()))))
                .as("with one of its best values")
                .contains(List.of(healthy.score().toString(), healthy.band().toString()));
    }

    /// Goes away from each value unit by unit, farther than any point.
    private static @Nullable Step leastStep(
            Scoring scoring, Map<String, BigDecimal> values, SenseScore now, Limits limits) {
        Step least = null;
        List<BigDecimal> leastEffort = List.of();
        for (String field : new ArrayList<>(
                scoring.indicators().stream().map(Indicator::field).distinct().toList())) {
            BigDecimal from = values.get(field);
            if (from == null || now.band() == Band.GREEN) {
                continue;
            }
            TreeSet<BigDecimal> bends = new TreeSet<>();
            scoring.indicators().stream()
                    .filter(one -> one.field().equals(field))
                    .forEach(one -> one.points().forEach(point -> bends.add(point.field())));
            BigDecimal unit = BigDecimal.ONE.movePointLeft(from.scale());
            Step step = null;
            for (int units = 1; step == null && units <= 1000; units++) {
                for (int way : new int[] {-1, 1}) {
                    BigDecimal to = from.add(unit.multiply(BigDecimal.valueOf((long) way * units)));
                    SenseScore score = with(values, field, to, scoring);
                    boolean isPossible = way < 0
                            ? limits.least() == null || to.compareTo(limits.least()) >= 0
                            : limits.greatest() == null || to.compareTo(limits.greatest()) <= 0;
                    if (step == null && isPossible && score.band().compareTo(now.band()) > 0) {
                        String first = scoring.indicators().stream()
                                .filter(one -> one.field().equals(field))
                                .findFirst()
                                .orElseThrow()
                                .name();
                        step = new Step(score.band(), first, field, from, to, score.value());
                    }
                }
            }
            if (step != null) {
                BigDecimal change = step.to().subtract(from).abs();
                BigDecimal percent = change.multiply(BigDecimal.valueOf(100))
                        .divide(bends.last().subtract(bends.first()), 30, RoundingMode.HALF_UP);
                boolean isWhole = from.scale() == 0;
                List<BigDecimal> effort =
                        List.of(isWhole ? change : percent, isWhole ? BigDecimal.ZERO : BigDecimal.ONE, percent);
                if (least == null || compare(effort, leastEffort) < 0) {
                    least = step;
                    leastEffort = effort;
                }
            }
        }
        return least;
    }

    private static int compare(List<BigDecimal> left, List<BigDecimal> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Scoring scoring(Random random) {
        List<Indicator> indicators = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            TreeSet<BigDecimal> fields = new TreeSet<>();
            int points = 1 + random.nextInt(4);
            for (int p = 0; p < points; p++) {
                fields.add(BigDecimal.valueOf(random.nextInt(80) - 40, 1));
            }
            indicators.add(new Indicator(
                    "i" + i,
                    FIELDS.get(random.nextInt(FIELDS.size())),
                    BigDecimal.valueOf(1 + random.nextInt(400), 1),
                    fields.stream()
                            .map(field -> new Indicator.Point(field, BigDecimal.valueOf(random.nextInt(5) * 25L)))
                            .toList()));
        }
        BigDecimal yellow = BigDecimal.valueOf(10 + random.nextInt(5000), 2 + random.nextInt(2));
        return new Scoring(
                indicators, new Band.Cuts(yellow, yellow.add(BigDecimal.valueOf(1 + random.nextInt(4000), 2))));
    }

    private static Indicator indicator(String field, String weight, String... points) {
        List<Indicator.Point> list = new ArrayList<>();
        for (String point : points) {
            String[] both = point.split(":", 2);
            list.add(new Indicator.Point(decimal(both[0]), decimal(both[1])));
        }
        return new Indicator(field, field, decimal(weight), list);
    }

    private static SenseScore with(Map<String, BigDecimal> values, String field, BigDecimal value, Scoring scoring) {
        Map<String, BigDecimal> changed = new HashMap<>(values);
        changed.put(field, value);
        return SenseScore.of(numbers(changed), scoring);
    }

    private static Function<String, @Nullable BigDecimal> numbers(Map<String, BigDecimal> values) {
        return values::get;
    }

    private static WouldChange of(Map<String, String> values) {
        return of(values, DEFAULT);
    }

    private static WouldChange of(Map<String, String> values, Scoring scoring) {
        Map<String, BigDecimal> numbers = new HashMap<>();
        values.forEach((field, value) -> numbers.put(field, decimal(value)));
        return WouldChange.of(numbers(numbers), scoring, null, field -> Limits.NONE);
    }

    private static BigDecimal decimal(String number) {
        return new BigDecimal(number);
    }
}
