package clientkpis.kpi.rehearsal.churn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a client was a customer, when it left, and from when on this is not known. A fact: no score takes part.
public final class CustomerHistory {
    /// From so many days on a spell is a churn whatever follows it.
    public static final int CHURN_DAYS = 30;

    private static final int NEVER = Integer.MAX_VALUE;

    private final TableDays table;
    private final BitSet customer = new BitSet();
    private final List<Stint> stints = new ArrayList<>();
    private int reactivations;
    private int lost = NEVER;
    private int undecided = NEVER;

    private CustomerHistory(TableDays table) {
        this.table = table;
    }

    /// @param mrrAsked whether any client of the portfolio has an MRR on any day; otherwise nobody needs one
    public static CustomerHistory of(TableDays table, boolean mrrAsked) {
        CustomerHistory history = new CustomerHistory(table);
        history.read(mrrAsked);
        return history;
    }

    private void read(boolean mrrAsked) {
        int days = table.period().days();
        int stint = NEVER;
        int spell = NEVER;
        int lastInTable = NEVER;
        for (int day = 0; day < days; day++) {
            // A day out of the table belongs to the spell that it follows, and begins none.
            if (!table.isInTable(day)) {
                continue;
            }
            lastInTable = day;
            if (table.isCustomer(day, mrrAsked)) {
                customer.set(day);
                if (spell != NEVER && day - spell >= CHURN_DAYS) {
                    stints.add(new Stint(stint, churn(stint, spell, day)));
                    reactivations++;
                    stint = day;
                } else if (stint == NEVER) {
                    stint = day;
                }
                spell = NEVER;
            } else if (stint != NEVER && spell == NEVER) {
                spell = day;
            }
        }
        if (stint != NEVER) {
            end(stint, spell, lastInTable, days);
        }
    }

    private void end(int stint, int spell, int lastInTable, int days) {
        if (spell == NEVER) {
            stints.add(new Stint(stint, null));
            lost = lastInTable == days - 1 ? NEVER : lastInTable + 1;
        } else if (days - spell >= CHURN_DAYS || table.isInactive(lastInTable) || table.hasNoticeCome(lastInTable)) {
            stints.add(new Stint(stint, churn(stint, spell, days)));
        } else {
            stints.add(new Stint(stint, null));
            undecided = spell;
        }
    }

    /// @param end the day after the spell
    private Churn churn(int stint, int spell, int end) {
        int told = NEVER;
        boolean inactive = false;
        for (int day = spell; day < end; day++) {
            if (table.isInTable(day)) {
                told = Math.min(told, table.cancelledOn(day));
                inactive |= table.isInactive(day);
            }
        }
        int churnDay = told < spell && told > stint ? told : spell;
        Cause cause = told != NEVER ? Cause.CANCELLED : inactive ? Cause.INACTIVE : Cause.LAPSED;
        return new Churn(churnDay, cause, customer.previousSetBit(churnDay - 1));
    }

    public boolean isCustomer(int day) {
        return day >= 0 && customer.get(day);
    }

    public boolean wasEverCustomer() {
        return !customer.isEmpty();
    }

    /// On how many of the days from `from` to `to` the client was a customer.
    public int customerDays(int from, int to) {
        return from > to ? 0 : customer.get(from, to + 1).cardinality();
    }

    /// Of each stint its first day and its churn, in order.
    public List<Stint> stints() {
        return List.copyOf(stints);
    }

    /// How often the client came back after a churn.
    public int reactivations() {
        return reactivations;
    }

    /// The day from which on a customer is out of the table for good; null for others.
    public @Nullable Integer lostFrom() {
        return lost == NEVER ? null : lost;
    }

    /// The first day of the spell that is not decided; null when there is none.
    public @Nullable Integer undecidedFrom() {
        return undecided == NEVER ? null : undecided;
    }

    /// What became of the client within `horizon` days after a day on which it was a customer.
    public Outcome outcome(int day, int horizon) {
        long end = (long) day + horizon;
        for (Stint stint : stints) {
            Churn churn = stint.churn();
            if (churn != null && churn.day() > day && churn.day() <= end) {
                return Outcome.CHURNED;
            }
        }
        return lost <= end || undecided <= end ? Outcome.UNKNOWN : Outcome.STAYED;
    }
}
