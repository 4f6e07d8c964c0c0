package clientkpis.reading.bytes;

/// What a file holds, as its bytes say.
public enum Content {
    /// Cells between separators: every text that is nothing else.
    CSV,
    /// JSON objects, one a line.
    JSON_LINES,
    JSON_ARRAY,
    WORKBOOK
}
