package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a row is rejected (tables.md, *How bad input is rejected*); the rest of its file counts.
public enum RowCode {
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
    UNKNOWN_ITEM;

    /// As in receipts.
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
