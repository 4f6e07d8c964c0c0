package clientkpis.reading.match;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.tables.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which column of a table each header of a file means. What the tenant says comes first, then what is known of the
/// source, then the table's own names; the headers and columns that are left are scored and assigned one to one, so
/// that the sum of the scores is greatest.
///
/// @param scores of all headers
/// @param header of the sample, trimmed
/// @param source null where none is known
/// @param found by column, in the order of the table
/// @param lost headers that mean a column less well than another does, with that column
/// @param missing the required columns that nothing gives
/// @param fit how well the file is a table of this kind, to be compared between tables
public record ColumnMatch(
        Columns columns,
        Scores scores,
        List<String> header,
        @Nullable KnownSource source,
        Map<Column, Found> found,
        Map<String, Column> lost,
        List<Column> missing,
        int fit) {
    /// How it is known what a header means.
    public enum How {
        CONFIGURATION,
        SOURCE,
        NAME,
        GUESS
    }

    /// What gives a column.
    ///
    /// @param headers positions of the headers; empty for a default or a count
    /// @param reading what else is said about it
    public record Found(List<Integer> headers, How how, int score, ColumnReading reading) {}

    /// Matches the headers of a file with the columns of a table.
    public static ColumnMatch of(Columns columns, Sample sample) {
        return new ColumnSearch(columns, new HeaderRow(sample, columns.cells())).match();
    }

    /// The name of the known source, or null.
    public @Nullable String sourceName() {
        return source == null ? null : source.name();
    }

    /// Whether every required column is found.
    public boolean isComplete() {
        return missing.isEmpty();
    }
}
