package clientkpis.reading.cell;

import clientkpis.kpi.Texts;
import clientkpis.tables.ClientField;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.MaturityModel;
import clientkpis.tables.RowCode;
import clientkpis.tables.Tables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads cells as a tenant writes them: from the cell as written to its canonical form, or to what is wrong with it.
public final class Cells {
    private static final Set<String> TRUE = Set.of("sim", "s", "yes", "y", "true", "verdadeiro", "1");
    private static final Set<String> FALSE = Set.of("nao", "n", "no", "false", "falso", "0");

    /// For a number whose exponent is too large for `BigDecimal`: it is out of range all the same.
    private static final BigDecimal BEYOND_MEASURE = BigDecimal.ONE.scaleByPowerOfTen(1_000);

    /// Old systems write it in place of a character that they could not convert. Real names contain it, so it is kept.
    private static final char SUBSTITUTE = 0x1a;

    private static final Set<RowCode> MISTYPED =
            Set.of(RowCode.NOT_A_DATE, RowCode.NOT_A_NUMBER, RowCode.NOT_A_WHOLE_NUMBER, RowCode.NOT_A_BOOLEAN);

    private final Tables tables = Tables.load();
    private final Set<String> customFields;
    private final boolean monthFirst;
    private final Numbers numbers;
    private final Dates dates;
    private final Cell.Fault notADate;
    private final Cell.Fault notANumber;

    private static final Cell.Fault NOT_A_BOOLEAN =
            new Cell.Fault(RowCode.NOT_A_BOOLEAN, "sim or não (s or n, yes or no, true or false, 1 or 0)");
    private static final Cell.Fault TOO_MANY_DIGITS =
            new Cell.Fault(RowCode.OUT_OF_RANGE, "a number of at most %d digits".formatted(Numbers.DIGITS));
    private static final Cell.Fault FAR_DATE =
            new Cell.Fault(RowCode.OUT_OF_RANGE, "a date from %d to %d".formatted(Dates.FIRST_YEAR, Dates.LAST_YEAR));
    private static final Cell.Fault CONTROL_CHARACTER =
            new Cell.Fault(RowCode.CONTROL_CHARACTER, "text without control characters (line breaks and tabs may be)");
    private static final Cell.Fault REQUIRED = new Cell.Fault(RowCode.BLANK, "a value: the column is required");

    public Cells(CellOptions options) {
        customFields = options.customFields();
        monthFirst = options.monthFirst();
        numbers = new Numbers(options.decimalComma());
        dates = new Dates(options.zone());
        notADate = new Cell.Fault(
                RowCode.NOT_A_DATE,
                "a date such as %s or 2026-09-30".formatted(monthFirst ? "09/30/2026" : "30/09/2026"));
        notANumber = new Cell.Fault(
                RowCode.NOT_A_NUMBER,
                "a number such as %s or 1234.56".formatted(options.decimalComma() ? "1.234,56" : "1,234.56"));
    }

    /// @param raw the cell as written, or null where there is none
    /// @param kind what the file says it is
    public Cell read(Column column, @Nullable String raw, CellKind kind) {
        if (raw == null) {
            return blank(column);
        }
        if (hasControlCharacter(raw)) {
            return CONTROL_CHARACTER;
        }
        String cell = Blank.trim(raw);
        if (cell.isEmpty()) {
            return blank(column);
        }
        if (cell.length() > column.maxLength() && cell.codePointCount(0, cell.length()) > column.maxLength()) {
            return new Cell.Fault(RowCode.TOO_LONG, "at most %d characters".formatted(column.maxLength()));
        }
        return switch (column.type()) {
            case STRING -> new Cell.Value(cell);
            case NUMBER -> number(column, cell, kind);
            case INTEGER -> wholeNumber(column, cell, kind);
            case BOOLEAN -> truth(cell);
            case DATE -> date(cell);
            case ANY -> new Cell.Value(asRead(cell, kind));
            case FIELD -> field(cell);
            case MATURITY_ITEM -> item(cell);
            case VALUE_OF_FIELD -> throw new IllegalArgumentException("Its type depends on the row's field");
        };
    }

    /// Reads a value that is to replace a field's.
    ///
    /// @param field the field's name in canonical form
    public Cell readValueOf(String field, @Nullable String raw, CellKind kind) {
        ClientField known = tables.field(field);
        ClientField.Override allowed = known == null ? ClientField.Override.ANY : known.override();
        if (allowed == null) {
            throw new IllegalArgumentException(field + " cannot be overridden");
        }
        ColumnType type = known == null
                ? ColumnType.ANY
                : switch (known.type()) {
                    case TEXT -> ColumnType.STRING;
                    case MONEY, NUMBER -> ColumnType.NUMBER;
                    case INTEGER, DAYS -> ColumnType.INTEGER;
                    case DATE -> ColumnType.DATE;
                };
        Cell cell = read(
                new Column(field, type, List.of(), false, allowed.minimum(), allowed.maximum(), Column.FIELD_LENGTH),
                raw,
                kind);
        return switch (cell) {
            case Cell.Value(String text) when !allowed.values().isEmpty() -> oneOf(field, text, allowed.values());
            case Cell.Fault(RowCode code, String expected)
            when MISTYPED.contains(code) -> new Cell.Fault(RowCode.WRONG_TYPE, "for " + field + " " + expected);
            default -> cell;
        };
    }

