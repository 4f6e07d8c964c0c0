package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clientkpis.cli.output.Results;
import clientkpis.kpi.configuration.Language;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kpis rehearse`.
class RehearseCommandTest {
    private static final Path EXAMPLE = Program.ROOT.resolve("examples/padaria-saas");

    @TempDir
    private Path home;

    private Program.Ended rehearse(Object... arguments) {
        List<String> command = new ArrayList<>(List.of("rehearse"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("--out", home.resolve("out").toString()));
        if (!command.contains("--lang")) {
            command.addAll(List.of("--lang", "en"));
        }
        return Program.execute(command);
    }

    private JsonNode result() throws IOException {
        String text = Files.readString(home.resolve("out/rehearsal.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Program.ROOT.resolve("events/rehearsal.schema.json")))
                        .validate(text, InputFormat.JSON))
                .isEmpty();
        return Results.JSON.readTree(text);
    }

    private Path file(String path, String... lines) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /// At the end of each day; within a day a run may publish more.
    @Test
    void theConfigurationInForceChangesTheSituationsThatTheRunChanged() throws Exception {
        Program.Ended ended = rehearse(EXAMPLE, "--with", file("same.json", "{}"));
        assertThat(ended.exit()).as(ended.printed()).isZero();

        assertThat(changes(result().at("/rehearsal/changes/inForce"))).isEqualTo(published(ExampleRun.get()));
    }

    /// The names that the page has for the clients that it lists.
    private JsonNode names() throws IOException {
        String page = Files.readString(home.resolve("out/index.html"));
        String data = page.replaceAll("(?s).*id=\"data\">([^<]*)<.*", "$1");
        return Results.JSON
                .readTree(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .path("names");
    }

    private static Map<String, Integer> changes(JsonNode all) {
        Map<String, Integer> changes = new TreeMap<>();
        all.forEach(change -> changes.put(
                change.path("from").asText() + ">" + change.path("to").asText(),
                change.path("changes").asInt()));
        return changes;
    }

    private static Map<String, Integer> published(Program run) throws IOException {
        Map<String, TreeMap<String, JsonNode>> lastOfDay = new HashMap<>();
        Map<String, String> before = new HashMap<>();
        List<JsonNode> events = new ArrayList<>(run.events("SituationChanged"));
        events.sort((a, b) ->
                Long.compare(a.path("version").asLong(), b.path("version").asLong()));
        for (JsonNode event : events) {
            String client = event.path("clientId").asText();
            before.putIfAbsent(client, event.path("from").asText());
            lastOfDay
                    .computeIfAbsent(client, id -> new TreeMap<>())
                    .put(event.path("asOf").asText(), event);
        }
        Map<String, Integer> changes = new TreeMap<>();
        lastOfDay.forEach((client, days) -> days.values().forEach(event -> {
            String to = event.path("to").asText();
            String from = String.valueOf(before.put(client, to));
            if (!from.equals(to)) {
                changes.merge(from + ">" + to, 1, Integer::sum);
            }
        }));
        return changes;
    }

    @Test
    void theDaysBeforeTheOnlyFolderAreReconstructedFromItsRows() throws Exception {
        file(
                "exports/2026-06-30/clients.csv",
                "client_id,name,status,registered_on,cancelled_on",
                "stays,A,active,2025-01-01,",
                "left,B,inactive,2025-01-01,2026-06-01",
                "unknown,C,inactive,2025-01-01,");
        file(
                "exports/2026-06-30/contracts.csv",
                "client_id,contract_id,model,value,status,starts_on,ends_on",
                "stays,1,MRR,100,active,2025-01-01,",
                "left,2,MRR,250,inactive,2025-01-01,",
                "unknown,3,MRR,70,inactive,2025-01-01,");
        file(
                "exports/2026-06-30/billing.csv",
                "client_id,title_id,value,issued_on,due_on,paid_on,status",
                "left,t1,250,2026-04-01,2026-04-10,2026-06-20,paid",
                "left,t2,250,2026-04-01,2026-04-11,,open",
                "left,t3,250,2026-04-01,2026-04-12,,open",
                "left,t4,250,2026-03-01,2026-03-12,2026-03-12,paid");

        // More than the days for which rows of usage are kept by default.
        file(
                "exports/2026-06-30/usage.csv",
                "client_id,user_id,used_on,actions",
                "stays,u,2026-02-01,5",
                "stays,u,2026-06-20,5",
                "left,u,2026-02-01,9");
        file("exports/2026-06-30/nps.csv", "client_id,answer_id", "left,1");

        Program.Ended ended = rehearse(home.resolve("exports"), "--since", "2026-01-01");

        assertThat(ended.exit()).as(ended.printed()).isEqualTo(1);
        assertThat(names()).isEqualTo(Results.JSON.readTree("{\"left\": \"B\"}"));
        assertThat(ended.printed())
                .contains("Rejected   uploads/local/nps/nps.csv: columns_missing.")
                .contains("Before 2026-06-30 the days are reconstructed")
                .contains("Customers  1 today; 1 left: 1 cancelled");
        LanguagesTest.assertIn(Language.ENGLISH, ended.printed());
        Program.Ended inPortuguese = rehearse(home.resolve("exports"), "--since", "2026-01-01", "--lang", "pt-BR");
        assertThat(inPortuguese.printed()).contains("1 hoje; 1 saiu: 1 cancelou", "vistos em 1 data");
        LanguagesTest.assertIn(Language.PORTUGUESE, inPortuguese.printed());
        JsonNode result = result();
        assertThat(result.path("kind").asText()).isEqualTo("reconstructed");
        assertThat(result.path("observedFrom").asText()).isEqualTo("2026-06-30");
        assertThat(result.at("/population/dayUnknown").asInt()).isEqualTo(1);
        JsonNode left = result.at("/backtest/cases/0");
        assertThat(left.path("clientId").asText()).isEqualTo("left");
        assertThat(left.path("day").asText()).isEqualTo("2026-06-01");
        assertThat(left.path("mrr").decimalValue()).isEqualByComparingTo("250");
        // Red from the second overdue title on, the day after its due day.
        JsonNode engagement = result.at("/backtest/horizons/0/inForce/indicators/0/missing");
        assertThat(engagement.path("count").asInt()).isZero();
        assertThat(engagement.path("of").asInt()).isEqualTo(8);
        assertThat(left.at("/inForce/alertOn").asText()).isEqualTo("2026-04-12");
    }

    @Test
    void whatIsSetByHandCompletedAndErasedCountsAsInARun() throws Exception {
        file(
                "exports/2026-06-01/clients.csv",
                "client_id,name,status",
                "scored,A,active",
                "judged,B,active",
                "played,C,active",
                "forgotten,D,active");
        file(
                "exports/2026-06-01/billing.csv",
                "client_id,title_id,value,due_on,paid_on",
                "scored,1,10,2026-05-01,",
                "judged,2,10,2026-05-01,",
                "played,3,10,2026-05-01,",
                "forgotten,4,10,2026-05-01,");
        file(
                "exports/2026-06-10/overrides.csv",
                "client_id,field,value",
                "scored,senseScore,12",
                "judged,situation,risk");
        file("exports/2026-06-10/playbooks.csv", "client_id,playbook,completed_on", "played,Onboarding,2026-06-09");
        file("exports/2026-06-10/erasures/list.csv", "client_id", "forgotten");

        Program.Ended ended =
                rehearse(home.resolve("exports"), "--as-of", "2026-06-12", "--with", file("candidate.json", """
                    {"senseScore": {"bands": {"green": 75, "yellow": 50}, "indicators": [
                       {"name": "finance", "field": "overdueTitles", "weight": 1, "points": [[0, 100], [1, 20]]}]},
                     "rules": {"stage": [
                       {"when": {"playbooks": {"Onboarding": [{"exists": true}]}}, "then": "Adoption"}]}}
                    """));

        assertThat(ended.exit()).as(ended.printed()).isZero();
        JsonNode result = result();
        assertThat(result.toString()).doesNotContain("forgotten");
        assertThat(result.at("/population/clients").asInt()).isEqualTo(3);
        // A score set by hand falls to it under both configurations; a situation set by hand holds under neither.
        assertThat(result.at("/rehearsal/situations"))
                .extracting(
                        cell -> cell.path("inForce").asText(),
                        cell -> cell.path("candidate").asText(),
                        cell -> cell.path("clients").asInt())
                .containsExactlyInAnyOrder(tuple("risk", "risk", 1), tuple("neutral", "neutral", 2));
        assertThat(result.at("/rehearsal/moved"))
                .extracting(client -> client.path("clientId").asText())
                .containsExactly("judged", "played");
        assertThat(result.at("/rehearsal/fields/stage"))
                .extracting(Object::toString)
                .containsExactly("{\"candidate\":\"Adoption\",\"clients\":1}");
    }

    @Test
    void aCandidateThatIsWrongIsRejectedWithEachFault() throws Exception {
        Program.Ended ended = rehearse(
                EXAMPLE,
                "--with",
                file("bad.json", "{\"senseScore\": {\"bands\": {\"green\": 10, \"yellow\": 50}}, \"wat\": 1}"));

        assertThat(ended.exit()).as(ended.printed()).isEqualTo(1);
        assertThat(ended.printed()).isEqualTo("""
            The candidate %s cannot be used:
              /wat: There is no such name. The names here are $schema, language, currency, timeZone, recalculateAt, numberFormat, dateFormat, columns, read, sources, clientIds, senseScore, rules, situation, uploads, report.
            """.formatted(home.resolve("bad.json")));
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void wrongUsageSaysWhatToDo() throws Exception {
        assertThat(rehearse(EXAMPLE, "--horizons", "30,30"))
                .isEqualTo(new Program.Ended(
                        2, "kpis: Give --horizons different numbers of days from 1 to 365, such as 30,60,90.\n"));
        assertThat(rehearse(EXAMPLE, "--since", "2026-09-01"))
                .isEqualTo(new Program.Ended(
                        2,
                        "kpis: --since 2026-09-01 is not before the first day with exports, 2026-09-01. "
                                + "Leave it out, or give an earlier one.\n"));
        assertThat(rehearse(EXAMPLE, "--since", "1800-01-01").printed()).contains("more than 3630 days before");
        assertThat(rehearse(home.resolve("none")).exit()).isEqualTo(2);
    }
}
