package clientkpis.reading.format;

import clientkpis.reading.bytes.Source;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.json.JsonObject;
import clientkpis.reading.json.JsonObjects;
import clientkpis.reading.json.JsonShape;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One JSON object per line. A line that is not an object of plain values is rejected alone.
final class JsonLines implements FileFormat {
    @Override
    public List<String> extensions() {
        return List.of("jsonl", "ndjson");
    }

    @Override
    public String rejectedExtension() {
        return "jsonl";
    }

    @Override
    public UploadRows rows(Source source, Columns columns) throws IOException {
        ColumnMatch match = match(source, columns);
        JsonShape.check(source, match);
        return new JsonRows(source, new Lines(source.open()), match);
    }

    @Override
    public ColumnMatch match(Source source, Columns columns) throws IOException {
        try (JsonObjects begin = new Lines(source.open())) {
            return ColumnMatch.of(columns, JsonRows.sample(begin));
        }
    }

    @Override
    public RawRows raw(Source source, @Nullable Columns columns) throws IOException {
        JsonShape.check(source, null);
        try (JsonObjects objects = new Lines(source.open())) {
            return objects.raw();
        }
    }

    @Override
    public byte[] without(byte[] rejectedRows, Predicate<String> test) {
        List<String> kept = new String(rejectedRows, StandardCharsets.UTF_8)
                .lines()
                .filter(test.negate())
                .toList();
        return (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Skips blank lines.
    private static final class Lines implements JsonObjects {
        private final BufferedReader reader;
        private long line;

        Lines(Reader reader) {
            this.reader = new BufferedReader(reader, 1 << 16);
        }

        @Override
        public @Nullable JsonObject next() throws IOException {
            String text;
            do {
                text = reader.readLine();
                line++;
            } while (text != null && Blank.is(text));
            return text == null ? null : JsonObject.parse(line, text);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
