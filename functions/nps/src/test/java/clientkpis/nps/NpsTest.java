package clientkpis.nps;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.Value;
import clientkpis.nps.Nps.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpsTest {
    private static final Nps FAMILY = new Nps();
    private static final LocalDate FROM = LocalDate.parse("2026-09-30");

    @ParameterizedTest
    @CsvSource({"0, -100.00", "6, -100.00", "7, 0.00", "8, 0.00", "9, 100.00", "10, 100.00"})
    void promotersGiveNineOrTenAndDetractorsZeroToSix(int score, String nps) {
        assertThat(nps(answer("1", "ana", score, "2026-09-01"))).isEqualTo(nps);
    }

    @Test
    void npsIsPromotersLessDetractorsOverAllRespondents() {
        assertThat(nps(
                        answer("1", "ana", 10, "2026-09-01"),
                        answer("2", "bia", 9, "2026-09-01"),
                        answer("3", "caio", 7, "2026-09-01"),
                        answer("4", "davi", 3, "2026-09-01")))
                .isEqualTo("25.00");
    }

    @Test
    void npsHasTwoDecimals() {
        assertThat(nps(
                        answer("1", "ana", 10, "2026-09-01"),
                        answer("2", "bia", 9, "2026-09-01"),
                        answer("3", "caio", 7, "2026-09-01")))
                .isEqualTo("66.67");
    }

    @Test
    void respondentCountsOnceWithTheLatestAnswer() {
        assertThat(nps(answer("9", "ana", 10, "2026-08-01"), answer("1", "ana", 2, "2026-09-01")))
                .isEqualTo("-100.00");
    }

    @Test
    void ofTwoAnswersOfOneDayTheHigherIdCountsAsText() {
        assertThat(nps(answer("10", "ana", 10, "2026-09-01"), answer("9", "ana", 2, "2026-09-01")))
                .isEqualTo("-100.00");
    }

    @Test
    void idsCompareCodePointByCodePoint() {
        Answer fullWidth = answer("\uFF21", "ana", 10, "2026-09-01");
        Answer smiley = answer("\uD83D\uDE00", "ana", 2, "2026-09-01");
        assertThat(nps(fullWidth, smiley)).isEqualTo("-100.00");
    }

    @Test
    void respondentsCompareWithoutCaseAndAccents() {
        assertThat(nps(answer("1", "José", 10, "2026-08-01"), answer("2", "JOSE", 2, "2026-09-01")))
                .isEqualTo("-100.00");
    }

    @Test
    void answerWithoutARespondentIsARespondentOfItsOwn() {
        assertThat(nps(answer("1", null, 10, "2026-09-01"), answer("2", null, 2, "2026-09-01")))
                .isEqualTo("0.00");
    }

    @Test
    void npsDoesNotMoveWithTheDate() {
        Answer future = answer("1", "ana", 10, "2027-01-01");
        assertThat(FAMILY.timelines(List.of(future), FROM).get("nps").steps()).hasSize(1);
    }

    @Test
    void readsTheColumnsOfItsTable() {
        assertThat(FAMILY.read(new Row(Map.of(
                        "client_id", "1",
                        "answer_id", "R1",
                        "respondent", "ana",
                        "score", "9",
                        "answered_on", "2026-09-01"))))
                .isEqualTo(answer("R1", "ana", 9, "2026-09-01"));
        assertThat(FAMILY.read(new Row(Map.of("answer_id", "R1", "score", "0", "answered_on", "2026-09-01"))))
                .isEqualTo(answer("R1", null, 0, "2026-09-01"));
    }

    @Property
    void npsIsTheFormula(@ForAll("answers") List<Answer> answers) {
        List<Answer> counted = answers.stream()
                .filter(answer -> answer.respondent() == null
                        || answers.stream()
                                .noneMatch(other ->
                                        answer.respondent().equals(other.respondent()) && isLater(other, answer)))
                .toList();
        long promoters = counted.stream().filter(answer -> answer.score() >= 9).count();
        long detractors = counted.stream().filter(answer -> answer.score() <= 6).count();
        assertThat(nps(answers.toArray(Answer[]::new)))
                .isEqualTo(BigDecimal.valueOf(100 * (promoters - detractors))
                        .divide(BigDecimal.valueOf(counted.size()), 2, RoundingMode.HALF_UP)
                        .toPlainString());
    }

    @Property
    void theOrderOfRowsMeansNothing(@ForAll("answers") List<Answer> answers, @ForAll Random random) {
        List<Answer> shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, random);
        assertThat(FAMILY.timelines(shuffled, FROM)).isEqualTo(FAMILY.timelines(answers, FROM));
    }

    private static boolean isLater(Answer a, Answer b) {
        int days = a.answeredOn().compareTo(b.answeredOn());
        return days > 0 || (days == 0 && a.answerId().compareTo(b.answerId()) > 0);
    }

    /// Ids are unique, as they are in the table.
    @Provide
    static Arbitrary<List<Answer>> answers() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 99).map(String::valueOf),
                        Arbitraries.of("ana", "bia", "caio").injectNull(0.2),
                        Arbitraries.integers().between(0, 10),
                        Arbitraries.integers().between(0, 3).map(FROM::plusDays))
                .as(Answer::new)
                .list()
                .uniqueElements(Answer::answerId)
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    private static String nps(Answer... answers) {
        Value value = FAMILY.timelines(List.of(answers), FROM).get("nps").at(FROM);
        return ((Value.Number) value).number().toPlainString();
    }

    private static Answer answer(String id, String respondent, int score, String answeredOn) {
        return new Answer(id, respondent, score, LocalDate.parse(answeredOn));
    }
}
