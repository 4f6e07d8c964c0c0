package clientkpis.kpi.rehearsal.churn;

import java.util.Locale;

/// How a churn shows in the client table.
public enum Cause {
    /// The table has a day of notice.
    CANCELLED,
    /// The status was inactive.
    INACTIVE,
    /// The MRR ended.
    LAPSED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
