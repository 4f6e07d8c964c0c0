package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a client's score is made of at a landmark, in hundredths, in the order of the configuration's indicators.
public final class Parts {
    private final int[] points;
    private final int[] without;

    /// @param points [Observations#NONE] where the indicator has no data
    /// @param without the score without the indicator; [Observations#NONE] where there is none
    public Parts(int[] points, int[] without) {
        this.points = points.clone();
        this.without = without.clone();
    }

    /// @param numbers a numeric field's value in force, or null where it is absent
    /// @param byHand the score that was set by hand, which no indicator changes; null where none was
    public static Parts of(
            Function<String, @Nullable BigDecimal> numbers, Scoring scoring, @Nullable BigDecimal byHand) {
        List<Indicator> indicators = scoring.indicators();
        int[] points = new int[indicators.size()];
        int[] without = new int[indicators.size()];
        for (int i = 0; i < points.length; i++) {
            BigDecimal value = numbers.apply(indicators.get(i).field());
            points[i] = hundredths(
                    value == null ? null : indicators.get(i).worth(value).rounded(2));
            List<Indicator> others = new ArrayList<>(indicators);
            others.remove(i);
            without[i] = hundredths(
                    byHand == null
                            ? SenseScore.of(numbers, new Scoring(others, scoring.bands()))
                                    .value()
                            : byHand);
        }
        return new Parts(points, without);
    }

    /// A score or points as kept here.
    static int hundredths(@Nullable BigDecimal number) {
        return number == null
                ? Observations.NONE
                : number.setScale(2).unscaledValue().intValueExact();
    }

    public int points(int indicator) {
        return points[indicator];
    }

    public int without(int indicator) {
        return without[indicator];
    }

    /// Whether no indicator has data.
    public boolean isEmpty() {
        return Arrays.stream(points).allMatch(p -> p == Observations.NONE);
    }
}
