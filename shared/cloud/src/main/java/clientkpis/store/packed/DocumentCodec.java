package clientkpis.store.packed;

import clientkpis.json.FieldRecordsJson;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Row;
import clientkpis.upload.Document;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rows of a document as bytes, packed by column: first `behind`, the rows that are behind fields, so that it is
/// read without the others; then all rows: `uploads` lists the orders of the uploads, `by` the place of each row's
/// upload in it, `keys` the rows' keys, and `columns` each column's cells, null where a row has none.
public final class DocumentCodec {
    private static final String BEHIND = "behind";

    private DocumentCodec() {}

    /// @param behind the rows that are behind fields
    public static byte[] write(Document document, List<FieldRecords> behind) {
        List<String> uploads = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        ObjectNode json = Json.object();
        ArrayNode kept = FieldRecordsJson.write(behind);
        if (!kept.isEmpty()) {
            json.set(BEHIND, kept);
        }
        ArrayNode by = Json.array();
        Set<String> columns = new TreeSet<>();
        for (Document.StoredRow stored : document.rows().values()) {
            by.add(places.computeIfAbsent(stored.upload(), upload -> {
                uploads.add(upload);
                return uploads.size() - 1;
            }));
            columns.addAll(stored.row().cells().keySet());
        }
        ArrayNode uploadList = json.putArray("uploads");
        uploads.forEach(uploadList::add);
        json.set("by", by);
        ArrayNode keys = json.putArray("keys");
        document.rows().keySet().forEach(keys::add);
        ObjectNode cells = json.putObject("columns");
        for (String column : columns) {
            ArrayNode values = cells.putArray(column);
            document.rows().values().forEach(stored -> values.add(stored.row().text(column)));
        }
        return Json.bytes(json);
    }

    /// The rows that are behind fields; none if the document was written without them.
    ///
    /// @param body is read no farther than necessary
    public static List<FieldRecords> behind(InputStream body) {
        try (JsonParser parser = Json.parser(body)) {
            boolean isThere = parser.nextToken() == JsonToken.START_OBJECT && BEHIND.equals(parser.nextFieldName());
            if (!isThere) {
                return List.of();
            }
            parser.nextToken();
            return FieldRecordsJson.read(Json.value(parser));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SortedMap<String, Document.StoredRow> read(byte[] body) {
        JsonNode json = Json.parse(body);
        SortedMap<String, Document.StoredRow> rows = new TreeMap<>(CodePoints.ORDER);
        JsonNode keys = json.path("keys");
        for (int i = 0; i < keys.size(); i++) {
            int row = i;
            Map<String, String> cells = new HashMap<>();
            json.path("columns").properties().forEach(column -> {
                String value = column.getValue().get(row).textValue();
                if (value != null) {
                    cells.put(column.getKey(), value);
                }
            });
            String upload =
                    json.path("uploads").path(json.path("by").path(i).asInt()).asText();
            rows.put(keys.get(i).asText(), new Document.StoredRow(new Row(cells), upload));
        }
        return rows;
    }
}
