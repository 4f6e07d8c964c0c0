package clientkpis.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-30");
    private static final Value ONE = Value.Number.of(1);
    private static final Value TWO = Value.Number.of(2);

    @Test
    void aStepHoldsFromItsDayUntilTheNext() {
        Timeline timeline = Timeline.of(Map.of(DAY, ONE, DAY.plusDays(5), TWO));
        assertThat(timeline.at(DAY)).isEqualTo(ONE);
        assertThat(timeline.at(DAY.plusDays(4))).isEqualTo(ONE);
        assertThat(timeline.at(DAY.plusDays(5))).isEqualTo(TWO);
        assertThat(timeline.at(DAY.plusYears(100))).isEqualTo(TWO);
    }

    @Test
    void beforeTheFirstStepTheFieldIsAbsent() {
        assertThat(Timeline.constant(DAY, ONE).at(DAY.minusDays(1))).isNull();
    }

    @Test
    void aStepMayMakeTheFieldAbsent() {
        Map<LocalDate, Value> values = new HashMap<>(Map.of(DAY, ONE));
        values.put(DAY.plusDays(1), null);
        Timeline timeline = Timeline.of(values);
        assertThat(timeline.at(DAY)).isEqualTo(ONE);
        assertThat(timeline.at(DAY.plusDays(1))).isNull();
    }

    @Test
    void equalNeighboursAreOneStep() {
        assertThat(Timeline.of(Map.of(DAY, ONE, DAY.plusDays(1), ONE, DAY.plusDays(2), TWO))
                        .steps())
                .hasSize(2);
    }

    @Test
    void stepsAscend() {
        List<Timeline.Step> steps = List.of(new Timeline.Step(DAY, ONE), new Timeline.Step(DAY, TWO));
        assertThatThrownBy(() -> new Timeline(steps)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsAbsentForGood() {
        assertThat(Timeline.constant(DAY, null).at(DAY)).isNull();
    }

    @Test
    void aSumTakesWhatWasThereBeforeFromItsFirstDay() {
        Timeline sum = new Timeline.Sum(DAY)
                .count(DAY.minusDays(10))
                .count(DAY.plusDays(3))
                .rounded(0);
        assertThat(sum).isEqualTo(Timeline.of(Map.of(DAY, ONE, DAY.plusDays(3), TWO)));
    }

    @Test
    void aSumOfNothingIsZeroAndNotAbsent() {
        assertThat(new Timeline.Sum(DAY).rounded(2).at(DAY)).isEqualTo(new Value.Number(new BigDecimal("0.00")));
    }

    @Test
    void aSumIsRoundedWhenItIsReadAndNotBefore() {
        Timeline sum = new Timeline.Sum(DAY)
                .add(DAY, new BigDecimal("0.004"))
                .add(DAY.plusDays(1), new BigDecimal("0.004"))
                .rounded(2);
        assertThat(sum.at(DAY)).isEqualTo(new Value.Number(new BigDecimal("0.00")));
        assertThat(sum.at(DAY.plusDays(1))).isEqualTo(new Value.Number(new BigDecimal("0.01")));
    }

    @Test
    void aCountdownIsKeptAsItsDayAndShownAsDays() {
        Value countdown = new Value.Countdown(DAY);
        assertThat(countdown.on(DAY.minusDays(7))).isEqualTo(Value.Number.of(7));
        assertThat(countdown.on(DAY)).isEqualTo(Value.Number.of(0));
        assertThat(countdown.on(DAY.plusDays(2))).isEqualTo(Value.Number.of(-2));
        assertThat(ONE.on(DAY)).isEqualTo(ONE);
    }
}
