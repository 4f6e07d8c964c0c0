package clientkpis.kpi;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One accepted row of an upload in canonical form: column name (`client_id`, `starts_on`) to canonical text. Dates are
/// `yyyy-MM-dd`, numbers plain decimals, booleans `true` or `false`; a blank cell has no entry. Cells were checked
/// against their column's type when the row was read, so the typed getters do not fail.
public record Row(Map<String, String> cells) {
    private static final int WITHOUT_END = 9999;

    public Row {
        cells = Map.copyOf(cells);
    }

    /// The same row as one of another client.
    public Row of(String clientId) {
        Map<String, String> own = new HashMap<>(cells);
        own.put("client_id", clientId);
        return new Row(own);
    }

    public @Nullable String text(String column) {
        return cells.get(column);
    }

    /// The cell of a required column.
    public String required(String column) {
        String cell = cells.get(column);
        if (cell == null) {
            throw new IllegalArgumentException("The row has no " + column);
        }
        return cell;
    }

    public @Nullable BigDecimal number(String column) {
        String cell = cells.get(column);
        return cell == null ? null : new BigDecimal(cell);
    }

    /// The day of a cell, or null if it is blank or says "without end".
    public @Nullable LocalDate date(String column) {
        String cell = cells.get(column);
        return cell == null ? null : day(cell);
    }

    /// A day in canonical form, or null in the year 9999, by which systems say that something has no end: the contract
    /// does not end, the ticket is not closed, the title is not paid.
    public static @Nullable LocalDate day(String canonical) {
        LocalDate day = LocalDate.parse(canonical);
        return day.getYear() == WITHOUT_END ? null : day;
    }

    public @Nullable Boolean truth(String column) {
        String cell = cells.get(column);
        return cell == null ? null : Boolean.valueOf(cell);
    }
}
