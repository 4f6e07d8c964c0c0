package clientkpis.kpi;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// One KPI family: the rows of one table of one client become that client's fields. Pure; it asks no clock.
///
/// @param <R> one row of the table, as the family reads it
public interface KpiFamily<R> {
    /// The upload table, as its schema names it.
    String table();

    /// One row.
    R read(Row row);

    /// The timeline of every field that the family gives, from a day on. `rows` has at least one row; their order means
    /// nothing. The names are those that the table's schema declares; a field that is left out is absent.
    Map<String, Timeline> timelines(List<R> rows, LocalDate from);
}
