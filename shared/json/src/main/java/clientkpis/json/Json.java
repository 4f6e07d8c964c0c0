package clientkpis.json;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/// JSON with exact decimals. Records are written and read as they are: what is null is absent, an enum is its label, a
/// day and a time are ISO text, a tenant is its name.
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addMixIn(Situation.class, Labelled.class)
            .addMixIn(Band.class, Labelled.class)
            .addModule(new SimpleModule()
                    .addSerializer(Tenant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Tenant.class, new FromText<>(Tenant.class, Tenant::of))
                    .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, LocalDate::parse))
                    .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse)))
            .build();

    /// Of what people write: a name that is there twice, or anything behind the value, is an error.
    public static final ObjectReader STRICT = MAPPER.reader()
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// The model's enums, which know nothing of JSON.
    private interface Labelled {
        @JsonValue
        String label();
    }

    /// Reads what is text in JSON.
    private static final class FromText<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }

    private Json() {}

    /// Writes values, each on a line of its own; it does not close `out`.
    public static JsonGenerator lines(OutputStream out) throws IOException {
        return MAPPER.writer().withRootValueSeparator("\n").createGenerator(out);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /// @throws UncheckedIOException when it is not JSON
    public static JsonNode parse(String text) {
        return parse(() -> MAPPER.readTree(text));
    }

    /// @throws UncheckedIOException when it is not JSON
    public static JsonNode parse(byte[] bytes) {
        return parse(() -> MAPPER.readTree(bytes));
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
            T read = MAPPER.treeToValue(json, type);
            if (read == null) {
                throw new IOException("No " + type.getSimpleName());
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
