package clientkpis.reading.cell;

import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import org.jspecify.annotations.Nullable;

/// Reads the cells of one column and remembers the last of them: a file has the same days, whole numbers and words
/// again and again.
public final class KnownCells {
    private static final int PLACES = 1 << 10;

    private final Cells cells;
    private final Column column;
    private final ColumnEvidence evidence;
    private final boolean remembers;
    private final @Nullable Known[] known = new @Nullable Known[PLACES];

    /// A cell that was read to a value.
    ///
    /// @param raw as written
    /// @param daysAsInstants how its column was read
    /// @param order what it proves where it is a date; so does `instant`
    private record Known(
            String raw, boolean daysAsInstants, Cell.Value value, Dates.Order order, Dates.Instant instant) {}

    /// @param evidence of the column
    public KnownCells(Cells cells, Column column, ColumnEvidence evidence) {
        this.cells = cells;
        this.column = column;
        this.evidence = evidence;
        // What its cells prove beside dates would have to be remembered, too.
        remembers = switch (column.type()) {
            case DATE, INTEGER, BOOLEAN -> true;
            case STRING -> !column.vocabulary().isEmpty();
            case NUMBER, ANY, CLIENT_FIELD, CLIENT_FIELD_VALUE, MATURITY_ITEM -> false;
        };
    }

    /// Reads a cell as [Cells] do.
    public Cell read(@Nullable String raw, CellKind kind) {
        if (raw == null || kind != CellKind.TEXT || !remembers) {
            return cells.read(column, raw, kind, evidence);
        }
        boolean daysAsInstants = evidence.daysAsInstants();
        int hash = raw.hashCode();
        int place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
        Known before = known[place];
        if (before != null && before.daysAsInstants == daysAsInstants && before.raw.equals(raw)) {
            if (column.type() == ColumnType.DATE) {
                evidence.note(before.order, before.instant, true);
            }
            return before.value;
        }
        Cell cell = cells.read(column, raw, kind, evidence);
        if (cell instanceof Cell.Value value && CellText.oddities(raw) == 0) {
            Dates dates = cells.dates();
            known[place] = new Known(raw, daysAsInstants, value, dates.order(), dates.instant());
        }
        return cell;
    }
}
