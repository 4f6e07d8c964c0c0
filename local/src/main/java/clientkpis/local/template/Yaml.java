package clientkpis.local.template;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A template as JSON, its short tags (`!Ref`, `!Sub`) written out as CloudFormation's long form and its loops
/// (`Fn::ForEach`) expanded, with the line of every path (`Resources.Data.Properties`).
record Yaml(String file, JsonNode root, Map<String, Integer> lines) {
    private static final String LOOP = "Fn::ForEach::";

    static Yaml read(Path file) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getFileName().toString()).build();
        Map<String, Integer> lines = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            Node node = new Compose(settings)
                    .composeReader(reader)
                    .orElseThrow(() -> new TemplateException(file + " is empty"));
            return new Yaml(String.valueOf(file.getFileName()), json(node, "", lines, Map.of()), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The line of a path, or of the nearest of its parents: `template.yaml:12`.
    String where(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Integer line = lines.get(at);
            if (line != null) {
                return file + ":" + line;
            }
        }
        return file;
    }

    /// Whether the file has loops.
    boolean loops() {
        return lines.keySet().stream().anyMatch(path -> path.contains(LOOP));
    }

    /// @param loop the variables of the loops around the node, with their values
    private static JsonNode json(Node node, String path, Map<String, Integer> lines, Map<String, String> loop) {
        node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
        JsonNode plain = switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = Json.object();
                addMembers(mapping, path, lines, loop, object);
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = Json.array();
                for (Node element : sequence.getValue()) {
                    array.add(json(element, path + "." + array.size(), lines, loop));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new TemplateException(path + " is not a mapping, a list or a value");
        };
        String tag = node.getTag().getValue();
        return withVariables(tag.startsWith("!") ? intrinsic(tag.substring(1), plain) : plain, loop);
    }

    private static void addMembers(
            MappingNode mapping, String path, Map<String, Integer> lines, Map<String, String> loop, ObjectNode object) {
        for (NodeTuple entry : mapping.getValue()) {
            String key = withVariables(((ScalarNode) entry.getKeyNode()).getValue(), loop);
            String inner = path.isEmpty() ? key : path + "." + key;
            entry.getKeyNode().getStartMark().ifPresent(mark -> lines.put(inner, mark.getLine() + 1));
            if (object.has(key)) {
                throw new TemplateException(path + " has " + key + " twice");
            }
            if (!key.startsWith(LOOP)) {
                object.set(key, json(entry.getValueNode(), inner, lines, loop));
            } else if (entry.getValueNode() instanceof SequenceNode parts
                    && parts.getValue().size() == 3
                    && parts.getValue().get(0) instanceof ScalarNode variable
                    && parts.getValue().get(1) instanceof SequenceNode collection
                    && parts.getValue().get(2) instanceof MappingNode body) {
                for (JsonNode value : json(collection, inner, lines, loop)) {
                    Map<String, String> within = new HashMap<>(loop);
                    within.put(variable.getValue(), value.asText());
                    addMembers(body, path, lines, within, object);
                }
            } else {
                throw new TemplateException(inner + " needs a variable, a list of values, and what to repeat");
            }
        }
    }

    /// CloudFormation replaces a loop's variable in keys, in the text of `Fn::Sub` and through `Ref`, and nowhere else.
    private static JsonNode withVariables(JsonNode call, Map<String, String> loop) {
        String value = loop.get(call.path("Ref").asText());
        if (value != null) {
            return TextNode.valueOf(value);
        }
        JsonNode text = call.path("Fn::Sub");
        if (loop.isEmpty() || !text.isTextual()) {
            return call;
        }
        String replaced = withVariables(text.asText(), loop);
        return replaced.contains("${") ? Json.object().put("Fn::Sub", replaced) : TextNode.valueOf(replaced);
    }

    private static String withVariables(String text, Map<String, String> loop) {
        String replaced = text;
        for (Map.Entry<String, String> variable : loop.entrySet()) {
            replaced = replaced.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return replaced;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return NullNode.instance;
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        return TextNode.valueOf(text);
    }

    private static JsonNode intrinsic(String tag, JsonNode value) {
        String name = tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
        JsonNode argument = value;
        if (tag.equals("GetAtt") && value.isTextual()) {
            String text = value.asText();
            int dot = text.indexOf('.');
            argument = Json.array().add(text.substring(0, dot)).add(text.substring(dot + 1));
        }
        return Json.object().set(name, argument);
    }
}
