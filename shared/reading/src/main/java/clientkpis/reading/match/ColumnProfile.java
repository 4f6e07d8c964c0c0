package clientkpis.reading.match;

import clientkpis.kpi.TaxId;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.Cell;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.cell.Cells;
import clientkpis.reading.cell.ColumnEvidence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the cells under one header are, by a sample of them. How many are not blank, and how many of these are of a
/// kind.
final class ColumnProfile {
    private static final Column DATE = column(ColumnType.DATE);
    private static final Column NUMBER = column(ColumnType.NUMBER);
    private static final Column BOOLEAN = column(ColumnType.BOOLEAN);
    private static final int MOST = 10;

    private final int filled;
    private int dates;
    private int numbers;
    private int booleans;
    private int emails;
    private int taxIds;
    private int toTen;
    private int sentences;
    private int distinct;

    private static Column column(ColumnType type) {
        return new Column(type.name(), type, List.of(), false, null, null, Column.FIELD_LENGTH);
    }

    ColumnProfile(List<String> cells, Cells read) {
        Set<String> different = new HashSet<>();
        int count = 0;
        for (String raw : cells) {
            String cell = Blank.trim(raw);
            if (cell.isEmpty()) {
                continue;
            }
            count++;
            different.add(cell);
            ColumnEvidence order = read.evidence();
            boolean date =
                    read.read(DATE, cell, CellKind.TEXT, order) instanceof Cell.Value || order.datesInOtherOrder() > 0;
            dates += date ? 1 : 0;
            booleans += is(read, BOOLEAN, cell) ? 1 : 0;
            emails += cell.indexOf('@') > 0 && cell.indexOf(' ') < 0 ? 1 : 0;
            taxIds += cell.length() >= MOST && !date && TaxId.printed(cell).isPresent() ? 1 : 0;
            sentences += cell.length() > 40 ? 1 : 0;
            if (read.read(NUMBER, cell, CellKind.TEXT, read.evidence()) instanceof Cell.Value(String number)) {
                numbers++;
                toTen += number.matches("(?:10|[0-9])(?:\\.0+)?") ? 1 : 0;
            }
        }
        filled = count;
        distinct = different.size();
    }

    private static boolean is(Cells read, Column column, String cell) {
        return read.read(column, cell, CellKind.TEXT, read.evidence()) instanceof Cell.Value;
    }

    private boolean most(int count) {
        return filled == 0 || count * MOST >= filled * 6;
    }

    boolean isBlank() {
        return filled == 0;
    }

    boolean isTaxId() {
        return filled > 0 && most(taxIds);
    }

    boolean isScore() {
        return most(toTen);
    }

    boolean isEmail() {
        return filled > 0 && most(emails);
    }

    boolean isDate() {
        return filled > 0 && most(dates);
    }

    boolean isNumber() {
        return filled > 0 && most(numbers);
    }

    /// Whether no two cells are the same, or hardly any.
    boolean isUnique() {
        return distinct * MOST >= filled * 9;
    }

    /// Whether cells like these can be of a column. Where there are none, they can.
    boolean fits(Column column) {
        return switch (column.type()) {
            case DATE -> most(dates);
            case NUMBER, INTEGER -> most(numbers) && (filled == 0 || !most(dates));
            case BOOLEAN -> most(booleans);
            case STRING ->
                switch (column.name()) {
                    case "email" -> most(emails);
                    case "name", "cs", "csm", "salesperson" ->
                        filled == 0 || (!most(numbers) && !most(dates) && !isTaxId());
                    case "phone" -> !isDate() && !isEmail();
                    default -> filled == 0 || (!most(dates) && sentences * 2 <= filled);
                };
            default -> true;
        };
    }
}
