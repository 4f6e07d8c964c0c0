package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.History;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.client.Standing;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import clientkpis.message.ScoreMessage;
import clientkpis.upload.Document;
import clientkpis.upload.Format.NewerFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What earlier code stored is read; what newer code stored waits for newer code. The items in the resources were
/// written by the code of their time, which for some was before there were format numbers.
class FormatTest {
    private static final String CLIENT = "00.038.166/0001-05";
    private static final LocalDate DAY = ClientItemTest.DAY;

    @Test
    void aClientWithoutAFormatIsReadAsItWas() throws IOException {
        assertThat(ClientItem.read(item("client-without-format.json"))).isEqualTo(ClientItemTest.client());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClientOfEachFormatIsReadAsItWas(int format) throws IOException {
        Map<String, AttributeValue> item = item("client-of-format-%d.json".formatted(format));

        assertThat(Attributes.number(item, "format")).isEqualTo(format);
        assertThat(ClientItem.read(item)).isEqualTo(oneThatLeft());
    }

    @Test
    void aDocumentWithoutAFormatIsReadAsItWas() throws IOException {
        Map<String, AttributeValue> item = DocumentItem.checked(item("document-without-format.json"));
        Document document = DocumentItem.read(item, DocumentItem.body(item));
        assertThat(document.clientId()).isEqualTo(CLIENT);
        assertThat(document.version()).isEqualTo(1);
        assertThat(document.gone()).isEqualTo(Document.Gone.NONE);
        assertThat(document.rows()).containsOnlyKeys("t1", "t2");
        assertThat(document.rows().get("t2").row().cells()).containsEntry("paid_on", "2026-09-02");
        assertThat(document.rows().get("t2").upload()).isEqualTo(document.lastUpload());
        assertThat(new PackedDocument(CLIENT, item).memory()).isPositive();
    }

    @Test
    void aNewerClientIsLeftForNewerCode() {
        Map<String, AttributeValue> newer = newer(ClientItem.write(Tenant.of("acme"), ClientItemTest.client()));
        assertThatThrownBy(() -> ClientItem.read(newer))
                .isInstanceOf(NewerFormatException.class)
                .hasMessage("A client has format 3; this code reads formats up to 2");
    }

    @Test
    void aNewerDocumentIsLeftForNewerCode() throws IOException {
        Map<String, AttributeValue> newer = newer(item("document-without-format.json"));
        assertThatThrownBy(() -> DocumentItem.checked(newer)).isInstanceOf(NewerFormatException.class);
    }

    @Test
    void aNewerMessageIsLeftForNewerCode() {
        ObjectNode body = (ObjectNode) Json.parse(new ScoreMessage(
                        Tenant.of("acme"),
                        "billing",
                        LocalDate.of(2026, 9, 30),
                        "order",
                        "upload",
                        ClientItemTest.client().facets())
                .bodies()
                .getFirst());
        assertThat(ScoreMessage.read(body).facets()).hasSize(4);
        body.put("format", body.path("format").asLong() + 1);
        assertThatThrownBy(() -> ScoreMessage.read(body)).isInstanceOf(NewerFormatException.class);
        body.remove("format");
        assertThat(ScoreMessage.read(body).facets()).as("of a version before").hasSize(4);
    }

    /// A client with something in everything that a client can have.
    private static Client oneThatLeft() {
        SenseScore score = new SenseScore(
                new BigDecimal("40.00"),
                Band.YELLOW,
                new BigDecimal("45.00"),
                List.of(
                        new SenseScore.Part(
                                "nps",
                                "nps",
                                BigDecimal.valueOf(20),
                                new BigDecimal("-12.50"),
                                new BigDecimal("43.75"),
                                new BigDecimal("19.44")),
                        new SenseScore.Part("finance", "overdueTitles", BigDecimal.valueOf(25), null, null, null)),
                new SenseScore.Below(new BigDecimal("19.44"), Band.RED));
        Map<String, Client.Facet> facets = Map.of(
                "contracts", new Client.Facet(3, "20260930T040000-0123456789-contratos.csv", false, Map.of()),
                "overrides",
                        new Client.Facet(
                                12,
                                "u",
                                Map.of(
                                        "senseScore",
                                        new Timeline(List.of(
                                                new Timeline.Step(
                                                        DAY.minusDays(1),
                                                        new Value.Manual(
                                                                new Value.Number(new BigDecimal("40.00")),
                                                                "ana",
                                                                "conversa",
                                                                DAY.plusDays(9))),
                                                new Timeline.Step(DAY.plusDays(10), null))),
                                        "renewalOn",
                                        Timeline.constant(
                                                DAY,
                                                new Value.Manual(new Value.Day(DAY.plusDays(400)), null, null, null)))),
                "clients",
                        new Client.Facet(
                                1,
                                "20260930T040000-0123456789-clientes.csv",
                                Map.of(
                                        "name", Timeline.constant(DAY, new Value.Text("Padaria São João")),
                                        "custom.DESCONTO",
                                                Timeline.constant(DAY, new Value.Number(new BigDecimal("-7.50"))))));
        return new Client(
                "00.038.166/0001-05",
                77,
                DAY,
                facets,
                null,
                new Scores(
                        score,
                        SenseScore.NONE,
                        new History(List.of(
                                new History.Point(DAY.minusDays(60), 7524),
                                new History.Point(DAY.minusDays(3), null),
                                new History.Point(DAY, 4000))),
                        new History(List.of(new History.Point(DAY.minusDays(90), -4286)))),
                new Standing(
                        Situation.NEUTRAL,
                        Situation.RISK,
                        9,
                        List.of(
                                new Standing.Transition(DAY.minusDays(60), null, Situation.RISK, "upload"),
                                new Standing.Transition(DAY, Situation.RISK, Situation.NEUTRAL, "override"))),
                Map.of("stage", new Rules.Given(2, "Adoção")),
                5,
                LocalDate.of(2019, 2, 28),
                new Tenure(
                        LocalDate.of(2019, 2, 28),
                        DAY.minusDays(200),
                        new Tenure.Left(DAY.minusDays(9), DAY.minusDays(40), true, DAY.minusDays(9))));
    }

    private static Map<String, AttributeValue> newer(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> newer = new HashMap<>(item);
        newer.put("format", Attributes.number(3));
        return newer;
    }

    private static Map<String, AttributeValue> item(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(FormatTest.class.getResourceAsStream(resource))) {
            return item(Json.parse(in.readAllBytes()));
        }
    }

    private static Map<String, AttributeValue> item(JsonNode json) {
        Map<String, AttributeValue> item = new HashMap<>();
        json.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode json) {
        return switch (json.fieldNames().next()) {
            case "S" -> AttributeValue.fromS(json.path("S").asText());
            case "N" -> AttributeValue.fromN(json.path("N").asText());
            case "B" ->
                Attributes.bytes(Base64.getDecoder().decode(json.path("B").asText()));
            default -> AttributeValue.fromM(item(json.path("M")));
        };
    }
}
