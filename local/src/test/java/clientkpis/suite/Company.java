package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.message.PartMessage;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.store.UploadLedger;
import clientkpis.upload.Document;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/// One tenant of the suite: what it uploads, and what it finds afterwards.
public final class Company {
    private final Suite suite;
    private final Tenant tenant;

    Company(Suite suite, Tenant tenant) {
        this.suite = suite;
        this.tenant = tenant;
    }

    public Tenant tenant() {
        return tenant;
    }

    /// Uploads lines as an object whose event has this time.
    ///
    /// @param path table and name, `contracts/a.csv`
    public void upload(LocalDateTime time, String path, String... lines) {
        upload(time, path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public void upload(LocalDateTime time, String path, byte[] bytes) {
        suite.clock(time);
        String key = "uploads/" + tenant + "/" + path;
        suite.s3.putObject(p -> p.bucket(suite.bucket()).key(key), RequestBody.fromBytes(bytes));
    }

    /// Uploads a list of clients to erase.
    public void erase(LocalDateTime time, String name, String... lines) {
        suite.clock(time);
        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key("erasures/" + tenant + "/" + name),
                RequestBody.fromString(String.join("\n", lines) + "\n"));
    }

    /// Uploads the company's configuration.
    public void configure(LocalDateTime time, String json) {
        suite.clock(time);
        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key("configuration/" + tenant + ".json"), RequestBody.fromString(json));
    }

