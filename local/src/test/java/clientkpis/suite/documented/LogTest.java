package clientkpis.suite.documented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Request;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import clientkpis.upload.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// What the functions log while a person's data is everywhere an uploader can write it, requests fail and messages are
/// broken: each line names the tenant and the upload or day that it is about, and none identifies the person.
///
/// One file, because one run of the suite, with everything that may go wrong, is what all tests look at.
class LogTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final String CPF = "529.982.247-25";
    private static final String PERSON = "Maria da Conceição Silva";

    /// Parts of the person's data, as they may survive a change of form.
    private static final List<String> PERSONAL = List.of(
            "529.982", "529982247", "529-982-247", "maria", "concei", "silva", "@exemplo", "98765-4321", "aspas");

    /// What the local cloud itself logs about a function.
    private static final String OF_THE_CLOUD =
            "\\w+ failed \\d+ (of \\d+ messages|records of the stream) of \\w+|\\w+Function [0-9a-f-]{36} (?s:.*)";

    /// So few that no message is given up because of them.
    private static final int FAULTS_A_FUNCTION = 3;

    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static final Map<String, AtomicInteger> FAULTS = new ConcurrentHashMap<>();
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    @RegisterExtension
    static final Suite suite = Suite.logged(LOG::add, LogTest::fault);

    private static Company company;
    private static List<JsonNode> lines;

    @BeforeAll
    static void replay() throws Exception {
        company = suite.company();
        goodAndPartlyBadUploads();
        suite.settle();
        uploadsThatAreRejected();
        suite.settle();
        configurations();
        suite.settle();
        suite.recalculate(DAY);
        suite.recalculate(DAY.plusDays(1));
        // The sweep is at 4 o'clock UTC.
        suite.tick(DAY.plusDays(2).atTime(1, 0));
        rehearsals();
        erasures();
        suite.settle();
        brokenMessages();
        suite.cloud().settle(Duration.ofSeconds(60));
        assertThat(suite.cloud().deadLetters())
                .as("broken messages are given up")
                .isNotEmpty();
        brokenEvents();
        lines = LOG.stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .toList();
    }

    /// The first requests of each function that fail are of different kinds.
    private static Fault fault(Request request) {
        boolean first = FAILED.add(request.function() + " " + request.operation());
        return first
                        && FAULTS.computeIfAbsent(request.function(), f -> new AtomicInteger())
                                        .getAndIncrement()
                                < FAULTS_A_FUNCTION
                ? Fault.BEFORE
                : Fault.NONE;
    }

    private static void goodAndPartlyBadUploads() {
        company.upload(
                DAY.atTime(8, 0),
                "clients/" + PERSON + " " + CPF + ".csv",
                "client_id;name;cs;status",
                CPF + ";\"" + PERSON + " \"\"Aspas\"\"\nfilha\";" + PERSON + ";Ativo",
                ";" + PERSON + ";;");
        company.upload(
                DAY.atTime(8, 1),
                "contacts/" + CPF + ".csv",
                "client_id;contact_id;name;email;phone;role;active",
                CPF + ";k1;" + PERSON + ";maria.silva@exemplo.com.br;+55 11 98765-4321;sponsor;sim",
                CPF + ";k2;" + PERSON + ";maria.silva@exemplo.com.br;+55 11 98765-4321;sponsor;talvez " + PERSON);
        company.upload(
                DAY.atTime(8, 2),
                "billing/b.csv",
                "client_id;title_id;value;due_on;" + PERSON,
                CPF + ";t1;10,00;2026-08-01;x",
                CPF + ";t2;10,00;2026-08-01;x",
                CPF + ";t3;10,00;2026-08-01;x",
                CPF + ";t4;" + PERSON + ";" + CPF + ";x");
        company.upload(
                DAY.atTime(8, 3),
                "usage/u.jsonl",
                "{\"client_id\": \"" + CPF + "\", \"user_id\": \"" + PERSON
                        + "\", \"used_on\": \"2026-08-30\", \"actions\": 4}",
                "{\"client_id\": \"" + CPF + "\", \"user_id\": \"" + PERSON + "\", \"used_on\": \"" + PERSON
                        + "\", \"actions\": 4}");
        company.upload(DAY.atTime(8, 4), "support/s.csv", "client_id;ticket_id;sla_on", "52998224725;s1;2026-08-01");
        company.upload(
                DAY.atTime(8, 5),
                "overrides/o.csv",
                "client_id;field;value;reason;author",
                CPF + ";situation;risco;" + PERSON + " ligou;" + PERSON,
                CPF + ";" + PERSON + ";risco;" + PERSON + ";");
        company.upload(
                DAY.atTime(8, 6), "maturity/m.csv", "item;nivel;evidencia", "turnover;4;" + PERSON, PERSON + ";1;");
        company.upload(
                DAY.atTime(8, 7),
                "playbooks/p.csv",
                "client_id;playbook;completed_on",
                CPF + ";Boas-vindas;2026-08-01");
        company.upload(
                DAY.atTime(8, 8),
                "contracts/c.csv",
                "client_id;contract_id;model;value;status",
                CPF + ";k;MRR;100;Ativo");
        company.upload(DAY.atTime(8, 9), "nps/n.csv", "client_id;answer_id;score;answered_on", CPF + ";a;1;2026-08-01");
        company.upload(DAY.atTime(8, 10), "activities/a.csv", "client_id;activity_id;due_on", CPF + ";v;2026-08-01");
        company.upload(DAY.atTime(8, 11), "aliases/a.csv", "client_id;alias;system", CPF + ";also " + PERSON + ";x");
    }

    private static void uploadsThatAreRejected() {
        company.upload(
                DAY.atTime(9, 0), "billing/Silva.csv.gz", (PERSON + " is not gzip").getBytes(StandardCharsets.UTF_8));
        company.upload(DAY.atTime(9, 1), "billing/quote.csv", "client_id;title_id;value;due_on", CPF + ";\"" + PERSON);
        company.upload(DAY.atTime(9, 2), "billing/columns.csv", PERSON + ";" + CPF, "1;2");
        company.upload(DAY.atTime(9, 3), "usage/broken.jsonl", "{\"client_id\": \"" + CPF + "\", \"" + PERSON);
        company.upload(DAY.atTime(9, 4), PERSON + "/x.csv", "client_id", CPF);
        company.upload(
                DAY.atTime(9, 5),
                "billing/snapshot/Maria.csv",
                "client_id;title_id;value;due_on",
                CPF + ";t9;1;2026-08-01");
        put("uploads/" + PERSON + "/clients/x.csv", CPF);
        put("uploads/52998224725", PERSON);
    }

    private static void configurations() {
        company.configure(DAY.atTime(10, 0), "{\"senseScore\": {\"" + PERSON + "\": \"" + CPF + "\"}}");
        suite.settle();
        company.configure(DAY.atTime(10, 1), "{\"" + PERSON);
        suite.settle();
        company.configure(DAY.atTime(10, 2), """
            {"senseScore": {"indicators": [
              {"name": "finance", "field": "overdueTitles", "weight": 1, "points": [[0, 100], [1, 0]]}]}}
            """);
        put("configuration/" + PERSON + ".json", "{}");
        put("configuration/52998224725/x.json", "{}");
    }

    private static void rehearsals() {
        company.rehearse(DAY.plusDays(2).atTime(8, 0), "Maria-Silva", "{}");
        company.rehearse(DAY.plusDays(2).atTime(8, 1), "candidate", "{\"since\": \"" + PERSON + "\"}");
        company.rehearse(DAY.plusDays(2).atTime(8, 2), PERSON, CPF);
        put("rehearsals/52998224725", PERSON);
        suite.settle();
    }

    private static void erasures() {
        company.erase(DAY.plusDays(2).atTime(9, 0), PERSON + ".csv", "nome;idade", PERSON + ";" + CPF);
        company.erase(DAY.plusDays(2).atTime(9, 1), "lista.csv", "client_id", CPF);
        put("erasures/52998224725", PERSON);
    }

    /// Sends to every queue a message that is not JSON, one that names a person where a tenant or an upload should be,
    /// one about a part that does not exist, and one whose content cannot be read.
    private static void brokenMessages() {
        String tenant = company.tenant().name();
        String part = "parts/" + tenant + "/billing/" + PERSON.replace(' ', '-') + "/1/00000.jsonl.gz";
        put(part, "{\"" + PERSON);
        for (String queue : List.of(
                "intakeQueue",
                "billingQueue",
                "scoreQueue",
                "dailyQueue",
                "surveyQueue",
                "refreshQueue",
                "reportQueue",
                "configurationQueue",
                "erasureQueue",
                "maturityQueue")) {
            suite.send(queue, "{\"tenant\": \"" + PERSON + CPF);
            suite.send(
                    queue,
                    Json.text(Json.object()
                            .put("tenant", PERSON)
                            .put("upload", PERSON)
                            .put("day", CPF)));
            suite.send(
                    queue,
                    Json.text(Json.object()
                            .set(
                                    "detail",
                                    Json.object()
                                            .put("tenant", PERSON)
                                            .put("upload", CPF)
                                            .put("day", PERSON))));
            suite.send(
                    queue,
                    Json.text(Json.object()
                            .put("time", PERSON)
                            .set(
                                    "detail",
                                    Json.object()
                                            .set(
                                                    "object",
                                                    Json.object()
                                                            .put("key", part)
                                                            .put("sequencer", CPF)))));
            suite.send(
                    queue,
                    "{\"tenant\": \"%s\", \"day\": \"2026-09-01\", \"table\": \"billing\", \"order\": \"%s\", \"clients\": [{\"id\": \"%s\", \"t\": \"%s\"}]}"
                            .formatted(tenant, PERSON, CPF, PERSON));
        }
    }

    private static void brokenEvents() {
        Map.of("dailyFunction", "{\"scheduledTime\": \"" + PERSON + "\"}", "situationFunction", "{\"" + PERSON)
                .forEach((function, event) -> assertThatThrownBy(() -> suite.invoke(function, event))
                        .hasMessageContaining("The invocation failed"));
        String change =
                "{\"Records\": [{\"dynamodb\": {\"SequenceNumber\": \"1\", \"NewImage\": {\"detail\": {\"S\": \""
                        + PERSON + "\"}}}}]}";
        // Its first request to the dead-letter queue fails.
        assertThatThrownBy(() -> suite.invoke("situationFunction", change))
                .hasMessageContaining("The invocation failed");
        assertThat(suite.invoke("situationFunction", change)).contains("\"batchItemFailures\":[]");
    }

    private static void put(String key, String text) {
        suite.s3.putObject(p -> p.bucket(suite.bucket()).key(key), RequestBody.fromString(text));
    }

    private static String function(JsonNode line) {
        return line.path("function").asText().replace("client-kpis-", "");
    }

    private static List<JsonNode> lines(String message) {
        List<JsonNode> found = lines.stream()
                .filter(line -> line.path("message").asText().equals(message))
                .toList();
        assertThat(found).as(message).isNotEmpty();
        return found;
    }

    @Test
    void noLineNamesAPersonNorAClient() {
        assertThat(LOG)
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(PERSONAL)
                        .as(line)
                        .noneMatch(part -> line.toLowerCase(Locale.ROOT).contains(part)));
    }

    @Test
    void everyLineIsOneJsonObjectWithItsRequestAndFunction() {
        assertThat(LOG).allSatisfy(line -> {
            if (line.matches(OF_THE_CLOUD)) {
                return;
            }
            JsonNode json = Json.parseStrictly(line);
            assertThat(json.path("level").asText()).as(line).isIn("INFO", "WARN", "ERROR");
            assertThat(json.path("requestId").asText()).as(line).matches("[0-9a-f-]{36}");
            assertThat(json.path("function").asText()).as(line).matches("client-kpis-\\w+Function");
            assertThat(json.path("message").asText()).as(line).isNotEmpty();
        });
    }

    @Test
    void everyFunctionLogsWhatItDid() throws IOException {
        try (Stream<Path> folders = Files.list(Suite.ROOT.resolve("functions"))) {
            List<String> functions = folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName() + "function")
                    .toList();
            assertThat(lines)
                    .filteredOn(line -> !line.path("level").asText().equals("ERROR"))
                    .extracting(line -> function(line).toLowerCase(Locale.ROOT))
                    .containsAll(functions);
        }
    }

    @Test
    void everyLineAboutATenantNamesIt() {
        Set<String> ofNone = new HashSet<>();
        lines.stream()
                .filter(line ->
                        !line.path("tenant").asText().equals(company.tenant().name()))
                .forEach(line -> {
                    assertThat(line.has("tenant")).as(line.toString()).isFalse();
                    ofNone.add(line.path("message").asText());
                });

        assertThat(ofNone)
                .containsExactlyInAnyOrder(
                        // of uploads that name no tenant
                        "Rejected an upload",
                        "Ignored an object that is not a tenant's configuration",
                        "Ignored an object that is not a tenant's list of clients to erase",
                        "Rejected an object that is not a tenant's rehearsal",
                        // of messages that name none
                        "Message is not JSON",
                        "Message failed; it will be redelivered",
                        "Messages that failed are redelivered later than they should be",
                        "The invocation failed",
                        "A change of situation was not published; it will be redelivered",
                        "The bus will never accept a change of situation; it is in the dead-letter queue",
                        // of all tenants together
                        "Checked which recalculations are due",
                        "Changes of situation that were published may be published once more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Read an upload",
                "Applied a part",
                "Applied an upload",
                "Rejected an upload",
                "Read an upload and put it in quarantine",
                "Assessed the maturity",
                "Rejected a configuration",
                "Configuration processed",
                "Erased clients",
                "Rejected a list of clients to erase",
                "Rehearsed a configuration",
                "Rejected a rehearsal",
                "Rejected an object that is not a tenant's rehearsal",
                "Ignored an object that is not a tenant's configuration"
            })
    void aLineOfAnUploadSaysWhichByTheBeginningOfItsId(String message) {
        assertThat(lines(message))
                .allSatisfy(line -> assertThat(line.path("upload").asText())
                        .as(line.toString())
                        .matches("202\\d{5}T\\d{6}-[0-9a-f]{10}"));
    }

    @Test
    void theReceiptOfAnUploadIsFoundByItsLine() {
        for (JsonNode line : lines("Applied an upload")) {
            assertThat(company.keys("receipts/%s/%s/%s"
                            .formatted(
                                    line.path("tenant").asText(),
                                    line.path("table").asText(),
                                    line.path("upload").asText())))
                    .as(line.toString())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Evaluated clients",
                "Evaluated clients with a new configuration",
                "Started a recalculation",
                "Surveyed a portfolio",
                "Recalculated a segment",
                "Recalculated a portfolio",
                "Made a report",
                "Published a change of situation"
            })
    void aLineOfARunNamesItsDay(String message) {
        assertThat(lines(message))
                .allSatisfy(line -> assertThat(line.path("day").asText())
                        .as(line.toString())
                        .startsWith("2026-09-0"));
    }

    @Test
    void aLineOfAClientHasAShortHashOfItsId() {
        assertThat(lines("Published a change of situation"))
                .anySatisfy(line -> assertThat(line.path("client").asText()).isEqualTo(Hash.of(CPF, 6)));
    }

    @Test
    void aPartOfAnUploadIsNumbered() {
        assertThat(lines("Applied a part"))
                .allSatisfy(line -> assertThat(line.path("part")).isEqualTo(Json.parse("0")));
    }

    @Test
    void aFailureSaysWhatFailedWhereAndOfWhat() {
        List<JsonNode> failures = lines.stream()
                .filter(line -> line.path("level").asText().equals("ERROR"))
                .toList();

        assertThat(failures)
                .allSatisfy(line -> assertThat(line.path("error").asText())
                        .as(line.toString())
                        .matches("(?s)[\\w.$]+(Exception|Error).* < .*clientkpis.*"));
        assertThat(failures)
                .as("requests that failed, by function")
                .filteredOn(line -> line.has("tenant"))
                .extracting(LogTest::function)
                .contains(
                        "intakeFunction",
                        "billingFunction",
                        "scoreFunction",
                        "dailyFunction",
                        "surveyFunction",
                        "refreshFunction",
                        "reportFunction",
                        "configurationFunction",
                        "erasureFunction",
                        "maturityFunction");
        assertThat(failures)
                .as("of a part that could not be read")
                .filteredOn(line -> function(line).equals("billingFunction") && line.has("part"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("table").asText()).isEqualTo("billing"));
    }

    @Test
    void aMessageThatScoreCannotReadFailsAlone() {
        assertThat(lines("Message failed; it will be redelivered"))
                .filteredOn(line -> function(line).equals("scoreFunction"))
                .isNotEmpty();
        assertThat(lines)
                .filteredOn(line -> function(line).equals("scoreFunction"))
                .noneMatch(line -> line.path("message").asText().equals("The invocation failed"));
    }
}
