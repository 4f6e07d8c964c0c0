package clientkpis.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreesTest {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "null",
                "",
                " ",
                "true",
                "{\"a\": {\"b\": [1, [2, {\"c\": null}], false, true]}, \"d\": []}",
                "[0, -1, 2147483647, 2147483648, -9223372036854775808, 9223372036854775808,"
                        + " 123456789012345678901234567890]",
                "[0.0, 1.50, -0.10, 1e3, 1E-20, 1.0e5, 123456789.123456789012345678]",
                "{\"a\": 1, \"b\": 2, \"a\": 3}",
                "{\"\": \"\\u0000 \\u001f \\\" \\\\ / \\u00e7 \\ud83d\\ude00 \\u2028\"}",
                "1 2",
                "{} garbage"
            })
    void readsAndWritesAsJacksonsMapperDoes(String json) throws IOException {
        JsonNode expected = JACKSON.readTree(json);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parse(json)).isEqualTo(expected);
        assertThat(Json.parse(bytes)).isEqualTo(expected);
        assertThat(Json.parse(new ByteArrayInputStream(bytes))).isEqualTo(expected);
        assertThat(Json.text(expected)).isEqualTo(JACKSON.writeValueAsString(expected));
        assertThat(Json.bytes(expected)).isEqualTo(JACKSON.writeValueAsBytes(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\": }", "[1,]", "nul", "\"a", "1e99999999999", "{\"a\" 1}", "NaN", "]"})
    void refusesWhatJacksonsMapperRefuses(String json) {
        assertThatThrownBy(() -> JACKSON.readTree(json))
                .isInstanceOfAny(IOException.class, NumberFormatException.class);
        assertThatThrownBy(() -> Json.parse(json)).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"a\": 1}", "1 2", "{} garbage", "{}}", "{", "1e99999999999"})
    void whatPeopleWriteIsReadStrictly(String json) {
        assertThatThrownBy(() -> Json.parseStrictly(json)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> Json.parseStrictly(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UncheckedIOException.class);
    }
}
