package clientkpis.configuration.check;

import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Rules;
import clientkpis.tables.ClientField;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Checks a configuration (configuration.md): against the published JSON Schema, then for what a schema cannot express.
public final class ConfigurationCheck {
    /// In bytes. A configuration has some dozens of lines, and the item that keeps it has at most 400 KB.
    public static final int LARGEST = 200_000;

    private static final int DIGITS = 15;
    private static final int SCALE = 10;
    private static final String CUSTOM_NAME = "custom\\.[A-Za-z0-9_]{1,40}";

    private static final ObjectReader STRICT = Json.MAPPER
            .reader()
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Tables tables = Tables.load();
    private final List<Problem> problems = new ArrayList<>();

    /// @param pointer JSON Pointer (RFC 6901) to what is wrong; empty for the whole configuration
    /// @param message what is wrong, and what is expected
    public record Problem(String pointer, String message) {}

    public sealed interface Result {
        /// @param json as it was uploaded
        /// @param configuration with version 0 and without the day since which it is in force
        record Accepted(JsonNode json, Configuration configuration) implements Result {}

        /// @param problems all of them; at least one
        record Rejected(List<Problem> problems) implements Result {}
    }

    private ConfigurationCheck() {}

    /// @param bytes the object as it was uploaded
    public static Result check(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return rejected("The file has %d bytes; at most %d are allowed.".formatted(bytes.length, LARGEST));
        }
        JsonNode json;
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            json = STRICT.readTree(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
        } catch (CharacterCodingException e) {
            return rejected("Not UTF-8. Save the file as UTF-8.");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : ", line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            return rejected("Not JSON: " + e.getOriginalMessage() + where + ".");
        } catch (NumberFormatException e) {
            // What Jackson throws for an exponent of more digits than an int has.
            return rejected("Not JSON: a number cannot be read.");
        }
        return check(json);
    }

    /// @param json a configuration, read strictly
    public static Result check(JsonNode json) {
        if (!json.isObject()) {
            return rejected("Not a JSON object.");
        }
        ConfigurationCheck check = new ConfigurationCheck();
        // Before it is written as text: a number of many digits would be as long as it says.
        check.numbers("", json);
        if (!check.problems.isEmpty()) {
            return new Result.Rejected(List.copyOf(check.problems));
        }
        byte[] bytes = Json.bytes(json);
        List<Problem> wrong = bytes.length > LARGEST
                ? List.of(new Problem("", "It has %d bytes; at most %d are allowed.".formatted(bytes.length, LARGEST)))
                : ConfigurationSchema.problems(new String(bytes, StandardCharsets.UTF_8));
        if (!wrong.isEmpty()) {
            return new Result.Rejected(wrong);
        }
        check.all(json);
        return check.problems.isEmpty()
                ? new Result.Accepted(json, ConfigurationJson.read(json))
                : new Result.Rejected(List.copyOf(check.problems));
    }

    private static Result rejected(String message) {
        return new Result.Rejected(List.of(new Problem("", message)));
    }

    private void wrong(String pointer, String message) {
        problems.add(new Problem(pointer, message));
    }

    private void all(JsonNode json) {
        if (json.has("timeZone")) {
            try {
                ZoneId.of(json.path("timeZone").asText());
            } catch (DateTimeException e) {
                wrong("/timeZone", "There is no such time zone. Name one as America/Sao_Paulo.");
            }
        }
        if (json.has("currency") && !isCurrency(json.path("currency").asText())) {
            wrong("/currency", "There is no such currency. Name one by its code of ISO 4217, as BRL.");
        }
        Set<String> custom = columns(json.path("columns"));
        new ReadingCheck(tables, this::wrong).check(json.path("read"));
        Set<String> ruled = new TreeSet<>();
        json.path("rules").properties().forEach(field -> {
            ruled.add(field.getKey());
            rules("/rules/" + field.getKey(), field.getValue());
        });
        indicators(json.path("senseScore").path("indicators"), custom, ruled);
        bands(json.path("senseScore").path("bands"));
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
                wrong(pointer, "A number has at most %d digits and %d decimals.".formatted(DIGITS, SCALE));
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
                wrong(pointer, "There is no such table. The tables are %s.".formatted(names(tables.all())));
                return;
            }
            String other = namedBy.put(table.name(), member.getKey());
            if (other != null) {
                wrong(
                        pointer,
                        "%s is the same table as %s. Put their columns together.".formatted(member.getKey(), other));
            }
            Map<String, String> headers = new HashMap<>();
            member.getValue().properties().forEach(header -> {
                String of = pointer + "/" + escaped(header.getKey());
                String same = headers.put(Headers.normal(header.getKey()), header.getKey());
                if (same != null) {
                    wrong(
                            of,
                            "%s and %s are one header: case, accents, spaces, _ and - do not count."
                                    .formatted(header.getKey(), same));
                }
                String column = header.getValue().asText();
                if (column.matches(CUSTOM_NAME) && table.name().equals(Tables.REGISTRY)) {
                    custom.add(column);
                } else if (ClientField.isCustom(column)) {
                    wrong(
                            of,
                            "A field of your own is mapped from clients, as custom.NAME with 1 to 40 letters, digits or"
                                    + " _.");
                } else if (table.column(column) == null) {
                    wrong(
                            of,
                            "%s has no column %s. It has %s."
                                    .formatted(
                                            table.name(),
                                            column,
                                            names(table.columns().stream()
                                                    .map(one -> one.name())
                                                    .toList())));
                }
            });
        });
        return custom;
    }

    private void rules(String pointer, JsonNode rules) {
        for (int i = 0; i < rules.size(); i++) {
            String at = pointer + "/" + i + "/when";
            Rules.problem(Json.text(rules.get(i).path("when")))
                    .ifPresent(problem -> wrong(at, "The pattern does not compile: " + problem));
        }
    }

    private void indicators(JsonNode indicators, Set<String> custom, Set<String> ruled) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < indicators.size(); i++) {
            JsonNode indicator = indicators.get(i);
            String pointer = "/senseScore/indicators/" + i;
            if (!names.add(indicator.path("name").asText())) {
                wrong(pointer + "/name", "Two indicators have this name.");
            }
            field(pointer + "/field", indicator.path("field").asText(), custom, ruled);
            JsonNode points = indicator.path("points");
            for (int j = 1; j < points.size(); j++) {
                if (points.get(j)
                                .path(0)
                                .decimalValue()
                                .compareTo(points.get(j - 1).path(0).decimalValue())
                        <= 0) {
                    wrong(pointer + "/points/" + j + "/0", "The points ascend: each value is above the one before.");
                }
            }
        }
    }

    private void field(String pointer, String name, Set<String> custom, Set<String> ruled) {
        if (custom.contains(name)) {
            return;
        }
        if (ClientField.isCustom(name)) {
            wrong(pointer, "No header of clients is mapped to %s. Map one under columns.".formatted(name));
            return;
        }
        ClientField field = tables.field(name);
        if (field == null || field.internal()) {
            wrong(pointer, "There is no field %s. The numeric fields are %s.".formatted(name, readable()));
        } else if (!field.isNumeric()) {
            wrong(pointer, "%s is not a number. The numeric fields are %s.".formatted(name, readable()));
        } else if (isFromTheScore(name) || ruled.contains(name)) {
            wrong(
                    pointer,
                    "%s is calculated from the score. An indicator reads one of %s.".formatted(name, readable()));
        }
    }

    private static boolean isFromTheScore(String field) {
        return field.startsWith("senseScore") || field.startsWith("situation");
    }

    private String readable() {
        return names(tables.fields().stream()
                .filter(field -> field.isNumeric() && !field.internal() && !isFromTheScore(field.name()))
                .map(ClientField::name)
                .toList());
    }

    private void bands(JsonNode bands) {
        BigDecimal yellow = bands.has("yellow")
                ? bands.path("yellow").decimalValue()
                : Configuration.DEFAULT.scoring().bands().yellow();
        BigDecimal green = bands.has("green")
                ? bands.path("green").decimalValue()
                : Configuration.DEFAULT.scoring().bands().green();
        if (yellow.compareTo(green) > 0) {
            wrong("/senseScore/bands", "yellow begins at %s, above green at %s.".formatted(yellow, green));
        }
    }

    static String names(Collection<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
