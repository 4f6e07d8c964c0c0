package clientkpis.reading.format;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.json.JsonObject;
import clientkpis.reading.json.JsonObjects;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An array of JSON objects, however it is laid out. It is read object by object; one that breaks anywhere is rejected
/// whole.
final class JsonArray implements FileFormat {
    @Override
    public List<String> extensions() {
        return List.of("json");
    }

    /// Its objects, one a line.
    @Override
    public String rejectedExtension() {
        return new JsonLines().rejectedExtension();
    }

    @Override
    public UploadRows rows(Source source, Columns columns) throws IOException {
        ColumnMatch match = match(source, columns);
        return new JsonRows(source, new Elements(source), match);
    }

    @Override
    public ColumnMatch match(Source source, Columns columns) throws IOException {
        try (JsonObjects begin = new Elements(source)) {
            return ColumnMatch.of(columns, JsonRows.sample(begin));
        }
    }

    @Override
    public RawRows raw(Source source, @Nullable Columns columns) throws IOException {
        try (JsonObjects objects = new Elements(source)) {
            return objects.raw();
        }
    }

    @Override
    public byte[] without(byte[] rejectedRows, Predicate<String> test) {
        return new JsonLines().without(rejectedRows, test);
    }

    private static final class Elements implements JsonObjects {
        private final JsonParser parser;
        private final int longest;
        private boolean ended;

        Elements(Source source) throws IOException {
            longest = source.limits().line();
            JsonFactory json = JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(longest)
                            .build())
                    .build();
            parser = json.createParser(source.open());
        }

        @Override
        public @Nullable JsonObject next() throws IOException {
            if (ended) {
                return null;
            }
            try {
                if (parser.currentToken() == null) {
                    parser.nextToken(); // Its beginning has been seen.
                }
                JsonToken token = parser.nextToken();
                if (token == JsonToken.END_ARRAY) {
                    if (parser.nextToken() != null) {
                        throw broken("bad_json.after_array");
                    }
                    ended = true;
                    return null;
                }
                if (token != JsonToken.START_OBJECT) {
                    throw broken("bad_json.element");
                }
                long line = parser.currentTokenLocation().getLineNr();
                return JsonObject.parse(line, element(line));
            } catch (JacksonException e) {
                throw broken("bad_json.invalid");
            }
        }

        /// The object in one line, its values as written.
        private String element(long line) throws IOException {
            StringWriter text = new StringWriter();
            int depth = 0;
            try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
                JsonToken token = parser.currentToken();
                while (true) {
                    switch (token) {
                        case START_OBJECT -> out.writeStartObject();
                        case START_ARRAY -> out.writeStartArray();
                        case END_OBJECT -> out.writeEndObject();
                        case END_ARRAY -> out.writeEndArray();
                        case FIELD_NAME -> out.writeFieldName(parser.currentName());
                        case VALUE_STRING -> out.writeString(parser.getText());
                        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
                        default -> out.writeRawValue(parser.getText());
                    }
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    if (depth == 0) {
                        break;
                    }
                    if (text.getBuffer().length() > longest) {
                        throw new FileRejectedException(
                                FileCode.TOO_LARGE, Sentence.of("too_large.object", line, longest));
                    }
                    token = parser.nextToken();
                    if (token == null) {
                        throw broken("bad_json.cut_short");
                    }
                }
            }
            return text.toString();
        }

        private FileRejectedException broken(String what) {
            return new FileRejectedException(
                    FileCode.BAD_JSON,
                    Sentence.of("bad_json.array", parser.currentLocation().getLineNr(), Sentence.of(what)));
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
