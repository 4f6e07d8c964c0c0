package clientkpis.reading;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.RawRows;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is written in a file, before anything is made of it: header and cells exactly as written. The same files are
/// rejected as a whole as in an upload.
public final class RawFile {
    private RawFile() {}

    public sealed interface Result permits Rejected, Read {}

    /// @param message what is wrong, where, and what to do about it
    public record Rejected(FileCode code, String message) implements Result {}

    /// @param header of JSON all keys, in the order in which they first appear
    /// @param rows untrimmed cells, an empty one an empty string; of JSON as many as the header has, absent keys empty
    /// @param rejectedRows how many rows could not be read: lines that are not an object of plain values
    public record Read(List<String> header, List<List<String>> rows, long rejectedRows) implements Result {}

    /// Reads a whole file into memory.
    ///
    /// @param table whose header is looked for; null when it is not known, and the first line that is not blank is the
    ///     header
    public static Result read(Path file, String objectName, @Nullable TableSchema table, ReadingOptions options)
            throws IOException {
        return read(file, objectName, 0, table, options);
    }

    /// @param sheet the number of the only one that is read of a workbook; 0 for any
    public static Result read(
            Path file, String objectName, int sheet, @Nullable TableSchema table, ReadingOptions options)
            throws IOException {
        try {
            Source source = Source.judge(() -> Files.newInputStream(file), objectName, options.limits())
                    .onSheet(sheet);
            RawRows raw = FileFormat.of(source).raw(source, table == null ? null : options.of(table));
            if (raw.rows().isEmpty() && raw.rejected() == 0) {
                throw new FileRejectedException(FileCode.EMPTY, Sentence.of("empty.rows"));
            }
            return new Read(raw.header(), raw.rows(), raw.rejected());
        } catch (FileRejectedException e) {
            return new Rejected(e.code(), e.sentence().in(options.cells().language()));
        }
    }
}
