package clientkpis.reading.format;

import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.reading.match.HeaderLine;
import clientkpis.reading.match.Sample;
import clientkpis.reading.workbook.SheetRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The header of a sheet: the first of its first ten rows that names all required columns, else the one whose cells
/// mean them best.
///
/// @param place of the header among the first rows
record SheetHeader(int place, ColumnMatch match) {
    static final int ROWS = 10;

    /// @param first rows of the sheet
    /// @return null where no row is like a header
    static @Nullable SheetHeader of(List<SheetRow> first, Columns columns) {
        List<List<String>> rows = first.stream().map(SheetRow::cells).toList();
        SheetHeader best = null;
        for (int i = 0; i < Math.min(ROWS, first.size()); i++) {
            List<String> cells = rows.get(i);
            boolean named = columns.missing(cells).isEmpty();
            if (!named && !HeaderLine.isLikely(cells, rows)) {
                continue;
            }
            SheetHeader header =
                    new SheetHeader(i, ColumnMatch.of(columns, new Sample(cells, rows.subList(i + 1, rows.size()))));
            if (named) {
                return header;
            }
            best = best == null || header.match.fit() > best.match.fit() ? header : best;
        }
        return best;
    }
}
