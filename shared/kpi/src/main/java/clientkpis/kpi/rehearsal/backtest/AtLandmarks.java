package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.churn.Outcome;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Observations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/// The customers at the landmarks of a horizon.
///
/// @param clients of each observation
/// @param days of each observation: its landmark
/// @param unknown how many customers are left out because it is not known whether they churned
public record AtLandmarks(Observations observations, List<PastClient> clients, List<Integer> days, int unknown) {
    public AtLandmarks {
        clients = List.copyOf(clients);
        days = List.copyOf(days);
    }

    public static AtLandmarks of(Past past, Window window) {
        Observations.Collected collected = new Observations.Collected();
        List<PastClient> clients = new ArrayList<>();
        List<Integer> days = new ArrayList<>();
        int unknown = 0;
        for (int landmark : window.landmarks()) {
            collected.landmark();
            for (PastClient client : past.clients()) {
                if (client.customers().isCustomer(landmark)) {
                    Outcome outcome = client.customers().outcome(landmark, window.horizon());
                    if (outcome == Outcome.UNKNOWN) {
                        unknown++;
                    } else {
                        collected.add(client.number(), outcome == Outcome.CHURNED);
                        clients.add(client);
                        days.add(landmark);
                    }
                }
            }
        }
        return new AtLandmarks(collected.done(), clients, days, unknown);
    }

    /// A value of each observation.
    public int[] values(ToIntBiFunction<PastClient, Integer> value) {
        int[] values = new int[clients.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsInt(clients.get(i), days.get(i));
        }
        return values;
    }

    /// The score of each observation.
    public int[] scores(Function<PastClient, JudgedDays> judged) {
        return values((client, day) -> judged.apply(client).score(day));
    }
}
