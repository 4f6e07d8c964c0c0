package clientkpis.reading.cell;

import clientkpis.kpi.Texts;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.tables.ClientField;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.MaturityModel;
import clientkpis.tables.Tables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads cells as a tenant writes them: from the cell as written to its canonical form, or to what is wrong with it.
///
/// One class, because the kinds of cells share what a tenant's formats say.
public final class Cells {
    private static final Set<String> TRUE = Set.of("sim", "s", "yes", "y", "true", "verdadeiro", "1");
    private static final Set<String> FALSE = Set.of("nao", "n", "no", "false", "falso", "0");

    /// For a number whose exponent is too large for `BigDecimal`: it is out of range all the same.
    private static final BigDecimal BEYOND_MEASURE = BigDecimal.ONE.scaleByPowerOfTen(1_000);

    private static final Set<RowCode> MISTYPED =
            Set.of(RowCode.NOT_A_DATE, RowCode.NOT_A_NUMBER, RowCode.NOT_A_WHOLE_NUMBER, RowCode.NOT_A_BOOLEAN);

    private final Tables tables = Tables.load();
    private final Set<String> customFields;
    private final CellOptions options;
    private final Numbers decimalComma = new Numbers(true);
    private final Numbers decimalPoint = new Numbers(false);
    private final Dates dates;
    private final ColumnEvidence loose;
    private final Cell.Fault notADate;
    private final Cell.Fault notANumber;

    private static final Sentence NUMBER = Sentence.of("expected.number");
    private static final Sentence WHOLE_NUMBER = Sentence.of("expected.whole_number");
    private static final Cell.Fault NOT_A_BOOLEAN =
            new Cell.Fault(RowCode.NOT_A_BOOLEAN, Sentence.of("expected.boolean"));
    private static final Cell.Fault TOO_MANY_DIGITS =
            new Cell.Fault(RowCode.OUT_OF_RANGE, Sentence.of("expected.digits", Numbers.DIGITS));
    private static final Cell.Fault FAR_DATE =
            new Cell.Fault(RowCode.OUT_OF_RANGE, Sentence.of("expected.years", Dates.FIRST_YEAR, Dates.LAST_YEAR));
    private static final Cell.Fault CONTROL_CHARACTER =
            new Cell.Fault(RowCode.CONTROL_CHARACTER, Sentence.of("expected.text"));
    private static final Cell.Fault ERROR_VALUE = new Cell.Fault(RowCode.ERROR_VALUE, Sentence.of("expected.no_error"));
    private static final Cell.Fault MANGLED_ID = new Cell.Fault(RowCode.MANGLED_ID, Sentence.of("expected.id"));
    private static final Cell.Fault SERIAL_NUMBER =
            new Cell.Fault(RowCode.NOT_A_DATE, Sentence.of("expected.no_serial"));
    private static final Cell.Fault REQUIRED = new Cell.Fault(RowCode.BLANK, Sentence.of("expected.required"));

    public Cells(CellOptions options) {
        customFields = options.customFields();
        this.options = options;
        dates = new Dates(options.zone(), options.writtenIn());
        loose = new ColumnEvidence(options);
        notADate = new Cell.Fault(
                RowCode.NOT_A_DATE, Sentence.of("expected.date", options.monthFirst() ? "09/30/2026" : "30/09/2026"));
        notANumber = new Cell.Fault(
                RowCode.NOT_A_NUMBER,
                Sentence.of("expected.number_such_as", options.decimalComma() ? "1.234,56" : "1,234.56"));
    }

    /// What the last date was read with.
    Dates dates() {
        return dates;
    }

    /// Evidence of a column of this tenant, before any of its cells was read.
    public ColumnEvidence evidence() {
        return new ColumnEvidence(options);
    }

