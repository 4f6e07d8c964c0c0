package clientkpis.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a table that are behind a client's field, as long as no row changes: at each day from the one on which
/// the family took the rows in.
///
/// @param columns those of the table by their names, calculated ones in camelCase; the last may be one of [Days], which
///     is calculated on the day of reading
/// @param count how many rows are behind the field
/// @param rows in the order in which they are shown, so many that the first [#MOST] of each day are among them
public record FieldRecords(String field, List<String> columns, Timeline count, List<Kept> rows) {
    /// How many rows of a field are shown.
    public static final int MOST = 20;

    /// How many rows are kept where those that are behind a field give way to others day by day.
    public static final int KEPT = 100;

    public FieldRecords {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// A number of days between the day of a row and the day of reading.
    public enum Days {
        /// Since the row's day; none until it is past.
        LATE("daysLate"),
        /// Until the row's day; negative after it.
        TO_END("daysToEnd");

        private final String column;

        Days(String column) {
            this.column = column;
        }

        /// The calculated column.
        public String column() {
            return column;
        }

        /// The last of some columns if it is calculated so, or null.
        private static @Nullable Days last(List<String> columns) {
            for (Days days : values()) {
                if (days.column.equals(columns.getLast())) {
                    return days;
                }
            }
            return null;
        }

        private Optional<Value> at(LocalDate day, @Nullable LocalDate of) {
            if (of == null) {
                return Optional.empty();
            }
            long late = ChronoUnit.DAYS.between(of, day);
            return switch (this) {
                case LATE -> late > 0 ? Optional.of(Value.Number.of(late)) : Optional.empty();
                case TO_END -> Optional.of(Value.Number.of(-late));
            };
        }
    }

    /// A row that is behind the field during some days.
    ///
    /// @param from the first; null for all until `until`
    /// @param until the last; null for all from `from` on
    /// @param day the row's day from which its days count; null for none
    /// @param cells of the columns that are not calculated
    public record Kept(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable LocalDate day,
            List<Optional<Value>> cells) {
        public Kept {
            cells = List.copyOf(cells);
        }

        /// A row that is behind the field on every day.
        public Kept(@Nullable LocalDate day, List<Optional<Value>> cells) {
            this(null, null, day, cells);
        }

        boolean isAt(LocalDate asOf) {
            return (from == null || !from.isAfter(asOf)) && (until == null || !until.isBefore(asOf));
        }
    }

    /// How many rows are behind the field on a day.
    public long countAt(LocalDate day) {
        return count.at(day) instanceof Value.Number(var number) ? number.longValueExact() : 0;
    }

    /// The first [#MOST] rows on a day, each with the cells of all columns.
    public List<List<Optional<Value>>> at(LocalDate day) {
        Days days = Days.last(columns);
        List<List<Optional<Value>>> shown = new ArrayList<>();
        for (Kept row : rows) {
            if (row.isAt(day)) {
                List<Optional<Value>> cells = new ArrayList<>(row.cells());
                if (days != null) {
                    cells.add(days.at(day, row.day()));
                }
                shown.add(List.copyOf(cells));
                if (shown.size() == MOST) {
                    break;
                }
            }
        }
        return shown;
    }

    /// A cell of text, or an empty one.
    public static Optional<Value> text(@Nullable String cell) {
        return cell == null ? Optional.empty() : Optional.of(new Value.Text(cell));
    }

    /// A cell with a day, or an empty one.
    public static Optional<Value> day(@Nullable LocalDate cell) {
        return cell == null ? Optional.empty() : Optional.of(new Value.Day(cell));
    }

    /// A cell with a number.
    public static Optional<Value> number(BigDecimal cell) {
        return Optional.of(new Value.Number(cell));
    }

    /// A cell with an amount of money, scale 2.
    public static Optional<Value> money(BigDecimal cell) {
        return number(cell.setScale(2, RoundingMode.HALF_UP));
    }
}
