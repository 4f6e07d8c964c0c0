package clientkpis.local;

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

/// A template as JSON, its short tags (`!Ref`, `!Sub`) written out as CloudFormation's long form, with the line of
/// every
/// path (`Resources.Data.Properties`).
record Yaml(String file, JsonNode root, Map<String, Integer> lines) {

    static Yaml read(Path file) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getFileName().toString()).build();
        Map<String, Integer> lines = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            Node node = new Compose(settings)
                    .composeReader(reader)
                    .orElseThrow(() -> new TemplateException(file + " is empty"));
            return new Yaml(String.valueOf(file.getFileName()), json(node, "", lines), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where a path stands, or the nearest of its parents: `template.yaml:12`.
    String where(String path) {
        for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Integer line = lines.get(at);
            if (line != null) {
                return file + ":" + line;
            }
        }
        return file;
    }

    private static JsonNode json(Node node, String path, Map<String, Integer> lines) {
        node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
        JsonNode plain = switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = Json.object();
                for (NodeTuple entry : mapping.getValue()) {
                    String key = ((ScalarNode) entry.getKeyNode()).getValue();
                    String inner = path.isEmpty() ? key : path + "." + key;
                    entry.getKeyNode().getStartMark().ifPresent(mark -> lines.put(inner, mark.getLine() + 1));
                    if (object.has(key)) {
                        throw new TemplateException(path + " has " + key + " twice");
                    }
                    object.set(key, json(entry.getValueNode(), inner, lines));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = Json.array();
                for (Node element : sequence.getValue()) {
                    array.add(json(element, path + "." + array.size(), lines));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new TemplateException(path + " is nothing that a template may hold");
        };
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? intrinsic(tag.substring(1), plain) : plain;
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
