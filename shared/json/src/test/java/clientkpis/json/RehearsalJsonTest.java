package clientkpis.json;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.RandomRehearsal.Shape;
import clientkpis.kpi.rehearsal.Rehearsal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RehearsalJsonTest {
    private static final String TEXT = text("events/rehearsal.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);
    private static final RehearsalJson.Told NOTHING = new RehearsalJson.Told(null, null, null, List.of(), Map.of());
    private static final RehearsalJson.Told ALL = new RehearsalJson.Told(
            "acme",
            "weights",
            3,
            List.of("customFields", "opportunityTrend"),
            Map.of("mrr", LocalDate.parse("2026-01-05"), "nps", LocalDate.parse("2026-02-01")));

    private static final List<String> THREE = List.of("engagementScore", "nps", "overdueTitles");
    private static final List<String> SEVEN = List.of(
            "engagementScore", "nps", "overdueTitles", "tcv", "ticketsAboveSla", "activeUsers", "usersWithActivity");
    private static final List<Integer> ALIKE = List.of(30, 20, 50);

    private static final List<Shape> SHAPES = List.of(
            shape(30, 160, List.of(30, 60, 90), 0, THREE, ALIKE, List.of(), true, false, 999, 0),
            shape(30, 160, List.of(30, 60, 90), 0.01, THREE, ALIKE, ALIKE, true, false, 999, 0),
            shape(1, 1, List.of(30, 60), 0.01, THREE, ALIKE, ALIKE, true, false, 999, 0),
            shape(5, 89, List.of(30, 1), 0.05, THREE, ALIKE, ALIKE, false, false, 999, 40),
            shape(0, 100, List.of(30), 0.05, THREE, ALIKE, ALIKE, false, false, 999, 99),
            shape(
                    60,
                    150,
                    List.of(20, 45),
                    0.04,
                    List.of("nps", "mrr"),
                    List.of(60, 40),
                    List.of(10, 90),
                    true,
                    true,
                    999,
                    149),
            shape(60, 150, List.of(20), 0.04, List.of("nps", "mrr"), List.of(1), List.of(3), true, true, 999, 0),
            shape(60, 120, List.of(20), 0.04, SEVEN, List.of(1, 2, 3, 4, 5, 6, 7), List.of(), false, false, 999, 0),
            shape(250, 200, List.of(20), 0.05, THREE, List.of(80, 10, 10), List.of(10, 10, 80), true, false, 999, 0),
            shape(250, 200, List.of(20), 0.05, THREE, List.of(10, 10, 80), List.of(80, 10, 10), true, true, 999, 0),
            shape(250, 200, List.of(20), 0.05, THREE, List.of(10, 10, 80), List.of(10, 80, 10), false, false, 150, 0));

    private static Shape shape(
            int clients,
            int days,
            List<Integer> horizons,
            double hazard,
            List<String> fields,
            List<Integer> weights,
            List<Integer> candidate,
            boolean hasMrr,
            boolean isByHand,
            int turn,
            int observed) {
        return new Shape(clients, days, horizons, hazard, fields, weights, candidate, hasMrr, isByHand, turn, observed);
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(System.getProperty("clientkpis.root"), file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String golden(String name) {
        return text("shared/json/src/test/resources/clientkpis/json/" + name + ".json");
    }

    @Test
    void everyRehearsalIsOfTheSchemaAndAllOfTheSchemaIsReached() {
        SchemaWalk walk = new SchemaWalk(Json.parse(TEXT));
        List<Shape> shapes = new ArrayList<>(SHAPES);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            shapes.add(small(random));
        }
        for (Shape shape : shapes) {
            for (RehearsalJson.Told told : List.of(NOTHING, ALL)) {
                Rehearsal rehearsal = new RandomRehearsal(shape, random.nextLong()).rehearse(random);
                String json = Json.text(RehearsalJson.write(rehearsal, told));

                assertThat(SCHEMA.validate(json, InputFormat.JSON))
                        .as("%s: %s", shape, json)
                        .isEmpty();
                walk.walk(Json.parse(json));
            }
        }

        Set<String> missed = new TreeSet<>(walk.all());
        missed.removeAll(walk.reached());
        assertThat(missed).isEmpty();
        assertThat(walk.scales())
                .allSatisfy((member, scales) -> assertThat(scales).as(member).containsExactly(scale(member)));
    }

    private static Shape small(Random random) {
        int days = 1 + random.nextInt(150);
        return shape(
                random.nextInt(30),
                days,
                List.of(1 + random.nextInt(90), 91),
                random.nextInt(3) * 0.03,
                random.nextBoolean() ? THREE : SEVEN,
                random.nextBoolean() ? ALIKE : List.of(7),
                List.of(List.of(1, 2, 3), List.of(5), List.<Integer>of()).get(random.nextInt(3)),
                random.nextBoolean(),
                random.nextBoolean(),
                999,
                random.nextInt(days));
    }

    private static int scale(String member) {
        if (member.endsWith("/mrrEffective")) {
            return 1;
        }
        return member.matches(".*/(value|low|high|mrrRecall|capture/.*|auc/properties/(fit|validation)/.*)") ? 4 : 2;
    }

    @Test
    void orderOfClientsDoesNotChangeAByte() {
        for (Shape shape : SHAPES.subList(0, 9)) {
            RandomRehearsal portfolio = new RandomRehearsal(shape, 7);
            byte[] one = Json.bytes(RehearsalJson.write(portfolio.rehearse(new Random(1)), ALL));
            byte[] other = Json.bytes(RehearsalJson.write(portfolio.rehearse(new Random(2)), ALL));

            assertThat(other).isEqualTo(one);
        }
    }

    @Test
    void smallRehearsalAsText() {
        Shape few = shape(
                5,
                75,
                List.of(10, 30),
                0.05,
                List.of("nps", "mrr"),
                List.of(60, 40),
                List.of(10, 90),
                true,
                false,
                999,
                30);

        assertThat(lines(RehearsalJson.write(new RandomRehearsal(few, 12).rehearse(new Random(0)), ALL)))
                .isEqualTo(golden("few"));
    }

    @Test
    void whatIsClaimedAsText() {
        ObjectNode json = RehearsalJson.write(new RandomRehearsal(SHAPES.get(9), 0).rehearse(new Random(0)), NOTHING);

        assertThat(lines(json.at("/backtest/horizons/0/candidate"))).isEqualTo(golden("claimed-candidate"));
        assertThat(lines(json.at("/backtest/horizons/0/comparison"))).isEqualTo(golden("claimed-comparison"));
        assertThat(lines(json.path("suggestion"))).isEqualTo(golden("claimed-suggestion"));
    }

    /// A line per member that has members and per object in an array.
    private static String lines(JsonNode json) {
        return Json.text(json).replaceAll("(?<=[{,])(?=\"\\w+\":[{\\[])|(?<=},)(?=\\{)|$", "\n");
    }
}
