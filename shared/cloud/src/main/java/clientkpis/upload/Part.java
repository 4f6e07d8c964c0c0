package clientkpis.upload;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A part of an upload: `parts/{tenant}/{table}/{upload}/{attempt}/{n}.jsonl.gz`. Its first line is this head, the
/// other lines are its rows, typed and canonical, with the rows of one client side by side.
///
/// @param day the upload's day in its tenant's zone
/// @param number from 0
/// @param parts how many parts the upload has
/// @param covers the range of clients whose rows are all in this part of a snapshot; null for other uploads
public record Part(
        Upload upload,
        LocalDate day,
        @JsonProperty("part") int number,
        int parts,
        @JsonProperty("whole") @Nullable Range covers) {
    private static final int FORMAT = 1;
    /// The order of the clients in the parts of an upload.
    public static final Comparator<String> CLIENTS =
            Comparator.comparingInt(Shards::of).thenComparing(CodePoints.ORDER);

    /// Clients in the order of (shard, client); `(toShard, toClient)` is exclusive.
    public record Range(int fromShard, String fromClient, int toShard, String toClient) {
        public boolean has(int shard, String client) {
            return compare(shard, client, fromShard, fromClient) >= 0 && compare(shard, client, toShard, toClient) < 0;
        }

        private static int compare(int shard, String client, int otherShard, String otherClient) {
            return shard != otherShard
                    ? Integer.compare(shard, otherShard)
                    : CodePoints.ORDER.compare(client, otherClient);
        }
    }

    /// What writes the rows of a part.
    public interface Rows {
        /// Writes each row as one JSON object, its cells in the order of their columns' names.
        void write(JsonGenerator out) throws IOException;
    }

    /// A part is written and read about once: a third more bytes cost less than the time of the best compression.
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// Writes the part as the bytes of its object.
    ///
    /// @throws IOException if `object` cannot be written
    public void write(Rows rows, OutputStream object) throws IOException {
        try (GZIPOutputStream out = new QuickGzip(object);
                JsonGenerator lines = Json.lines(out)) {
            out.write(Format.text(this, FORMAT).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
            rows.write(lines);
            if (lines.getOutputContext().getEntryCount() > 0) {
                lines.writeRaw('\n');
            }
        }
    }

    /// The same with rows that are at hand.
    public void write(Stream<Row> rows, OutputStream object) throws IOException {
        write(
                out -> {
                    for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
                        Json.write(new TreeMap<>(each.next().cells()), out);
                    }
                },
                object);
    }

    /// Reads a part's rows one after another.
    public static final class Reader implements AutoCloseable {
        private final JsonParser json;
        private final Part part;

        /// @throws Format.NewerFormatException if newer code wrote it
        public Reader(InputStream object) throws IOException {
            json = Json.parser(new GZIPInputStream(object, 16 * 1024));
            part = Format.read("A part", tree(), FORMAT, Part.class);
        }

        public Part part() {
            return part;
        }

        /// The next row, or null after the last.
        ///
        /// @throws UncheckedIOException when something else follows
        public @Nullable Row next() throws IOException {
            try {
                JsonToken begin = json.nextToken();
                if (begin == null) {
                    return null;
                }
                if (begin != JsonToken.START_OBJECT) {
                    throw new JsonParseException(json, "No row");
                }
                Map<String, String> cells = new HashMap<>();
                for (String column = json.nextFieldName(); column != null; column = json.nextFieldName()) {
                    cells.put(column, cell());
                }
                return new Row(cells);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String cell() throws IOException {
            String text = json.nextTextValue();
            return text == null ? tree().asText() : text;
        }

        private JsonNode tree() throws IOException {
            try {
                if (json.currentToken() == null && json.nextToken() == null) {
                    throw new EOFException("The part ends too early");
                }
                return Json.value(json);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
