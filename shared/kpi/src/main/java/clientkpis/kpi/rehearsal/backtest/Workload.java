package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.Fraction;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.past.Window;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The work that alerts make, repeats too.
///
/// @param days on how many days
/// @param per100ClientMonths per 100 customers and 30 days, scale 2; null without a customer
/// @param perCsAndWeek the alerts of clients with a CS, scale 2; null when no customer has one
public record Workload(
        int alerts,
        int days,
        @Nullable BigDecimal per100ClientMonths,
        @Nullable BigDecimal perCsAndWeek) {

    static Workload of(Past past, List<BitSet> alerts) {
        int end = past.period().lastDay();
        int all = 0;
        int withCs = 0;
        long customerDays = 0;
        long csDays = 0;
        for (int day = Window.WARM_UP; day <= end; day++) {
            Set<String> cs = new HashSet<>();
            for (PastClient client : past.clients()) {
                if (client.customers().isCustomer(day)) {
                    customerDays++;
                    boolean isAlert = alerts.get(client.number()).get(day);
                    all += isAlert ? 1 : 0;
                    String name = client.days().cs(day);
                    if (name != null) {
                        cs.add(name);
                        withCs += isAlert ? 1 : 0;
                    }
                }
            }
            csDays += cs.size();
        }
        return new Workload(
                all,
                Math.max(0, end - Window.WARM_UP + 1),
                AlertMeasures.rate(all, customerDays),
                csDays == 0 ? null : Fraction.of(7L * withCs, csDays).rounded(2));
    }
}
