package clientkpis.kpi.rehearsal.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The weights that compete: the current ones, and all in steps that sum to 100.
final class Grid {
    private static final int SUM = 100;
    private static final int STEP = 5;
    private static final int STEP_OF_MANY = 10;
    private static final int MANY = 5;

    private final Weighting current;
    private final int[] masks;
    private final int step;
    private final List<Weighting> all = new ArrayList<>();

    private Grid(Weighting current, int[] masks) {
        this.current = current;
        this.masks = masks;
        step = current.shown().size() >= MANY ? STEP_OF_MANY : STEP;
    }

    /// @param masks of each kind of observation, which indicators have data; none may be left without a score
    static List<Weighting> all(Weighting current, int[] masks) {
        Grid grid = new Grid(current, masks);
        grid.all.add(current);
        grid.fill(new int[current.shown().size()], 0, SUM);
        return grid.all;
    }

    private void fill(int[] weights, int indicator, int left) {
        if (indicator == weights.length - 1) {
            weights[indicator] = left;
            Weighting weighting = Weighting.of(weights, current);
            int taken = weighting.taken();
            if (!weighting.isCurrent() && Arrays.stream(masks).allMatch(mask -> (mask & taken) != 0)) {
                all.add(weighting);
            }
            return;
        }
        for (int weight = 0; weight <= left; weight += step) {
            weights[indicator] = weight;
            fill(weights, indicator + 1, left - weight);
        }
    }
}
