package clientkpis.configuration.check;

import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.kpi.configuration.Rules;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Sentences;
import clientkpis.tables.ClientField;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks a configuration (configuration.md): against the published JSON Schema, then for what a schema cannot express.
public final class ConfigurationCheck {
    /// In bytes. A configuration has some dozens of lines, and the item that keeps it has at most 400 KB.
    public static final int LARGEST = 200_000;

    static final Sentences SENTENCES = Sentences.beside(ConfigurationCheck.class);

    private static final int DIGITS = 15;
    private static final int SCALE = 10;
    private static final String CUSTOM_NAME = "custom\\.[A-Za-z0-9_]{1,40}";
    private static final Pattern TWICE = Pattern.compile("Duplicate [\\w ]+ '(.*)'", Pattern.DOTALL);

    private final Tables tables = Tables.load();
    private final List<Problem> problems = new ArrayList<>();

    /// @param pointer JSON Pointer (RFC 6901) to what is wrong; empty for the whole configuration
    /// @param message what is wrong, and what is expected
    public record Problem(String pointer, Sentence message) {}

    public sealed interface Result {
        /// @param json as it was uploaded
        /// @param configuration with version 0 and without the day since which it is in force
        record Accepted(JsonNode json, Configuration configuration) implements Result {}

        /// @param problems all of them; at least one
        /// @param language the one that it says, as far as it can be read; null when it says none
        record Rejected(List<Problem> problems, @Nullable Language language) implements Result {}
    }

    private ConfigurationCheck() {}

