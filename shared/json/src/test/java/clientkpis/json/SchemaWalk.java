package clientkpis.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/// Walks valid values along their schema: notes which members and words of it they have, and with which scales.
final class SchemaWalk {
    private final JsonNode schema;

    /// Pointers into the schema.
    private final Set<String> reached = new TreeSet<>();

    private final Map<String, Set<Integer>> scales = new TreeMap<>();

    SchemaWalk(JsonNode schema) {
        this.schema = schema;
    }

    void walk(JsonNode value) {
        walk("", value);
    }

    private void walk(String pointer, JsonNode value) {
        JsonNode at = schema.at(pointer);
        if (at.has("$ref")) {
            walk(at.path("$ref").textValue().substring(1), value);
        } else if (at.has("oneOf")) {
            int branch = 0;
            while (!hasRequired(at.path("oneOf").get(branch), value)) {
                branch++;
            }
            walk(pointer + "/oneOf/" + branch, value);
        } else if (value.isArray()) {
            value.forEach(item -> walk(pointer + "/items", item));
        } else if (value.isObject()) {
            members(pointer, at, value);
        } else if (at.has("enum")) {
            reached.add(pointer + " " + value.textValue());
        } else if (value.isBigDecimal()) {
            BigDecimal number = value.decimalValue();
            scales.computeIfAbsent(pointer, _ -> new TreeSet<>()).add(number.scale());
        }
    }

    private static boolean hasRequired(JsonNode at, JsonNode value) {
        return StreamSupport.stream(at.path("required").spliterator(), false)
                .allMatch(member -> value.has(member.textValue()));
    }

    private void members(String pointer, JsonNode at, JsonNode value) {
        List<String> order = new ArrayList<>();
        at.path("properties").fieldNames().forEachRemaining(order::add);
        List<Integer> places = new ArrayList<>();
        value.properties().forEach(member -> {
            String own = pointer + "/properties/" + member.getKey();
            if (at.path("properties").has(member.getKey())) {
                places.add(order.indexOf(member.getKey()));
                reached.add(own);
                walk(own, member.getValue());
            } else {
                walk(pointer + "/additionalProperties", member.getValue());
            }
        });
        assertThat(places).as("members of %s in the schema's order", pointer).isSorted();
    }

    Set<String> reached() {
        return reached;
    }

    /// Of each decimal member.
    Map<String, Set<Integer>> scales() {
        return scales;
    }

    /// Everything that values may have.
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        all("", schema, all);
        return all;
    }

    private static void all(String pointer, JsonNode at, Set<String> all) {
        at.path("properties").properties().forEach(member -> {
            all.add(pointer + "/properties/" + member.getKey());
            all(pointer + "/properties/" + member.getKey(), member.getValue(), all);
        });
        at.path("enum").forEach(word -> all.add(pointer + " " + word.textValue()));
        at.path("$defs").properties().forEach(one -> all("/$defs/" + one.getKey(), one.getValue(), all));
        for (String inside : List.of("items", "additionalProperties")) {
            if (at.path(inside).isObject()) {
                all(pointer + "/" + inside, at.path(inside), all);
            }
        }
        for (int branch = 0; branch < at.path("oneOf").size(); branch++) {
            all(pointer + "/oneOf/" + branch, at.path("oneOf").get(branch), all);
        }
    }
}
