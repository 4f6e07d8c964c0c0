package clientkpis.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Situation;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class RecordsTest {
    enum Kind {
        PLAIN,
        OF_TWO_WORDS
    }

    record Inner(int number, @Nullable String text) {}

    record Outer(
            Tenant tenant,
            @JsonProperty("new") long created,
            boolean flag,
            @Nullable BigDecimal amount,
            LocalDate day,
            Instant time,
            Kind kind,
            Situation situation,
            List<Inner> inner,
            Map<String, List<String>> words,
            Map<Integer, Long> counts,
            Set<String> names,
            @Nullable Inner other,
            @Nullable JsonNode tree) {}

    record Checked(int number) {
        Checked {
            if (number < 0) {
                throw new IllegalArgumentException("below zero");
            }
        }
    }

    private static final Outer FULL = new Outer(
            Tenant.of("acme"),
            9_007_199_254_740_993L,
            true,
            new BigDecimal("1.50"),
            LocalDate.of(2026, 9, 1),
            Instant.parse("2026-09-01T12:00:00.120Z"),
            Kind.OF_TWO_WORDS,
            Situation.RISK,
            List.of(new Inner(1, "a"), new Inner(2, null)),
            Map.of("x", List.of("y", "z")),
            Map.of(3, 4L),
            Set.of("n"),
            null,
            Json.parse("[null, {}]"));

    @Test
    void aRecordIsAnObjectOfItsComponents() {
        assertThat(Json.text(FULL))
                .isEqualTo("{\"tenant\":\"acme\",\"new\":9007199254740993,\"flag\":true,\"amount\":1.50,"
                        + "\"day\":\"2026-09-01\",\"time\":\"2026-09-01T12:00:00.120Z\",\"kind\":\"ofTwoWords\","
                        + "\"situation\":\"risk\",\"inner\":[{\"number\":1,\"text\":\"a\"},{\"number\":2}],"
                        + "\"words\":{\"x\":[\"y\",\"z\"]},\"counts\":{\"3\":4},\"names\":[\"n\"],\"tree\":[null,{}]}");
    }

    @Test
    void whatWasWrittenIsReadAsTheSame() {
        assertThat(Json.read(Json.parse(Json.text(FULL)), Outer.class)).isEqualTo(FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'number': 1, 'more': 2} | Inner has no more",
                "{'text': 'a'} | Inner: number is missing",
                "{'number': null} | Inner: number is missing",
                "{'number': '1'} | Inner.number is string, not a whole number",
                "{'number': 1.0} | Inner.number is number, not a whole number",
                "{'number': 2147483648} | Inner.number is number, not a whole number",
                "{'number': 1, 'text': 2} | Inner.text is number, not text",
                "[] | Inner is array, not an object",
                "null | Inner is null, not an object"
            })
    void whatIsNoSuchRecordIsRefusedWithTheReason(String json, String reason) {
        assertThatThrownBy(() -> Json.read(Json.parse(json.replace('\'', '"')), Inner.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind | \"other\" | Outer.kind: other is not known",
                "tenant | \"A B\" | Outer.tenant: A tenant's name",
                "day | \"01/09/2026\" | Outer.day: Text",
                "inner | [{\"number\": 1}, 7] | Outer.inner[1] is number, not an object",
                "counts | {\"3\": \"x\"} | Outer.counts.3 is string, not a whole number",
                "names | {} | Outer.names is object, not a list",
                "flag | 1 | Outer.flag is number, not true or false"
            })
    void whereItIsWrongIsSaid(String member, String value, String reason) {
        ObjectNode json = (ObjectNode) Json.tree(FULL);
        json.set(member, Json.parse(value));
        assertThatThrownBy(() -> Json.read(json, Outer.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void whatARecordItselfRefusesIsNoSuchRecord() {
        assertThatThrownBy(() -> Json.read(Json.parse("{\"number\": -1}"), Checked.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Checked: below zero");
    }

    @Test
    void aValueOfAnotherKindIsAMistakeOfTheCode() {
        assertThatThrownBy(() -> Json.text(1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
