package clientkpis.kpi.rehearsal.backtest;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.past.Judged;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One client who left.
///
/// @param since the first day of its time as a customer
/// @param mrr of the last customer day
/// @param candidate null when none is rehearsed
public record ChurnCase(
        String clientId,
        LocalDate day,
        Cause cause,
        LocalDate since,
        @Nullable BigDecimal mrr,
        Before inForce,
        @Nullable Before candidate) {

    /// At most so many are shown, the newest.
    static final int MOST = 200;

    private static final int[] DAYS_BEFORE = {1, 30, 60, 90};

    /// How the client was seen before.
    ///
    /// @param bandBefore days before to the band, empty without a score; days on which it was not a customer are left
    ///     out
    /// @param situationBefore of the day before
    /// @param alertOn the first alert of the stint within the longest horizon
    public record Before(
            SortedMap<Integer, Optional<Band>> bandBefore,
            Situation situationBefore,
            @Nullable LocalDate alertOn,
            @Nullable Integer leadDays) {}

    /// @param candidate the alerts of each client; null when no candidate is rehearsed
    static List<ChurnCase> of(Past past, int longest, List<BitSet> inForce, @Nullable List<BitSet> candidate) {
        // The churns come in the order of clients, which a sort keeps.
        return CountedChurn.of(past, 0).stream()
                .sorted(Comparator.comparingInt(CountedChurn::day).reversed())
                .limit(MOST)
                .map(churn -> new ChurnCase(
                        churn.client().clientId(),
                        past.period().date(churn.day()),
                        churn.churn().cause(),
                        past.period().date(churn.since()),
                        churn.client().days().table().mrr(churn.churn().lastCustomerDay()),
                        before(past, churn, longest, Judged.IN_FORCE, inForce),
                        candidate == null ? null : before(past, churn, longest, Judged.CANDIDATE, candidate)))
                .toList();
    }

    private static Before before(Past past, CountedChurn churn, int longest, Judged which, List<BitSet> alerts) {
        JudgedDays judged = which.of(churn.client());
        SortedMap<Integer, Optional<Band>> bands = new TreeMap<>();
        for (int before : DAYS_BEFORE) {
            int day = churn.day() - before;
            if (churn.client().customers().isCustomer(day)) {
                bands.put(before, Optional.ofNullable(judged.band(day)));
            }
        }
        Integer alert = churn.firstAlert(alerts.get(churn.client().number()), longest);
        return new Before(
                bands,
                Objects.requireNonNullElse(judged.situation(churn.day() - 1), Situation.NEUTRAL),
                alert == null ? null : past.period().date(alert),
                alert == null ? null : churn.day() - alert);
    }
}
