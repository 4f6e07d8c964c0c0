package clientkpis.reading;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of a JSON lines text, blank ones passed over. A line that is no object, or has a nested value, is a line
/// all the same: it is rejected alone.
final class JsonLines implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final BufferedReader reader;
    private long line;

    /// @param value as written, a text without its escapes; null for null
    /// @param isNumber whether it is a JSON number
    record Member(String key, @Nullable String value, boolean isNumber) {}

    /// @param members in the order of the line, keys possibly more than once; null when it is no object of plain values
    /// @param fault what is wrong when it is not; else empty
    record JsonLine(long line, String text, @Nullable List<Member> members, String fault) {}

    JsonLines(Reader reader) {
        this.reader = new BufferedReader(reader, 1 << 16);
    }

    /// The next line that is not blank, or null at the end.
    @Nullable
    JsonLine next() throws IOException {
        String text;
        do {
            text = reader.readLine();
            line++;
        } while (text != null && Blank.is(text));
        return text == null ? null : parse(line, text);
    }

    private static JsonLine parse(long line, String text) throws IOException {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return bad(line, text, "it is no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (token) {
                    case VALUE_NULL -> members.add(new Member(key, null, false));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> members.add(new Member(key, parser.getText(), true));
                    case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> members.add(new Member(key, parser.getText(), false));
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
                return bad(line, text, "something stands behind the object");
            }
            return new JsonLine(line, text, members, "");
        } catch (JacksonException e) {
            return bad(line, text, "it is not valid JSON");
        }
    }

    private static JsonLine bad(long line, String text, String fault) {
        return new JsonLine(line, text, null, fault);
    }

    /// A surrogate escape without its other half is no text, and could not be stored.
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

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
