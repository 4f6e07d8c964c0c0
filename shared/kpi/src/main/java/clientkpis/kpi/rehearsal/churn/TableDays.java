package clientkpis.kpi.rehearsal.churn;

import clientkpis.kpi.Value;
import clientkpis.kpi.client.Tenure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the client table said of one client on each day of a period, as far as churn asks for it. Compact: a history
/// has millions of these days.
public final class TableDays {
    private static final byte IN_TABLE = 1;
    private static final byte INACTIVE = 2;
    private static final int NOT_TOLD = Integer.MAX_VALUE;
    private static final long NO_MRR = Long.MIN_VALUE;

    private final Period period;
    private final byte[] flags;
    private final int[] cancelledOn;
    private final long[] cents;

    /// A client that is in the table on no day.
    public TableDays(Period period) {
        this.period = period;
        flags = new byte[period.days()];
        cancelledOn = new int[period.days()];
        cents = new long[period.days()];
        Arrays.fill(cancelledOn, NOT_TOLD);
        Arrays.fill(cents, NO_MRR);
    }

    /// The client is in the table of a day.
    ///
    /// @param inactive what its status before rules says
    /// @param mrr of scale 2 at most
    public void put(LocalDate date, boolean inactive, @Nullable LocalDate notice, @Nullable BigDecimal mrr) {
        int day = period.number(date);
        flags[day] = (byte) (IN_TABLE | (inactive ? INACTIVE : 0));
        cancelledOn[day] = notice == null ? NOT_TOLD : period.number(notice);
        cents[day] = mrr == null
                ? NO_MRR
                : mrr.setScale(2, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    public Period period() {
        return period;
    }

    public boolean isInTable(int day) {
        return day >= 0 && day < flags.length && (flags[day] & IN_TABLE) != 0;
    }

    public boolean isInactive(int day) {
        return (flags[day] & INACTIVE) != 0;
    }

    /// The day of notice in the table of a day; later than every day when there is none.
    int cancelledOn(int day) {
        return cancelledOn[day];
    }

    boolean hasNoticeCome(int day) {
        return cancelledOn[day] <= day;
    }

    /// Null when the client has none, or is not in the table.
    public @Nullable BigDecimal mrr(int day) {
        return cents[day] == NO_MRR ? null : BigDecimal.valueOf(cents[day], 2);
    }

    /// In hundredths; 0 when the client has none, or less.
    public long cents(int day) {
        return Math.max(0, cents[day]);
    }

    /// Whether the client has an MRR on any day, 0 included.
    public boolean hasMrr() {
        return Arrays.stream(cents).anyMatch(c -> c != NO_MRR);
    }

    /// Since when the client is a customer, or none any more, as recalculations of all these days decide.
    ///
    /// @param mrrAsked whether a customer needs MRR
    public Tenure tenure(boolean mrrAsked) {
        Tenure.Terms terms = new Tenure.Terms(Objects::nonNull, mrrAsked);
        Tenure tenure = Tenure.NONE;
        for (int day = 0; day < flags.length; day++) {
            LocalDate date = period.date(day);
            tenure = isInTable(day) ? tenure.at(date, fields(day), terms) : tenure.without(date);
        }
        return tenure;
    }

    /// Those that decide. There is a status where it says inactive.
    private Map<String, Value> fields(int day) {
        Map<String, Value> fields = new HashMap<>();
        if (isInactive(day)) {
            fields.put("status", new Value.Text("inactive"));
        }
        if (cancelledOn[day] != NOT_TOLD) {
            fields.put("cancelledOn", new Value.Day(period.date(cancelledOn[day])));
        }
        BigDecimal mrr = mrr(day);
        if (mrr != null) {
            fields.put("mrr", new Value.Number(mrr));
        }
        return fields;
    }

    /// @param mrrAsked whether any client has an MRR on any day
    boolean isCustomer(int day, boolean mrrAsked) {
        return flags[day] == IN_TABLE && !hasNoticeCome(day) && (!mrrAsked || cents[day] > 0);
    }
}