    private static Cell oneOf(String field, String text, Map<String, List<String>> values) {
        String folded = Texts.fold(text);
        for (var value : values.entrySet()) {
            if (value.getKey().equals(folded) || value.getValue().contains(folded)) {
                return new Cell.Value(value.getKey());
            }
        }
        return new Cell.Fault(
                RowCode.WRONG_TYPE, "for " + field + " one of " + String.join(", ", new TreeSet<>(values.keySet())));
    }

    private Cell field(String cell) {
        if (customFields.contains(cell)) {
            return new Cell.Value(cell);
        }
        ClientField field = tables.fieldCalled(cell);
        return field == null || field.override() == null
                ? new Cell.Fault(
                        RowCode.UNKNOWN_FIELD, "the name or label of a field of the client table, such as mrr or Fase")
                : new Cell.Value(field.name());
    }

    private static Cell item(String cell) {
        MaturityModel.Item item = MaturityModel.load().find(cell);
        return item == null
                ? new Cell.Fault(
                        RowCode.UNKNOWN_ITEM,
                        "the key of one of the %d items, such as %s; the template to fill in lists them"
                                .formatted(MaturityModel.load().size(), "team-workload"))
                : new Cell.Value(item.key());
    }

    /// Whether the cell is a date when day and month are swapped. Of cells that are not dates as they are.
    public boolean isDateInOtherOrder(String raw) {
        return dates.parse(Blank.trim(raw), !monthFirst) != null;
    }

    private static Cell blank(Column column) {
        if (!column.required()) {
            return Cell.Empty.CELL;
        }
        return column.minimum() != null && column.maximum() != null
                ? new Cell.Fault(RowCode.BLANK, range(column, "a whole number") + "; without one, leave the row out")
                : REQUIRED;
    }

    private @Nullable BigDecimal parse(String cell, CellKind kind) {
        try {
            return kind == CellKind.NUMBER ? new BigDecimal(cell) : numbers.parse(cell);
        } catch (NumberFormatException e) {
            return BEYOND_MEASURE;
        }
    }

    private Cell number(Column column, String cell, CellKind kind) {
        BigDecimal number = parse(cell, kind);
        if (number == null) {
            return notANumber;
        }
        return checked(column, number, "a number");
    }

    private Cell wholeNumber(Column column, String cell, CellKind kind) {
        BigDecimal number = parse(cell, kind);
        if (number == null
                || (Numbers.fits(number) && number.stripTrailingZeros().scale() > 0)) {
            return new Cell.Fault(RowCode.NOT_A_WHOLE_NUMBER, range(column, "a whole number"));
        }
        return checked(column, Numbers.fits(number) ? new BigDecimal(number.toBigInteger()) : number, "a whole number");
    }

    private static Cell checked(Column column, BigDecimal number, String what) {
        if (!Numbers.fits(number)) {
            return TOO_MANY_DIGITS;
        }
        Long minimum = column.minimum();
        Long maximum = column.maximum();
        if ((minimum != null && number.compareTo(BigDecimal.valueOf(minimum)) < 0)
                || (maximum != null && number.compareTo(BigDecimal.valueOf(maximum)) > 0)) {
            return new Cell.Fault(RowCode.OUT_OF_RANGE, range(column, what));
        }
        return new Cell.Value(number.toPlainString());
    }

    private static String range(Column column, String what) {
        if (column.minimum() != null && column.maximum() != null) {
            return "%s from %d to %d".formatted(what, column.minimum(), column.maximum());
        }
        return column.minimum() != null ? "%s, %d or more".formatted(what, column.minimum()) : what + " such as 10";
    }

    private static Cell truth(String cell) {
        String folded = Texts.fold(cell);
        return TRUE.contains(folded)
                ? new Cell.Value("true")
                : FALSE.contains(folded) ? new Cell.Value("false") : NOT_A_BOOLEAN;
    }

    private Cell date(String cell) {
        LocalDate date = dates.parse(cell, monthFirst);
        if (date == null) {
            return notADate;
        }
        return Dates.fits(date) ? new Cell.Value(date.toString()) : FAR_DATE;
    }

    /// A number or a date where the cell can be read as one; else, or where a leading zero marks an identifier, text.
    private String asRead(String cell, CellKind kind) {
        boolean identifier = cell.length() > 1 && cell.charAt(0) == '0' && Character.isDigit(cell.charAt(1));
        BigDecimal number = identifier ? null : parse(cell, kind);
        if (number != null && Numbers.fits(number)) {
            return number.toPlainString();
        }
        LocalDate date = dates.parse(cell, monthFirst);
        return date != null && Dates.fits(date) ? date.toString() : cell;
    }

    /// NUL, the other controls of C0 and C1, and DEL; tab, LF and CR are allowed.
    private static boolean hasControlCharacter(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' ? c != '\t' && c != '\n' && c != '\r' && c != SUBSTITUTE : c >= 0x7f && c <= 0x9f) {
                return true;
            }
        }
        return false;
    }
}
