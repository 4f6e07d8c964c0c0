package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.client.Client;
import clientkpis.message.ScoreMessage;
import clientkpis.suite.Company;
import clientkpis.suite.SmallPortfolio;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Any event may be delivered twice: nothing changes.
class TwiceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;
    private Map<String, List<Map<String, AttributeValue>>> state;
    private Map<String, JsonNode> receipts;

    /// Everything is uploaded, then a client gets worse, so that there is a change to publish.
    @BeforeEach
    void aPortfolioRecalculated() {
        company = suite.company();
        int second = 0;
        for (var file : SmallPortfolio.ofAllTables().entrySet()) {
            company.upload(MORNING.plusSeconds(second++), file.getKey(), file.getValue());
        }
        suite.settle();
        suite.recalculate(DAY);
        suite.recalculate(DAY.plusDays(10));
        assertThat(company.events("SituationChanged")).isNotEmpty();
        state = company.state();
        receipts = company.receipts();
        suite.cloud().requests().reset();
    }

    private void assertNothingChanged() {
        assertThat(List.of(suite.written("Clients"), suite.written("Records"), suite.written("SituationChanges")))
                .as("items written to Clients, Records, SituationChanges")
                .containsOnly(0L);
        assertThat(company.state()).isEqualTo(state);
        assertThat(company.receipts()).isEqualTo(receipts);
        company.assertChangesAreWhole();
    }

    @Test
    void theEventOfAnUpload() {
        List<JsonNode> uploads = company.notifications("uploads");
        assertThat(uploads).hasSize(SmallPortfolio.ofAllTables().size());
        uploads.forEach(event -> suite.send("intakeQueue", event.toString()));
        suite.settle();

        assertNothingChanged();
    }

    @Test
    void theEventOfAnUploadWhileItIsBeingApplied() {
        company.upload(
                DAY.plusDays(11).atTime(8, 0),
                "contracts/new.csv",
                "client_id;contract_id;model;value;status",
                "c2;k9;MRR;7,00;Ativo");
        String event = suite.pending("uploads/" + company.tenant() + "/contracts/new.csv");
        suite.send("intakeQueue", event);
        suite.send("intakeQueue", event);
        suite.settle();

        assertThat(company.receiptOf("contracts/new.csv").at("/rows/stored").asInt())
                .isEqualTo(1);
        assertThat(company.rows("contracts").get("c2 k9")).containsEntry("value", "7.00");
        assertThat(suite.written("Records")).isEqualTo(1);
        assertThat(suite.written("Clients")).isEqualTo(1);
        assertThat(company.events("UploadApplied").stream()
                        .map(detail -> detail.path("id").asText())
                        .distinct())
                .hasSize(receipts.size() + 1);
    }

    @Test
    void theMessageOfAPart() {
        int sent = 0;
        for (String path : SmallPortfolio.ofAllTables().keySet()) {
            String table = path.split("/", 2)[0];
            for (String message : company.parts(table)) {
                suite.send(table + "Queue", message);
                sent++;
            }
        }
        assertThat(sent).isGreaterThanOrEqualTo(SmallPortfolio.ofAllTables().size());
        suite.settle();

        assertNothingChanged();
        assertThat(suite.cloud().requests().count(request -> request.service().equals("Sqs")))
                .as("messages sent")
                .isZero();
    }

    @Test
    void theMessageToScore() {
        for (Client client : suite.clients()
                .read(company.tenant(), List.of("c1", "c2", "c5"))
                .values()) {
            client.facets()
                    .forEach((table, facet) -> new ScoreMessage(
                                    company.tenant(),
                                    table,
                                    DAY,
                                    "2026-09-10T11:00:00.000Z|" + company.tenant() + "/" + table + "/x.csv|0",
                                    facet.upload(),
                                    Map.of(client.clientId(), facet))
                            .bodies()
                            .forEach(body -> suite.send("scoreQueue", body)));
        }
        suite.settle();

        assertThat(suite.cloud().requests().count(request -> request.function().equals("scoreFunction")))
                .isPositive();
        assertNothingChanged();
    }

    @Test
    void theRecordOfAStreamPublishesTheSameChangeWithTheSameId() {
        Map<String, AttributeValue> item = company.items("SituationChanges").stream()
                .filter(change -> change.get("published").bool())
                .findFirst()
                .orElseThrow();
        String id = Json.parse(item.get("detail").s()).path("id").asText();
        int published = company.events("SituationChanged").size();
        String answer = suite.invoke("situationFunction", streamEvent(item));
        suite.settle();

        assertThat(Json.parse(answer).path("batchItemFailures")).isEmpty();
        List<JsonNode> events = company.events("SituationChanged");
        assertThat(events).hasSize(published + 1);
        assertThat(events.getLast().path("id").asText()).isEqualTo(id);
        assertThat(events).filteredOn(detail -> detail.equals(events.getLast())).hasSize(2);
        assertNothingChanged();
    }

    private static String streamEvent(Map<String, AttributeValue> item) {
        Map<String, Object> image = new HashMap<>();
        item.forEach((name, value) -> image.put(
                name,
                switch (value.type()) {
                    case N -> Map.of("N", value.n());
                    case BOOL -> Map.of("BOOL", value.bool());
                    case B -> Map.of("B", value.b().asByteArray());
                    default -> Map.of("S", value.s());
                }));
        return new JsonMapper()
                .valueToTree(Map.of(
                        "Records",
                        List.of(Map.of(
                                "eventName",
                                "INSERT",
                                "dynamodb",
                                Map.of("SequenceNumber", "100", "NewImage", image)))))
                .toString();
    }
}
