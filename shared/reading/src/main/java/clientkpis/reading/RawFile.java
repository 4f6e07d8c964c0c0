package clientkpis.reading;

import clientkpis.tables.FileCode;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is written in a file, before anything is made of it: header and cells exactly as read. The same files are
/// rejected whole as in an upload.
public final class RawFile {
    private RawFile() {}

    public sealed interface Result permits Rejected, Read {}

    /// @param message what is wrong, where, and what to do about it
    public record Rejected(FileCode code, String message) implements Result {}

    /// @param header of JSON lines all keys, in the order in which they come first
    /// @param rows untrimmed cells, an empty one an empty string; of JSON lines as many as the header has, absent keys
    ///     empty
    /// @param rejectedRows lines of JSON lines that are no object of plain values
    public record Read(List<String> header, List<List<String>> rows, long rejectedRows) implements Result {}

    /// Reads a file whole, into memory.
    ///
    /// @param table whose header is looked for; null when it is not known, and the first line that is not blank is the
    ///     header
    public static Result read(Path file, String objectName, @Nullable TableSchema table, ReadingOptions options)
            throws IOException {
        try {
            Source source = Source.judge(file, objectName, options);
            Read read = source.lines() ? lines(source) : csv(source, table, options);
            if (read.rows().isEmpty() && read.rejectedRows() == 0) {
                throw new Refused(FileCode.EMPTY, "The file has no rows.");
            }
            return read;
        } catch (Refused e) {
            return new Rejected(e.code(), e.message());
        }
    }

    private static Read csv(Source source, @Nullable TableSchema table, ReadingOptions options) throws IOException {
        Header header =
                table == null ? Header.first(source) : Header.find(source, new Columns(table, options.columns()));
        List<List<String>> rows = new ArrayList<>();
        try (CsvRecords records = header.records(source)) {
            CsvRecords.CsvRecord row;
            while ((row = records.next()) != null) {
                rows.add(row.cells());
            }
        }
        return new Read(header.cells(), rows, 0);
    }

    private static Read lines(Source source) throws IOException {
        Set<String> header = new LinkedHashSet<>();
        List<Map<String, String>> objects = new ArrayList<>();
        long rejected = 0;
        try (JsonLines lines = new JsonLines(source.open())) {
            JsonLines.JsonLine line;
            while ((line = lines.next()) != null) {
                List<JsonLines.Member> members = line.members();
                if (members == null) {
                    rejected++;
                    continue;
                }
                Map<String, String> object = new HashMap<>();
                for (JsonLines.Member member : members) {
                    header.add(member.key());
                    String value = member.value();
                    object.put(member.key(), value == null ? "" : value);
                }
                objects.add(object);
            }
        }
        List<List<String>> rows = objects.stream()
                .map(object ->
                        header.stream().map(key -> object.getOrDefault(key, "")).toList())
                .toList();
        return new Read(List.copyOf(header), rows, rejected);
    }
}
