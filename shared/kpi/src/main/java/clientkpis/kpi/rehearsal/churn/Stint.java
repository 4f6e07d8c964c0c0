package clientkpis.kpi.rehearsal.churn;

import org.jspecify.annotations.Nullable;

/// A time as a customer, from the first such day or the return.
///
/// @param churn that ended it; null for the last one, if it has not ended or nobody knows
public record Stint(int from, @Nullable Churn churn) {}
