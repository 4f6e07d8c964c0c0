package clientkpis.kpi.rehearsal.weights;

import clientkpis.kpi.rehearsal.backtest.AtLandmarks;
import clientkpis.kpi.rehearsal.backtest.IndicatorMeasure;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Difference.Verdict;
import clientkpis.kpi.rehearsal.statistic.Observations;
import clientkpis.kpi.score.Indicator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Looks for weights at the early landmarks and tries them on the later ones, by time and not at random.
public final class WeightSearch {
    private static final int MOST_INDICATORS = 6;
    private static final int LANDMARKS = 3;
    private static final int CHURNS = 10;

    private WeightSearch() {}

    /// @param horizons in days
    /// @param with the configuration whose indicators and points are weighted
    public static Suggestion of(Past past, List<Integer> horizons, Judged.With with) {
        List<Indicator> indicators = with.scoring().indicators();
        if (indicators.size() < 2) {
            return new Suggestion.None(Suggestion.Reason.ONE_INDICATOR);
        }
        if (indicators.size() > MOST_INDICATORS) {
            return new Suggestion.None(Suggestion.Reason.TOO_MANY_INDICATORS);
        }
        if (indicators.stream().anyMatch(IndicatorMeasure::isCircular)) {
            return new Suggestion.None(Suggestion.Reason.CIRCULAR_INDICATOR);
        }
        return horizons.stream()
                .map(horizon -> Window.of(past.period(), horizon))
                .filter(window -> window.landmarks().size() >= LANDMARKS)
                .max(Comparator.comparingInt(Window::horizon))
                .map(window -> suggest(past, window, with))
                .orElse(new Suggestion.None(Suggestion.Reason.TOO_FEW_CHURNS));
    }

    private static Suggestion suggest(Past past, Window window, Judged.With with) {
        AtLandmarks all = AtLandmarks.of(past, window);
        int[][] points = points(all, with);
        int landmarks = window.landmarks().size();
        int later = landmarks - landmarks / 3;
        int split = all.observations().start(later);
        List<LocalDate> days =
                window.landmarks().stream().map(past.period()::date).toList();
        Side fit =
                new Side(days.subList(0, later), all.observations().of(0, later), Arrays.copyOfRange(points, 0, split));
        Side validation = new Side(
                days.subList(later, landmarks),
                all.observations().of(later, landmarks),
                Arrays.copyOfRange(points, split, points.length));
        List<Indicator> indicators = with.scoring().indicators();
        Weighting current =
                Weighting.current(indicators.stream().map(Indicator::weight).toList());
        Auc before = fit.auc(current);
        if (before.value() == null
                || before.cases() < CHURNS * indicators.size()
                || validation.auc(current).cases() < CHURNS) {
            return new Suggestion.None(Suggestion.Reason.TOO_FEW_CHURNS);
        }
        Chosen chosen = Chosen.from(Grid.all(current, fit.masks()), fit.observations, fit.points);
        Weighting best = chosen.best();
        Weighting suggested = chosen.suggested();
        Weighting equal = Weighting.equal(current);
        Difference difference = Difference.of(
                validation.observations, suggested.scores(validation.points), current.scores(validation.points));
        List<Suggestion.Weight> weights = new ArrayList<>();
        for (int i = 0; i < indicators.size(); i++) {
            weights.add(new Suggestion.Weight(
                    indicators.get(i).name(),
                    current.shown().get(i),
                    best.shown().get(i),
                    suggested.shown().get(i)));
        }
        return new Suggestion.Weights(
                window.horizon(),
                fit.sample(current),
                validation.sample(current),
                weights,
                fit.aucs(current, best, suggested, equal),
                validation.aucs(current, best, suggested, equal),
                difference,
                suggested.isCurrent()
                        ? Suggestion.Verdict.KEEP
                        : difference.verdict() == Verdict.BETTER
                                ? Suggestion.Verdict.HOLDS
                                : Suggestion.Verdict.DOES_NOT_HOLD);
    }

    private static int[][] points(AtLandmarks all, Judged.With with) {
        int size = with.scoring().indicators().size();
        int[][] points = new int[all.observations().size()][size];
        for (int i = 0; i < points.length; i++) {
            for (int indicator = 0; indicator < size; indicator++) {
                points[i][indicator] = with.judged()
                        .of(all.clients().get(i))
                        .parts(all.days().get(i))
                        .points(indicator);
            }
        }
        return points;
    }

    /// The landmarks of the fit, or of the validation.
    private static final class Side {
        private final List<LocalDate> landmarks;
        private final Observations observations;
        private final int[][] points;

        Side(List<LocalDate> landmarks, Observations observations, int[][] points) {
            this.landmarks = landmarks;
            this.observations = observations;
            this.points = points;
        }

        Auc auc(Weighting weighting) {
            return Auc.of(observations, weighting.scores(points));
        }

        Suggestion.Sample sample(Weighting weighting) {
            Auc auc = auc(weighting);
            return new Suggestion.Sample(landmarks, auc.cases() + auc.controls(), auc.cases());
        }

        Suggestion.Aucs aucs(Weighting current, Weighting best, Weighting suggested, Weighting equal) {
            return new Suggestion.Aucs(
                    auc(current).value(),
                    auc(best).value(),
                    auc(suggested).value(),
                    auc(equal).value());
        }

        /// Of each kind of observation, by which indicators have data, these as bits. One without data has no score
        /// whatever the weights.
        int[] masks() {
            return Arrays.stream(points)
                    .mapToInt(Side::mask)
                    .filter(mask -> mask != 0)
                    .distinct()
                    .toArray();
        }

        private static int mask(int[] points) {
            int mask = 0;
            for (int i = 0; i < points.length; i++) {
                mask |= points[i] == Observations.NONE ? 0 : 1 << i;
            }
            return mask;
        }
    }
}
