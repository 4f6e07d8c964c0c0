package clientkpis.kpi.rehearsal.churn;

/// A client that stopped being a customer.
///
/// @param day the churn day
/// @param lastCustomerDay the last day before it on which the client was a customer; every churn has one
public record Churn(int day, Cause cause, int lastCustomerDay) {}
