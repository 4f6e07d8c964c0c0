package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a row is rejected (tables.md, *What bad input gets*); the rest of its file counts.
public enum RowCode {
    @JsonProperty("blank")
    BLANK,
    @JsonProperty("not_a_date")
    NOT_A_DATE,
    @JsonProperty("not_a_number")
    NOT_A_NUMBER,
    @JsonProperty("not_a_whole_number")
    NOT_A_WHOLE_NUMBER,
    @JsonProperty("not_a_boolean")
    NOT_A_BOOLEAN,
    @JsonProperty("out_of_range")
    OUT_OF_RANGE,
    @JsonProperty("too_long")
    TOO_LONG,
    @JsonProperty("extra_cells")
    EXTRA_CELLS,
    @JsonProperty("bad_json")
    BAD_JSON,
    @JsonProperty("control_character")
    CONTROL_CHARACTER,
    @JsonProperty("unknown_field")
    UNKNOWN_FIELD,
    @JsonProperty("wrong_type")
    WRONG_TYPE,
    @JsonProperty("unknown_item")
    UNKNOWN_ITEM;

    /// As in receipts.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
