package clientkpis.suite.documented;

import static java.util.stream.Collectors.joining;

import clientkpis.json.Json;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The published events that the repository shows: `events/examples`, the blocks of `docs/events.md`, and the sample of
/// what triggers the function `situation`. Run with the events of `examples/padaria-saas` (`-Dexamples=FILE`),
/// `EventsDocTest` writes them; `./dev examples` does.
final class Examples {
    static final Path FOLDER = Suite.ROOT.resolve("events/examples");
    static final Path PAGE = Suite.ROOT.resolve("docs/events.md");

    /// The example whose client the sample is about.
    static final String SAMPLED = "risk-by-configuration";

    private static final Path SAMPLE = Suite.ROOT.resolve("events/samples/situation.json");
    private static final String JSON = ".json";
    private static final Pattern BLOCK =
            Pattern.compile("(?s)(<!-- generated: example ([a-z-]+) -->\n\n```json\n).*?(\n```\n\n<!-- end -->)");
    private static final int WIDTH = 120;

    private Examples() {}

    /// Every example by its name.
    static Map<String, JsonNode> read() {
        Map<String, JsonNode> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.forEach(file -> {
                String name = file.getFileName().toString();
                examples.put(name.substring(0, name.length() - JSON.length()), Json.parse(Suite.text(file)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }

    static String text(String name) {
        return Suite.text(FOLDER.resolve(name + JSON));
    }

    static JsonNode sample() {
        return Json.parse(Suite.text(SAMPLE));
    }

    /// Makes each example the event that is published now, and keeps the id of its envelope, which is never the same.
    ///
    /// @param events what the suite published
    /// @param run the events of the example's run, one JSON object per line
    static void write(List<JsonNode> events, Path run) {
        try {
            List<JsonNode> published = new ArrayList<>(events);
            Files.readAllLines(Suite.ROOT.resolve(run)).forEach(line -> published.add(Json.parse(line)));
            for (Map.Entry<String, JsonNode> example : read().entrySet()) {
                ObjectNode event = published.stream()
                        .filter(one -> key(one).equals(key(example.getValue())))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No run publishes %s, but %s"
                                .formatted(
                                        key(example.getValue()),
                                        published.stream()
                                                .map(Examples::key)
                                                .filter(key -> key.startsWith(type(example.getValue()) + " "))
                                                .toList())))
                        .deepCopy();
                event.set("id", example.getValue().path("id"));
                Files.writeString(FOLDER.resolve(example.getKey() + JSON), text(event) + "\n");
            }
            Files.writeString(
                    PAGE,
                    BLOCK.matcher(Suite.text(PAGE))
                            .replaceAll(block -> Matcher.quoteReplacement(
                                    block.group(1) + text(block.group(2)).strip() + block.group(3))));
            JsonNode sample = sample();
            ((ObjectNode) sample.at("/Records/0/dynamodb/NewImage/detail"))
                    .put("S", Json.text(read().get(SAMPLED).path("detail")));
            Files.writeString(SAMPLE, text(sample) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(JsonNode event) {
        return type(event) + " " + event.path("detail").path("id").asText();
    }

    private static String type(JsonNode event) {
        return event.path("detail-type").asText();
    }

    /// JSON for people: an object or a list is on one line where it fits.
    static String text(JsonNode json) {
        return broken(json, "");
    }

    private static String fitted(JsonNode json, String indent, String before) {
        String line = line(json);
        return json.isEmpty() || indent.length() + before.length() + line.length() < WIDTH
                ? line
                : broken(json, indent);
    }

    private static String broken(JsonNode json, String indent) {
        String deeper = indent + "  ";
        return closed(
                json,
                "\n" + deeper,
                members(json, (name, value) -> name + fitted(value, deeper, name))
                        .collect(joining(",\n" + deeper)),
                "\n" + indent);
    }

    private static String line(JsonNode json) {
        return json.isContainerNode()
                ? closed(
                        json,
                        "",
                        members(json, (name, value) -> name + line(value)).collect(joining(", ")),
                        "")
                : Json.text(json);
    }

    /// @param text of a member: of its name, which is empty in a list, and its value
    private static Stream<String> members(JsonNode json, BiFunction<String, JsonNode, String> text) {
        return json.isObject()
                ? json.properties().stream()
                        .map(member -> text.apply(Json.text(member.getKey()) + ": ", member.getValue()))
                : json.valueStream().map(element -> text.apply("", element));
    }

    private static String closed(JsonNode json, String start, String members, String end) {
        return (json.isObject() ? "{" : "[") + start + members + end + (json.isObject() ? "}" : "]");
    }
}
