package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What becomes of an object in `rehearsals/`. What a rehearsal says is a matter of `kpis rehearse`, which says the
/// same.
class RehearsalTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final LocalDateTime ASKED = DAY.plusDays(2).atTime(9, 0);

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;

    @BeforeEach
    void twoDays() {
        company = suite.company();
        company.upload(DAY.atTime(8, 0), "clients/c.csv", "client_id;name", "c1;Padaria", "c2;Bar");
        suite.settle();
    }

    private void recalculated() {
        suite.recalculate(DAY);
        suite.recalculate(DAY.plusDays(1));
    }

    private void rehearse(LocalDateTime time, String name, String json) {
        company.rehearse(time, name, json);
        suite.settle();
    }

    private JsonNode rejected() {
        assertThat(company.events("RehearsalCompleted")).isEmpty();
        List<JsonNode> events = company.events("RehearsalRejected");
        assertThat(events).hasSize(1);
        JsonNode event = events.getFirst();
        assertThat(Json.parse(company.object(event.path("receipt").asText()))).isEqualTo(event);
        return event;
    }

    private String folder(String name) {
        return "reports/" + company.tenant() + "/rehearsals/" + name + "/";
    }

    @Test
    void itIsAnsweredWithAPageAResultAndAnEvent() {
        recalculated();
        rehearse(ASKED, "nothing.asked", "{}");

        assertThat(company.events("RehearsalCompleted")).singleElement().satisfies(event -> {
            assertThat(event.path("name").asText()).isEqualTo("nothing.asked");
            assertThat(event.path("from").asText()).isEqualTo(DAY.toString());
            assertThat(event.path("to").asText()).isEqualTo(DAY.plusDays(1).toString());
            assertThat(event.path("clients").asInt()).isEqualTo(2);
            assertThat(event.path("earlier").asInt()).isZero();
            assertThat(event.at("/horizons/0/verdict").asText()).isEqualTo("tooShort");
            JsonNode result = Json.parse(company.object(event.path("result").asText()));
            Suite.assertFits("rehearsal", result.toString());
            assertThat(result.path("tenant").asText())
                    .isEqualTo(company.tenant().name());
            assertThat(new String(company.object(event.path("page").asText()), StandardCharsets.UTF_8))
                    .startsWith("<!doctype html>");
        });
        assertThat(company.events("RehearsalRejected")).isEmpty();
    }

    @Test
    void aMessageThatIsDeliveredAgainChangesNothingAndPublishesTheSame() {
        recalculated();
        rehearse(ASKED, "twice", "{}");
        JsonNode event = company.events("RehearsalCompleted").getFirst();
        byte[] page = company.object(event.path("page").asText());
        long versions = versions();

        suite.recalculate(DAY.plusDays(2));
        suite.send("rehearsalQueue", suite.pending("rehearsals/" + company.tenant() + "/twice.json"));
        suite.settle();

        assertThat(company.events("RehearsalCompleted")).containsExactly(event, event);
        assertThat(company.object(event.path("page").asText())).isEqualTo(page);
        assertThat(versions()).isEqualTo(versions);
    }

    private long versions() {
        return suite
                .s3
                .listObjectVersionsPaginator(
                        list -> list.bucket(suite.bucket()).prefix("reports/" + company.tenant() + "/rehearsals/"))
                .versions()
                .stream()
                .count();
    }

    @Test
    void aNewerOneOfTheSameNameTakesItsPlaceAndAnOlderOneDoesNot() {
        recalculated();
        rehearse(ASKED, "name", "{}");
        String older = suite.pending("rehearsals/" + company.tenant() + "/name.json");
        rehearse(ASKED.plusHours(1), "name", "{\"horizons\": [7]}");
        byte[] newer = company.object(folder("name") + "result.json");
        assertThat(Json.parse(newer).at("/backtest/horizons/0/days").asInt()).isEqualTo(7);
        assertThat(Json.parse(newer).path("earlier").asInt()).isEqualTo(1);

        suite.send("rehearsalQueue", older);
        suite.settle();

        assertThat(company.object(folder("name") + "result.json")).isEqualTo(newer);
        assertThat(company.events("RehearsalCompleted")).hasSize(2);
    }

    @Test
    void itBeginsWhereItIsAskedTo() {
        recalculated();
        rehearse(ASKED, "late", "{\"since\": \"" + DAY.plusDays(1) + "\"}");

        assertThat(company.events("RehearsalCompleted").getFirst().path("from").asText())
                .isEqualTo(DAY.plusDays(1).toString());
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        recalculated();
        rehearse(
                ASKED,
                "wrong",
                "{\"wat\": 1, \"since\": \"ontem\", \"horizons\": [30, 30], \"candidate\": {\"senseScore\": {\"bands\":"
                        + " {\"yellow\": 80, \"green\": 75}}}}");

        JsonNode event = rejected();
        assertThat(event.path("reason").asText()).isEqualTo("invalid");
        assertThat(event.path("problems").findValuesAsText("pointer"))
                .containsExactly("/wat", "/candidate/senseScore/bands", "/since", "/horizons");
    }

    @Test
    void aDayBeforeTheFirstExportIsNotRebuilt() {
        recalculated();
        rehearse(ASKED, "early", "{\"since\": \"2026-08-01\"}");

        JsonNode problem = rejected().at("/problems/0");
        assertThat(problem.path("pointer").asText()).isEqualTo("/since");
        assertThat(problem.path("message").asText()).contains(DAY.toString()).contains("kpis rehearse --since");
    }

    @Test
    void withoutAnExportThereIsNothingToTry() {
        rehearse(ASKED, "soon", "{}");

        assertThat(rejected().path("reason").asText()).isEqualTo("noExports");
    }

    @Test
    void tooMuchIsRejectedWithTheDayThatFits() {
        recalculated();
        suite.dynamo.updateItem(update -> update.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name())))
                .updateExpression("SET clients = :c")
                .expressionAttributeValues(Map.of(":c", AttributeValue.fromN("3000000"))));
        rehearse(ASKED, "large", "{}");

        JsonNode event = rejected();
        assertThat(event.path("reason").asText()).isEqualTo("tooLarge");
        assertThat(event.path("since").asText()).isEqualTo(DAY.plusDays(1).toString());
    }

    @Test
    void anObjectThatIsNoRehearsalIsRejected() {
        List<String> bodies = List.of(
                "",
                "[]",
                "{",
                "{} {}",
                "{\"since\": null}",
                "\u0000",
                "{\"candidate\": {\"recalculateAt\": 1e999999999}}");
        for (int i = 0; i < bodies.size(); i++) {
            rehearse(ASKED.plusMinutes(i), "no-" + i, bodies.get(i));
        }
        rehearse(ASKED.plusMinutes(9), "no such name", "{}");
        assertThat(company.events("RehearsalRejected"))
                .hasSize(bodies.size() + 1)
                .allSatisfy(event -> {
                    assertThat(event.path("reason").asText()).isEqualTo("invalid");
                    assertThat(company.object(event.path("receipt").asText())).isNotEmpty();
                });
        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key("rehearsals/No Tenant/x.json"), RequestBody.fromString("{}"));
        suite.settle();
        assertThat(suite.events())
                .filteredOn(event -> event.at("/detail/object").asText().equals("rehearsals/No Tenant/x.json"))
                .singleElement()
                .satisfies(event -> assertThat(
                                company.object(event.at("/detail/receipt").asText()))
                        .isNotEmpty());
    }

    /// A day that is being exported has some of its shards.
    @Test
    void aDayWithoutAllItsShardsIsLikeTheOneBefore() {
        recalculated();
        suite.recalculate(DAY.plusDays(2));
        String shard = company.keys("exports/" + company.tenant() + "/" + DAY.plusDays(1) + "/clients-")
                .getFirst();
        suite.s3.deleteObject(delete -> delete.bucket(suite.bucket()).key(shard));

        rehearse(ASKED.plusDays(1), "gap", "{}");

        JsonNode event = company.events("RehearsalCompleted").getFirst();
        assertThat(event.path("to").asText()).isEqualTo(DAY.plusDays(2).toString());
        assertThat(event.path("clients").asInt()).isEqualTo(2);
    }
}
