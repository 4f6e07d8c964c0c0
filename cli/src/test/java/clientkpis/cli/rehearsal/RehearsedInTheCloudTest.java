package clientkpis.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Aws;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.cloud.Replay;
import clientkpis.cli.input.Exports;
import clientkpis.cli.output.Results;
import clientkpis.configuration.check.ConfigurationCheck;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.json.RehearsalJson;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.rehearsal.NotRehearsed;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The function `rehearsal` says of the days that were exported what `kpis rehearse` says of the files of these days.
@Tag("slow")
class RehearsedInTheCloudTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
    private static final int DAYS = 68;
    private static final int CLIENTS = 24;
    private static final List<Integer> HORIZONS = List.of(5, 30);

    @TempDir
    private Path home;

    private static final String CANDIDATE = """
        {"senseScore": {
          "bands": {"green": 70, "yellow": 50},
          "indicators": [
            {"name": "money", "field": "overdueTitles", "weight": 40, "points": [[0, 100], [3, 0]]},
            {"name": "use", "field": "engagementScore", "weight": 40, "points": [[0, 0], [100, 100]]},
            {"name": "end", "field": "daysToRenewal", "weight": 10, "points": [[0, 0], [90, 100]]},
            {"name": "own", "field": "custom.visits", "weight": 10, "points": [[0, 0], [9, 100]]}]},
         "columns": {"clients": {"visits": "custom.visits"}},
         "rules": {"stage": [{"when": {"mrr": [{"numeric": [">", 500]}]}, "then": "Large"}],
                   "plan": [{"when": {"firstMrrOn": [{"exists": true}], "segment": [{"exists": false}]}, "then": "Paid"}]}}
        """;

    @Test
    void itSaysTheSameAsTheCommand() throws IOException {
        Exports exports = exports(new Random(7));
        assertThat(ConfigurationCheck.check(CANDIDATE.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ConfigurationCheck.Result.Accepted.class);
        try (Cloud cloud = new LocalSuite(LocalCloud.start(
                Path.of(System.getProperty("clientkpis.root")).resolve("template.yaml"),
                Options.defaults().withoutHttp(Aws::reach)))) {
            JsonNode candidate = Json.parse(CANDIDATE);
            RehearsedExports command = RehearsedExports.of(
                    cloud,
                    "files",
                    exports,
                    null,
                    HORIZONS,
                    exports.configuration(),
                    ConfigurationJson.read(candidate),
                    (day, done, of) -> {});
            JsonNode expected = RehearsalJson.write(
                    command.rehearsal(),
                    new RehearsalJson.Told(
                            "cloud", "first", 0, NotRehearsed.of(exports.configurationJson(), candidate), Map.of()));

            new Replay(cloud, "cloud").run(exports, (day, done, of) -> {});
            JsonNode first = rehearse(cloud, "first", candidate);
            JsonNode second = rehearse(cloud, "second", candidate);

            assertThat(Results.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(first))
                    .isEqualTo(Results.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected));
            assertThat(first.at("/population/churns").asInt()).isGreaterThan(3);
            assertThat(first.at("/rehearsal/movedClients").asInt()).isGreaterThan(3);
            assertThat(second.path("earlier").asInt()).isEqualTo(1);
            assertThat(((ObjectNode) second).put("name", "first").put("earlier", 0))
                    .isEqualTo(first);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Files.readString(Path.of(System.getProperty("clientkpis.root"))
                                    .resolve("events/rehearsal.schema.json")))
                            .validate(first.toString(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    private JsonNode rehearse(Cloud cloud, String name, JsonNode candidate) throws IOException {
        ObjectNode request = Json.object();
        request.set("candidate", candidate);
        HORIZONS.forEach(request.putArray("horizons")::add);
        Path file = Files.write(home.resolve(name + ".json"), Json.bytes(request));
        cloud.upload("rehearsals/cloud/" + name + ".json", file);
        cloud.settle();
        String folder = "reports/cloud/rehearsals/" + name + "/";
        assertThat(cloud.keys(folder))
                .containsExactly(folder + "index.html", folder + "receipt.json", folder + "result.json");
        try (InputStream in = cloud.open(folder + "result.json")) {
            return Json.parse(in.readAllBytes());
        }
    }

    /// A portfolio of chance: who pays late uses less, and some of these leave.
    private Exports exports(Random random) throws IOException {
        List<LocalDate> leftOn = new ArrayList<>();
        List<Double> health = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            health.add(random.nextDouble());
            leftOn.add(FIRST.plusDays(health.get(i) < 0.4 ? 10 + random.nextInt(DAYS - 10) : 2L * DAYS));
        }
        Path folder = home.resolve("exports");
        for (int day = 0; day < DAYS; day += 5) {
            LocalDate date = FIRST.plusDays(day);
            List<String> clients =
                    new ArrayList<>(List.of("client_id;name;status;cs;registered_on;cancelled_on;visits"));
            List<String> contracts =
                    new ArrayList<>(List.of("client_id;contract_id;model;value;status;starts_on;ends_on"));
            List<String> billing = new ArrayList<>(List.of("client_id;title_id;value;issued_on;due_on;paid_on"));
            List<String> usage = new ArrayList<>(List.of("client_id;user_id;used_on;actions"));
            for (int i = 0; i < CLIENTS; i++) {
                boolean left = !leftOn.get(i).isAfter(date);
                // One is in the table from a later day on, another is gone from the table.
                if ((i == 3 && day < 20) || (i == 5 && day >= 50)) {
                    continue;
                }
                clients.add("c%d;N%d;%s;%s;2025-01-01;%s;%d"
                        .formatted(
                                i,
                                i,
                                left && i % 2 == 0 ? "inactive" : "active",
                                i % 3 == 0 ? "Ana" : "Rui",
                                left && i % 2 == 1 ? leftOn.get(i) : "",
                                random.nextInt(10)));
                contracts.add("c%d;k;MRR;%d,50;%s;2025-01-01;%s"
                        .formatted(
                                i, 100 + 50 * i, left && i % 4 == 0 ? "Cancelado" : "Ativo", FIRST.plusDays(10L * i)));
                boolean pays = random.nextDouble() < health.get(i);
                billing.add("c%d;t%d;10,00;%s;%s;%s"
                        .formatted(i, day, date.minusDays(8), date.minusDays(2), pays ? date.minusDays(1) : ""));
                if (random.nextDouble() < health.get(i)) {
                    usage.add("c%d;u;%s;%d".formatted(i, date, 1 + random.nextInt(20)));
                }
            }
            write(folder.resolve(date + "/clients/snapshot/clients.csv"), clients);
            write(folder.resolve(date + "/contracts/contracts.csv"), contracts);
            write(folder.resolve(date + "/billing/billing.csv"), billing);
            write(folder.resolve(date + "/usage/usage.csv"), usage);
            if (day == 30) {
                write(
                        folder.resolve(date + "/overrides/overrides.csv"),
                        List.of(
                                "client_id;field;value;expires_on",
                                "c1;senseScore;12;" + date.plusDays(6),
                                "c2;situation;risco;",
                                "c4;mrr;999,00;",
                                "c6;renewalOn;" + date.plusDays(20) + ";",
                                "c7;engagementScore;3;"));
            }
        }
        write(
                folder.resolve(FIRST + "/configuration.json"),
                List.of("{\"columns\": {\"clients\": {\"visits\": \"custom.visits\"}}, \"rules\": {\"segment\":"
                        + " [{\"when\": {\"senseScoreBand\": [\"red\"]}, \"then\": \"Rescue\"}]}}"));
        return Exports.read(folder, FIRST.plusDays(DAYS - 1L), FIRST, Tables.load());
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }
}
