package clientkpis.reading.json;

import clientkpis.reading.cell.CellKind;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text that should be a JSON object. The members of an object inside it are read as `outer.inner`, the first value
/// of a list as `list.0`.
///
/// @param line number of the line where it begins, from 1
/// @param members in order, keys possibly more than once; null when it is not an object
/// @param fault what is wrong when it is not; else null
public record JsonObject(
        long line,
        String text,
        @Nullable List<Member> members,
        @Nullable Sentence fault) {
    private static final JsonFactory JSON = new JsonFactory();
    /// How deep objects inside objects are looked into.
    private static final int DEPTH = 4;

    /// @param value as written, a text without its escapes; null for null
    public record Member(String key, @Nullable String value, CellKind kind) {}

    public static JsonObject parse(long line, String text) throws IOException {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return bad(line, text, Sentence.of("bad_json.not_object"));
            }
            Sentence fault = members(parser, "", 0, members);
            if (fault != null) {
                return bad(line, text, fault);
            }
            if (parser.nextToken() != null) {
                return bad(line, text, Sentence.of("bad_json.after_object"));
            }
            return new JsonObject(line, text, members, null);
        } catch (JacksonException e) {
            return bad(line, text, Sentence.of("bad_json.invalid"));
        }
    }

    /// Reads the members of an object; those of an object inside it as `outer.inner`.
    ///
    /// @return what is wrong, or null
    private static @Nullable Sentence members(JsonParser parser, String prefix, int depth, List<Member> members)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            switch (parser.nextToken()) {
                case VALUE_NULL -> members.add(new Member(key, null, CellKind.TEXT));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    members.add(new Member(key, parser.getText(), CellKind.NUMBER));
                case VALUE_STRING, VALUE_TRUE, VALUE_FALSE ->
                    members.add(new Member(key, parser.getText(), CellKind.TEXT));
                case START_OBJECT -> {
                    members.add(new Member(key, null, CellKind.NESTED));
                    if (depth == DEPTH) {
                        parser.skipChildren();
                    } else {
                        Sentence fault = members(parser, key + ".", depth + 1, members);
                        if (fault != null) {
                            return fault;
                        }
                    }
                }
                case START_ARRAY -> {
                    members.add(new Member(key, null, CellKind.NESTED));
                    first(parser, key, members);
                }
                default -> {
                    return Sentence.of("bad_json.invalid");
                }
            }
            if (isBroken(key) || isBroken(members.getLast().value())) {
                return Sentence.of("bad_json.half_character");
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT ? null : Sentence.of("bad_json.invalid");
    }

    /// Reads the first value of a list as `list.0`, and skips the others.
    private static void first(JsonParser parser, String key, List<Member> members) throws IOException {
        JsonToken token = parser.nextToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            members.add(new Member(key + ".0", parser.getText(), token.isNumeric() ? CellKind.NUMBER : CellKind.TEXT));
        }
        while (token != JsonToken.END_ARRAY) {
            parser.skipChildren();
            token = parser.nextToken();
        }
    }

    private static JsonObject bad(long line, String text, Sentence fault) {
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
