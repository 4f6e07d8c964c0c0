package clientkpis.kpi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Configuration.Trend;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-30");
    private static final Band.Cuts BANDS = Configuration.DEFAULT.scoring().bands();

    // Risk

    @Test
    void redScoreThatFellIsRisk() {
        assertThat(situation(scores(60, 40), engagement(0, 0))).isEqualTo(Situation.RISK);
    }

    @Test
    void riskLooksAtTheSenseScoreOnly() {
        assertThat(situation(scores(60, 40), engagement(10, 90))).isEqualTo(Situation.RISK);
        assertThat(situation(scores(60, 40), new Course(History.EMPTY, null))).isEqualTo(Situation.RISK);
    }

    @Test
    void redScoreThatStandsIsNeutral() {
        assertThat(situation(scores(40, 40), engagement(90, 10))).isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void redScoreThatRoseIsNeutral() {
        assertThat(situation(scores(20, 40), engagement(90, 10))).isEqualTo(Situation.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource({"49.99, RISK", "50.00, NEUTRAL", "74.99, NEUTRAL", "75.00, OPPORTUNITY"})
    void theBandOfTodayDecides(String today, Situation situation) {
        assertThat(situation(scores("90", today), engagement(50, 10))).isEqualTo(situation);
    }

    @Test
    void todaysScoreDecidesAndNotTheMeans() {
        History scores = History.EMPTY.with(DAY.minusDays(59), number("40")).with(DAY, number("60"));
        assertThat(situation(new Course(scores, number("60")), engagement(0, 0)))
                .isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void theFirstDayIsNeutralHoweverRed() {
        History scores = History.EMPTY.with(DAY, number("0"));
        assertThat(situation(new Course(scores, number("0")), engagement(0, 0))).isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void withinSevenDaysOfTheFirstScoreBothMeansAreOne() {
        History first = History.EMPTY.with(DAY.minusDays(6), number("60")).with(DAY, number("40"));
        assertThat(situation(new Course(first, number("40")), engagement(0, 0))).isEqualTo(Situation.NEUTRAL);
        History older = History.EMPTY.with(DAY.minusDays(7), number("60")).with(DAY, number("40"));
        assertThat(situation(new Course(older, number("40")), engagement(0, 0))).isEqualTo(Situation.RISK);
    }

    @Test
    void theMeanReachesBack59DaysAndNoFurther() {
        History within = History.EMPTY.with(DAY.minusDays(59), number("90")).with(DAY.minusDays(58), number("40"));
        assertThat(situation(new Course(within, number("40")), engagement(0, 0)))
                .isEqualTo(Situation.RISK);
        History beyond = History.EMPTY.with(DAY.minusDays(60), number("90")).with(DAY.minusDays(59), number("40"));
        assertThat(situation(new Course(beyond, number("40")), engagement(0, 0)))
                .isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void meansCompareExactlyAlsoWhereTheyAreShownEqual() {
        History scores = History.EMPTY.with(DAY.minusDays(59), number("40.01")).with(DAY.minusDays(58), number("40"));
        Situation.Verdict verdict = verdict(new Course(scores, number("40")), engagement(0, 0), Trend.FALLING);
        assertThat(verdict.situation()).isEqualTo(Situation.RISK);
        Situation.Comparison trend = verdict.comparisons().getFirst();
        assertThat(trend.left()).isEqualTo(mean("mean60", 240_001, 60));
        assertThat(trend.left().value()).isEqualTo("40.00");
        assertThat(trend.right()).isEqualTo(mean("mean7", 28_000, 7));
        assertThat(trend.right().value()).isEqualTo("40.00");
        assertThat(trend.holds()).isTrue();
    }

    // Opportunity

    @Test
    void greenScoreThatFellWithAPositiveEngagementThatFellIsOpportunity() {
        assertThat(situation(scores(95, 80), engagement(50, 10))).isEqualTo(Situation.OPPORTUNITY);
    }

    @ParameterizedTest
    @CsvSource({"95, 80, 10, 50", "95, 80, 50, 50", "80, 80, 50, 10", "80, 95, 50, 10", "80, 95, 10, 50"})
    void unlessBothFellItIsNeutral(int score60, int score7, int engagement60, int engagement7) {
        assertThat(situation(scores(score60, score7), engagement(engagement60, engagement7)))
                .isEqualTo(Situation.NEUTRAL);
    }

    @ParameterizedTest
    @CsvSource({"0.00, NEUTRAL", "0.01, OPPORTUNITY", "-0.01, NEUTRAL"})
    void theEngagementOfTodayIsPositive(String today, Situation situation) {
        assertThat(situation(scores(95, 80), course("50", today))).isEqualTo(situation);
    }

    @Test
    void withoutAnEngagementTodayThereIsNoOpportunity() {
        History engagements = History.EMPTY
                .with(DAY.minusDays(59), number("50"))
                .with(DAY.minusDays(3), number("10"))
                .with(DAY, null);
        assertThat(situation(scores(95, 80), new Course(engagements, null))).isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void withTheTrendRisingBothComparisonsTurnAround() {
        assertThat(rising(scores(80, 95), engagement(10, 50))).isEqualTo(Situation.OPPORTUNITY);
        assertThat(rising(scores(95, 80), engagement(50, 10))).isEqualTo(Situation.NEUTRAL);
        assertThat(rising(scores(80, 95), engagement(50, 10))).isEqualTo(Situation.NEUTRAL);
        assertThat(rising(scores(95, 80), engagement(10, 50))).isEqualTo(Situation.NEUTRAL);
        assertThat(rising(scores(80, 80), engagement(10, 50))).isEqualTo(Situation.NEUTRAL);
        assertThat(rising(scores(80, 95), engagement(50, 50))).isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void theTrendOfAnOpportunityDoesNotTouchRisk() {
        assertThat(rising(scores(60, 40), engagement(0, 0))).isEqualTo(Situation.RISK);
        assertThat(rising(scores(20, 40), engagement(0, 0))).isEqualTo(Situation.NEUTRAL);
    }

    @Test
    void withoutAScoreItIsNeutral() {
        assertThat(situation(new Course(History.EMPTY, null), engagement(50, 10)))
                .isEqualTo(Situation.NEUTRAL);
    }

    // Why

    @Test
    void riskSaysItsComparisons() {
        Situation.Verdict verdict = verdict(scores(60, 40), engagement(0, 0), Trend.FALLING);
        assertThat(verdict.clause()).isEqualTo("risk");
        assertThat(verdict.comparisons())
                .containsExactly(
                        new Situation.Comparison(
                                "risk", "senseScore", mean("mean60", 346_000, 60), ">", mean("mean7", 28_000, 7), true),
                        new Situation.Comparison(
                                "risk",
                                "senseScore",
                                new Situation.Operand("band", "red", null),
                                "is",
                                new Situation.Operand("band", "red", null),
                                true));
    }

    private static Situation.Operand mean(String what, long sum, long days) {
        return new Situation.Operand(what, null, new History.Mean(sum, days));
    }

    @Test
    void opportunitySaysItsFourComparisons() {
        Situation.Verdict verdict = verdict(scores(95, 80), engagement(50, 10), Trend.FALLING);
        assertThat(verdict.clause()).isEqualTo("opportunity");
        assertThat(verdict.comparisons())
                .hasSize(4)
                .allMatch(Situation.Comparison::holds)
                .extracting(Situation.Comparison::of, Situation.Comparison::operator)
                .containsExactly(
                        tuple("senseScore", ">"),
                        tuple("senseScore", "is"),
                        tuple("engagementScore", ">"),
                        tuple("engagementScore", ">"));
    }

    @Test
    void aRisingTrendIsSaidAsItWasCompared() {
        Situation.Verdict verdict = verdict(scores(80, 95), engagement(10, 50), Trend.RISING);
        assertThat(verdict.comparisons().getFirst().operator()).isEqualTo("<");
        assertThat(verdict.comparisons()).allMatch(Situation.Comparison::holds);
    }

    @Test
    void neutralSaysWhyNeitherClauseHeld() {
        Situation.Verdict verdict = verdict(new Course(History.EMPTY, null), engagement(0, 0), Trend.FALLING);
        assertThat(verdict.clause()).isEqualTo("none");
        assertThat(verdict.comparisons())
                .extracting(Situation.Comparison::clause)
                .containsExactly("risk", "risk", "opportunity", "opportunity", "opportunity", "opportunity");
        assertThat(verdict.comparisons()).noneMatch(Situation.Comparison::holds);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void aLabelNamesItsSituation(Situation situation) {
        assertThat(Situation.labelled(situation.label())).isEqualTo(situation);
    }

    /// The history of a score and its value today.
    private record Course(History history, BigDecimal today) {}

    /// `before` from D-59 on, `recent` from D-6 on.
    private static Course course(String before, String recent) {
        return new Course(
                History.EMPTY.with(DAY.minusDays(59), number(before)).with(DAY.minusDays(6), number(recent)),
                number(recent));
    }

    private static Course scores(String before, String recent) {
        return course(before, recent);
    }

    private static Course scores(int before, int recent) {
        return course(String.valueOf(before), String.valueOf(recent));
    }

    private static Course engagement(int before, int recent) {
        return course(String.valueOf(before), String.valueOf(recent));
    }

    private static Situation situation(Course scores, Course engagements) {
        return verdict(scores, engagements, Trend.FALLING).situation();
    }

    private static Situation rising(Course scores, Course engagements) {
        return verdict(scores, engagements, Trend.RISING).situation();
    }

    private static Situation.Verdict verdict(Course scores, Course engagements, Trend trend) {
        BigDecimal today = scores.today();
        SenseScore score = today == null
                ? SenseScore.NONE
                : new SenseScore(today, BANDS.of(today), number("100.00"), List.of(), null);
        return Situation.at(
                DAY,
                new Scores(score, SenseScore.NONE, scores.history(), engagements.history()),
                engagements.today(),
                trend);
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number);
    }
}
