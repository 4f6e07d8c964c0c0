package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.Fraction;
import clientkpis.kpi.rehearsal.churn.Outcome;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.past.Window;
import clientkpis.kpi.rehearsal.statistic.Share;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What alerts were worth.
///
/// @param all the alerts that a whole horizon of history follows
/// @param repeats those up to a horizon after one of their client that counts
/// @param undecided those of clients that are lost or undecided by then
/// @param precision followed by a churn within the horizon, of those that are neither
/// @param alertedAnyway with an alert, of those who stayed after a landmark
/// @param lift scale 2; null where nothing is claimed
/// @param falsePer100ClientMonths alerts not followed, scale 2; null without a customer
public record AlertMeasures(
        int all,
        int repeats,
        int undecided,
        Share precision,
        Share alertedAnyway,
        @Nullable BigDecimal lift,
        @Nullable BigDecimal falsePer100ClientMonths) {

    /// Per 100 clients and 30 days.
    static final long CLIENT_MONTHS = 3000;

    /// @param alerts of each client, in order
    static AlertMeasures of(Past past, Window window, List<BitSet> alerts, AtLandmarks landmarks) {
        Tally tally = new Tally();
        long customerDays = 0;
        for (PastClient client : past.clients()) {
            customerDays += client.customers().customerDays(window.from(), window.to());
            tally.count(client, window, alerts.get(client.number()));
        }
        Share precision = new Share(tally.followed, tally.counted);
        return new AlertMeasures(
                tally.all,
                tally.repeats,
                tally.undecided,
                precision,
                alertedAnyway(window, alerts, landmarks),
                precision.lift(landmarks.observations().churned()),
                rate(tally.counted - tally.followed, customerDays));
    }

    private static final class Tally {
        private int all;
        private int repeats;
        private int undecided;
        private int counted;
        private int followed;

        void count(PastClient client, Window window, BitSet alerts) {
            int last = Integer.MIN_VALUE / 2;
            for (int day = alerts.nextSetBit(window.from());
                    day >= 0 && day <= window.to();
                    day = alerts.nextSetBit(day + 1)) {
                all++;
                if (day - last <= window.horizon()) {
                    repeats++;
                    continue;
                }
                Outcome outcome = client.customers().outcome(day, window.horizon());
                if (outcome == Outcome.UNKNOWN) {
                    undecided++;
                } else {
                    last = day;
                    counted++;
                    followed += outcome == Outcome.CHURNED ? 1 : 0;
                }
            }
        }
    }

    private static Share alertedAnyway(Window window, List<BitSet> alerts, AtLandmarks landmarks) {
        int stayed = 0;
        int alerted = 0;
        for (int i = 0; i < landmarks.observations().size(); i++) {
            if (!landmarks.observations().hasChurned(i)) {
                stayed++;
                int day = landmarks.days().get(i);
                int first = alerts.get(landmarks.clients().get(i).number()).nextSetBit(day);
                alerted += first >= 0 && first < day + window.horizon() ? 1 : 0;
            }
        }
        return new Share(alerted, stayed);
    }

    /// Null without a customer day.
    static @Nullable BigDecimal rate(long alerts, long customerDays) {
        return customerDays == 0
                ? null
                : Fraction.of(CLIENT_MONTHS * alerts, customerDays).rounded(2);
    }
}
