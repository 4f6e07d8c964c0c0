package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Period;
import java.util.ArrayList;
import java.util.List;

/// What of a history counts for one horizon.
///
/// @param horizon in days
/// @param from the first day that counts: the means have their days
/// @param to the last one that a whole horizon of history follows
/// @param end the last day of the history
/// @param landmarks ascending, a horizon apart
public record Window(int horizon, int from, int to, int end, List<Integer> landmarks) {
    /// The days before the first that counts.
    public static final int WARM_UP = Situation.LONG - 1;

    public Window {
        landmarks = List.copyOf(landmarks);
    }

    public static Window of(Period period, int horizon) {
        int end = period.lastDay();
        List<Integer> landmarks = new ArrayList<>();
        for (int day = end - horizon; day >= WARM_UP; day -= horizon) {
            landmarks.addFirst(day);
        }
        return new Window(horizon, WARM_UP, end - horizon, end, landmarks);
    }

    public boolean isTooShort() {
        return to < from;
    }

    /// How many days a history needs.
    public int needs() {
        return WARM_UP + 1 + horizon;
    }
}
