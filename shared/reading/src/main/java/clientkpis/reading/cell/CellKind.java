package clientkpis.reading.cell;

/// What a file itself says a cell is. Only a text is ambiguous.
public enum CellKind {
    /// Characters: all cells of a CSV, the strings of JSON and of workbooks.
    TEXT,
    /// A number in the notation of Java: a JSON number, a number in a workbook.
    NUMBER,
    /// A day as `yyyy-MM-dd`: a workbook's number with the format of a date.
    DATE,
    /// An error of a workbook's formula, as `#REF!`.
    ERROR,
    /// A list or an object of JSON, which is not a cell of any column.
    NESTED
}
