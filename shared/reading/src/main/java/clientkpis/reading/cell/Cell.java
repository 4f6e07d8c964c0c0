package clientkpis.reading.cell;

import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;

/// What one cell was read as.
public sealed interface Cell {
    /// @param canonical as rows have it: a date `yyyy-MM-dd`, a number as a plain decimal, `true` or `false`, trimmed
    ///     text
    record Value(String canonical) implements Cell {}

    record Empty() implements Cell {
        static final Empty CELL = new Empty();
    }

    /// @param expected what the cell should be, in words
    record Fault(RowCode code, Sentence expected) implements Cell {}
}
