package clientkpis.upload;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A part of an upload: `parts/{table}/{tenant}/{upload}/{n}.jsonl.gz`. The first line tells of which upload, the
/// others
/// are its rows, typed and canonical, those of one client side by side.
///
/// @param day the upload's day in its tenant's zone
/// @param number from 0
/// @param parts how many the upload has
/// @param whole of a snapshot, the range of clients of which the part has every row; null for other uploads
public record Part(
        Upload upload,
        LocalDate day,
        int number,
        int parts,
        @Nullable Range whole) {

    /// Clients in the order of (shard, client), up to but without `(toShard, toClient)`.
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

    /// Writes the part as the bytes of its object.
    ///
    /// @throws IOException when `object` does not take them
    public void write(Stream<Row> rows, OutputStream object) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(object, 16 * 1024)) {
            ObjectNode head = Json.object();
            head.set("upload", upload.toJson());
            head.put("day", day.toString()).put("part", number).put("parts", parts);
            if (whole != null) {
                head.putObject("whole")
                        .put("fromShard", whole.fromShard())
                        .put("fromClient", whole.fromClient())
                        .put("toShard", whole.toShard())
                        .put("toClient", whole.toClient());
            }
            out.write(Json.bytes(head));
            out.write('\n');
            for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
                out.write(Json.bytes(new TreeMap<>(each.next().cells())));
                out.write('\n');
            }
        }
    }

    /// Reads a part's rows one after another.
    public static final class Reader implements AutoCloseable {
        private final BufferedReader lines;
        private final Part part;

        public Reader(InputStream object) throws IOException {
            lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(object, 16 * 1024), StandardCharsets.UTF_8));
            JsonNode head = Json.parse(lines.readLine());
            part = new Part(
                    Upload.fromJson(head.path("upload")),
                    LocalDate.parse(head.path("day").asText()),
                    head.path("part").asInt(),
                    head.path("parts").asInt(),
                    head.has("whole") ? range(head.path("whole")) : null);
        }

        private static Range range(JsonNode json) {
            return new Range(
                    json.path("fromShard").asInt(),
                    json.path("fromClient").asText(),
                    json.path("toShard").asInt(),
                    json.path("toClient").asText());
        }

        public Part part() {
            return part;
        }

        /// The next row, or null after the last.
        public @Nullable Row next() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            Map<String, String> cells = new HashMap<>();
            Json.parse(line)
                    .properties()
                    .forEach(cell -> cells.put(cell.getKey(), cell.getValue().asText()));
            return new Row(cells);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
