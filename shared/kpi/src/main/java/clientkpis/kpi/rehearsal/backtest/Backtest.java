package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.score.Scoring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configuration, and a candidate beside it, on a past whose end is known.
///
/// @param horizons in the order in which they were asked for
/// @param candidateWorkload null when none is rehearsed
/// @param cases the newest churns, newest first, then by client
public record Backtest(
        List<Horizon> horizons,
        Workload inForceWorkload,
        @Nullable Workload candidateWorkload,
        List<ChurnCase> cases) {
    public Backtest {
        horizons = List.copyOf(horizons);
        cases = List.copyOf(cases);
    }

    /// @param horizons in days; at least one
    /// @param candidate null when none is rehearsed
    public static Backtest of(Past past, List<Integer> horizons, Scoring inForce, @Nullable Scoring candidate) {
        List<BitSet> alerts = alerts(past, Judged.IN_FORCE);
        List<BitSet> candidateAlerts = candidate == null ? null : alerts(past, Judged.CANDIDATE);
        List<Horizon> results = new ArrayList<>();
        for (int days : horizons) {
            Window window = Window.of(past.period(), days);
            results.add(
                    window.isTooShort()
                            ? new Horizon.TooShort(days, window.needs())
                            : measured(past, window, inForce, alerts, candidate, candidateAlerts));
        }
        return new Backtest(
                results,
                Workload.of(past, alerts),
                candidateAlerts == null ? null : Workload.of(past, candidateAlerts),
                ChurnCase.of(past, Collections.max(horizons), alerts, candidateAlerts));
    }

    private static Horizon measured(
            Past past,
            Window window,
            Scoring inForce,
            List<BitSet> alerts,
            @Nullable Scoring candidate,
            @Nullable List<BitSet> candidateAlerts) {
        AtLandmarks landmarks = AtLandmarks.of(past, window);
        List<CountedChurn> churns = CountedChurn.of(past, window.from() + window.horizon());
        return new Horizon.Measured(
                window.horizon(),
                past.period().date(window.from()),
                past.period().date(window.to()),
                window.landmarks().stream().map(past.period()::date).toList(),
                landmarks.observations().churned(),
                landmarks.unknown(),
                Measures.of(past, window, landmarks, churns, new Judged.With(Judged.IN_FORCE, inForce), alerts),
                candidate == null || candidateAlerts == null
                        ? null
                        : Measures.of(
                                past,
                                window,
                                landmarks,
                                churns,
                                new Judged.With(Judged.CANDIDATE, candidate),
                                candidateAlerts),
                candidateAlerts == null ? null : Comparison.of(window, landmarks, churns, alerts, candidateAlerts));
    }

    private static List<BitSet> alerts(Past past, Judged judged) {
        return past.clients().stream()
                .map(client -> client.alerts(judged.of(client)))
                .toList();
    }
}
