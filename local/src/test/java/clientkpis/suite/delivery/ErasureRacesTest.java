package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.local.Options;
import clientkpis.local.invoke.Faults.Fault;
import clientkpis.suite.Company;
import clientkpis.suite.Meanwhile;
import clientkpis.suite.Opened;
import clientkpis.suite.Suite;
import clientkpis.upload.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// Erasures that take many invocations, die on the way, or meet uploads: whoever is listed leaves no trace, and what a
/// newer upload brings stays.
///
/// One file, because all its tests ask the same of a company after an erasure.
@Tag("slow")
class ErasureRacesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final LocalDateTime LIST = DAY.atTime(12, 0);
    private static final String CONTRACTS = "client_id;contract_id;model;value;status";
    private static final String PERSON = "11.204.518/0001-07";
    private static final String FORM = "11204518000107";
    private static final Meanwhile MEANWHILE = new Meanwhile();

    private static Suite suite;

    private Company company;

    /// Erasure has so little time that each invocation does one piece.
    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        String template = Suite.template();
        String hurried = template.replaceFirst("(\n  erasureFunction:(?:\n {4}.*)*?\n {6}Timeout: )\\d+", "$130");
        assertThat(hurried).isNotEqualTo(template);
        suite = Suite.start(
                Files.writeString(folder.resolve("template.yaml"), hurried),
                Options.defaults().withFaults(MEANWHILE));
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @BeforeEach
    void fresh() {
        suite.forgetDeadLetters();
        company = suite.company();
    }

    @AfterEach
    void allHappened() {
        MEANWHILE.assertAllHappened();
    }

    @Test
    void aListOfMoreThanAnInvocationDoesTakesMany() {
        String[] registry = Stream.concat(
                        Stream.of("client_id;name"), IntStream.range(0, 60).mapToObj(i -> id(i) + ";Nome " + i))
                .toArray(String[]::new);
        company.upload(MORNING, "clients/c.csv", registry);
        company.upload(MORNING, "contracts/c.csv", CONTRACTS, "stays;k1;MRR;1,00;Ativo", id(7) + ";k1;MRR;1,00;Ativo");
        suite.settle();
        suite.recalculate(DAY);

        suite.cloud().requests().reset();
        erase(IntStream.range(0, 65).mapToObj(ErasureRacesTest::id).toArray(String[]::new));
        suite.settle();

        JsonNode receipt = receipt();
        assertThat(receipt.path("status").asText()).isEqualTo("erased");
        assertThat(List.of(
                        receipt.path("listed").asInt(),
                        receipt.path("erased").asInt(),
                        receipt.path("notFound").asInt()))
                .containsExactly(65, 60, 5);
        assertThat(originals(receipt)).containsExactlyElementsOf(company.keys("uploads/" + company.tenant() + "/"));
        assertThat(moves()).as("invocations").isGreaterThan(20);
        assertThat(traces("CLI-")).isEmpty();
        assertThat(company.rows("contracts")).containsOnlyKeys("stays k1");
        assertThat(company.events("ErasureCompleted")).hasSize(1);
        assertThat(company.keys("erasures/")).isEmpty();
    }

    /// An erasure dies; before it goes on, a newer upload brings the client, with one row that is new and one that
    /// confirms a row from before.
    @Test
    void anUploadThatIsNewerThanTheListKeepsItsRowsWhenTheErasureIsRepeated() {
        person(MORNING);
        MEANWHILE.before(
                "erasureFunction",
                "TransactWriteItems",
                suite.cloud().table("Records"),
                () -> {
                    company.upload(
                            LIST.plusMinutes(1),
                            "contracts/newer.csv",
                            CONTRACTS,
                            PERSON + ";k1;MRR;1,00;Ativo",
                            PERSON + ";new;MRR;2,00;Ativo");
                    await(() -> company.rows("contracts").containsKey(PERSON + " new"));
                },
                Fault.KILLED);
        erase(PERSON);
        suite.settle();
        suite.recalculate(DAY.plusDays(1));

        assertThat(values()).isEqualTo(Map.of("c1 k1", "1.00", PERSON + " k1", "1.00", PERSON + " new", "2.00"));
        assertThat(company.table(DAY.plusDays(1))).containsOnlyKeys("c1", PERSON);
        JsonNode client = company.table(DAY.plusDays(1)).get(PERSON);
        assertThat(client.path("mrr").asText()).isEqualTo("3.00");
        assertThat(client.has("name")).as("what only an older upload brought").isFalse();
        assertThat(company.receiptOf("contracts/newer.csv")
                        .at("/rows/unchanged")
                        .asInt())
                .isEqualTo(1);
        assertThat(receipt().path("erased").asInt()).isEqualTo(1);
    }

    /// It is applied while the list waits.
    @Test
    void anUploadThatIsAppliedBeforeAnOlderListKeepsItsRows() {
        person(MORNING);
        company.upload(
                LIST.plusMinutes(1),
                "contracts/newer.csv",
                CONTRACTS,
                PERSON + ";k1;MRR;1,00;Ativo",
                PERSON + ";new;MRR;2,00;Ativo");
        suite.settle();
        erase(PERSON);
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "1.00", PERSON + " k1", "1.00", PERSON + " new", "2.00"));
        assertThat(company.client(PERSON).get("fields").m()).containsKey("mrr").doesNotContainKey("name");
        assertThat(traces("Padaria Secreta")).isEmpty();

        suite.cloud().requests().reset();
        erase(LIST.plusMinutes(2), PERSON);
        suite.settle();
        assertThat(traces(PERSON)).isEmpty();
    }

    @Test
    void anUploadThatStandsStillWhenTheListComesIsAppliedWithoutTheClient() {
        person(MORNING);
        MEANWHILE.before(
                "contractsFunction",
                "GetObject",
                "parts/" + company.tenant() + "/contracts/",
                () -> {
                    erase(PERSON);
                    await(() -> !company.keys("receipts/" + company.tenant() + "/erasures/")
                            .isEmpty());
                },
                Fault.BEFORE);
        company.upload(
                MORNING.plusHours(1),
                "contracts/slow.csv",
                CONTRACTS,
                "c1;k2;MRR;5,00;Ativo",
                PERSON + ";k2;MRR;5,00;Ativo");
        suite.settle();

        JsonNode slow = company.receiptOf("contracts/slow.csv");
        assertThat(slow.path("status").asText()).isEqualTo("applied");
        assertThat(slow.at("/rows/stored").asInt()).isEqualTo(1);
        assertThat(slow.at("/rows/outdated").asInt()).isEqualTo(1);
        assertThat(company.events("UploadApplied")).hasSize(3);
        assertThat(values()).isEqualTo(Map.of("c1 k1", "1.00", "c1 k2", "5.00"));
        assertThat(traces(PERSON, FORM)).isEmpty();
    }

    /// What was under way when the list was worked through writes the client once more.
    @Test
    void theSecondLookRemovesWhatWasWrittenMeanwhile() {
        person(MORNING);
        suite.recalculate(DAY);
        List<Map<String, AttributeValue>> records = ofThePerson("Records");
        List<Map<String, AttributeValue>> clients = ofThePerson("Clients");
        List<Map<String, AttributeValue>> changes = company.items("SituationChanges").stream()
                .filter(item -> item.toString().contains(PERSON))
                .toList();
        assertThat(records).hasSizeGreaterThan(3);
        String body = "records/" + company.tenant() + "/contracts/" + Hash.of(PERSON, 32) + "/1-left";
        MEANWHILE.before("erasureFunction", "PutEvents", suite.cloud().bus("Events"), () -> {
            records.forEach(item -> put("Records", item));
            clients.forEach(item -> put("Clients", item));
            changes.forEach(item -> put("SituationChanges", item));
            put(
                    "exports/" + company.tenant() + "/" + DAY + "/clients-07.jsonl.gz",
                    gzip("{\"clientId\":\"" + PERSON + "\"}\n{\"clientId\":\"c1\"}\n"));
            put(
                    "exports/" + company.tenant() + "/" + DAY + "/csv/clients.csv",
                    PERSON.getBytes(StandardCharsets.UTF_8));
            put("reports/" + company.tenant() + "/latest/index.html", PERSON.getBytes(StandardCharsets.UTF_8));
            put(body, PERSON.getBytes(StandardCharsets.UTF_8));
        });
        erase(PERSON);
        suite.settle();

        assertThat(traces(PERSON, FORM)).isEmpty();
        assertThat(company.keys(body)).isEmpty();
        assertThat(company.keys("exports/" + company.tenant() + "/" + DAY + "/clients-07"))
                .hasSize(1);
        assertThat(company.events("ErasureCompleted")).hasSize(1);
    }

    /// A recalculation loses a race for a client who came back.
    @Test
    void aClientWhoCameBackIsExportedWhateverIsWrittenMeanwhile() {
        person(MORNING);
        erase(PERSON);
        suite.settle();
        company.upload(LIST.plusHours(1), "clients/back.csv", "client_id;name", PERSON + ";De volta");
        company.upload(
                LIST.plusHours(1), "billing/b.csv", "client_id;title_id;value;due_on", PERSON + ";t;1,00;2026-09-12");
        suite.settle();
        MEANWHILE.before("refreshFunction", "PutItem", suite.cloud().table("Clients"), () -> {
            String version = company.client(PERSON).get("version").n();
            company.upload(LIST.plusHours(2), "contacts/k.csv", "client_id;contact_id;name", PERSON + ";k;Ana");
            await(() -> !company.client(PERSON).get("version").n().equals(version));
        });
        suite.recalculate(DAY.plusDays(5));
        assertThat(company.table(DAY.plusDays(5))).containsOnlyKeys("c1", PERSON);
    }

    @Test
    void aListOfTheSameNameThatComesMeanwhileIsAnErasureOfItsOwn() {
        person(MORNING);
        MEANWHILE.before(
                "erasureFunction", "PutEvents", suite.cloud().bus("Events"), () -> erase(LIST.plusMinutes(1), "c1"));
        erase(PERSON);
        suite.settle();

        assertThat(company.events("ErasureCompleted")).hasSize(2);
        assertThat(company.items("Clients")).noneMatch(item -> item.containsKey("fields"));
        assertThat(company.keys("erasures/")).isEmpty();
    }

    @Test
    void aMessageThatIsDeliveredAgainDoesNothing() {
        person(MORNING);
        erase(PERSON);
        suite.settle();
        String event = suite.pending("erasures/" + company.tenant() + "/list.csv");
        String order = company.items("Runs").stream()
                .map(item -> item.get("run").s())
                .filter(run -> run.startsWith("erasure#"))
                .findFirst()
                .orElseThrow()
                .substring("erasure#".length());

        suite.cloud().requests().reset();
        suite.send("erasureQueue", event);
        for (int step = 0; step < 30; step++) {
            suite.send(
                    "erasureQueue",
                    Json.text(Json.object()
                            .put("tenant", company.tenant().name())
                            .put("upload", "x")
                            .put("order", order)
                            .put("step", step)));
        }
        suite.settle();
        assertThat(suite.cloud().requests().sent()).isZero();
        assertThat(suite.written("Records") + suite.written("Clients") + suite.written("Runs"))
                .isZero();
    }

    /// Each company's erasure dies once, at another request.
    @Test
    void whereverItDiesTheResultIsTheSame() {
        for (int nth = 1; nth <= 40; nth++) {
            Company one = nth == 1 ? company : suite.another();
            person(one, MORNING);
            suite.settle();
            dieAt(one, 3 * nth);
            one.erase(LIST, "list.csv", "client_id", PERSON);
            suite.settle();
            assertThat(one.items("Clients"))
                    .filteredOn(item -> item.containsKey("fields"))
                    .hasSize(1);
            assertThat(traces(one, PERSON, FORM)).isEmpty();
            // Published twice where it died after publishing, with the same id.
            assertThat(one.events("ErasureCompleted")).isNotEmpty();
            assertThat(Set.copyOf(one.events("ErasureCompleted"))).hasSize(1);
        }
    }

    private static void dieAt(Company company, int request) {
        MEANWHILE.kills("erasureFunction", company.tenant().name(), request);
    }

    private void person(LocalDateTime time) {
        person(company, time);
        suite.settle();
    }

    private static void person(Company company, LocalDateTime time) {
        company.upload(time, "clients/c.csv", "client_id;name", "c1;Um", PERSON + ";Padaria Secreta");
        company.upload(time, "contracts/c.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo", PERSON + ";k1;MRR;1,00;Ativo");
    }

    private static String id(int number) {
        return "CLI-" + number;
    }

    private void erase(String... ids) {
        erase(LIST, ids);
    }

    private void erase(LocalDateTime time, String... ids) {
        company.erase(
                time,
                "list.csv",
                Stream.concat(Stream.of("client_id"), Stream.of(ids)).toArray(String[]::new));
    }

    private JsonNode receipt() {
        return Json.parse(company.object(
                company.keys("receipts/" + company.tenant() + "/erasures/").getFirst()));
    }

    private static List<String> originals(JsonNode receipt) {
        List<String> originals = new ArrayList<>();
        receipt.path("originals").forEach(original -> originals.add(original.asText()));
        return originals;
    }

    private static long moves() {
        return suite.cloud()
                .requests()
                .count(request -> request.function().equals("erasureFunction")
                        && request.operation().equals("PutItem"));
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        company.rows("contracts").forEach((key, cells) -> values.put(key, cells.get("value")));
        return values;
    }

    private List<Map<String, AttributeValue>> ofThePerson(String table) {
        return company.items(table).stream()
                .filter(item -> PERSON.equals(Attributes.text(item, table.equals("Clients") ? "client" : "clientId")))
                .toList();
    }

    private List<String> traces(String... texts) {
        return traces(company, texts);
    }

    /// Every place outside `uploads/` that has one of some texts.
    private static List<String> traces(Company company, String... texts) {
        List<String> traces = new ArrayList<>();
        for (String table : List.of("Clients", "Records", "SituationChanges", "Tenants", "Runs")) {
            company.items(table).stream()
                    .filter(item -> has(item.toString().getBytes(StandardCharsets.UTF_8), texts)
                            || item.values().stream()
                                    .anyMatch(value ->
                                            value.b() != null && has(value.b().asByteArray(), texts)))
                    .forEach(item -> traces.add(table + " " + item.keySet()));
        }
        for (ObjectVersion version : suite.s3
                .listObjectVersionsPaginator(l -> l.bucket(suite.bucket()))
                .versions()) {
            String key = version.key();
            if (key.contains("/" + company.tenant() + "/") && !key.startsWith("uploads/")) {
                byte[] bytes = suite.s3
                        .getObjectAsBytes(g -> g.bucket(suite.bucket()).key(key).versionId(version.versionId()))
                        .asByteArray();
                if (has(key.getBytes(StandardCharsets.UTF_8), texts) || has(bytes, texts)) {
                    traces.add(key + " " + version.versionId());
                }
            }
        }
        return traces;
    }

    private static boolean has(byte[] bytes, String... texts) {
        String opened = Opened.text(bytes);
        return Stream.of(texts).anyMatch(opened::contains);
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        suite.dynamo.putItem(p -> p.tableName(suite.cloud().table(table)).item(item));
    }

    private static void put(String key, byte[] bytes) {
        suite.s3.putObject(p -> p.bucket(suite.bucket()).key(key), RequestBody.fromBytes(bytes));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it happens in time").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
