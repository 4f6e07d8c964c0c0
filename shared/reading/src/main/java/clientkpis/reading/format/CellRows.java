package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows below a header: a cell belongs to the header at its place.
abstract class CellRows extends UploadRows {
    private final int width;
    /// As many as the header or the first row has: one of them shows that the extra ones are blank throughout.
    private int mostCells;

    CellRows(ColumnMatch match) {
        super(match);
        width = match.header().size();
    }

    /// @param written the cells of the row
    /// @param kinds of the cells; null where all are text
    final UploadRow row(long line, List<String> written, CellKind @Nullable [] kinds) {
        if (mostCells == 0) {
            mostCells = Math.max(width, written.size());
        }
        if (written.size() > width) {
            String extra = written.subList(width, written.size()).stream()
                    .filter(cell -> !Blank.is(cell))
                    .findFirst()
                    .orElse(written.size() > mostCells ? "" : null);
            if (extra != null) {
                return UploadRow.faulty(
                        written,
                        layout.problem(
                                line, RowCode.EXTRA_CELLS, extra, Sentence.count(width, "expected.cells", width)));
            }
        }
        currency(written);
        return layout.row(line, written, written, kinds);
    }
}
