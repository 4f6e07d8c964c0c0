package clientkpis.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON with exact decimals. Records are written and read as they are ([Records]): what is null is absent, an enum is
/// its label, a day and a time are ISO text, a tenant is its name.
public final class Json {
    private static final SerializableString NEW_LINE = new SerializedString("\n");

    private Json() {}

    /// Writes values, each on a line of its own; it does not close `out`.
    public static JsonGenerator lines(OutputStream out) throws IOException {
        return Trees.FACTORY
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setRootValueSeparator(NEW_LINE);
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

    /// Reads values one after another; it closes `in`.
    public static JsonParser parser(InputStream in) throws IOException {
        return Trees.FACTORY.createParser(in);
    }

    /// The value that begins at the current token of a parser.
    public static JsonNode value(JsonParser from) throws IOException {
        return Trees.value(from);
    }

    /// What people write: a name that is there twice, or anything behind the value, is an error.
    ///
    /// @throws UncheckedIOException when it is not JSON; its cause says where
    public static JsonNode parseStrictly(String text) {
        return parse(() -> Trees.readStrictly(Trees.FACTORY.createParser(text)));
    }

    /// The same of its bytes.
    public static JsonNode parseStrictly(byte[] bytes) {
        return parse(() -> Trees.readStrictly(Trees.FACTORY.createParser(bytes)));
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
            return Records.read(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A record, or a list or map of such, as a tree.
    public static JsonNode tree(Object record) {
        return Records.write(record);
    }

    /// Writes a value as the next one of a generator.
    public static void write(Object value, JsonGenerator to) throws IOException {
        Trees.write(Records.write(value), to);
    }

    public static String text(Object value) {
        try {
            return Trees.text(Records.write(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// On several lines, for people too.
    public static String indented(Object value) {
        try {
            StringWriter text = new StringWriter();
            try (JsonGenerator to = Trees.FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
                write(value, to);
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return Trees.bytes(Records.write(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
