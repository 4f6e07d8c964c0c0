package clientkpis.reading.match;

import clientkpis.kpi.TaxId;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.Cell;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.cell.Cells;
import clientkpis.reading.cell.ColumnEvidence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the cells under one header are, by a sample of them. How many are not blank, and how many of these are of a
/// kind.
public final class ColumnProfile {
    private static final Column DATE = column(ColumnType.DATE);
    private static final Column NUMBER = column(ColumnType.NUMBER);
    private static final Column BOOLEAN = column(ColumnType.BOOLEAN);
    private static final int MOST = 10;
    /// Digits of an instant in seconds.
    private static final int SECONDS = 10;

    private final int filled;
    private int dates;
    private int numbers;
    private int zeros;
    private int booleans;
    private int emails;
    private int taxIds;
    private int toTen;
    private int sentences;
    private int decimals;
    private int distinct;
    private int dayFirst;
    private int unproven;
    private int monthFirst;
    private int epochSeconds;
    private int epochMillis;
    private final Map<String, Integer> words = new LinkedHashMap<>();

    private static Column column(ColumnType type) {
        return new Column(type.name(), type, List.of(), false, null, null, Column.FIELD_LENGTH);
    }

    ColumnProfile(List<String> cells, Cells read) {
        int count = 0;
        for (String raw : cells) {
            String cell = Blank.trim(raw);
            ColumnEvidence order = read.evidence();
            Cell day = read.read(DATE, cell, CellKind.TEXT, order);
            Cell amount = read.read(NUMBER, cell, CellKind.TEXT, read.evidence());
            // What says nothing where a date is expected: `-`, `N/D`, `  /  /  `; but not 0.
            if (day instanceof Cell.Empty && !(amount instanceof Cell.Value)) {
                continue;
            }
            count++;
            boolean date = day instanceof Cell.Value || order.datesInOtherOrder() > 0;
            dates += date ? 1 : 0;
            unproven += order.unprovenDates() > 0 ? 1 : 0;
            boolean swapped = order.datesInOtherOrder() > 0;
            dayFirst += (swapped == order.monthFirst() && (swapped || order.datesInOrder() > 0)) ? 1 : 0;
            monthFirst += (swapped != order.monthFirst() && (swapped || order.datesInOrder() > 0)) ? 1 : 0;
            words.merge(cell, 1, Integer::sum);
            booleans += is(read, BOOLEAN, cell) ? 1 : 0;
            emails += cell.indexOf('@') > 0 && cell.indexOf(' ') < 0 ? 1 : 0;
            taxIds += cell.length() >= MOST && !date && TaxId.printed(cell).isPresent() ? 1 : 0;
            decimals += isDecimal(cell) ? 1 : 0;
            sentences += cell.length() > 40 ? 1 : 0;
            if (amount instanceof Cell.Value(String number)) {
                numbers++;
                zeros += new BigDecimal(number).signum() == 0 ? 1 : 0;
                epochSeconds += isInstant(number, SECONDS) ? 1 : 0;
                epochMillis += isInstant(number, SECONDS + 3) ? 1 : 0;
                toTen += number.matches("(?:10|[0-9])(?:\\.0+)?") ? 1 : 0;
            }
        }
        filled = count;
        distinct = words.size();
    }

    private static boolean is(Cells read, Column column, String cell) {
        return read.read(column, cell, CellKind.TEXT, read.evidence()) instanceof Cell.Value;
    }

    private boolean most(int count) {
        return filled == 0 || count * MOST >= filled * 6;
    }

    /// Whether it is an amount: its last mark has two digits behind it and nothing but digits and marks before it.
    private static boolean isDecimal(String cell) {
        int end = cell.length() - 3;
        if (end < 1 || (cell.charAt(end) != ',' && cell.charAt(end) != '.')) {
            return false;
        }
        boolean point = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (Character.isLetter(c) && c != 'R' && c != 'U' && c != 'S') {
                return false;
            }
            point |= c == '/' || c == ':';
        }
        // Two points are a date or the number of a plan.
        return !point && cell.indexOf('.') == cell.lastIndexOf('.');
    }

    /// Whether a whole number of so many digits is an instant from 2001 to 2096.
    private static boolean isInstant(String number, int digits) {
        return number.length() == digits && number.indexOf('.') < 0 && number.charAt(0) > '0' && number.charAt(0) < '4';
    }

    /// How many cells are not blank.
    public int filled() {
        return filled;
    }

    /// How many cells are numbers that are zero.
    public int zeros() {
        return zeros;
    }

    public boolean isBlank() {
        return filled == 0;
    }

    /// The different cells, each with how often it occurs, in the order of the file.
    public Map<String, Integer> words() {
        return Collections.unmodifiableMap(words);
    }

    /// Whether dates make sense only with the month first, and none only with the day first.
    public boolean isMonthFirst() {
        return monthFirst > 0 && dayFirst == 0;
    }

    public boolean isDayFirst() {
        return dayFirst > 0;
    }

    /// Whether there are dates that both orders of day and month read.
    public boolean hasUnprovenDates() {
        return unproven > 0;
    }

    public boolean isEpochSeconds() {
        return filled > 0 && epochSeconds == filled;
    }

    public boolean isEpochMillis() {
        return filled > 0 && epochMillis == filled;
    }

    public boolean isTaxId() {
        return filled > 0 && most(taxIds);
    }

    public boolean isScore() {
        return most(toTen);
    }

    public boolean isEmail() {
        return filled > 0 && most(emails);
    }

    public boolean isDate() {
        return filled > 0 && most(dates);
    }

    public boolean isNumber() {
        return filled > 0 && most(numbers);
    }

    /// Whether its cells have cents.
    public boolean isAmount() {
        return filled > 0 && most(decimals);
    }

    /// Whether no two cells are the same, or hardly any.
    public boolean isUnique() {
        return distinct * MOST >= filled * 9;
    }

    /// Whether cells like these can be of a column. Where there are none, they can.
    public boolean fits(Column column) {
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
                    case "client_id",
                            "title_id",
                            "contract_id",
                            "contact_id",
                            "ticket_id",
                            "activity_id",
                            "answer_id" -> filled == 0 || (!most(dates) && !most(decimals) && sentences * 2 <= filled);
                    default -> filled == 0 || (!most(dates) && sentences * 2 <= filled);
                };
            default -> true;
        };
    }
}
