package clientkpis.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a run wrote beside what it had to write.
final class Comparison {

    private static final List<String> FIELDS = List.of(
            "name",
            "status",
            "stage",
            "size",
            "cs",
            "csm",
            "salesperson",
            "plan",
            "segment",
            "registeredOn",
            "cancelledOn",
            "mrr",
            "licences",
            "renewalOn",
            "daysToRenewal",
            "lastPurchaseOn",
            "overdueTitles",
            "tcv",
            "ticketsAboveSla",
            "nps",
            "activeUsers",
            "usersWithActivity",
            "engagementScore",
            "pendingActivities",
            "overdueActivities",
            "lastInteractionOn",
            "sponsorName",
            "sponsorEmail",
            "sponsorPhone",
            "senseScore",
            "senseScoreCoverage",
            "senseScoreVariation7d",
            "senseScoreVariation15d",
            "senseScoreVariation30d",
            "situation");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Comparison() {}

    /// Every difference, readable; none when `out` is what was expected.
    static List<String> differences(Expected expected, Path out) throws IOException {
        List<String> differences = new ArrayList<>();
        clients(expected, lines(out.resolve("clients.jsonl")), differences);
        changes(expected, lines(out.resolve("events.jsonl")), differences);
        return differences;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readString(file).split("\n", -1)) {
            if (!line.isBlank()) {
                nodes.add(JSON.readTree(line));
            }
        }
        return nodes;
    }

    private static void clients(Expected expected, List<JsonNode> lines, List<String> differences) {
        Map<String, JsonNode> got = new TreeMap<>();
        for (JsonNode line : lines) {
            if (got.put(line.path("clientId").asText(), line) != null) {
                differences.add(line.path("clientId") + " stands in clients.jsonl twice");
            }
        }
        expected.clients().forEach((client, fields) -> {
            JsonNode line = got.remove(client);
            if (line == null) {
                differences.add("%s is not in clients.jsonl".formatted(JsonWriter.quoted(client)));
                return;
            }
            for (String field : FIELDS) {
                Object want = fields.get(field);
                if (!same(want, line.get(field))) {
                    differences.add("%s.%s: want %s, got %s"
                            .formatted(
                                    JsonWriter.quoted(client), field, want == null ? "absent" : want, line.get(field)));
                }
            }
        });
        got.keySet()
                .forEach(client ->
                        differences.add("%s should not be in clients.jsonl".formatted(JsonWriter.quoted(client))));
    }

    private static boolean same(Object want, JsonNode got) {
        if (want == null || got == null || got.isNull()) {
            return want == null && (got == null || got.isNull());
        }
        return switch (want) {
            case BigDecimal number ->
                got.isNumber() && got.decimalValue().toPlainString().equals(number.toPlainString());
            case Integer number -> got.isIntegralNumber() && got.intValue() == number;
            default -> got.isTextual() && got.textValue().equals(want.toString());
        };
    }

    private record Step(long version, String from, String to) {}

    /// An upload may settle a situation at once, so the net change of a client's day is what counts.
    private static void changes(Expected expected, List<JsonNode> events, List<String> differences) {
        Map<String, Map<String, TreeMap<Long, Step>>> steps = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode event : events) {
            JsonNode detail = event.path("detail");
            if (event.path("detail-type").asText().equals("SituationChanged")
                    && seen.add(detail.path("id").asText())) {
                var step = new Step(
                        detail.path("version").longValue(),
                        detail.path("from").asText("neutral"),
                        detail.path("to").asText());
                steps.computeIfAbsent(detail.path("asOf").asText(), day -> new TreeMap<>())
                        .computeIfAbsent(detail.path("clientId").asText(), client -> new TreeMap<>())
                        .put(step.version(), step);
            }
        }
        Map<String, String> got = new HashMap<>();
        steps.forEach((day, clients) -> clients.forEach((client, versions) -> {
            String situation = versions.firstEntry().getValue().from();
            for (Step step : versions.values()) {
                if (!step.from().equals(situation)) {
                    differences.add("%s %s: a change from %s follows a change to %s"
                            .formatted(day, JsonWriter.quoted(client), step.from(), situation));
                }
                situation = step.to();
            }
            String from = versions.firstEntry().getValue().from();
            if (!from.equals(situation)) {
                got.put(day + " " + JsonWriter.quoted(client), from + " to " + situation);
            }
        }));
        for (Expected.Change change : expected.changes()) {
            String where = change.asOf() + " " + JsonWriter.quoted(change.clientId());
            String want = (change.from() == null ? "neutral" : change.from()) + " to " + change.to();
            String was = got.remove(where);
            if (!want.equals(was)) {
                differences.add("%s: want a change from %s, got %s".formatted(where, want, was == null ? "none" : was));
            }
        }
        got.forEach((where, change) -> differences.add("%s: want no change, got %s".formatted(where, change)));
    }
}
