package clientkpis.reading.format;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.reading.cell.CellKind;
import clientkpis.receipt.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a file. Not a record: a row is its own, and its cells are read in place.
public final class UploadRow {
    private final long line;
    private final List<String> written;
    private final @Nullable String[] cells;
    private final CellKind @Nullable [] kinds;
    private final @Nullable RowLayout layout;
    private final int @Nullable [] months;
    private final Receipt.@Nullable Problem fault;

    private UploadRow(
            long line,
            List<String> written,
            @Nullable String[] cells,
            CellKind @Nullable [] kinds,
            @Nullable RowLayout layout,
            int @Nullable [] months,
            Receipt.@Nullable Problem fault) {
        this.line = line;
        this.written = written;
        this.cells = cells;
        this.kinds = kinds;
        this.layout = layout;
        this.months = months;
        this.fault = fault;
    }

    /// @param written the row as the file has it, for the file of rejected rows: its cells, or the text of an object
    /// @param cells in the order of [Columns#all()], untrimmed; null where there is none
    /// @param kinds what the file says of each; null where all are text
    /// @param layout by which they were taken
    /// @param months of the period that a number is of; null where there are no periods
    static UploadRow of(
            long line,
            List<String> written,
            @Nullable String[] cells,
            CellKind @Nullable [] kinds,
            RowLayout layout,
            int @Nullable [] months) {
        return new UploadRow(line, written, cells, kinds, layout, months, null);
    }

    /// A row whose cells could not be read.
    static UploadRow faulty(List<String> written, Receipt.Problem fault) {
        return new UploadRow(fault.line(), written, new @Nullable String[0], null, null, null, fault);
    }

    /// The number of the line where it begins, from 1.
    public long line() {
        return line;
    }

    /// The row as the file has it: its cells, or the text of an object.
    public List<String> written() {
        return written;
    }

    public @Nullable String[] cells() {
        return cells;
    }

    /// What the file itself says a cell is.
    public CellKind kind(int position) {
        return kinds == null ? CellKind.TEXT : kinds[position];
    }

    /// How a column is read beyond its cells.
    public ColumnReading reading(int position) {
        return layout == null ? ColumnReading.NOTHING : layout.reading(position);
    }

    /// A number as its column says it: in the unit that is asked for, and by month.
    public String adjusted(int position, String canonical) {
        return layout == null ? canonical : layout.adjusted(position, canonical, months == null ? 1 : months[position]);
    }

    /// Why its cells could not be read at all, or null when they were.
    public Receipt.@Nullable Problem fault() {
        return fault;
    }
}
