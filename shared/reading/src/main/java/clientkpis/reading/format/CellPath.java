package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Where a value is in a row: a cell, or a member of the JSON object that a cell holds.
///
/// @param position of the cell
/// @param members of the objects, from the outside; empty for the whole cell
record CellPath(int position, List<String> members) {
    private static final JsonFactory JSON = new JsonFactory();

    static CellPath whole(int position) {
        return new CellPath(position, List.of());
    }

    /// Where `a.b.c` is: under a header of that name, else in the longest beginning of it that is one.
    ///
    /// @param headers the position of a header, -1 for none
    static Optional<CellPath> of(String path, ToIntFunction<String> headers) {
        int whole = headers.applyAsInt(path);
        if (whole >= 0) {
            return Optional.of(whole(whole));
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            int position = headers.applyAsInt(path.substring(0, dot));
            if (position >= 0) {
                return Optional.of(
                        new CellPath(position, List.of(path.substring(dot + 1).split("\\.", -1))));
            }
        }
        return Optional.empty();
    }

    boolean isWhole() {
        return members.isEmpty();
    }

    /// The value in a row, or null where there is none.
    @Nullable
    String in(List<? extends @Nullable String> raw) {
        String cell = position < raw.size() ? raw.get(position) : null;
        if (cell == null || isWhole()) {
            return cell;
        }
        String text = Blank.trim(cell);
        return text.startsWith("{") ? member(text) : null;
    }

    private @Nullable String member(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            for (String member : members) {
                if (parser.currentToken() != JsonToken.START_OBJECT || !find(parser, member)) {
                    return null;
                }
            }
            return parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL
                    ? parser.getText()
                    : null;
        } catch (IOException e) {
            return null; // Not JSON: there is no such value.
        }
    }

    private static boolean find(JsonParser parser, String member) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals(member);
            parser.nextToken();
            if (found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
