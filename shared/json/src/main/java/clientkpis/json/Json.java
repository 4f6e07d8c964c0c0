package clientkpis.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// JSON with exact decimals. Records are written and read as they are: what is null is absent, an enum is its label, a
/// day and a time are ISO text, a tenant is its name.
public final class Json {
    private Json() {}

    /// Writes values, each on a line of its own; it does not close `out`.
    public static JsonGenerator lines(OutputStream out) throws IOException {
        return Mapping.MAPPER.writer().withRootValueSeparator("\n").createGenerator(out);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// @throws UncheckedIOException when it is not JSON
    public static JsonNode parse(String text) {
        return parse(() -> Trees.read(Trees.FACTORY.createParser(text)));
    }

    /// @throws UncheckedIOException when it is not JSON
    public static JsonNode parse(byte[] bytes) {
        return parse(() -> Trees.read(Trees.FACTORY.createParser(bytes)));
    }

    /// @throws UncheckedIOException when it is not JSON, or cannot be read
    public static JsonNode parse(InputStream in) {
        return parse(() -> Trees.read(Trees.FACTORY.createParser(in)));
    }

    private interface Reading {
        JsonNode read() throws IOException;
    }

    private static JsonNode parse(Reading reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            // What Jackson throws for an exponent of more digits than an int has.
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /// A JSON object as a record.
    ///
    /// @throws UncheckedIOException when it is not one
    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            T read = Mapping.MAPPER.treeToValue(json, type);
            if (read == null) {
                throw new IOException("No " + type.getSimpleName());
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A record as a tree.
    public static JsonNode tree(Object record) {
        return Mapping.MAPPER.valueToTree(record);
    }

    public static String text(Object value) {
        try {
            return value instanceof JsonNode tree ? Trees.text(tree) : Mapping.MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return value instanceof JsonNode tree ? Trees.bytes(tree) : Mapping.MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
