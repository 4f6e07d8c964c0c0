package clientkpis.configuration.check;

import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.json.Json;
import clientkpis.receipt.Sentence;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The published JSON Schema of a configuration, loaded when it is first needed.
///
/// What is wrong is said in sentences of the product: the validator's own have the words of schemas, and no Brazilian
/// Portuguese.
final class ConfigurationSchema {
    private static final String TEXT = text();
    private static final JsonNode RULES = Json.parse(TEXT);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);

    private ConfigurationSchema() {}

    private static String text() {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream("configuration.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Problem> problems(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(ConfigurationSchema::problem)
                .distinct()
                .toList();
    }

    private static Problem problem(Error error) {
        String pointer = error.getInstanceLocation().toString();
        List<String> keywords = keywords(error);
        JsonNode rule = RULES.at(pointer(keywords));
        return switch (keywords.getLast()) {
            case "additionalProperties" -> unknown(pointer, error, names(rule.path("properties")));
            case "propertyNames" -> {
                JsonNode name = rule.path("propertyNames");
                yield name.has("enum")
                        ? unknown(pointer, error, values(name.path("enum")))
                        : new Problem(own(pointer, error), say("member.name", range(name, "minLength", "maxLength")));
            }
            case "required" -> new Problem(pointer, say("member.missing", error.getProperty()));
            case "type" -> new Problem(pointer, say("value.type", type(rule.path("type"))));
            case "enum" -> new Problem(pointer, say("value.one_of", values(rule.path("enum"))));
            case "pattern" -> new Problem(pointer, pattern(keywords));
            case "minLength", "maxLength" ->
                new Problem(pointer, say("value.length", range(rule, "minLength", "maxLength")));
            case "minItems", "maxItems" ->
                new Problem(pointer, say("value.items", range(rule, "minItems", "maxItems")));
            case "minProperties", "maxProperties" ->
                new Problem(pointer, say("value.members", range(rule, "minProperties", "maxProperties")));
            case "minimum", "maximum", "exclusiveMinimum" ->
                new Problem(
                        pointer,
                        say(
                                "value.number",
                                rule.has("exclusiveMinimum")
                                        ? say(
                                                "range.above",
                                                number(rule.path("exclusiveMinimum")),
                                                number(rule.path("maximum")))
                                        : range(rule, "minimum", "maximum")));
            default -> throw new IllegalStateException("No sentence for " + error.getKeyword());
        };
    }

    /// Where in the schema the rule is that a value breaks, with its keyword.
    private static List<String> keywords(Error error) {
        List<String> names = new ArrayList<>();
        for (JsonPointer at = JsonPointer.compile(
                        error.getSchemaLocation().getFragment().toString());
                at != null && !at.matches();
                at = at.tail()) {
            names.add(at.getMatchingProperty());
        }
        return names;
    }

    private static JsonPointer pointer(List<String> keywords) {
        JsonPointer pointer = JsonPointer.empty();
        for (String name : keywords.subList(0, keywords.size() - 1)) {
            pointer = pointer.appendProperty(name);
        }
        return pointer;
    }

    private static Problem unknown(String pointer, Error error, List<String> allowed) {
        return new Problem(own(pointer, error), say("member.unknown", allowed));
    }

    /// The validator points at what the name is in.
    private static String own(String pointer, Error error) {
        return pointer + "/" + ConfigurationCheck.escaped(error.getProperty());
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> values(JsonNode list) {
        List<String> values = new ArrayList<>();
        list.forEach(value -> values.add("`" + value.asText() + "`"));
        return values;
    }

    /// One type, or either of two.
    private static Sentence type(JsonNode type) {
        if (type.isArray()) {
            return say("type.either", type(type.path(0)), type(type.path(1)));
        }
        return say(
                switch (type.asText()) {
                    case "array" -> "type.array";
                    case "boolean" -> "type.boolean";
                    case "integer" -> "type.integer";
                    case "number" -> "type.number";
                    case "object" -> "type.object";
                    default -> "type.string";
                });
    }

    /// Of what is called as the member with the pattern.
    private static Sentence pattern(List<String> keywords) {
        return say(
                switch (keywords.get(keywords.size() - 2)) {
                    case "currency" -> "currency.unknown";
                    case "recalculateAt" -> "pattern.recalculateAt";
                    case "name" -> "pattern.name";
                    case "then" -> "pattern.then";
                    case String other -> throw new IllegalStateException("No sentence for the pattern of " + other);
                });
    }

    private static Sentence range(JsonNode rule, String least, String most) {
        if (!rule.has(least)) {
            return say("range.most", number(rule.path(most)));
        }
        if (!rule.has(most)) {
            return say("range.least", number(rule.path(least)));
        }
        return rule.path(least).equals(rule.path(most))
                ? say("range.exactly", number(rule.path(least)))
                : say("range.between", number(rule.path(least)), number(rule.path(most)));
    }

    private static BigDecimal number(JsonNode number) {
        return number.decimalValue();
    }

    private static Sentence say(String key, Object... arguments) {
        return ConfigurationCheck.SENTENCES.say(key, arguments);
    }
}
