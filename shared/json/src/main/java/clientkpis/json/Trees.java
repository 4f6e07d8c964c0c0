package clientkpis.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/// Trees of JSON, read and written as Jackson's mapper would, without it.
final class Trees {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Trees() {}

    /// The first value; missing where there is none.
    static JsonNode read(JsonParser from) throws IOException {
        try (from) {
            return from.nextToken() == null ? MissingNode.getInstance() : value(from);
        }
    }

    /// The only value, whose objects have no name twice.
    static JsonNode readStrictly(JsonParser from) throws IOException {
        try (from) {
            from.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            JsonNode read = from.nextToken() == null ? MissingNode.getInstance() : value(from);
            if (from.nextToken() != null) {
                throw new JsonParseException(from, "Something follows the value");
            }
            return read;
        }
    }

    /// The value that begins at the current token.
    static JsonNode value(JsonParser from) throws IOException {
        return switch (from.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = Json.object();
                for (String name = from.nextFieldName(); name != null; name = from.nextFieldName()) {
                    from.nextToken();
                    object.set(name, value(from));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = Json.array();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(from));
                }
                yield array;
            }
            case VALUE_NUMBER_INT ->
                switch (from.getNumberType()) {
                    case INT -> IntNode.valueOf(from.getIntValue());
                    case LONG -> LongNode.valueOf(from.getLongValue());
                    default -> BigIntegerNode.valueOf(from.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(from.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> TextNode.valueOf(from.getText());
        };
    }

    static String text(JsonNode tree) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = FACTORY.createGenerator(text)) {
            write(tree, to);
        }
        return text.toString();
    }

    static byte[] bytes(JsonNode tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
            write(tree, to);
        }
        return bytes.toByteArray();
    }

    static void write(JsonNode tree, JsonGenerator to) throws IOException {
        switch (tree.getNodeType()) {
            case OBJECT -> {
                to.writeStartObject();
                for (Map.Entry<String, JsonNode> member : tree.properties()) {
                    to.writeFieldName(member.getKey());
                    write(member.getValue(), to);
                }
                to.writeEndObject();
            }
            case ARRAY -> {
                to.writeStartArray();
                for (JsonNode value : tree) {
                    write(value, to);
                }
                to.writeEndArray();
            }
            case NULL, MISSING -> to.writeNull();
            // A value without members asks the provider nothing.
            case STRING, NUMBER, BOOLEAN -> ((ValueNode) tree).serialize(to, null);
            default -> throw new IllegalStateException("No JSON: " + tree.getNodeType());
        }
    }
}
