package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.tables.MaturityModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest maturity assessment, with the texts of its pillars and items.
final class Csmi {
    private Csmi() {}

    /// @param history the assessments in their order
    /// @return null if there is no assessment up to the day
    static @Nullable ObjectNode of(List<ObjectNode> history, LocalDate day) {
        List<ObjectNode> until = history.stream()
                .filter(one -> !LocalDate.parse(one.path("day").asText()).isAfter(day))
                .toList();
        if (until.isEmpty()) {
            return null;
        }
        ObjectNode newest = until.getLast();
        Map<String, JsonNode> scores = pillars(newest);
        Map<String, JsonNode> previous = until.size() > 1 ? pillars(until.get(until.size() - 2)) : Map.of();
        Map<String, JsonNode> answers = new HashMap<>();
        newest.path("answers").forEach(answer -> answers.put(answer.path("item").asText(), answer));

        ObjectNode json = Json.object();
        for (String name : List.of("day", "index", "coverage", "weakest", "previousIndex", "change")) {
            if (newest.has(name)) {
                json.set(name, newest.get(name));
            }
        }
        ArrayNode pillars = json.putArray("pillars");
        for (MaturityModel.Pillar pillar : MaturityModel.load().pillars()) {
            ObjectNode node = pillars.addObject()
                    .put("key", pillar.key())
                    .put("pt", pillar.pt())
                    .put("en", pillar.en());
            copy(node, "score", scores.get(pillar.key()), "score");
            copy(node, "previous", previous.get(pillar.key()), "score");
            copy(node, "answered", scores.get(pillar.key()), "answered");
            ArrayNode items = node.putArray("items");
            for (MaturityModel.Item item : pillar.items()) {
                ObjectNode one = items.addObject()
                        .put("key", item.key())
                        .put("pt", item.pt())
                        .put("en", item.en());
                copy(one, "level", answers.get(item.key()), "level");
                one.set("levels", Json.tree(MaturityModel.load().levels(item)));
            }
        }
        return json;
    }

    private static Map<String, JsonNode> pillars(JsonNode assessment) {
        Map<String, JsonNode> pillars = new HashMap<>();
        assessment
                .path("pillars")
                .forEach(pillar -> pillars.put(pillar.path("key").asText(), pillar));
        return pillars;
    }

    private static void copy(ObjectNode to, String name, @Nullable JsonNode from, String member) {
        if (from != null && from.has(member)) {
            to.set(name, from.get(member));
        }
    }
}
