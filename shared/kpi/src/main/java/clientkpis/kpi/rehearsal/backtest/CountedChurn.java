package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.rehearsal.churn.Churn;
import clientkpis.kpi.rehearsal.churn.Stint;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A churn of a client, and the day since which it was a customer.
///
/// @param since the first day of the stint
record CountedChurn(PastClient client, int since, Churn churn) {
    /// The churns with a day from `from` on, by client and day.
    static List<CountedChurn> of(Past past, int from) {
        List<CountedChurn> churns = new ArrayList<>();
        for (PastClient client : past.clients()) {
            for (Stint stint : client.customers().stints()) {
                Churn churn = stint.churn();
                if (churn != null && churn.day() >= from) {
                    churns.add(new CountedChurn(client, stint.from(), churn));
                }
            }
        }
        return churns;
    }

    int day() {
        return churn.day();
    }

    /// The MRR of the last customer day, in hundredths.
    long cents() {
        return client.cents(churn.lastCustomerDay());
    }

    /// The first alert of the stint within a horizon before the churn; null when there was none.
    @Nullable
    Integer firstAlert(BitSet alerts, int horizon) {
        int first = alerts.nextSetBit(Math.max(since, day() - horizon));
        return first >= 0 && first < day() ? first : null;
    }
}
