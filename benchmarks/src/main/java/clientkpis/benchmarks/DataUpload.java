package clientkpis.benchmarks;

import java.time.LocalDate;
import java.util.List;

/// One exported file.
///
/// @param day its dated folder
/// @param path its path in that folder
/// @param table its table
/// @param rows its rows, in their order
/// @param form what the file looks like
record DataUpload(LocalDate day, String path, Table table, List<DataRow> rows, Form form) {

    DataUpload {
        rows = List.copyOf(rows);
    }

    /// What a file looks like.
    enum Form {
        /// The Brazilian default: UTF-8, semicolons, decimal commas, the table's own column names.
        PLAIN,
        /// Any of the dialects that the specification lists.
        MIXED,
        /// Rejected whole as `bad_gzip`.
        TRUNCATED_GZIP,
        /// Rejected whole as `unclosed_quote`.
        UNCLOSED_QUOTE,
        /// Rejected whole as `columns_missing`.
        COLUMNS_MISSING,
        /// Rejected whole as `duplicate_column`.
        DUPLICATE_COLUMN,
        /// Rejected whole as `empty`.
        NO_ROWS,
        /// Rejected whole as `date_order`: dates written `MM/dd/yyyy`.
        DATE_ORDER;

        /// Whether the file's rows count at all.
        boolean readable() {
            return this == PLAIN || this == MIXED;
        }
    }
}
