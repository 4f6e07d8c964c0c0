package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.message.ScoreMessage;
import clientkpis.upload.Document;
import clientkpis.upload.Format.NewerFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What earlier code stored is read; what newer code stored waits for newer code. The items in the resources were
/// written before there were format numbers.
class FormatTest {
    private static final String CLIENT = "00.038.166/0001-05";

    @Test
    void aClientWithoutAFormatIsReadAsItWas() throws IOException {
        assertThat(ClientItem.read(item("client-without-format.json"))).isEqualTo(ClientItemTest.client());
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
                .hasMessage("A client has format 2; this code reads formats up to 1");
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

    private static Map<String, AttributeValue> newer(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> newer = new HashMap<>(item);
        newer.put("format", Attributes.number(2));
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
