package clientkpis.kpi.rehearsal.churn;

/// What became of a customer within some days.
public enum Outcome {
    CHURNED,
    STAYED,
    /// The client left the table, or it is undecided whether it churned.
    UNKNOWN
}
