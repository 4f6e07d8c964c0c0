package clientkpis.reading.match;

import clientkpis.reading.cell.Blank;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The members of the JSON objects that cells of a sample hold, as headers of dotted paths.
final class JsonMembers {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEEPEST = 3;
    private static final int MOST = 200;

    private JsonMembers() {}

    /// The sample with these headers behind its own; the same where there are none.
    static Sample of(Sample sample) {
        Map<String, Integer> paths = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        int width = sample.header().size();
        for (List<String> row : sample.rows()) {
            Map<String, String> members = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(width, row.size()); i++) {
                String cell = Blank.trim(row.get(i));
                if (cell.startsWith("{") && cell.endsWith("}")) {
                    read(cell, Blank.trim(sample.header().get(i)), members);
                }
            }
            List<String> all = new ArrayList<>(row.subList(0, Math.min(width, row.size())));
            members.forEach((path, value) -> {
                Integer known = paths.get(path);
                if (known == null && paths.size() < MOST) {
                    known = width + paths.size();
                    paths.put(path, known);
                }
                if (known != null) {
                    while (all.size() <= known) {
                        all.add("");
                    }
                    all.set(known, value);
                }
            });
            rows.add(all);
        }
        if (paths.isEmpty()) {
            return sample;
        }
        List<String> header = new ArrayList<>(sample.header());
        header.addAll(paths.keySet());
        return new Sample(header, rows);
    }

    private static void read(String json, String under, Map<String, String> members) {
        List<String> path = new ArrayList<>(List.of(under));
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() != null && !path.isEmpty()) {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.FIELD_NAME) {
                    path.add(parser.currentName());
                    JsonToken value = parser.nextToken();
                    if (value == JsonToken.START_OBJECT && path.size() <= DEEPEST) {
                        continue;
                    }
                    if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                        members.putIfAbsent(String.join(".", path), parser.getText());
                    }
                    parser.skipChildren();
                    path.removeLast();
                } else if (token == JsonToken.END_OBJECT) {
                    path.removeLast();
                }
            }
        } catch (IOException e) {
            // Not JSON: a text that begins like it.
        }
    }
}
