package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a file is rejected whole, or quarantined (tables.md, *What bad input gets*): nothing changes.
public enum FileCode {
    @JsonProperty("unknown_table")
    UNKNOWN_TABLE,
    @JsonProperty("bad_tenant")
    BAD_TENANT,
    @JsonProperty("columns_missing")
    COLUMNS_MISSING,
    @JsonProperty("duplicate_column")
    DUPLICATE_COLUMN,
    @JsonProperty("empty")
    EMPTY,
    @JsonProperty("bad_encoding")
    BAD_ENCODING,
    @JsonProperty("bad_gzip")
    BAD_GZIP,
    @JsonProperty("unclosed_quote")
    UNCLOSED_QUOTE,
    @JsonProperty("too_large")
    TOO_LARGE,
    @JsonProperty("date_order")
    DATE_ORDER,
    @JsonProperty("snapshot_guard")
    SNAPSHOT_GUARD;

    /// As in receipts and events.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
