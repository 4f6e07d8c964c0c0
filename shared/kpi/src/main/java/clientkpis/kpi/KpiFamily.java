package clientkpis.kpi;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /// A row of the table, and what the family reads of it.
    record Read<R>(Row row, R read) {}

    /// Which rows are behind the fields, on each day from one on; none unless the family says so. They are kept beside
    /// the client's rows, and shown of any day.
    ///
    /// @param rows at least one, in the order of their keys
    default List<FieldRecords> records(List<Read<R>> rows, LocalDate from) {
        return List.of();
    }

    /// The days before a client's rows came.
    ///
    /// @param from the first of them
    /// @param observed the first day after them
    /// @param cancelledOn the client's day of notice, which may be later; null for none
    /// @param leftOn the first day of its inactive status, as far as that is known
    record Before(
            LocalDate from,
            LocalDate observed,
            @Nullable LocalDate cancelledOn,
            @Nullable LocalDate leftOn) {
        /// The first day with a row of this first date.
        public LocalDate first(@Nullable LocalDate date) {
            return date == null || date.isBefore(from) ? from : date;
        }

        /// The first day with any of some rows.
        ///
        /// @param first the first day with a row
        public <R> LocalDate since(List<R> rows, Function<R, LocalDate> first) {
            return rows.stream().map(first).min(Comparator.naturalOrder()).orElse(from);
        }
    }

    /// What the fields were before the rows came.
    ///
    /// @param since the first day with a row
    /// @param timelines from that day on, of the fields that had a value which the rows still say
    record Past(LocalDate since, Map<String, Timeline> timelines) {}

    /// What the fields were on days before the rows came: a row counts from its first date on, and what happened later
    /// has not happened. Nothing, unless the family says so.
    ///
    /// @param rows at least one, in any order
    default Optional<Past> past(List<Read<R>> rows, Before before) {
        return Optional.empty();
    }

    /// How long the rows of a client are kept; forever unless the family drops old ones.
    ///
    /// @param days how many days a tenant keeps rows that may be dropped
    default Retention retention(LocalDate day, int days) {
        return Retention.FOREVER;
    }
}