    /// Asks for a rehearsal.
    public void rehearse(LocalDateTime time, String name, String json) {
        suite.clock(time);
        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key("rehearsals/" + tenant + "/" + name + ".json"),
                RequestBody.fromString(json));
    }

    /// The client table that a day's recalculation exported, by client.
    Map<String, JsonNode> export(LocalDate day) {
        Map<String, JsonNode> clients = new TreeMap<>();
        exported(day).forEach(client -> clients.put(client.path("clientId").asText(), client));
        return clients;
    }

    /// Every line that a day's recalculation exported.
    public List<JsonNode> exported(LocalDate day) {
        List<JsonNode> clients = new ArrayList<>();
        for (String key : keys("exports/%s/%s/clients-".formatted(tenant, day))) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(new ByteArrayInputStream(object(key))), StandardCharsets.UTF_8))) {
                lines.lines().map(Json::parse).forEach(client -> {
                    ((ObjectNode) client).remove("tenant");
                    clients.add(client);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return clients;
    }

    /// The client table of a day, without what depends on the order of uploads: sources and the counter of changes.
    public Map<String, JsonNode> table(LocalDate day) {
        Map<String, JsonNode> clients = export(day);
        clients.values().forEach(client -> ((ObjectNode) client).remove(List.of("sources", "situationVersion")));
        return clients;
    }

    /// The item of a client, as other services read it.
    public Map<String, AttributeValue> client(String clientId) {
        return items("Clients").stream()
                .filter(item -> clientId.equals(Attributes.text(item, "client")))
                .findAny()
                .orElseThrow();
    }

    /// A client with everything that its item packs.
    public Client stored(String clientId) {
        return Objects.requireNonNull(
                suite.clients().read(tenant, List.of(clientId)).get(clientId));
    }

    /// Every stored row of a table: client and key to cells.
    public Map<String, Map<String, String>> rows(String table) {
        List<String> ids = items("Records").stream()
                .filter(item -> item.get("record").s().startsWith(table + "#"))
                .map(item -> item.get("clientId").s())
                .toList();
        Map<String, Map<String, String>> rows = new TreeMap<>();
        RecordStore records = suite.records();
        for (PackedDocument packed : records.read(tenant, table, ids).values()) {
            records.unpack(packed)
                    .document()
                    .rows()
                    .forEach((key, row) -> rows.put(packed.clientId() + " " + key, cells(row)));
        }
        return rows;
    }

    private static Map<String, String> cells(Document.StoredRow stored) {
        Row row = stored.row();
        return new TreeMap<>(row.cells());
    }

    /// This tenant's items of a table.
    public List<Map<String, AttributeValue>> items(String table) {
        return suite.items(table).stream()
                .filter(item -> switch (table) {
                    case "Clients", "Records" -> item.get("shard").s().startsWith(tenant + "#");
                    case "SituationChanges" -> item.get("client").s().startsWith(tenant + "#");
                    default -> item.get("tenant").s().equals(tenant.name());
                })
                .toList();
    }

    /// Everything that is stored about the clients of this tenant: items, rows, changes.
    public Map<String, List<Map<String, AttributeValue>>> state() {
        Map<String, List<Map<String, AttributeValue>>> state = new HashMap<>();
        for (String table : List.of("Clients", "Records", "SituationChanges")) {
            state.put(
                    table,
                    items(table).stream()
                            .sorted(Comparator.comparing(Object::toString))
                            .toList());
        }
        return state;
    }

    /// The receipts by key. Each fits its schema, and its counts add up.
    public Map<String, JsonNode> receipts() {
        Map<String, JsonNode> receipts = new TreeMap<>();
        for (String key : keys("receipts/" + tenant + "/")) {
            if (key.endsWith(".json") && !key.contains("/erasures/") && !key.endsWith("/configuration.json")) {
                receipts.put(key, receipt(key));
            }
        }
        return receipts;
    }

    private JsonNode receipt(String key) {
        String text = new String(object(key), StandardCharsets.UTF_8);
        Suite.assertFits("receipt", text);
        JsonNode receipt = Json.parse(text);
        JsonNode rows = receipt.path("rows");
        if (!rows.isMissingNode()) {
            assertThat(rows.path("read").asLong())
                    .as(text)
                    .isEqualTo(rows.path("accepted").asLong()
                            + rows.path("rejected").asLong()
                            + rows.path("repeated").asLong());
        }
        if (receipt.path("status").asText().equals("applied")) {
            assertThat(rows.path("accepted").asLong())
                    .as(text)
                    .isEqualTo(rows.path("stored").asLong()
                            + rows.path("unchanged").asLong()
                            + rows.path("outdated").asLong());
        }
        return receipt;
    }

    /// The only receipt whose object has this path.
    public JsonNode receiptOf(String path) {
        List<JsonNode> found = receipts().values().stream()
                .filter(receipt -> receipt.path("object").asText().equals("uploads/" + tenant + "/" + path))
                .toList();
        assertThat(found).as("receipts of " + path).hasSize(1);
        return found.getFirst();
    }

    /// This tenant's events of one type.
    public List<JsonNode> events(String detailType) {
        return events().filter(event -> event.path("detail-type").asText().equals(detailType))
                .map(event -> event.path("detail"))
                .toList();
    }

    /// Every event that was published for the company, as it is on the bus.
    public Stream<JsonNode> events() {
        return suite.events().stream()
                .filter(event -> event.at("/detail/tenant").asText().equals(tenant.name()));
    }

    /// The messages of the parts of every upload of a table, as they were first sent.
    public List<String> parts(String table) {
        return new UploadLedger(suite.dynamo, suite.cloud().table("Runs"))
                .newest(tenant, table, 1_000)
                .flatMap(entry -> IntStream.range(0, entry.parts())
                        .mapToObj(part -> PartMessage.of(entry, part).text()))
                .toList();
    }

    /// The notifications of this tenant's objects below a folder of the bucket.
    public List<JsonNode> notifications(String kind) {
        return suite.notifications().stream()
                .filter(event -> {
                    String key = event.at("/detail/object/key").asText();
                    return key.startsWith(kind + "/") && key.contains("/" + tenant + "/");
                })
                .toList();
    }

    /// Each recorded change follows the one before of its client, the last one leads to the client's situation, and
    /// exactly the changes to be published were published, each under its own id.
    public void assertChangesAreWhole() {
        Map<String, List<JsonNode>> byClient = new TreeMap<>();
        List<String> published = new ArrayList<>();
        items("SituationChanges").stream()
                .sorted(Comparator.comparingLong(
                        item -> Long.parseLong(item.get("version").n())))
                .forEach(item -> {
                    JsonNode change = Json.parse(item.get("detail").s());
                    byClient.computeIfAbsent(change.path("clientId").asText(), c -> new ArrayList<>())
                            .add(change);
                    if (item.get("published").bool()) {
                        published.add(change.path("id").asText());
                    }
                });
        byClient.forEach((clientId, changes) -> {
            JsonNode before = Json.object();
            for (JsonNode change : changes) {
                assertThat(change.path("version").asLong())
                        .isEqualTo(before.path("version").asLong() + 1);
                assertThat(change.path("from").asText())
                        .isEqualTo(before.path("to").asText());
                assertThat(change.path("to").asText())
                        .isNotEqualTo(change.path("from").asText());
                before = change;
            }
            assertThat(client(clientId).get("fields").m().get("situation").s())
                    .isEqualTo(before.path("to").asText());
        });
        assertThat(events("SituationChanged").stream()
                        .map(detail -> detail.path("id").asText())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(published);
    }

    public byte[] object(String key) {
        return suite.s3.getObjectAsBytes(g -> g.bucket(suite.bucket()).key(key)).asByteArray();
    }

    public List<String> keys(String prefix) {
        return suite.s3.listObjectsV2Paginator(l -> l.bucket(suite.bucket()).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
