package clientkpis.reading.format;

import clientkpis.tables.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a file. Not a record: a row is its own, and its cells are read in place.
public final class UploadRow {
    private final long line;
    private final List<String> written;
    private final @Nullable String[] cells;
    private final boolean @Nullable [] numbers;
    private final Receipt.@Nullable Problem fault;

    private UploadRow(
            long line,
            List<String> written,
            @Nullable String[] cells,
            boolean @Nullable [] numbers,
            Receipt.@Nullable Problem fault) {
        this.line = line;
        this.written = written;
        this.cells = cells;
        this.numbers = numbers;
        this.fault = fault;
    }

    /// @param written the row as the file has it, for the file of rejected rows: its cells, or the text of an object
    /// @param cells in the order of [Columns#all()], untrimmed; null where there is none
    /// @param numbers which of them are JSON numbers; null for none
    static UploadRow of(long line, List<String> written, @Nullable String[] cells, boolean @Nullable [] numbers) {
        return new UploadRow(line, written, cells, numbers, null);
    }

    /// A row whose cells could not be read.
    static UploadRow faulty(List<String> written, Receipt.Problem fault) {
        return new UploadRow(fault.line(), written, new @Nullable String[0], null, fault);
    }

    /// The number of the line where it begins, from 1.
    public long line() {
        return line;
    }

    List<String> written() {
        return written;
    }

    public @Nullable String[] cells() {
        return cells;
    }

    /// Whether a cell is a JSON number, which is never ambiguous.
    public boolean isNumber(int position) {
        return numbers != null && numbers[position];
    }

    /// Why its cells could not be read at all, or null when they were.
    public Receipt.@Nullable Problem fault() {
        return fault;
    }
}
