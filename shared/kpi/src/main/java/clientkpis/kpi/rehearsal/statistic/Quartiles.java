package clientkpis.kpi.rehearsal.statistic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of n ascending values number ceil(n/4), ceil(n/2), ceil(3n/4).
///
/// @param cuts null of fewer than 10 values
public record Quartiles(int of, @Nullable Cuts cuts) {
    public record Cuts(int q1, int median, int q3) {}

    public static Quartiles of(int[] values) {
        int[] ascending = values.clone();
        Arrays.sort(ascending);
        int n = ascending.length;
        return new Quartiles(
                n,
                n < Share.LEAST
                        ? null
                        : new Cuts(
                                ascending[(n + 3) / 4 - 1],
                                ascending[(n + 1) / 2 - 1],
                                ascending[(3 * n + 3) / 4 - 1]));
    }
}