    /// @param raw the cell as written, or null where there is none
    /// @param kind what the file says it is
    /// @param evidence of the cell's column: what the cells before it prove, and what this one adds
    public Cell read(Column column, @Nullable String raw, CellKind kind, ColumnEvidence evidence) {
        if (raw == null) {
            return blank(column);
        }
        if (kind == CellKind.ERROR) {
            return ERROR_VALUE;
        }
        int oddities = CellText.oddities(raw);
        if (oddities != 0) {
            if ((oddities & CellText.CONTROL) != 0) {
                return CONTROL_CHARACTER;
            }
            if ((oddities & CellText.MANGLED) != 0) {
                evidence.noteMangled(raw);
            }
        }
        boolean typed = isTyped(column.type());
        String cell =
                Blank.trim((oddities & CellText.INVISIBLE) == 0 ? raw : Blank.visible(raw, typed || column.isId()));
        if (cell.isEmpty()) {
            return blank(column);
        }
        if (kind == CellKind.TEXT) {
            cell = CellText.unwrapped(cell, typed || column.isId());
            if (cell.isEmpty() || isNothing(column, cell, typed)) {
                return blank(column);
            }
        } else if (kind == CellKind.NUMBER && !typed) {
            cell = CellText.wholeNumber(cell);
        }
        if (cell.length() > column.maxLength() && cell.codePointCount(0, cell.length()) > column.maxLength()) {
            return new Cell.Fault(RowCode.TOO_LONG, Sentence.of("expected.characters", column.maxLength()));
        }
        return switch (column.type()) {
            case STRING ->
                kind == CellKind.TEXT && column.isId() && CellText.isScientific(cell)
                        ? MANGLED_ID
                        : new Cell.Value(
                                column.isClientId() ? options.clientIds().apply(cell) : cell);
            case NUMBER -> number(column, cell, kind, evidence);
            case INTEGER -> wholeNumber(column, cell, kind);
            case BOOLEAN -> truth(column, cell);
            case DATE -> date(cell, evidence);
            case ANY -> new Cell.Value(asRead(cell, kind, evidence));
            case CLIENT_FIELD -> field(cell);
            case MATURITY_ITEM -> item(cell);
            case CLIENT_FIELD_VALUE -> throw new IllegalArgumentException("Its type depends on the row's field");
        };
    }

