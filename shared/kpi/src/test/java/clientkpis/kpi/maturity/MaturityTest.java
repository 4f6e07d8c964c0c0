package clientkpis.kpi.maturity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MaturityTest {
    private static final List<Maturity.Pillar> PILLARS = List.of(
            new Maturity.Pillar("people", List.of("a", "b", "c")),
            new Maturity.Pillar("data", List.of("d")),
            new Maturity.Pillar("tactical", List.of("e", "f")));

    private static Maturity.Answer level(int level) {
        return new Maturity.Answer(level, BigDecimal.ONE);
    }

    @Test
    void aLevelIsAQuarterOfAHundredAboveTheOneBelow() {
        assertThat(List.of(level(1), level(2), level(3), level(4), level(5)))
                .extracting(answer -> answer.score().toPlainString())
                .containsExactly("0.00", "25.00", "50.00", "75.00", "100.00");
        assertThatThrownBy(() -> level(6)).hasMessageContaining("1 to 5");
        assertThatThrownBy(() -> level(0)).hasMessageContaining("1 to 5");
    }

    @Test
    void aPillarIsTheWeightedMeanOfItsAnsweredItemsAndTheIndexTheMeanOfTheAnsweredPillars() {
        Maturity.Assessment assessment = Maturity.assess(
                        PILLARS,
                        Map.of("a", level(2), "b", new Maturity.Answer(5, new BigDecimal("0.5")), "d", level(1)))
                .orElseThrow();
        assertThat(assessment.pillars())
                .containsExactly(
                        new Maturity.PillarScore("people", new BigDecimal("50.00"), 2, 3),
                        new Maturity.PillarScore("data", new BigDecimal("0.00"), 1, 1),
                        new Maturity.PillarScore("tactical", null, 0, 2));
        assertThat(assessment.index()).isEqualTo(new BigDecimal("25.00"));
        assertThat(assessment.coverage()).isEqualTo(new BigDecimal("50.00"));
        assertThat(assessment.weakest()).isEqualTo("data");
    }

    @Test
    void ofEquallyWeakPillarsTheFirstIsNamed() {
        assertThat(Maturity.assess(PILLARS, Map.of("d", level(2), "e", level(2)))
                        .orElseThrow()
                        .weakest())
                .isEqualTo("data");
    }

    @Test
    void nothingAnsweredIsNoIndex() {
        assertThat(Maturity.assess(PILLARS, Map.of())).isEmpty();
        assertThat(Maturity.assess(PILLARS, Map.of("a", new Maturity.Answer(5, BigDecimal.ZERO))))
                .isEmpty();
    }

    @Test
    void anAnswerToNoItemIsAnError() {
        assertThatThrownBy(() -> Maturity.assess(PILLARS, Map.of("z", level(1))))
                .hasMessageContaining("z");
    }

    @Provide
    Arbitrary<Map<String, Maturity.Answer>> answers() {
        Arbitrary<Maturity.Answer> answer = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("0.01"), new BigDecimal("1000"))
                                .ofScale(2))
                .as(Maturity.Answer::new);
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "e", "f"), answer)
                .ofMinSize(1);
    }

    @Property
    void theIndexLiesBetweenThePillarsAndTheWeakestIsTheLeast(@ForAll("answers") Map<String, Maturity.Answer> answers) {
        Maturity.Assessment assessment = Maturity.assess(PILLARS, answers).orElseThrow();
        List<BigDecimal> scores = assessment.pillars().stream()
                .map(Maturity.PillarScore::score)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        assertThat(assessment.index()).isBetween(scores.getFirst(), scores.getLast());
        assertThat(assessment.pillars())
                .filteredOn(pillar -> pillar.key().equals(assessment.weakest()))
                .singleElement()
                .satisfies(pillar -> assertThat(pillar.score()).isEqualByComparingTo(scores.getFirst()));
    }

    @Property
    void theOrderOfTheRowsChangesNothing(@ForAll("answers") Map<String, Maturity.Answer> answers) {
        List<Map.Entry<String, Maturity.Answer>> reversed = new ArrayList<>(answers.entrySet()).reversed();
        Map<String, Maturity.Answer> other = new LinkedHashMap<>();
        reversed.forEach(entry -> other.put(entry.getKey(), entry.getValue()));
        assertThat(Maturity.assess(PILLARS, other)).isEqualTo(Maturity.assess(PILLARS, answers));
    }
}
