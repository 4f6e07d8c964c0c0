package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects that are made to harm: each gets a clear answer, and no other tenant notices any.
class HostileInputTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final LocalDateTime NOON = DAY.atTime(12, 0);
    private static final String HEADER = "client_id;title_id;value;due_on\n";
    private static final String GOOD = "c1;t2;20,00;2026-09-01\n";

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;
    private Company other;
    private Object before;

    @BeforeEach
    void twoCompanies() {
        company = suite.company();
        other = suite.another();
        other.upload(MORNING, "billing/good.csv", HEADER.strip(), "c1;t1;10,00;2026-09-01");
        suite.settle();
        before = List.of(other.state(), other.receipts());
    }

    @AfterEach
    void theOtherNoticesNothing() {
        assertThat(List.of(other.state(), other.receipts())).isEqualTo(before);
        assertThat(company.keys("receipts/" + company.tenant() + "/"))
                .allMatch(key -> key.matches("receipts/[a-z0-9-]+/(billing/[A-Za-z0-9.-]+|configuration[.]json)"));
    }

    static List<Arguments> bombs() throws IOException {
        String rows = GOOD.repeat(1_000);
        return List.of(
                Arguments.of("too_large", "long-line.csv.gz", gzip(HEADER + "0".repeat(50_000_000))),
                Arguments.of("too_large", "columns.csv", bytes("client_id" + ";x".repeat(1_000_000))),
                Arguments.of("too_large", "sheet.csv", bytes(("client_id" + ";x".repeat(20_000) + "\n").repeat(10))),
                Arguments.of("empty", "blank.csv.gz", gzip("\n".repeat(50_000_000))),
                Arguments.of("nested_zip", "twice.csv.gz", gzip(gzip(HEADER + rows.repeat(50)))),
                Arguments.of("bad_encoding", "workbook.xlsx", workbook()),
                Arguments.of("unclosed_quote", "quote.csv.gz", gzip(HEADER + "c1;\"" + rows.repeat(1_000))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bombs")
    void aBombIsRejected(String code, String name, byte[] content) {
        company.upload(NOON, "billing/" + name, content);
        suite.settle();

        assertThat(company.receiptOf("billing/" + name).at("/reason/code").asText())
                .isEqualTo(code);
        assertThat(company.rows("billing")).isEmpty();
    }

    @Test
    void deepJsonIsOneBadRow() {
        company.upload(
                NOON,
                "billing/deep.jsonl",
                "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
                "{\"client_id\": \"c1\", \"title_id\": \"t1\", \"value\": 1, \"due_on\": \"2026-09-01\"}");
        suite.settle();

        JsonNode receipt = company.receiptOf("billing/deep.jsonl");
        assertThat(receipt.at("/problems/byCode")).isEqualTo(Json.parse("{\"bad_json\": 1}"));
        assertThat(receipt.at("/rows/stored").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"rules\":", "{\"senseScore\": 1e99999999999999999999}", "1.0"})
    void aConfigurationThatNoLibraryReadsIsRejected(String text) {
        company.configure(NOON, text.endsWith("}") ? text : text.repeat(10_000));
        suite.settle();

        assertThat(company.events("ConfigurationRejected"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("problems")).hasSize(1));
    }

    /// Names of objects, after the folder of the table.
    static List<String> names() {
        return List.of(
                "%2F..%2Fx.csv",
                "a+b c%20d.csv",
                "..csv",
                "x..csv",
                "caf\u00e9 \u202Egnp.csv",
                "\u200Fx\u2066.csv",
                "uploads-other-billing-x.csv",
                "'; DROP TABLE x; --.csv",
                "${jndi:ldap:x}.csv",
                "x|y#z.csv",
                "x.csv?versionId=null&y=1");
    }

    @ParameterizedTest
    @MethodSource("names")
    void anObjectIsReadWhateverItsName(String name) {
        company.upload(NOON, "billing/" + name, bytes(HEADER + GOOD));
        suite.settle();

        assertThat(company.rows("billing")).hasSize(1);
        assertThat(company.receiptOf("billing/" + name).path("status").asText()).isEqualTo("applied");
        assertThat(company.events("UploadApplied"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("object").asText())
                        .isEqualTo("uploads/" + company.tenant() + "/billing/" + name));
    }

    /// The event of an object that is not there. None of the keys is read as another's, because a key is a text and not
    /// a path; one that ends with a slash is a folder only where its object is empty.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/%s/billing/../../%s/billing/x.csv",
                "uploads/%s/billing/./x.csv",
                "uploads/%s/billing/a\u0001b.csv",
                "uploads/%s/billing/a\nb\u0007.csv",
                "uploads/%s/billing/..",
                "uploads/%s/billing/%s/"
            })
    void aKeyThatIsNotAPathIsOfItsOwnTenant(String pattern) {
        String key = pattern.formatted(company.tenant(), other.tenant());

        assertThat(arrives(key)).isEqualTo("{\"batchItemFailures\":[]}");
        suite.settle();

        List<String> receipts = company.keys("receipts/" + company.tenant() + "/");
        assertThat(receipts).hasSize(1);
        receipts.forEach(receipt -> assertThat(
                        Json.parse(company.object(receipt)).at("/reason/code").asText())
                .isEqualTo("unavailable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/../%s/billing/x.csv",
                "uploads//%s/billing/x.csv",
                "uploads/%%2E%%2E/billing/x.csv",
                "uploads/A\u202Eb/billing/x.csv",
                "uploads/x",
                "uploads/"
            })
    void aKeyWithoutATenantIsOfNobody(String pattern) {
        int tenants = suite.items("Tenants").size();

        assertThat(arrives(pattern.formatted(other.tenant()))).isEqualTo("{\"batchItemFailures\":[]}");
        suite.settle();

        assertThat(suite.items("Tenants")).hasSize(tenants);
    }

    private static String arrives(String key) {
        ObjectNode body = Json.object().put("time", "2026-09-10T12:00:00Z");
        body.putObject("detail")
                .putObject("object")
                .put("key", key)
                .put("size", 10)
                .put("version-id", "v")
                .put("sequencer", "0061");
        ObjectNode event = Json.object();
        event.putArray("Records").addObject().put("messageId", "one").put("body", Json.text(body));
        return suite.invoke("intakeFunction", Json.text(event));
    }

    private static byte[] workbook() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("[Content_Types].xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[20_000_000]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        return gzip(bytes(text));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