    /// Whether only some texts are values.
    private static boolean isTyped(ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER, BOOLEAN, DATE -> true;
            case STRING, ANY, CLIENT_FIELD, CLIENT_FIELD_VALUE, MATURITY_ITEM -> false;
        };
    }

    /// Words for nothing are nothing where a number or a date is expected, in optional texts and in ids; a name may be
    /// one.
    private static boolean isNothing(Column column, String cell, boolean typed) {
        if (typed || !column.required() || column.isId()) {
            return Blank.isWordForNothing(cell)
                    || (typed && Blank.isNothingTyped(cell))
                    || (column.type() == ColumnType.DATE && Dates.isEmptyForm(cell));
        }
        return false;
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
                kind,
                loose);
        return switch (cell) {
            case Cell.Value(String text) when !allowed.values().isEmpty() -> oneOf(field, text, allowed.values());
            case Cell.Fault(RowCode code, Sentence expected)
            when MISTYPED.contains(code) ->
                new Cell.Fault(RowCode.WRONG_TYPE, Sentence.of("expected.for_field", field, expected));
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
                RowCode.WRONG_TYPE, Sentence.of("expected.one_for_field", field, new TreeSet<>(values.keySet())));
    }

    private Cell field(String cell) {
        if (customFields.contains(cell)) {
            return new Cell.Value(cell);
        }
        ClientField field = tables.fieldCalled(cell);
        return field == null || field.override() == null
                ? new Cell.Fault(RowCode.UNKNOWN_FIELD, Sentence.of("expected.field"))
                : new Cell.Value(field.name());
    }

    private static Cell item(String cell) {
        MaturityModel.Item item = MaturityModel.load().find(cell);
        return item == null
                ? new Cell.Fault(
                        RowCode.UNKNOWN_ITEM,
                        Sentence.of("expected.item", MaturityModel.load().size(), "team-workload"))
                : new Cell.Value(item.key());
    }

    private static Cell blank(Column column) {
        if (!column.required()) {
            return Cell.Empty.CELL;
        }
        return column.minimum() != null && column.maximum() != null
                ? new Cell.Fault(RowCode.BLANK, Sentence.of("expected.or_leave_out", range(column, WHOLE_NUMBER)))
                : REQUIRED;
    }

    private static @Nullable BigDecimal parse(String cell, CellKind kind, Numbers numbers, boolean whole) {
        try {
            return kind == CellKind.NUMBER ? new BigDecimal(cell) : numbers.parse(cell, whole);
        } catch (NumberFormatException e) {
            return BEYOND_MEASURE;
        }
    }

    private Numbers numbers(ColumnEvidence evidence) {
        return evidence.decimalComma() ? decimalComma : decimalPoint;
    }

    private Cell number(Column column, String cell, CellKind kind, ColumnEvidence evidence) {
        Numbers numbers = numbers(evidence);
        BigDecimal number = parse(cell, kind, numbers, false);
        if (number == null) {
            return notANumber;
        }
        if (kind == CellKind.TEXT) {
            evidence.note(numbers.proof());
            Currency currency = numbers.currency();
            if (currency != null && !evidence.takes(currency)) {
                return new Cell.Fault(
                        RowCode.NOT_A_NUMBER, Sentence.of("expected.currency", evidence.currency(), currency.sign()));
            }
        }
        return checked(column, number, NUMBER);
    }

    private Cell wholeNumber(Column column, String cell, CellKind kind) {
        BigDecimal number = parse(cell, kind, decimalPoint, true);
        if (number == null
                || (Numbers.fits(number) && number.stripTrailingZeros().scale() > 0)) {
            return new Cell.Fault(RowCode.NOT_A_WHOLE_NUMBER, range(column, WHOLE_NUMBER));
        }
        return checked(column, Numbers.fits(number) ? new BigDecimal(number.toBigInteger()) : number, WHOLE_NUMBER);
    }

    private static Cell checked(Column column, BigDecimal number, Sentence what) {
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

    private static Sentence range(Column column, Sentence what) {
        if (column.minimum() != null && column.maximum() != null) {
            return Sentence.of(
                    "expected.range", what, BigDecimal.valueOf(column.minimum()), BigDecimal.valueOf(column.maximum()));
        }
        return column.minimum() != null
                ? Sentence.of("expected.minimum", what, BigDecimal.valueOf(column.minimum()))
                : Sentence.of("expected.such_as_ten", what);
    }

    private static Cell truth(Column column, String cell) {
        String folded = Texts.fold(cell);
        String meaning = TRUE.contains(folded)
                ? "true"
                : FALSE.contains(folded) ? "false" : column.vocabulary().meaning(cell);
        return meaning == null ? NOT_A_BOOLEAN : new Cell.Value(meaning);
    }

    private Cell date(String cell, ColumnEvidence evidence) {
        LocalDate date = dates.parse(cell, evidence.monthFirst(), evidence.daysAsInstants());
        evidence.note(dates.order(), dates.instant(), date != null);
        if (date == null) {
            return Dates.isSerial(cell) ? SERIAL_NUMBER : notADate;
        }
        return Dates.fits(date) ? new Cell.Value(date.toString()) : FAR_DATE;
    }

    /// A number or a date where the cell can be read as one; else, or where a leading zero marks an identifier, text.
    private String asRead(String cell, CellKind kind, ColumnEvidence evidence) {
        boolean identifier = cell.length() > 1 && cell.charAt(0) == '0' && Character.isDigit(cell.charAt(1));
        Numbers numbers = numbers(evidence);
        BigDecimal number = identifier ? null : parse(cell, kind, numbers, false);
        if (number != null && Numbers.fits(number)) {
            if (kind == CellKind.TEXT) {
                evidence.note(numbers.proof());
            }
            return number.toPlainString();
        }
        LocalDate date = dates.parse(cell, evidence.monthFirst(), evidence.daysAsInstants());
        if (date == null || !Dates.fits(date)) {
            return cell;
        }
        evidence.note(Dates.Order.NONE, dates.instant(), true);
        return date.toString();
    }
}
