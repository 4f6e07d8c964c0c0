package clientkpis.reading.format;

import clientkpis.reading.bytes.Source;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a file writes its rows. All that depends on it is here: a new format is one class, its name in `permits` and
/// [#all()], and what a receipt says about it.
public sealed interface FileFormat permits Csv, JsonLines, JsonArray, Workbook {
    private static List<FileFormat> all() {
        return List.of(new Csv(), new JsonLines(), new JsonArray(), new Workbook());
    }

    /// Whether an object's name ends like an upload's. What is in it, its bytes say.
    static boolean isNamed(String objectName) {
        String name = objectName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            return true;
        }
        String plain = name.endsWith(Source.GZIP) ? name.substring(0, name.length() - Source.GZIP.length()) : name;
        return all().stream()
                .anyMatch(
                        format -> format.extensions().stream().anyMatch(extension -> plain.endsWith("." + extension)));
    }

    /// The format in which a file is read.
    static FileFormat of(Source source) {
        return switch (source.content()) {
            case CSV -> new Csv();
            case JSON_LINES -> new JsonLines();
            case JSON_ARRAY -> new JsonArray();
            case WORKBOOK -> new Workbook();
        };
    }

    /// The format of rejected rows, whose names we chose: see [#rejectedExtension()].
    static FileFormat ofRejectedRows(String name) {
        return name.endsWith(".jsonl") ? new JsonLines() : new Csv();
    }

    /// How names of uploads in this format end, in lower case.
    List<String> extensions();

    /// How the name of their rejected rows ends, which are in a format that can be uploaded again.
    String rejectedExtension();

    /// Begins to read the rows of a table.
    ///
    /// @throws clientkpis.reading.bytes.FileRejectedException when the file has no rows of this table, or cannot be
    ///     read
    UploadRows rows(Source source, Columns columns) throws IOException;

    /// How the file would be read as a table, also if it lacks required columns.
    ///
    /// @throws clientkpis.reading.bytes.FileRejectedException when it cannot be read as any table
    ColumnMatch match(Source source, Columns columns) throws IOException;

    /// How a sheet would be read as several tables.
    ///
    /// @param number of the sheet; 0 of a file without sheets
    /// @param name null of a file without sheets
    /// @param matches one for each table for which it may have a header
    record SheetMatches(int number, @Nullable String name, List<ColumnMatch> matches) {
        public SheetMatches {
            matches = List.copyOf(matches);
        }
    }

    /// The sheets with rows that are not hidden, and how each would be read; of a file without sheets, the file.
    ///
    /// @throws clientkpis.reading.bytes.FileRejectedException when it cannot be read as any table
    default List<SheetMatches> matches(Source source, List<Columns> tables) throws IOException {
        List<ColumnMatch> matches = new ArrayList<>();
        for (Columns columns : tables) {
            matches.add(match(source, columns));
        }
        return List.of(new SheetMatches(0, null, matches));
    }

    /// Reads the whole file into memory, as written.
    ///
    /// @param columns of the table whose header is looked for; null when the table is not known
    RawRows raw(Source source, @Nullable Columns columns) throws IOException;

    /// Rejected rows, as [UploadRows#rejects] writes them, without those that have a text which passes a test.
    byte[] without(byte[] rejectedRows, Predicate<String> test) throws IOException;
}
