package clientkpis.kpi.rehearsal.past;

import clientkpis.kpi.Texts;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.churn.TableDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The days of one client. Fed day by day, in any order; a day that is not fed is one on which it is not in the table.
public final class ClientDays {
    private final String clientId;
    private final TableDays table;
    private final @Nullable String[] cs;
    private @Nullable String name;
    private int named = -1;
    private final JudgedDays inForce;
    private final @Nullable JudgedDays candidate;

    /// @param hasCandidate whether a candidate is rehearsed
    public ClientDays(String clientId, Period period, boolean hasCandidate) {
        this.clientId = clientId;
        table = new TableDays(period);
        cs = new String[period.days()];
        inForce = new JudgedDays(period);
        candidate = hasCandidate ? new JudgedDays(period) : null;
    }

    /// A line of a day's client table.
    ///
    /// @param isInactive what the status before rules says
    public record Line(
            boolean isInactive,
            @Nullable LocalDate cancelledOn,
            @Nullable BigDecimal mrr,
            @Nullable String cs,
            @Nullable String name) {}

    /// A day without an export is fed with the line of the day before.
    public void put(LocalDate date, Line line) {
        table.put(date, line.isInactive(), line.cancelledOn(), line.mrr());
        int day = table.period().number(date);
        String person = line.cs();
        cs[day] = person == null ? null : Texts.fold(person);
        if (line.name() != null && day > named) {
            name = line.name();
            named = day;
        }
    }

    public String clientId() {
        return clientId;
    }

    /// The last one that it had.
    public @Nullable String name() {
        return name;
    }

    public TableDays table() {
        return table;
    }

    /// As names of CS compare.
    public @Nullable String cs(int day) {
        return cs[day];
    }

    public JudgedDays inForce() {
        return inForce;
    }

    public @Nullable JudgedDays candidate() {
        return candidate;
    }
}
