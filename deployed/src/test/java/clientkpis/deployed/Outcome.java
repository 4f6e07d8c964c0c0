package clientkpis.deployed;

import java.time.LocalDate;
import java.util.List;

/// What a run stored and published, as far as it must be the same on every cloud: without times, which the ids of
/// uploads begin with.
///
/// @param day the day of the run in the tenant's time zone
/// @param clients the items of the table Clients that other services read, one JSON object each, sorted
/// @param exported the client tables of the days in the data bucket, with the source of every field
/// @param events every event, sorted
record Outcome(LocalDate day, List<String> clients, List<String> exported, List<String> events) {}
