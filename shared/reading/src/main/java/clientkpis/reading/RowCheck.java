package clientkpis.reading;

import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.Cell;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.cell.Cells;
import clientkpis.reading.format.Columns;
import clientkpis.reading.format.FileRejectedException;
import clientkpis.reading.format.UploadRow;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the rows of one file, cell by cell, and counts how its dates are written.
final class RowCheck {
    private final List<Column> columns;
    private final CellOptions options;
    private final Cells cells;
    private final DateOrder[] orders;

    /// How many dates a column has, and how many of them make sense only with day and month swapped.
    private static final class DateOrder {
        private long dates;
        private long others;
        private long firstLine;
        private String firstCell = "";
    }

    RowCheck(Columns columns, CellOptions options) {
        this.columns = columns.all();
        this.options = options;
        cells = new Cells(options);
        orders = new DateOrder[this.columns.size()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = new DateOrder();
        }
    }

    /// Replaces the cells of a row with their canonical form, blanks with null.
    ///
    /// @return what is wrong with the row, in the order of the columns; empty when nothing is
    List<Receipt.Problem> check(UploadRow checked) {
        @Nullable String[] row = checked.cells();
        long line = checked.line();
        List<Receipt.Problem> problems = List.of();
        String field = null;
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            String raw = row[i];
            CellKind kind = checked.kind(i);
            Cell cell;
            if (column.type() != ColumnType.VALUE_OF_FIELD) {
                cell = cells.read(column, raw, kind);
            } else if (field != null) {
                cell = cells.readValueOf(field, raw, kind);
            } else {
                continue; // The problem is the field itself.
            }
            if (column.type() == ColumnType.FIELD) {
                field = cell instanceof Cell.Value(String name) ? name : null;
            }
            if (column.type() == ColumnType.DATE && raw != null) {
                count(orders[i], cell, line, raw);
            }
            switch (cell) {
                case Cell.Value value -> row[i] = value.canonical();
                case Cell.Empty empty -> row[i] = null;
                case Cell.Fault fault -> {
                    if (problems.isEmpty()) {
                        problems = new ArrayList<>();
                    }
                    problems.add(new Receipt.Problem(
                            line, column.name(), fault.code(), raw == null ? "" : raw, fault.expected()));
                }
            }
        }
        return problems;
    }

    private void count(DateOrder order, Cell cell, long line, String raw) {
        switch (cell) {
            case Cell.Value value -> order.dates++;
            case Cell.Empty empty -> {}
            case Cell.Fault fault -> {
                if (fault.code() == RowCode.OUT_OF_RANGE) {
                    order.dates++;
                } else if (fault.code() == RowCode.NOT_A_DATE && cells.isDateInOtherOrder(raw)) {
                    order.dates++;
                    if (order.others++ == 0) {
                        order.firstLine = line;
                        order.firstCell = raw;
                    }
                }
            }
        }
    }

    /// Judges the dates of the whole file: when a tenth of a column makes sense only in the other order, the rest of it
    /// would be misread silently.
    ///
    /// @throws FileRejectedException `date_order`
    void judgeDates() throws FileRejectedException {
        for (int i = 0; i < orders.length; i++) {
            DateOrder order = orders[i];
            if (order.others > 0 && order.others * 10 >= order.dates) {
                String assumed = options.monthFirst() ? "MM/dd/yyyy" : "dd/MM/yyyy";
                String other = options.monthFirst() ? "dd/MM/yyyy" : "MM/dd/yyyy";
                throw new FileRejectedException(
                        FileCode.DATE_ORDER,
                        ("%d of the %d dates in the column %s make sense only as %s, the first in line %d (`%s`); the"
                            + " others would be misread as %s. Export them as yyyy-MM-dd, or set dateFormat to %s in"
                            + " the configuration.")
                                .formatted(
                                        order.others,
                                        order.dates,
                                        columns.get(i).name(),
                                        other,
                                        order.firstLine,
                                        Receipt.Problem.shown(Blank.trim(order.firstCell)),
                                        assumed,
                                        other));
            }
        }
    }
}
