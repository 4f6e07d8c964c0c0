package clientkpis.reading.json;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON that looks like lines of objects and is one object: over several lines, around an array, or about something
/// else than rows.
public final class JsonShape {
    private static final JsonFactory JSON = new JsonFactory();
    /// How much of the first object is looked at, in tokens.
    private static final int LOOKED_AT = 100_000;

    private final List<String> keys = new ArrayList<>();
    /// The key of the first array of objects in it.
    private @Nullable String wrapped;

    private boolean overLines;
    private boolean alone;

    private JsonShape() {}

    /// @param match null when the table is not known
    /// @throws FileRejectedException `bad_json`
    public static void check(Source source, @Nullable ColumnMatch match) throws IOException {
        JsonShape shape = new JsonShape();
        try (JsonParser parser = JSON.createParser(source.open())) {
            shape.look(parser);
        } catch (JacksonException e) {
            // A line that is not JSON is rejected alone.
        }
        boolean meant = match != null && !match.found().isEmpty();
        if (shape.wrapped != null && (shape.overLines || (shape.alone && !meant))) {
            throw bad(Sentence.of("bad_json.wrapped", shape.wrapped));
        }
        if (shape.overLines) {
            throw bad(Sentence.of("bad_json.over_lines"));
        }
        if (shape.alone && match != null && !meant) {
            throw bad(Sentence.of(
                    "bad_json.single",
                    List.copyOf(shape.keys.subList(0, Math.min(10, shape.keys.size()))),
                    match.columns().table()));
        }
    }

    private void look(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        int line = parser.currentTokenLocation().getLineNr();
        int depth = 1;
        String key = "";
        boolean array = false;
        for (int i = 0; depth > 0 && i < LOOKED_AT; i++) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return;
            }
            overLines |= parser.currentTokenLocation().getLineNr() > line;
            if (token == JsonToken.FIELD_NAME && depth == 1) {
                key = parser.currentName();
                keys.add(key);
            } else if (token.isStructStart()) {
                if (depth == 1) {
                    array = token == JsonToken.START_ARRAY;
                } else if (depth == 2 && array && token == JsonToken.START_OBJECT && wrapped == null) {
                    wrapped = key;
                }
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
        alone = depth == 0 && parser.nextToken() == null;
    }

    private static FileRejectedException bad(Sentence message) {
        return new FileRejectedException(FileCode.BAD_JSON, message);
    }
}
