package clientkpis.receipt;

import clientkpis.kpi.Labelled;
import java.util.Locale;

/// Why a file is rejected whole, or quarantined (tables.md, *How bad input is rejected*): nothing changes.
public enum FileCode implements Labelled {
    UNKNOWN_TABLE,
    BAD_TENANT,
    COLUMNS_MISSING,
    DUPLICATE_COLUMN,
    EMPTY,
    BAD_ENCODING,
    BAD_GZIP,
    BAD_ZIP,
    EMPTY_ZIP,
    SEVERAL_FILES,
    /// A zip in a zip, or the like.
    NESTED_ZIP,
    /// `.rar`, `.7z` and others.
    OTHER_ARCHIVE,
    /// A workbook or a zip with a password.
    ENCRYPTED,
    /// `.xls` or `.xlsb`.
    OLD_WORKBOOK,
    OPEN_DOCUMENT,
    PDF,
    HTML,
    XML,
    /// JSON that is neither one object per line nor an array of objects.
    BAD_JSON,
    UNCLOSED_QUOTE,
    TOO_LARGE,
    /// The object was deleted or archived before it was read.
    UNAVAILABLE,
    DATE_ORDER,
    /// No row of the file was accepted.
    NO_VALID_ROW,
    SNAPSHOT_GUARD;

    /// As in receipts and events.
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What is wrong, in words.
    public Sentence sentence() {
        return Sentence.of("file." + label());
    }
}
