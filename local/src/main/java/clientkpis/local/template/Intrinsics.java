package clientkpis.local.template;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// CloudFormation's intrinsic functions, as far as templates here use them; any other is an error.
final class Intrinsics {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

    private final Yaml yaml;
    private final Map<String, JsonNode> variables;
    /// The value of a resource's attribute, of the resource itself for `""`; null when there is none.
    private final BiFunction<String, String, @Nullable String> attribute;

    Intrinsics(Yaml yaml, Map<String, JsonNode> variables, BiFunction<String, String, @Nullable String> attribute) {
        this.yaml = yaml;
        this.variables = variables;
        this.attribute = attribute;
    }

    /// The value with every intrinsic replaced, or null for `AWS::NoValue`.
    @Nullable
    JsonNode resolve(JsonNode node, String path) {
        if (node.isArray()) {
            ArrayNode array = Json.array();
            for (int i = 0; i < node.size(); i++) {
                JsonNode value = resolve(node.get(i), path + "." + i);
                if (value != null) {
                    array.add(value);
                }
            }
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1) {
            String name = node.fieldNames().next();
            if (name.equals("Ref") || name.startsWith("Fn::")) {
                return call(name, node.get(name), path);
            }
        }
        ObjectNode object = Json.object();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = resolve(entry.getValue(), path + "." + entry.getKey());
            if (value != null) {
                object.set(entry.getKey(), value);
            }
        }
        return object;
    }

    private boolean test(JsonNode node, String path) {
        if (node.size() == 1) {
            String name = node.fieldNames().next();
            JsonNode argument = node.get(name);
            switch (name) {
                case "Condition" -> {
                    return condition(argument.asText(), path);
                }
                case "Fn::Equals" -> {
                    return text(argument.path(0), path).equals(text(argument.path(1), path));
                }
                case "Fn::Not" -> {
                    return !test(argument.path(0), path);
                }
                case "Fn::And" -> {
                    return each(argument).stream().allMatch(one -> test(one, path));
                }
                case "Fn::Or" -> {
                    return each(argument).stream().anyMatch(one -> test(one, path));
                }
                default -> {}
            }
        }
        throw error(path, "is not a condition that is supported here: " + node);
    }

    private @Nullable JsonNode call(String name, JsonNode argument, String path) {
        return switch (name) {
            case "Ref" -> argument.asText().equals("AWS::NoValue") ? null : variable(argument.asText(), path);
            case "Fn::GetAtt" ->
                TextNode.valueOf(attribute(argument.path(0).asText(), text(argument.path(1), path), path));
            case "Fn::Sub" -> TextNode.valueOf(substitute(argument, path));
            case "Fn::Join" -> {
                List<String> parts = new ArrayList<>();
                for (JsonNode part : each(required(argument.path(1), path))) {
                    parts.add(part.asText());
                }
                yield TextNode.valueOf(String.join(argument.path(0).asText(), parts));
            }
            case "Fn::Select" -> {
                JsonNode chosen = required(argument.path(1), path).path(Integer.parseInt(text(argument.path(0), path)));
                if (chosen.isMissingNode()) {
                    throw error(path, "selects what is not there");
                }
                yield chosen;
            }
            case "Fn::Split" -> {
                ArrayNode parts = Json.array();
                for (String part : text(argument.path(1), path)
                        .split(Pattern.quote(argument.path(0).asText()), -1)) {
                    parts.add(part);
                }
                yield parts;
            }
            case "Fn::FindInMap" -> {
                JsonNode found = yaml.root().path("Mappings");
                for (int key = 0; key < 3; key++) {
                    found = found.path(text(argument.path(key), path));
                }
                JsonNode value = found.isMissingNode() ? argument.path(3).path("DefaultValue") : found;
                if (value.isMissingNode()) {
                    throw error(path, "finds nothing in the mappings: " + argument);
                }
                yield resolve(value, path);
            }
            case "Fn::If" -> resolve(argument.path(condition(argument.path(0).asText(), path) ? 1 : 2), path);
            default -> throw error(path, "uses " + name + ", which is not supported here");
        };
    }

    private String substitute(JsonNode argument, String path) {
        String pattern = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode own = argument.isArray() ? argument.path(1) : Json.object();
        StringBuilder text = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(pattern);
        while (matcher.find()) {
            String name = matcher.group(2).strip();
            String value;
            if (!matcher.group(1).isEmpty()) {
                value = "${" + matcher.group(2) + "}";
            } else if (own.has(name)) {
                value = text(own.get(name), path);
            } else if (name.indexOf('.') > 0) {
                value = attribute(name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1), path);
            } else {
                value = variable(name, path).asText();
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(text).toString();
    }

    private JsonNode variable(String name, String path) {
        JsonNode variable = variables.get(name);
        return variable != null ? variable : TextNode.valueOf(attribute(name, "", path));
    }

    private String attribute(String resource, String name, String path) {
        String value = attribute.apply(resource, name);
        if (value == null) {
            throw error(
                    path,
                    "refers to " + resource + (name.isEmpty() ? "" : "." + name) + ", which is not supported here");
        }
        return value;
    }

    /// What the template's condition of this name says.
    boolean condition(String name, String path) {
        JsonNode expression = yaml.root().path("Conditions").path(name);
        if (expression.isMissingNode()) {
            throw error(path, "refers to the condition " + name + ", which is not there");
        }
        return test(expression, "Conditions." + name);
    }

    private JsonNode required(JsonNode node, String path) {
        JsonNode value = resolve(node, path);
        if (value == null) {
            throw error(path, "has no value");
        }
        return value;
    }

    private String text(JsonNode node, String path) {
        return required(node, path).asText();
    }

    private static List<JsonNode> each(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private TemplateException error(String path, String message) {
        return new TemplateException(path + " " + message + " (" + yaml.where(path) + ")");
    }
}
