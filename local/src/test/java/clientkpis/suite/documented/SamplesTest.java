package clientkpis.suite.documented;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The events in `events/samples` are what Lambda passes to the handlers, which accept them with only the names of
/// tenants and objects replaced.
class SamplesTest {
    private static final Path SAMPLES = Suite.ROOT.resolve("events/samples");
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final String CLIENT = "00.038.166/0001-05";

    @RegisterExtension
    static final Suite suite = Suite.start();

    private static Company acme;
    private static JsonNode uploaded;

    /// The samples' tenant, with a contract, recalculated at the samples' day.
    @BeforeAll
    static void start() {
        acme = suite.named("acme");
        acme.upload(
                DAY.atTime(7, 0),
                "contracts/contratos.csv",
                "client_id;contract_id;model;value;status",
                CLIENT + ";k1;MRR;10,00;Ativo");
        suite.settle();
        suite.recalculate(DAY);
        uploaded = acme.notifications("uploads").getFirst();
    }

    private static JsonNode sample(String name) {
        return Json.parse(Suite.text(SAMPLES.resolve(name + ".json")));
    }

    private static JsonNode body(JsonNode event) {
        return Json.parse(event.at("/Records/0/body").asText());
    }

    /// A sample whose message is about something else.
    private static String with(JsonNode sample, Consumer<JsonNode> change) {
        JsonNode body = body(sample);
        change.accept(body);
        ((ObjectNode) sample.at("/Records/0")).put("body", body.toString());
        return sample.toString();
    }

    private static void assertDone(String answer) {
        assertThat(Json.parse(answer)).isEqualTo(Json.parse("{\"batchItemFailures\":[]}"));
    }