    /// @param bytes the object as it was uploaded
    public static Result check(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return rejected(SENTENCES.say("file.too_long", bytes.length, LARGEST));
        }
        JsonNode json;
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            json = Json.parseStrictly(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
        } catch (CharacterCodingException e) {
            return rejected(SENTENCES.say("file.bad_encoding"));
        } catch (UncheckedIOException e) {
            return rejected(
                    e.getCause() instanceof JsonProcessingException wrong
                            ? notJson(wrong)
                            : SENTENCES.say("file.not_json.number"));
        }
        return check(json);
    }

    private static Sentence notJson(JsonProcessingException e) {
        JsonLocation at = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        return twice.find()
                ? SENTENCES.say("file.not_json.twice", twice.group(1), at.getLineNr(), at.getColumnNr())
                : SENTENCES.say("file.not_json", at.getLineNr(), at.getColumnNr());
    }

    /// @param json a configuration, read strictly
    public static Result check(JsonNode json) {
        if (!json.isObject()) {
            return rejected(SENTENCES.say("file.not_object"));
        }
        ConfigurationCheck check = new ConfigurationCheck();
        // Before it is written as text: a number of many digits would be as long as it says.
        check.numbers("", json);
        if (!check.problems.isEmpty()) {
            return new Result.Rejected(List.copyOf(check.problems), language(json));
        }
        byte[] bytes = Json.bytes(json);
        List<Problem> wrong = bytes.length > LARGEST
                ? List.of(new Problem("", SENTENCES.say("file.too_long", bytes.length, LARGEST)))
                : ConfigurationSchema.problems(new String(bytes, StandardCharsets.UTF_8));
        if (!wrong.isEmpty()) {
            return new Result.Rejected(wrong, language(json));
        }
        check.all(json);
        return check.problems.isEmpty()
                ? new Result.Accepted(json, ConfigurationJson.read(json))
                : new Result.Rejected(List.copyOf(check.problems), language(json));
    }

    private static @Nullable Language language(JsonNode json) {
        return Stream.of(Language.values())
                .filter(language -> language.tag().equals(json.path("language").asText()))
                .findFirst()
                .orElse(null);
    }

    private static Result rejected(Sentence message) {
        return new Result.Rejected(List.of(new Problem("", message)), null);
    }

    private void wrong(String pointer, Sentence message) {
        problems.add(new Problem(pointer, message));
    }

    private void all(JsonNode json) {
        if (json.has("timeZone")) {
            try {
                ZoneId.of(json.path("timeZone").asText());
            } catch (DateTimeException e) {
                wrong("/timeZone", SENTENCES.say("time_zone.unknown"));
            }
        }
        if (json.has("currency") && !isCurrency(json.path("currency").asText())) {
            wrong("/currency", SENTENCES.say("currency.unknown"));
        }
        Set<String> custom = columns(json.path("columns"));
        new ReadingCheck(tables, this::wrong).check(json.path("read"));
        Set<String> ruled = new TreeSet<>();
        json.path("rules").properties().forEach(field -> {
            ruled.add(field.getKey());
            rules("/rules/" + field.getKey(), field.getValue());
        });
        new ScoreCheck(tables, custom, ruled, this::wrong).check(json.path("senseScore"));
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    /// Limits numbers, so that no score, and no library that reads them, overflows or takes long.
    private void numbers(String pointer, JsonNode json) {
        if (json.isNumber()) {
            BigDecimal number = json.decimalValue();
            // The precision of 1e999999999 is 1, so the scale is checked first.
            if (Math.abs((long) number.scale()) > DIGITS + SCALE
                    || number.stripTrailingZeros().scale() > SCALE
                    || number.precision() - number.scale() > DIGITS + 1) {
                wrong(pointer, SENTENCES.say("value.digits", DIGITS, SCALE));
            }
        }
        if (json.isObject()) {
            json.properties().forEach(member -> numbers(pointer + "/" + escaped(member.getKey()), member.getValue()));
        }
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            numbers(pointer + "/" + i, json.get(i));
        }
    }

    /// @return the tenant's own fields
    private Set<String> columns(JsonNode json) {
        Set<String> custom = new TreeSet<>();
        Map<String, String> namedBy = new HashMap<>();
        json.properties().forEach(member -> {
            String pointer = "/columns/" + escaped(member.getKey());
            TableSchema table = tables.find(member.getKey());
            if (table == null) {
                wrong(pointer, SENTENCES.say("table.unknown", tables.all()));
                return;
            }
            String other = namedBy.put(table.name(), member.getKey());
            if (other != null) {
                wrong(pointer, SENTENCES.say("table.twice", member.getKey(), other));
            }
            Map<String, String> headers = new HashMap<>();
            member.getValue().properties().forEach(header -> {
                String of = pointer + "/" + escaped(header.getKey());
                String same = headers.put(Headers.normal(header.getKey()), header.getKey());
                if (same != null) {
                    wrong(of, SENTENCES.say("header.twice", header.getKey(), same));
                }
                String column = header.getValue().asText();
                if (column.matches(CUSTOM_NAME) && table.name().equals(Tables.REGISTRY)) {
                    custom.add(column);
                } else if (ClientField.isCustom(column)) {
                    wrong(of, SENTENCES.say("custom.bad_name"));
                } else if (table.column(column) == null) {
                    wrong(of, ReadingCheck.noColumn(table, column));
                }
            });
        });
        return custom;
    }

    private void rules(String pointer, JsonNode rules) {
        for (int i = 0; i < rules.size(); i++) {
            JsonNode when = rules.get(i).path("when");
            if (Rules.problem(Json.text(when)).isPresent()) {
                wrong(pointer + "/" + i + "/when", SENTENCES.say("rules.pattern", notCompiling(when)));
            }
        }
    }

    /// The members of a pattern for which it does not compile, or all of them together.
    private static List<String> notCompiling(JsonNode when) {
        List<String> names = when.properties().stream()
                .map(member -> member.getKey())
                .filter(name -> Rules.problem(Json.text(Json.object().set(name, when.path(name))))
                        .isPresent())
                .map(name -> "`" + name + "`")
                .toList();
        return names.isEmpty() ? List.of("`when`") : names;
    }

    /// A member's name as a JSON Pointer has it.
    public static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
