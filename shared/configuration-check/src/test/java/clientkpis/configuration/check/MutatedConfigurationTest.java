package clientkpis.configuration.check;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.configuration.check.ConfigurationCheck.Problem;
import clientkpis.configuration.check.ConfigurationCheck.Result;
import clientkpis.json.Json;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A wrong configuration never gets in.
class MutatedConfigurationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-09-01");
    private static final List<String> FIELDS = List.of(
            "nps", "overdueTitles", "ticketsAboveSla", "mrr", "daysToRenewal", "custom.NOTA", "licences", "plan");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e15",
            "1e16",
            "1e-11",
            "1e999999999",
            "-1e-999999999",
            "0.1",
            "100",
            "50",
            "\"\"",
            "\"nps\"",
            "\"custom.NOTA\"",
            "\"senseScore\"",
            "\"rising\"",
            "\"daily\"",
            "\"UTC\"",
            "\"23:59\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[[0, 0], [1, 100]]",
            "[1, 2]",
            "{\"numeric\": [\">\", 1]}",
            "{\"name\": \"x\", \"field\": \"mrr\", \"weight\": 3, \"points\": [[0, 0], [1, 50]]}");

    @Property(tries = 2_000)
    void itIsRefusedWithAPointerOrGivesADefinedScoreForEveryClient(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int mutations) {
        Random random = new Random(seed);
        JsonNode json = Json.parse(ConfigurationCheckTest.EXAMPLE);
        for (int i = 0; i < mutations; i++) {
            mutate(json, random);
        }
        switch (ConfigurationCheck.check(json.toString().getBytes(StandardCharsets.UTF_8))) {
            case Result.Rejected(List<Problem> problems, var _) -> {
                assertThat(problems).isNotEmpty();
                assertThat(problems)
                        .allSatisfy(problem -> assertThat(json.at(JsonPointer.compile(problem.pointer()))
                                        .isMissingNode())
                                .as("%s is in %s", problem, json)
                                .isFalse());
            }
            case Result.Accepted accepted -> {
                for (int i = 0; i < 5; i++) {
                    evaluate(accepted.configuration(), random);
                }
            }
        }
    }

    private static void evaluate(Configuration configuration, Random random) {
        Map<String, Timeline> fields = new TreeMap<>();
        for (String field : FIELDS) {
            if (random.nextBoolean()) {
                fields.put(field, Timeline.constant(DAY, value(field, random)));
            }
        }
        Configuration.Active active = new Configuration.Active(0, null, configuration);
        Client client = Client.unknown("c")
                .uploaded(DAY, Map.of("t", new Client.Facet(1, "u", fields)), active, new Cause.Daily())
                .client();
        boolean data = configuration.scoring().indicators().stream()
                .anyMatch(indicator -> client.shown(DAY).get(indicator.field()) instanceof Value.Number);
        BigDecimal score = client.scores().senseScore().value();
        assertThat(score != null).isEqualTo(data);
        if (score != null) {
            assertThat(score).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
            assertThat(client.scores().senseScore().band()).isNotNull();
            assertThat(client.scores().senseScore().coverage()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
        }
        assertThat(client.recalculated(DAY.plusDays(1), new BigDecimal("12.50"), active, new Cause.Daily())
                        .client()
                        .standing()
                        .situation())
                .isNotNull();
    }

    private static Value value(String field, Random random) {
        return switch (field) {
            case "plan" -> new Value.Text("Premium");
            case "daysToRenewal" -> new Value.Countdown(DAY.plusDays(random.nextInt(800) - 400));
            default ->
                new Value.Number(BigDecimal.valueOf(
                        random.nextLong(-999_999_999_999_999L, 999_999_999_999_999L), random.nextInt(10)));
        };
    }

    private static void mutate(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = Json.parse(VALUES.get(random.nextInt(VALUES.size())));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() || random.nextInt(6) == 0
                    ? "other" + random.nextInt(3)
                    : names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (container instanceof ArrayNode array) {
            int place = random.nextInt(array.size() + 1);
            if (place == array.size()) {
                array.add(value);
            } else if (random.nextInt(4) == 0) {
                array.remove(place);
            } else {
                array.set(place, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
