package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.rehearsal.churn.CustomerHistory;
import java.util.BitSet;

/// A client with its facts.
///
/// @param number its place in the order of ids
public record PastClient(int number, ClientDays days, CustomerHistory customers) {
    public String clientId() {
        return days.clientId();
    }

    public long cents(int day) {
        return days.table().cents(day);
    }

    /// The days on which a customer is in risk and was not the day before.
    public BitSet alerts(JudgedDays judged) {
        BitSet alerts = new BitSet();
        for (int day = 0; day < days.table().period().days(); day++) {
            if (customers.isCustomer(day) && judged.isRisk(day) && !judged.isRisk(day - 1)) {
                alerts.set(day);
            }
        }
        return alerts;
    }
}
