package clientkpis.reading;

import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the rows of one file, cell by cell, and remembers how its dates are written.
final class RowCheck {
    private final List<Column> columns;
    private final Cells cells;
    private final DateOrder[] orders;

    /// How many dates a column has, and how many of them make sense only with day and month the other way round.
    private static final class DateOrder {
        private long dates;
        private long others;
        private long firstLine;
        private String firstCell = "";
    }

    RowCheck(Columns columns, ReadingOptions options) {
        this.columns = columns.all();
        cells = new Cells(options);
        orders = new DateOrder[this.columns.size()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = new DateOrder();
        }
    }

    /// Reads one row's cells in place: what goes in as it came stands there in canonical form, blanks as null.
    ///
    /// @param row in the order of [Columns#all()]
    /// @param jsonNumbers which of them are numbers of a JSON line; null for none
    /// @return what is wrong with the row, in the order of the columns; empty when nothing is
    List<Receipt.Problem> check(long line, @Nullable String[] row, boolean @Nullable [] jsonNumbers) {
        List<Receipt.Problem> problems = List.of();
        String field = null;
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            String raw = row[i];
            boolean jsonNumber = jsonNumbers != null && jsonNumbers[i];
            Cell cell;
            if (column.type() != ColumnType.VALUE_OF_FIELD) {
                cell = cells.read(column, raw, jsonNumber);
            } else if (field != null) {
                cell = cells.readValueOf(field, raw, jsonNumber);
            } else {
                continue; // The field itself is the fault.
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
    /// would be misread in silence.
    ///
    /// @throws Refused `date_order`
    void judgeDates(ReadingOptions options) throws Refused {
        for (int i = 0; i < orders.length; i++) {
            DateOrder order = orders[i];
            if (order.others > 0 && order.others * 10 >= order.dates) {
                String standing = options.monthFirst() ? "MM/dd/yyyy" : "dd/MM/yyyy";
                String other = options.monthFirst() ? "dd/MM/yyyy" : "MM/dd/yyyy";
                throw new Refused(
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
                                        standing,
                                        other));
            }
        }
    }
}
