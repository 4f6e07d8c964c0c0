package clientkpis.kpi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.kpi.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");

    private static final Rules TIERS = new Rules(Map.of(
            "size",
            List.of(
                    new Rules.Rule("{\"mrr\": [{\"numeric\": [\">=\", 9000]}]}", "Tier 1"),
                    new Rules.Rule("{\"mrr\": [{\"numeric\": [\">=\", 3000, \"<\", 8999]}]}", "Tier 2"),
                    new Rules.Rule("{\"mrr\": [{\"numeric\": [\"<\", 3000]}]}", "Tier 3"))));

    @ParameterizedTest
    @CsvSource({
        "9000.00, Tier 1, 1",
        "9000.01, Tier 1, 1",
        "3000.00, Tier 2, 2",
        "8998.99, Tier 2, 2",
        "2999.99, Tier 3, 3",
        "0.00, Tier 3, 3",
        "-0.01, Tier 3, 3",
        "99999999999.99, Tier 1, 1"
    })
    void sizeFollowsTheMrr(String mrr, String tier, int position) {
        assertThat(TIERS.apply(Map.of("mrr", number(mrr)), DAY)).containsEntry("size", new Rules.Given(position, tier));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8999.00", "8999.99"})
    void aValueBetweenTwoBadlyChosenTiersHasNone(String mrr) {
        assertThat(TIERS.apply(Map.of("mrr", number(mrr)), DAY)).isEmpty();
    }

    @Test
    void aPlaybookIsThere() {
        for (String when : List.of(
                "{\"playbooks\": {\"Onboarding\": [{\"exists\": true}]}}",
                "{\"playbooks.Onboarding\": [{\"exists\": true}]}")) {
            Rules stage = new Rules(Map.of("stage", List.of(new Rules.Rule(when, "Adoção"))));
            assertThat(stage.apply(Map.of("playbooks.Onboarding", new Value.Day(DAY)), DAY))
                    .containsEntry("stage", new Rules.Given(1, "Adoção"));
            assertThat(stage.apply(Map.of("playbooks.Renovação", new Value.Day(DAY)), DAY))
                    .isEmpty();
        }
    }

    @Test
    void theFirstRuleThatHoldsWins() {
        Rules rules = new Rules(Map.of(
                "segment",
                List.of(
                        new Rules.Rule("{\"plan\": [\"Premium\"], \"licences\": [{\"numeric\": [\">\", 100]}]}", "A"),
                        new Rules.Rule("{\"plan\": [\"Premium\"]}", "B"),
                        new Rules.Rule("{\"licences\": [{\"numeric\": [\">\", 10]}]}", "C"))));
        Value premium = new Value.Text("Premium");
        assertThat(rules.apply(Map.of("plan", premium, "licences", Value.Number.of(11)), DAY))
                .containsEntry("segment", new Rules.Given(2, "B"));
        assertThat(rules.apply(Map.of("licences", Value.Number.of(11)), DAY))
                .containsEntry("segment", new Rules.Given(3, "C"));
    }

    @Test
    void aRuleThatReadsAnAbsentFieldDoesNotHoldUnlessItAsksForItsAbsence() {
        Rules below = new Rules(
                Map.of("stage", List.of(new Rules.Rule("{\"nps\": [{\"anything-but\": [100]}]}", "Em risco"))));
        Rules absent =
                new Rules(Map.of("stage", List.of(new Rules.Rule("{\"nps\": [{\"exists\": false}]}", "Sem pesquisa"))));
        assertThat(below.apply(Map.of(), DAY)).isEmpty();
        assertThat(absent.apply(Map.of(), DAY)).containsKey("stage");
        assertThat(absent.apply(Map.of("nps", Value.Number.of(0)), DAY)).isEmpty();
    }

    @Test
    void textsMatchAsShownExactly() {
        Rules rules = new Rules(Map.of("stage", List.of(new Rules.Rule("{\"segment\": [\"Indústria\"]}", "X"))));
        assertThat(rules.apply(Map.of("segment", new Value.Text("Indústria")), DAY))
                .hasSize(1);
        assertThat(rules.apply(Map.of("segment", new Value.Text("indústria")), DAY))
                .isEmpty();
        assertThat(rules.apply(Map.of("segment", new Value.Text("a \"quoted\"\n\\ one")), DAY))
                .isEmpty();
    }

    @Test
    void aCountdownIsReadAsItsDays() {
        Rules rules = new Rules(Map.of(
                "stage", List.of(new Rules.Rule("{\"daysToRenewal\": [{\"numeric\": [\"<=\", 30]}]}", "Renovação"))));
        Value renewal = new Value.Countdown(DAY.plusDays(31));
        assertThat(rules.apply(Map.of("daysToRenewal", renewal), DAY)).isEmpty();
        assertThat(rules.apply(Map.of("daysToRenewal", renewal), DAY.plusDays(1)))
                .hasSize(1);
    }

    @Test
    void aPatternThatDoesNotCompileIsNamed() {
        assertThat(Rules.problem("{\"mrr\": [{\"numeric\": [\">=\", \"nine\"]}]}"))
                .isPresent();
        assertThat(Rules.problem("{\"mrr\": [{\"numeric\": [\">=\", 9000]}]}")).isEmpty();
        assertThatThrownBy(() -> new Rules(Map.of("size", List.of(new Rules.Rule("{\"mrr\": 9}", "x")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Rule 1 of size");
    }

    private static Value number(String number) {
        return new Value.Number(new BigDecimal(number));
    }
}
