package clientkpis.kpi;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// One KPI family: turns the rows that a client has in one table into fields of that client. Pure; it reads no clock.
///
/// @param <R> one row of the table, as the family reads it
public interface KpiFamily<R> {
    /// The upload table, as its schema names it.
    String table();

    /// One row of the table as the family uses it.
    R read(Row row);

    /// The timeline of every field that the family gives, from a day on. The names are those that the table's schema
    /// declares; a field that is left out is absent.
    ///
    /// @param rows at least one, in any order
    Map<String, Timeline> timelines(List<R> rows, LocalDate from);

    /// How long the rows of a client are kept; forever unless the family drops old ones.
    ///
    /// @param days how many days a tenant keeps rows that may be dropped
    default Retention retention(LocalDate day, int days) {
        return Retention.FOREVER;
    }
}