    @Test
    void everyTriggerHasASample() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrder(
                            "configuration.json",
                            "daily-tenant.json",
                            "daily.json",
                            "erasure.json",
                            "family.json",
                            "intake.json",
                            "maturity.json",
                            "refresh.json",
                            "rehearsal.json",
                            "report.json",
                            "score.json",
                            "situation.json",
                            "survey.json");
        }
    }

    @Test
    void theNotificationsOfTheLocalCloudHaveTheShapeOfTheSamples() {
        assertThat(paths("", uploaded)).isEqualTo(paths("", body(sample("intake"))));
        assertThat(paths("", Json.parse(acme.parts("contracts").getFirst())))
                .isEqualTo(paths("", body(sample("family"))));
    }

    @Test
    void configurationActivatesTheObjectThatItsEventNames() {
        put("configuration/acme.json", "{\"senseScore\": {\"bands\": {\"green\": 80}}}");

        assertDone(suite.invoke("configurationFunction", with(sample("configuration"), SamplesTest::newest)));
        suite.settle();

        assertThat(acme.events("ConfigurationActivated")).isNotEmpty();
    }

    @Test
    void erasureErasesTheClientsOfTheObjectThatItsEventNames() {
        put("erasures/acme/lgpd-2026-09.csv", "client_id\nnobody\n");
        suite.settle();
        JsonNode notification = acme.notifications("erasures").getFirst();
        assertThat(paths("", notification)).isEqualTo(paths("", body(sample("erasure"))));

        assertDone(suite.invoke("erasureFunction", with(sample("erasure"), SamplesTest::newest)));
        suite.settle();

        assertThat(acme.events("ErasureCompleted")).isNotEmpty();
        assertThat(acme.keys("erasures/")).isEmpty();
    }

    @Test
    void rehearsalTriesTheCandidateOfTheObjectThatItsEventNames() {
        put("rehearsals/acme/mais-peso-uso.json", "{}");
        suite.settle();
        JsonNode notification = acme.notifications("rehearsals").getFirst();
        assertThat(paths("", notification)).isEqualTo(paths("", body(sample("rehearsal"))));

        assertDone(suite.invoke("rehearsalFunction", with(sample("rehearsal"), SamplesTest::newest)));
        suite.settle();

        assertThat(acme.events("RehearsalCompleted")).isNotEmpty();
    }

    @Test
    void maturityAssessesThePartThatItsEventNames() {
        acme.upload(DAY.atTime(13, 0), "maturity/csmi.csv", "item;nivel", "turnover;4");
        suite.settle();
        JsonNode part = Json.parse(acme.parts("maturity").getFirst());

        assertDone(suite.invoke(
                "maturityFunction", with(sample("maturity"), body -> ((ObjectNode) body).setAll((ObjectNode) part))));
        suite.settle();

        assertThat(acme.events("MaturityAssessed")).hasSize(1);
    }

    @Test
    void reportReportsTheDayThatItsEventNames() {
        assertDone(suite.invoke("reportFunction", sample("report").toString()));

        assertThat(acme.keys("reports/"))
                .contains("reports/acme/2026-09-10/index.html", "reports/acme/latest/index.html");
        assertThat(new String(acme.object("exports/acme/2026-09-10/csv/clients.csv"), StandardCharsets.UTF_8))
                .contains(CLIENT)
                .startsWith("tenant,clientId,asOf,");
    }

    @Test
    void aListThatWasDoneAndIsGoneIsDone() {
        JsonNode gone = sample("erasure");

        assertDone(suite.invoke("erasureFunction", gone.toString()));
        assertDone(suite.invoke("erasureFunction", with(gone, SamplesTest::newest)));
    }

    private static void put(String key, String text) {
        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key(key), software.amazon.awssdk.core.sync.RequestBody.fromString(text));
        suite.clock(DAY.atTime(12, 0));
    }

    /// The version that the sample names does not exist.
    private static void newest(JsonNode body) {
        ((ObjectNode) body.at("/detail/object")).remove("version-id");
    }

    @Test
    void intakeReadsTheObjectThatItsEventNames() {
        String answer = suite.invoke("intakeFunction", with(sample("intake"), body -> {
            ObjectNode object = (ObjectNode) body.at("/detail/object");
            object.put("key", uploaded.at("/detail/object/key").asText());
            // Otherwise it is another event of a version that has arrived.
            object.remove("version-id");
        }));
        suite.settle();

        assertDone(answer);
        assertThat(acme.receipts().values())
                .filteredOn(receipt -> receipt.path("upload").asText().startsWith("20260910T120001-"))
                .singleElement()
                .satisfies(receipt ->
                        assertThat(receipt.at("/rows/unchanged").asInt()).isEqualTo(1));
    }

    @Test
    void aFamilyAppliesThePartThatItsMessageNames() {
        ObjectNode part = (ObjectNode) Json.parse(acme.parts("contracts").getFirst());

        assertDone(suite.invoke("contractsFunction", with(sample("family"), body -> ((ObjectNode) body).setAll(part))));
        suite.settle();
    }

    @Test
    void aMessageThatFailsIsNamedSoThatOnlyItIsRedelivered() {
        JsonNode event = sample("family");
        String id = event.at("/Records/0/messageId").asText();
        String broken = with(event, body -> ((ObjectNode) body).put("tenant", "Not a tenant"));

        assertThat(Json.parse(suite.invoke("contractsFunction", broken)))
                .isEqualTo(Json.object()
                        .set("batchItemFailures", Json.array().add(Json.object().put("itemIdentifier", id))));
    }

    @Test
    void scoreTakesOverTheTimelines() {
        assertDone(suite.invoke("scoreFunction", sample("score").toString()));
        suite.settle();

        Client client = acme.stored(CLIENT);
        assertThat(client.values(Objects.requireNonNull(client.asOf())))
                .containsEntry("tcv", new Value.Number(new BigDecimal("1250.00")));
        assertThat(acme.client(CLIENT).get("fields").m().get("overdueTitles").n())
                .isEqualTo("0");
    }

    @Test
    void surveyAndRefreshTakeSegments() {
        assertDone(suite.invoke("surveyFunction", sample("survey").toString()));
        assertDone(suite.invoke("refreshFunction", sample("refresh").toString()));
        suite.settle();
    }

    @Test
    void dailyStartsTheDayOfItsScheduledTime() {
        Company other = suite.another();
        other.upload(
                DAY.atTime(5, 0), "contracts/c.csv", "client_id;contract_id;model;value;status", "c;k;MRR;1,00;Ativo");
        suite.settle();

        assertThat(Json.parse(suite.invoke("dailyFunction", sample("daily").toString()))
                        .path("tenants")
                        .asInt())
                .isEqualTo((int) suite.items("Tenants").stream()
                        .filter(item -> Tenant.isAllowed(item.get("tenant").s()))
                        .count());
        suite.settle();

        assertThat(other.events("RecalculationCompleted"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("day").asText()).isEqualTo("2026-09-10"));
    }

    @Test
    void dailyPlansTheTenantOfItsMessage() {
        assertDone(suite.invoke("dailyFunction", sample("daily-tenant").toString()));
        suite.settle();
    }

    @Test
    void situationPublishesTheChangeOfItsRecord() {
        JsonNode event = sample("situation");
        JsonNode change =
                Json.parse(event.at("/Records/0/dynamodb/NewImage/detail/S").asText());

        assertDone(suite.invoke("situationFunction", event.toString()));
        suite.settle();

        assertThat(acme.events("SituationChanged")).containsExactly(change);
    }

    /// Every path that leads to a value.
    private static Set<String> paths(String from, JsonNode node) {
        Set<String> paths = new TreeSet<>();
        if (node.isContainerNode()) {
            node.properties().forEach(entry -> paths.addAll(paths(from + "/" + entry.getKey(), entry.getValue())));
            node.forEach(element -> {
                if (node.isArray()) {
                    paths.addAll(paths(from + "/*", element));
                }
            });
        } else {
            paths.add(from);
        }
        return paths;
    }
}
