package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.suite.Company;
import clientkpis.suite.Meanwhile;
import clientkpis.suite.SmallWorkbook;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A file in `auto/` says its table, once, whatever happens while it is asked; each sheet of a workbook there is an
/// upload of its own.
///
/// One file, because all its tests deliver files of one folder.
class FoundTablesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final String CONTRACTS = "client_id;contract_id;model;value;status";
    private static final Meanwhile MEANWHILE = new Meanwhile();

    @RegisterExtension
    static final Suite suite = Suite.start(MEANWHILE);

    private Company company;

    @BeforeEach
    void fresh() {
        suite.forgetDeadLetters();
        company = suite.company();
    }

    @AfterEach
    void allHappened() {
        MEANWHILE.assertAllHappened();
        company.assertChangesAreWhole();
    }

    @Test
    void aTextSaysItsTable() throws IOException {
        byte[] csv = (CONTRACTS + "\nc1;k1;MRR;1,00;Ativo\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(csv);
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("x.csv"));
            out.write(csv);
            out.closeEntry();
        }
        for (byte[] bytes : List.of(csv, gzip.toByteArray(), zip.toByteArray())) {
            Company one = suite.another();
            one.upload(MORNING, "auto/export", bytes);
            suite.settle();

            assertThat(one.rows("contracts")).containsOnlyKeys("c1 k1");
            JsonNode receipt = one.receiptOf("auto/export");
            assertThat(receipt.path("status").asText()).isEqualTo("applied");
            assertThat(receipt.path("table").asText()).isEqualTo("contracts");
            assertThat(one.events("UploadApplied")).singleElement().satisfies(event -> {
                assertThat(event.path("table").asText()).isEqualTo("contracts");
                assertThat(event.path("upload").asText())
                        .isEqualTo(receipt.path("upload").asText());
                assertThat(one.keys(event.path("receipt").asText())).hasSize(1);
            });
            assertThat(open(one)).isEmpty();
        }
    }

    @Test
    void eachSheetIsAnUploadOfItsOwn() {
        company.upload(MORNING, "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
        suite.settle();

        assertCarteira(company);
        assertThat(open(company)).isEmpty();
    }

    private static void assertCarteira(Company one) {
        Map<String, JsonNode> bySheet = new TreeMap<>();
        one.receipts()
                .values()
                .forEach(receipt -> bySheet.put(receipt.at("/format/sheet").asText(), receipt));
        assertThat(bySheet).containsOnlyKeys("Leia-me", "Clientes", "Contratos");
        assertThat(bySheet.get("Clientes").path("status").asText()).isEqualTo("applied");
        assertThat(bySheet.get("Clientes").path("table").asText()).isEqualTo("clients");
        assertThat(bySheet.get("Clientes").at("/rows/stored").asInt()).isEqualTo(2);
        assertThat(bySheet.get("Contratos").path("table").asText()).isEqualTo("contracts");
        assertThat(bySheet.get("Contratos").at("/rows/rejected").asInt()).isEqualTo(1);
        assertThat(bySheet.get("Contratos").at("/format/otherSheets")).isEmpty();
        JsonNode unknown = bySheet.get("Leia-me");
        assertThat(unknown.path("status").asText()).isEqualTo("rejected");
        assertThat(unknown.path("table").isMissingNode()).isTrue();
        assertThat(unknown.at("/reason/code").asText()).isEqualTo("unknown_table");
        assertThat(bySheet.values().stream()
                        .map(receipt -> receipt.path("upload").asText())
                        .distinct())
                .hasSize(3);
        assertThat(one.rows("clients")).containsOnlyKeys("c1 ", "c2 ");
        assertThat(one.rows("contracts")).containsOnlyKeys("c1 k1");
        assertThat(one.events("UploadApplied").stream()
                        .map(event -> event.path("id").asText())
                        .distinct())
                .hasSize(2);
        assertThat(one.events("UploadRejected").stream()
                        .map(event -> event.path("id").asText())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whatSaysNoTableIsRejectedWithTheNearestOnes() {
        company.upload(MORNING, "auto/x.csv", "client_id;value;due_on;weather", "c1;1,00;2026-09-01;rain");
        company.upload(MORNING, "auto/rows.csv", "48151623420;2026-09-01;10,00", "48151623421;2026-09-02;11,00");
        suite.settle();

        JsonNode receipt = company.receiptOf("auto/x.csv");
        assertThat(receipt.at("/reason/code").asText()).isEqualTo("unknown_table");
        assertThat(receipt.at("/reason/message").asText())
                .contains("billing, mas falta title_id")
                .containsPattern("As mais próximas: [a-z]+.*; [a-z]+");
        assertThat(company.receiptOf("auto/rows.csv").at("/reason/code").asText())
                .isEqualTo("unknown_table");
        assertThat(company.receiptOf("auto/rows.csv").toString()).doesNotContain("48151623420", "10,00");
        assertThat(company.events("UploadRejected")).hasSize(2);
        assertThat(company.items("Tenants")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRejectedOnceAndWhole() {
        company.upload(MORNING, "auto/x.pdf", "%PDF-1.7");
        company.upload(MORNING, "auto/empty.csv", new byte[0]);
        company.upload(
                MORNING,
                "auto/empty.xlsx",
                new SmallWorkbook().sheet("a").sheet("b").bytes());
        suite.settle();

        assertThat(company.receiptOf("auto/x.pdf").at("/reason/code").asText()).isEqualTo("pdf");
        assertThat(company.receiptOf("auto/empty.csv").at("/reason/code").asText())
                .isEqualTo("empty");
        assertThat(company.receiptOf("auto/empty.xlsx").at("/reason/code").asText())
                .isEqualTo("empty");
        assertThat(company.events("UploadRejected")).hasSize(3);
    }

    @Test
    void theConfigurationOfTheTenantIsAsked() {
        company.configure(MORNING.minusHours(1), """
            {"columns": {"contracts": {"Quanto": "value", "Qual": "contract_id"}}}
            """);
        suite.settle();
        company.upload(MORNING, "auto/x.csv", "client_id;Qual;model;Quanto;status", "c1;k1;MRR;1,00;Ativo");
        suite.settle();

        assertThat(company.rows("contracts")).containsOnlyKeys("c1 k1");
    }

    @Test
    void inTheFolderOfATableTheFirstSheetWithItsHeaderCountsAndTheReceiptNamesTheOthers() {
        company.upload(MORNING, "contracts/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
        suite.settle();

        JsonNode receipt = company.receiptOf("contracts/Carteira.xlsx");
        assertThat(receipt.path("status").asText()).isEqualTo("applied");
        assertThat(receipt.at("/format/sheet").asText()).isEqualTo("Contratos");
        assertThat(receipt.at("/format/otherSheets"))
                .extracting(JsonNode::asText)
                .containsExactly("Leia-me", "Clientes", "Vazia");
        assertThat(company.rows("clients")).isEmpty();
    }

    @Test
    void ofSheetsOfOneTableTheLaterOneWins() {
        company.upload(
                MORNING,
                "auto/x.xlsx",
                new SmallWorkbook()
                        .sheet("Setembro", CONTRACTS, "c1;k1;MRR;1,00;Ativo", "c1;k2;MRR;1,00;Ativo")
                        .sheet("Agosto", CONTRACTS, "c1;k1;MRR;2,00;Ativo")
                        .bytes());
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "2.00", "c1 k2", "1.00"));
        assertThat(company.receipts().values())
                .extracting(receipt -> receipt.path("status").asText())
                .containsExactly("applied", "applied");
    }

    @Test
    void aSnapshotIsOneOfTheTableThatIsFound() {
        company.upload(MORNING, "contracts/a.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo", "c1;k2;MRR;1,00;Ativo");
        suite.settle();
        company.upload(MORNING.plusHours(1), "auto/snapshot/confirm/s.csv", CONTRACTS, "c1;k1;MRR;3,00;Ativo");
        suite.settle();
        assertThat(values()).isEqualTo(Map.of("c1 k1", "3.00"));
        assertThat(company.receiptOf("auto/snapshot/confirm/s.csv").path("mode").asText())
                .isEqualTo("snapshot");

        company.upload(
                MORNING.plusHours(2),
                "auto/snapshot/two.xlsx",
                new SmallWorkbook()
                        .sheet("a", CONTRACTS, "c1;k1;MRR;4,00;Ativo")
                        .sheet("b", CONTRACTS, "c1;k3;MRR;4,00;Ativo")
                        .bytes());
        suite.settle();
        assertThat(values()).isEqualTo(Map.of("c1 k1", "3.00"));
        assertThat(company.receipts().values())
                .filteredOn(receipt -> receipt.path("object").asText().endsWith("two.xlsx"))
                .extracting(receipt -> receipt.at("/reason/code").asText())
                .containsExactly("snapshot_guard", "snapshot_guard");
    }

    @Test
    void theSameEventTenTimes() {
        company.upload(MORNING, "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
        String event = suite.pending("uploads/" + company.tenant() + "/auto/Carteira.xlsx");
        for (int i = 1; i < 10; i++) {
            suite.send("intakeQueue", event);
        }
        suite.settle();
        assertCarteira(company);

        suite.cloud().requests().reset();
        suite.send("intakeQueue", event);
        suite.send("intakeQueue", event.replaceFirst("\"time\":\"2026-09-10T11", "\"time\":\"2026-09-10T12"));
        suite.settle();
        assertCarteira(company);
        assertThat(suite.cloud().requests().sent()).isZero();
    }

    /// Under the configuration of the second try the file would be another table.
    @Test
    void aConfigurationThatIsActivatedBetweenTwoDeliveriesMakesNoSecondUpload() {
        for (String death : List.of("parts/%s/auto/", "receipts/%s/contracts/")) {
            Company one = suite.another();
            String asContracts = """
                {"columns": {"contracts": {"A": "contract_id", "B": "value", "C": "model", "D": "status"}}}
                """;
            String asBilling = """
                {"columns": {"billing": {"A": "title_id", "B": "value", "C": "status", "D": "due_on"}}}
                """;
            one.configure(MORNING.minusHours(1), asContracts);
            suite.settle();
            MEANWHILE.before(
                    "intakeFunction",
                    "PutObject",
                    death.formatted(one.tenant()),
                    () -> {
                        one.configure(MORNING, asBilling);
                        await(one, 2);
                    },
                    Fault.KILLED);
            one.upload(MORNING, "auto/a.csv", "client_id;A;B;C;D", "c1;k1;1,00;MRR;2026-09-01");
            String event = suite.pending("uploads/" + one.tenant() + "/auto/a.csv");
            suite.settle();
            suite.send("intakeQueue", event);
            suite.settle();

            assertThat(one.receipts()).hasSize(1);
            assertThat(one.events("UploadApplied").size()
                            + one.events("UploadRejected").size())
                    .isEqualTo(1);
            assertThat(one.rows("contracts").size() + one.rows("billing").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void twoAttemptsAtOnceUnderTwoConfigurationsDecideOnce() {
        company.configure(MORNING.minusHours(1), """
            {"columns": {"contracts": {"A": "contract_id", "B": "value", "C": "model", "D": "status"}}}
            """);
        suite.settle();
        MEANWHILE.before("intakeFunction", "PutObject", "parts/" + company.tenant() + "/auto/", () -> {
            company.configure(MORNING, """
                {"columns": {"billing": {"A": "title_id", "B": "value", "C": "status", "D": "due_on"}}}
                """);
            await(company, 2);
            suite.send("intakeQueue", suite.pending("uploads/" + company.tenant() + "/auto/a.csv"));
            long end = System.nanoTime() + 20_000_000_000L;
            while (company.rows("billing").isEmpty()) {
                assertThat(System.nanoTime()).as("it happens in time").isLessThan(end);
                LockSupport.parkNanos(20_000_000);
            }
        });
        company.upload(MORNING, "auto/a.csv", "client_id;A;B;C;D", "c1;k1;1,00;MRR;2026-09-01");
        suite.settle();

        assertThat(company.receiptOf("auto/a.csv").path("table").asText()).isEqualTo("billing");
        assertThat(company.rows("contracts")).isEmpty();
        assertThat(company.events("UploadApplied")).hasSize(1);
    }

    @Test
    void intakeDiesAtEachOfItsRequests() {
        for (int nth = 1; nth <= 24; nth++) {
            Company one = suite.another();
            MEANWHILE.kills("intakeFunction", one.tenant() + "/auto/", nth);
            one.upload(MORNING, "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
            suite.settle();

            assertCarteira(one);
            assertThat(open(one)).isEmpty();
        }
    }

    @Test
    void anUploadWhoseEventsAreLostIsFoundByTheSweep() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneId.of("America/Sao_Paulo"));
        MEANWHILE.failsForGood("intakeFunction", "GetItem", suite.cloud().table("Runs"));
        company.upload(today.atTime(8, 0), "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
        suite.loseDeadLetters();
        assertThat(company.receipts()).isEmpty();

        suite.tick(today.plusDays(2).atTime(1, 0));
        assertCarteira(company);
        suite.tick(today.plusDays(3).atTime(1, 0));
        assertCarteira(company);
    }

    /// The daily plan knows it by its open item.
    @Test
    void aSheetWhoseMessageIsLostIsSentAgain() {
        MEANWHILE.failsForGood("intakeFunction", "PutObject", "parts/" + company.tenant() + "/contracts/");
        company.upload(MORNING, "auto/Carteira.xlsx", SmallWorkbook.ofSeveralTables());
        suite.loseDeadLetters();
        assertThat(open(company)).hasSize(1);

        for (int hour = 9; hour < 12; hour++) {
            suite.tick(DAY.atTime(hour, 0));
        }
        assertCarteira(company);
        assertThat(open(company)).isEmpty();
    }

    private static List<String> open(Company one) {
        return one.items("Runs").stream()
                .map(item -> item.get("run").s())
                .filter(run -> run.startsWith("open#"))
                .toList();
    }

    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        company.rows("contracts").forEach((key, cells) -> values.put(key, cells.get("value")));
        return values;
    }

    private static void await(Company one, long version) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (one.items("Tenants").stream()
                .noneMatch(item -> item.containsKey("configurationVersion")
                        && item.get("configurationVersion").n().equals(Long.toString(version)))) {
            assertThat(System.nanoTime()).as("it happens in time").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
