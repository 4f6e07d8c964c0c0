package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a file is rejected whole, or quarantined (tables.md, *How bad input is rejected*): nothing changes.
public enum FileCode {
    UNKNOWN_TABLE,
    BAD_TENANT,
    COLUMNS_MISSING,
    DUPLICATE_COLUMN,
    EMPTY,
    BAD_ENCODING,
    BAD_GZIP,
    UNCLOSED_QUOTE,
    TOO_LARGE,
    /// The object was deleted or archived before it was read.
    UNAVAILABLE,
    DATE_ORDER,
    SNAPSHOT_GUARD;

    /// As in receipts and events.
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
