package clientkpis.receipt;

import clientkpis.kpi.Labelled;
import java.util.Locale;

/// Why a row is rejected (tables.md, *How bad input is rejected*); the rest of its file counts.
public enum RowCode implements Labelled {
    BLANK,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_A_WHOLE_NUMBER,
    NOT_A_BOOLEAN,
    OUT_OF_RANGE,
    TOO_LONG,
    EXTRA_CELLS,
    BAD_JSON,
    CONTROL_CHARACTER,
    UNKNOWN_FIELD,
    WRONG_TYPE,
    UNKNOWN_ITEM,
    /// An id that a spreadsheet wrote as a number, in scientific notation.
    MANGLED_ID,
    /// An error of a workbook's formula.
    ERROR_VALUE,
    /// A row that has the key of a later one and differs from it. It is not rejected, but the other one counts.
    CONFLICTING,
    /// A word of a period for which the reading of the column says no months.
    UNKNOWN_PERIOD,
    /// An alias that another client claims, or that is a registered id.
    ALIAS_TAKEN;

    /// As in receipts.
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What is wrong, in words.
    public Sentence sentence() {
        return Sentence.of("row." + label());
    }
}
