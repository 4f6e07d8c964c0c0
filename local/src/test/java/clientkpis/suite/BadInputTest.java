package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import clientkpis.json.Json;
import clientkpis.receipt.WarningCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// What cannot be read changes nothing, and the reason is reported.
///
/// One file, because every way of not being read is shown beside the others.
class BadInputTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final LocalDateTime NOON = DAY.atTime(12, 0);
    private static final String HEADER = "client_id;title_id;value;due_on\n";
    private static final String GOOD = "c1;t2;20,00;2026-09-01\n";

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;

    @BeforeEach
    void aClientWithATitle() {
        company = suite.company();
        company.upload(MORNING, "billing/good.csv", HEADER.strip(), "c1;t1;10,00;2026-09-01");
        suite.settle();
        suite.cloud().requests().reset();
    }

    static List<Arguments> filesThatAreRejected() {
        byte[] gzip = gzip(HEADER + GOOD.repeat(2_000));
        byte[] checksum = gzip.clone();
        checksum[gzip.length - 5] ^= 1;
        byte[] length = gzip.clone();
        length[gzip.length - 1] ^= 1;
        return List.of(
                Arguments.of("bad_gzip", "billing/cut.csv.gz", Arrays.copyOf(gzip, gzip.length - 1)),
                Arguments.of("bad_gzip", "billing/checksum.csv.gz", checksum),
                Arguments.of("bad_gzip", "billing/last-byte.csv.gz", length),
                Arguments.of("unclosed_quote", "billing/quote.csv", bytes(HEADER + GOOD + "c1;\"t3;1\n")),
                Arguments.of("columns_missing", "billing/no-due.csv", bytes("client_id;title_id;value\nc1;t2;1\n")),
                Arguments.of(
                        "duplicate_column", "billing/twice.csv", bytes("client_id;Client ID;title_id;value;due_on\n")),
                Arguments.of("empty", "billing/empty.csv", bytes("")),
                Arguments.of("empty", "billing/header-only.csv", bytes(HEADER)),
                Arguments.of(
                        "bad_encoding",
                        "billing/no-text.csv",
                        (HEADER + GOOD + "c1;\u0081;1,00;2026-09-01\n").getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of(
                        "date_order",
                        "billing/american.csv",
                        bytes(HEADER + "c1;t3;1,00;09/30/2026\nc1;t4;1,00;09/01/2026\n")),
                Arguments.of("no_valid_row", "billing/none.csv", bytes(HEADER + "c1;t3;dez;2026-09-01\n;t4;1,00;x\n")),
                Arguments.of("snapshot_guard", "billing/snapshot/all.csv", bytes(HEADER + GOOD)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("filesThatAreRejected")
    void aFileThatIsRejectedChangesNothing(String code, String path, byte[] content) {
        var before = company.state();

        company.upload(NOON, path, content);
        suite.settle();

        JsonNode receipt = company.receiptOf(path);
        assertThat(receipt.path("status").asText())
                .isEqualTo(code.equals("snapshot_guard") ? "quarantined" : "rejected");
        assertThat(receipt.at("/reason/code").asText()).isEqualTo(code);
        assertThat(company.events("UploadRejected")).singleElement().satisfies(event -> {
            assertThat(event.at("/reason/code").asText()).isEqualTo(code);
            assertThat(event.path("upload").asText())
                    .isEqualTo(receipt.path("upload").asText());
            assertThat(company.keys(event.path("receipt").asText())).hasSize(1);
        });
        assertThat(company.state()).isEqualTo(before);
        assertThat(List.of(suite.written("Clients"), suite.written("Records"))).containsOnly(0L);
    }

    @Test
    void aFileWithoutAValidRowHasAReceiptAndRejectedRowsToFix() {
        company.upload(NOON, "billing/none.csv", bytes("""
            client_id;title_id;value;due_on;Obs
            c1;t3;dez;2026-09-01;
            c1;t4;1,00;ontem;
            c1;t5;um;2026-09-01;
            """));
        suite.settle();

        JsonNode receipt = company.receiptOf("billing/none.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("rejected");
        assertThat(receipt.at("/reason/code").asText()).isEqualTo("no_valid_row");
        assertThat(receipt.at("/rows/read").asInt()).isEqualTo(3);
        assertThat(receipt.at("/rows/rejected").asInt()).isEqualTo(3);
        assertThat(receipt.at("/problems/byCode")).isEqualTo(Json.parse("{\"not_a_date\": 1, \"not_a_number\": 2}"));
        assertThat(receipt.at("/problems/first")).hasSize(3);
        assertThat(receipt.at("/columns/ignored")).isEqualTo(Json.parse("[\"Obs\"]"));
        assertThat(new String(company.object(receipt.at("/rejectedRows/object").asText()), StandardCharsets.UTF_8))
                .contains("c1;t3;dez;2026-09-01;", "c1;t4;1,00;ontem;")
                .hasLineCount(4);
        assertThat(company.events("UploadRejected")
                        .getFirst()
                        .at("/rows/rejected")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void whatDeservesALookIsInTheReceiptInTheEventAndInTheReport() {
        LocalDate day = NOON.toLocalDate();
        company.upload(NOON, "billing/contas.csv", bytes("""
            client_id;title_id;value;due_on;Obs;status
            c1;t1;1,00;2026-08-01;;CANARIO
            c1;t1;2,00;2026-08-02;;Pago
            """));
        suite.settle();
        suite.recalculate(day);

        assertThat(company.receiptOf("billing/contas.csv").path("warnings"))
                .extracting(warning -> warning.path("code").asText())
                .contains("no_payment_date", "unknown_words", "conflicting");
        JsonNode event = company.events("UploadApplied").getLast();
        assertThat(event.path("warnings"))
                .isEqualTo(Json.parse("{\"conflicting\": 1, \"ids_not_registered\": 1, \"no_payment_date\": 2,"
                        + " \"paid_without_date\": 1,"
                        + " \"unknown_words\": 1}"));
        assertThat(event.toString()).doesNotContain("CANARIO");
        assertThat(Opened.text(company.object("reports/%s/%s/index.html".formatted(company.tenant(), day))))
                .contains(
                        WarningCode.NO_PAYMENT_DATE.portuguese(),
                        WarningCode.NO_PAYMENT_DATE.english(),
                        "status: CANARIO");
    }

    @Test
    void aReceiptIsInTheLanguageOfTheTenant() {
        byte[] titles = bytes("cliente;id_titulo;Valor;Vencimento\nc1;a;1,00;trinta\nc1;b;1,00;2026-08-01\n");
        company.upload(NOON, "billing/pt.csv", titles);
        suite.settle();
        company.configure(NOON.plusSeconds(60), "{\"language\": \"en\"}");
        suite.settle();
        company.upload(NOON.plusSeconds(120), "billing/en.csv", titles);
        suite.settle();

        JsonNode portuguese = company.receiptOf("billing/pt.csv");
        assertThat(portuguese.path("language").asText()).isEqualTo("pt-BR");
        assertThat(portuguese.at("/problems/first/0/column").asText()).isEqualTo("due_on");
        assertThat(portuguese.at("/problems/first/0/header").asText()).isEqualTo("Vencimento");
        assertThat(portuguese.at("/problems/first/0/expected").asText()).startsWith("uma data como 30/09/2026");
        assertThat(portuguese.at("/warnings/0/message").asText()).isEqualTo(WarningCode.NO_PAYMENT_DATE.portuguese());
        assertThat(portuguese.path("warnings"))
                .extracting(warning -> warning.path("message").asText())
                .anyMatch(message -> message.startsWith(WarningCode.IDS_NOT_REGISTERED.portuguese()));
        JsonNode english = company.receiptOf("billing/en.csv");
        assertThat(english.path("language").asText()).isEqualTo("en");
        assertThat(english.at("/problems/first/0/expected").asText()).startsWith("a date such as 30/09/2026");
        assertThat(english.path("warnings"))
                .extracting(warning -> warning.path("message").asText())
                .anyMatch(message -> message.startsWith(WarningCode.IDS_NOT_REGISTERED.english()));
        assertThat(new String(
                        company.object(portuguese.at("/rejectedRows/object").asText()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("Vencimento: não é uma data");
    }

    @Test
    void anUnknownTableIsRejected() {
        var before = company.state();

        company.upload(NOON, "invoices/x.csv", bytes(HEADER + GOOD));
        suite.settle();

        assertThat(company.receiptOf("invoices/x.csv").at("/reason/code").asText())
                .isEqualTo("unknown_table");
        assertThat(company.events("UploadRejected")).singleElement().satisfies(event -> {
            assertThat(event.at("/reason/code").asText()).isEqualTo("unknown_table");
            assertThat(event.path("object").asText()).isEqualTo("uploads/" + company.tenant() + "/invoices/x.csv");
        });
        assertThat(company.state()).isEqualTo(before);
    }

    /// The local bucket does not accept such a key; S3 does.
    @Test
    void aKeyThatNamesNoTenantCausesAnEventThatFits() {
        ObjectNode body = Json.object().put("time", "2026-09-10T12:00:00Z");
        body.putObject("detail")
                .putObject("object")
                .put("key", "uploads//billing/x.csv")
                .put("sequencer", "0061");
        ObjectNode event = Json.object();
        event.putArray("Records").addObject().put("messageId", "one").put("body", Json.text(body));

        assertThat(suite.invoke("intakeFunction", Json.text(event))).isEqualTo("{\"batchItemFailures\":[]}");
        suite.settle();

        assertThat(suite.events())
                .filteredOn(sent -> sent.at("/detail/object").asText().equals("uploads//billing/x.csv"))
                .singleElement()
                .satisfies(sent -> {
                    assertThat(sent.at("/detail/tenant").asText()).isEmpty();
                    assertThat(sent.at("/detail/reason/code").asText()).isEqualTo("bad_tenant");
                });
    }

    @Test
    void aTenantThatIsNotAllowedIsRejectedAndGetsNothing() {
        int tenants = suite.items("Tenants").size();

        suite.s3.putObject(
                p -> p.bucket(suite.bucket()).key("uploads/Acme_Ltda/billing/x.csv"),
                RequestBody.fromString(HEADER + GOOD));
        suite.settle();

        assertThat(suite.events())
                .filteredOn(event -> event.at("/detail/tenant").asText().equals("Acme_Ltda"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("detail-type").asText()).isEqualTo("UploadRejected");
                    assertThat(event.at("/detail/reason/code").asText()).isEqualTo("bad_tenant");
                    String key = event.at("/detail/receipt").asText();
                    assertThat(key).startsWith("receipts/_unknown/");
                    String receipt = new String(company.object(key), StandardCharsets.UTF_8);
                    Suite.assertFits("receipt", receipt);
                    assertThat(Json.parse(receipt).at("/reason/code").asText()).isEqualTo("bad_tenant");
                });
        assertThat(suite.items("Tenants")).hasSize(tenants);
        assertThat(List.of(suite.written("Clients"), suite.written("Records"), suite.written("Runs")))
                .containsOnly(0L);
    }

    @Test
    void aBadRowIsRejectedAloneAndSaysWhereAndWhy() {
        company.upload(
                NOON,
                "billing/mixed.csv",
                "client_id;title_id;value;due_on",
                "c1;t2;20,00;2026-09-01",
                "c1;t3;vinte;2026-09-01",
                ";t4;20,00;31/02/2026");
        suite.settle();

        JsonNode receipt = company.receiptOf("billing/mixed.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("applied");
        assertThat(receipt.path("rows"))
                .isEqualTo(
                        Json.parse(
                                "{\"read\":3,\"accepted\":1,\"rejected\":2,\"repeated\":0,\"stored\":1,\"unchanged\":0,\"outdated\":0}"));
        assertThat(receipt.at("/problems/byCode"))
                .isEqualTo(Json.parse("{\"blank\":1,\"not_a_date\":1,\"not_a_number\":1}"));
        assertThat(receipt.at("/problems/first"))
                .extracting(
                        problem -> problem.path("line").asInt(),
                        problem -> problem.path("column").asText(),
                        problem -> problem.path("code").asText(),
                        problem -> problem.path("cell").asText())
                .containsExactlyInAnyOrder(
                        tuple(3, "value", "not_a_number", "vinte"),
                        tuple(4, "client_id", "blank", ""),
                        tuple(4, "due_on", "not_a_date", "31/02/2026"));
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "c1 t2");
    }

    @Test
    void rejectedRowsCanBeFixedAndUploadedAgain() {
        company.upload(
                NOON,
                "billing/mixed.csv",
                "client_id;title_id;value;due_on",
                "c1;t2;20,00;2026-09-01",
                "c1;t3;vinte;2026-09-01",
                "c2;t4;1,00;amanhã");
        suite.settle();
        String object = company.receiptOf("billing/mixed.csv")
                .at("/rejectedRows/object")
                .asText();
        String rejected = new String(company.object(object), StandardCharsets.UTF_8);

        company.upload(
                NOON.plusMinutes(1),
                "billing/fixed.csv",
                bytes(rejected.replace("vinte", "20,00").replace("amanhã", "2026-09-11")));
        suite.settle();

        assertThat(company.receiptOf("billing/fixed.csv").at("/rows/stored").asInt())
                .isEqualTo(2);
        assertThat(company.rows("billing"))
                .containsOnlyKeys("c1 t1", "c1 t2", "c1 t3", "c2 t4")
                .containsEntry(
                        "c1 t3", Map.of("client_id", "c1", "title_id", "t3", "value", "20.00", "due_on", "2026-09-01"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
