package clientkpis.reading.format;

import clientkpis.reading.cell.CellKind;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text that should be a JSON object of plain values.
///
/// @param line number of the line where it begins, from 1
/// @param members in order, keys possibly more than once; null when it is not an object of plain values
/// @param fault what is wrong when it is not; else empty
record JsonObject(long line, String text, @Nullable List<Member> members, String fault) {
    private static final JsonFactory JSON = new JsonFactory();

    /// @param value as written, a text without its escapes; null for null
    record Member(String key, @Nullable String value, CellKind kind) {}

    static JsonObject parse(long line, String text) throws IOException {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return bad(line, text, "it is not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (token) {
                    case VALUE_NULL -> members.add(new Member(key, null, CellKind.TEXT));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        members.add(new Member(key, parser.getText(), CellKind.NUMBER));
                    case VALUE_STRING, VALUE_TRUE, VALUE_FALSE ->
                        members.add(new Member(key, parser.getText(), CellKind.TEXT));
                    case START_OBJECT, START_ARRAY -> {
                        return bad(line, text, "`" + key + "` has a nested value");
                    }
                    default -> {
                        return bad(line, text, "it is not valid JSON");
                    }
                }
                if (isBroken(key) || isBroken(members.getLast().value())) {
                    return bad(line, text, "it has half a character");
                }
            }
            if (parser.nextToken() != null) {
                return bad(line, text, "there is something after the object");
            }
            return new JsonObject(line, text, members, "");
        } catch (JacksonException e) {
            return bad(line, text, "it is not valid JSON");
        }
    }

    private static JsonObject bad(long line, String text, String fault) {
        return new JsonObject(line, text, null, fault);
    }

    /// A surrogate without its other half is not text, and cannot be stored.
    private static boolean isBroken(@Nullable String text) {
        if (text == null) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
