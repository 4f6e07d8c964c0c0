package clientkpis.kpi.rehearsal;

import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.churn.Churn;
import clientkpis.kpi.rehearsal.churn.Stint;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/// The clients of a history, and how many of them left.
///
/// @param neverCustomers take no part
/// @param causes of the churns; every cause has a count
/// @param lost out of the table for good
/// @param undecided at the end of the history
/// @param dayUnknown inactive without a day, so that no churn is seen
/// @param mrrChurned of the last customer days
public record Population(
        int clients,
        int customersToday,
        int neverCustomers,
        int churns,
        Map<Cause, Integer> causes,
        int reactivations,
        int lost,
        int undecided,
        int dayUnknown,
        BigDecimal mrrChurned) {

    static Population of(Past past, int dayUnknown) {
        int customersToday = 0;
        int never = 0;
        int churns = 0;
        int reactivations = 0;
        int lost = 0;
        int undecided = 0;
        BigInteger cents = BigInteger.ZERO;
        Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            causes.put(cause, 0);
        }
        for (PastClient client : past.clients()) {
            customersToday += client.customers().isCustomer(past.period().lastDay()) ? 1 : 0;
            never += client.customers().wasEverCustomer() ? 0 : 1;
            reactivations += client.customers().reactivations();
            lost += client.customers().lostFrom() == null ? 0 : 1;
            undecided += client.customers().undecidedFrom() == null ? 0 : 1;
            for (Stint stint : client.customers().stints()) {
                Churn churn = stint.churn();
                if (churn != null) {
                    churns++;
                    causes.merge(churn.cause(), 1, Integer::sum);
                    cents = cents.add(BigInteger.valueOf(client.cents(churn.lastCustomerDay())));
                }
            }
        }
        return new Population(
                past.clients().size(),
                customersToday,
                never,
                churns,
                causes,
                reactivations,
                lost,
                undecided,
                dayUnknown,
                new BigDecimal(cents, 2));
    }
}
