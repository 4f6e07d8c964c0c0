package clientkpis.reading.sort;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Rows sorted by key, and then in the order of the file. They can be read again and again.
interface SortedRows {
    /// The rows from a key on.
    ///
    /// @param first a row of that key; null for all rows
    /// @throws java.io.UncheckedIOException, as the iterator does, when the disk fails
    Iterator<PackedRow> from(@Nullable PackedRow first);
}
