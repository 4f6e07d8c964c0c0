package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.store.UploadLedger;
import clientkpis.suite.Company;
import clientkpis.suite.Meanwhile;
import clientkpis.suite.Suite;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Uploads that come twice, late, in another order, at the same time, or while something else changes.
///
/// One file, because all its tests compare a company with one that was spared.
class UploadRacesTest {
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
    void theSameEventOfAnUploadTenTimes() {
        company.upload(MORNING, "contracts/a.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo");
        suite.settle();
        suite.cloud().requests().reset();

        company.upload(MORNING.plusHours(1), "contracts/b.csv", CONTRACTS, "c1;k1;MRR;2,00;Ativo");
        String event = suite.pending("uploads/" + company.tenant() + "/contracts/b.csv");
        for (int i = 1; i < 10; i++) {
            suite.send("intakeQueue", event);
        }
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "2.00"));
        assertThat(suite.written("Records")).isEqualTo(1);
        assertThat(suite.written("Clients")).isEqualTo(1);
        assertThat(company.receiptOf("contracts/b.csv").at("/rows/stored").asInt())
                .isEqualTo(1);
    }

    @Test
    void aSnapshotThatAnOlderUpsertFollows() {
        company.upload(MORNING, "contracts/a.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo", "c1;k2;MRR;1,00;Ativo");
        suite.settle();
        company.upload(MORNING.plusHours(2), "contracts/snapshot/confirm/s.csv", CONTRACTS, "c1;k1;MRR;3,00;Ativo");
        suite.settle();
        company.upload(
                MORNING.plusHours(1),
                "contracts/late.csv",
                CONTRACTS,
                "c1;k1;MRR;2,00;Ativo",
                "c1;k2;MRR;2,00;Ativo",
                "c1;k3;MRR;2,00;Ativo");
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "3.00"));
    }

    @Test
    void everyOrderOfFourVersionsOfOneObject() {
        String[][] versions = {
            {CONTRACTS, "c;same;MRR;1,00;Ativo", "c;turns;MRR;1,00;Ativo", "c;first;MRR;1,00;Ativo"},
            {CONTRACTS, "c;same;MRR;1,00;Ativo", "c;turns;MRR;2,00;Ativo"},
            {CONTRACTS, "c;same;MRR;1,00;Ativo", "c;turns;MRR;1,00;Ativo", "c;first;MRR;3,00;Ativo"},
            {CONTRACTS, "c;same;MRR;1,00;Ativo", "c;turns;MRR;1,00;Ativo", "c;last;MRR;4,00;Ativo"}
        };
        List<Company> companies = new ArrayList<>();
        for (List<Integer> order : orders(4)) {
            Company one = suite.another();
            companies.add(one);
            order.forEach(version -> one.upload(MORNING.plusMinutes(version), "contracts/same.csv", versions[version]));
        }
        suite.settle();

        for (Company one : companies) {
            assertThat(values(one))
                    .isEqualTo(Map.of("c same", "1.00", "c turns", "1.00", "c first", "3.00", "c last", "4.00"));
            assertThat(one.receipts()).hasSize(4);
        }
    }

    @Test
    void anObjectThatIsOverwrittenWhileItIsRead() {
        MEANWHILE.before(
                "intakeFunction",
                "GetObject",
                "uploads/" + company.tenant(),
                () -> company.upload(
                        MORNING.plusMinutes(1),
                        "contracts/a.csv",
                        CONTRACTS,
                        "c1;k1;MRR;2,00;Ativo",
                        "c1;k2;MRR;2,00;Ativo"));
        company.upload(MORNING, "contracts/a.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo", "c1;k3;MRR;1,00;Ativo");
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "2.00", "c1 k2", "2.00", "c1 k3", "1.00"));
        assertThat(statuses()).containsExactly("applied", "applied");
    }

    @Test
    void twoUploadsOfOneTableAtOnce() {
        List<String> one = new ArrayList<>(List.of(CONTRACTS));
        List<String> other = new ArrayList<>(List.of(CONTRACTS));
        for (int i = 0; i < 50; i++) {
            one.add("c" + i + ";k;MRR;1,00;Ativo");
            other.add("c" + i + ";k;MRR;2,00;Ativo");
        }
        company.upload(MORNING, "contracts/a.csv", one.toArray(String[]::new));
        company.upload(MORNING.plusSeconds(1), "contracts/b.csv", other.toArray(String[]::new));
        suite.settle();

        assertThat(values()).hasSize(50).containsValue("2.00").doesNotContainValue("1.00");
        assertThat(statuses()).containsExactly("applied", "applied");
    }

    @Test
    void anUploadThatWaitsForAnOlderOneIsAppliedWhenThatIsRejected() {
        MEANWHILE.before("intakeFunction", "PutItem", suite.cloud().table("Runs"), () -> {
            company.upload(MORNING.plusHours(1), "contracts/newer.csv", CONTRACTS, "c1;k1;MRR;2,00;Ativo");
            await(() -> company.items("Runs").stream()
                    .anyMatch(item ->
                            item.containsKey("phase") && item.get("phase").s().equals("HELD")));
        });
        company.upload(MORNING, "contracts/older.csv", "client_id;contract_id", "c1;k1");
        suite.settle();

        assertThat(company.receiptOf("contracts/older.csv").path("status").asText())
                .isEqualTo("rejected");
        assertThat(company.receiptOf("contracts/newer.csv").path("status").asText())
                .isEqualTo("applied");
    }

    /// Both deliveries find no mark of the new clients, and one of them is the first to write it.
    @Test
    void aPartThatIsDeliveredTwiceAtOnceCountsItsNewClients() {
        String records = suite.cloud().table("Records");
        // The first transaction is that of the client's document.
        MEANWHILE.before("contractsFunction", "TransactWriteItems", records, () -> {});
        MEANWHILE.before("contractsFunction", "TransactWriteItems", records, () -> {
            String order = new UploadLedger(suite.dynamo, suite.cloud().table("Runs"))
                    .newest(company.tenant(), "contracts", 1)
                    .findFirst()
                    .orElseThrow()
                    .upload()
                    .order();
            assertThat(suite.clientIds().firstBrought(company.tenant(), List.of("c1"), order))
                    .isEqualTo(1);
        });
        company.upload(MORNING, "contracts/a.csv", CONTRACTS, "c1;k1;MRR;1,00;Ativo");
        suite.settle();

        assertThat(company.receiptOf("contracts/a.csv").at("/clients/new").asInt())
                .isEqualTo(1);
    }

    @Test
    void allFamiliesOnOneClientAtOnce() {
        Map<String, String[]> files = new TreeMap<>();
        files.put("clients/c.csv", new String[] {"client_id;name", "c;Um"});
        files.put("contracts/c.csv", new String[] {CONTRACTS, "c;k;MRR;1,00;Ativo"});
        files.put("billing/c.csv", new String[] {"client_id;title_id;value;due_on", "c;t;1,00;2026-09-01"});
        files.put("support/c.csv", new String[] {"client_id;ticket_id;sla_on", "c;s;2026-09-01"});
        files.put("nps/c.csv", new String[] {"client_id;answer_id;score;answered_on", "c;a;10;2026-09-01"});
        files.put("usage/c.csv", new String[] {"client_id;user_id;used_on;actions", "c;u;2026-09-01;5"});
        files.put("activities/c.csv", new String[] {"client_id;activity_id;due_on", "c;v;2026-09-01"});
        files.put("contacts/c.csv", new String[] {"client_id;contact_id;name;role;active", "c;p;Ana;Sponsor;sim"});
        files.put("playbooks/c.csv", new String[] {"client_id;playbook;completed_on", "c;Onboarding;2026-09-03"});
        files.put("overrides/c.csv", new String[] {"client_id;field;value", "c;stage;VIP"});
        Company orderly = suite.another();
        files.forEach((path, lines) -> {
            orderly.upload(MORNING, path, lines);
            suite.settle();
        });
        files.forEach((path, lines) -> company.upload(MORNING, path, lines));
        suite.settle();
        suite.recalculate(DAY);

        assertThat(company.table(DAY)).isEqualTo(orderly.table(DAY));
        assertThat(company.table(DAY).get("c").fieldNames())
                .toIterable()
                .contains("name", "mrr", "overdueTitles", "ticketsAboveSla", "nps", "stage", "sponsorName");
    }

    /// The first try accepts the file and dies; under the configuration of the second one it has no value.
    @Test
    void aConfigurationThatIsActivatedBetweenTwoTriesOfIntake() {
        company.configure(MORNING.minusHours(1), """
            {"columns": {"contracts": {"Quanto": "value"}}}
            """);
        suite.settle();
        MEANWHILE.before(
                "intakeFunction",
                "PutObject",
                "parts/" + company.tenant() + "/contracts/",
                () -> {
                    company.configure(MORNING, "{}");
                    await(() -> configurationVersion() == 2);
                },
                Fault.KILLED);
        company.upload(MORNING, "contracts/a.csv", "client_id;contract_id;model;Quanto;status", "c1;k1;MRR;1,00;Ativo");
        suite.settle();

        String verdict = company.receiptOf("contracts/a.csv").path("status").asText();
        assertThat(verdict).isIn("applied", "rejected");
        assertThat(company.events("UploadApplied")).hasSize(verdict.equals("applied") ? 1 : 0);
        assertThat(company.events("UploadRejected")).hasSize(verdict.equals("applied") ? 0 : 1);
    }

    @Test
    void anErasureDuringAPart() {
        company.upload(MORNING, "clients/c.csv", "client_id;name", "c1;Um", "11.204.518/0001-07;Dois");
        suite.settle();
        MEANWHILE.before("contractsFunction", "BatchGetItem", suite.cloud().table("Records"), () -> {
            company.erase(MORNING.plusHours(2), "list.csv", "client_id", "11.204.518/0001-07");
            await(() ->
                    !company.keys("receipts/" + company.tenant() + "/erasures/").isEmpty());
        });
        company.upload(
                MORNING.plusHours(1),
                "contracts/a.csv",
                CONTRACTS,
                "c1;k1;MRR;1,00;Ativo",
                "11.204.518/0001-07;k2;MRR;1,00;Ativo");
        suite.settle();

        assertThat(values()).isEqualTo(Map.of("c1 k1", "1.00"));
        assertThat(statuses()).containsOnly("applied");
        assertThat(company.items("Records").toString()).doesNotContain("0001-07", "11204518000107");
        assertThat(company.items("Runs").toString()).doesNotContain("0001-07");
    }

    @Test
    void anErasureThatDiesWhenItHasDeletedItsList() {
        company.upload(MORNING, "clients/c.csv", "client_id;name", "c1;Um", "c2;Dois");
        suite.settle();
        MEANWHILE.fails("erasureFunction", "DeleteObject", "erasures/", Fault.AFTER);
        company.erase(MORNING.plusHours(2), "list.csv", "client_id", "c1");
        suite.settle();

        assertThat(company.rows("clients")).hasSize(1);
        assertThat(company.events("ErasureCompleted")).hasSize(1);
    }

    /// Past 300 KB a document moves to the bucket, and stays there.
    @Test
    void aDocumentThatGrowsPastWhatAnItemHoldsAndBackWithItsAnswersLost() {
        List<String> many = new ArrayList<>(List.of("client_id;answer_id;score;answered_on"));
        Random random = new Random(1);
        for (int i = 0; i < 600; i++) {
            StringBuilder id = new StringBuilder();
            random.ints(256, 0x4e00, 0x9f00).forEach(id::appendCodePoint);
            many.add("c;" + id + ";10;2026-09-01");
        }
        for (int version = 0; version < 3; version++) {
            String write = version == 0 ? "TransactWriteItems" : "PutItem";
            MEANWHILE.fails("npsFunction", write, suite.cloud().table("Records"), Fault.LOST);
            company.upload(
                    MORNING.plusHours(version),
                    "nps/snapshot/confirm/" + version + ".csv",
                    version == 1 ? many.toArray(String[]::new) : new String[] {many.getFirst(), "c;a;1;2026-09-01"});
            suite.settle();
            assertThat(company.rows("nps")).hasSize(version == 1 ? 600 : 1);
        }
        assertThat(company.keys("records/" + company.tenant() + "/")).hasSize(1);
    }

    private Map<String, String> values() {
        return values(company);
    }

    private static Map<String, String> values(Company company) {
        Map<String, String> values = new TreeMap<>();
        company.rows("contracts").forEach((key, cells) -> values.put(key, cells.get("value")));
        return values;
    }

    private List<String> statuses() {
        return company.receipts().values().stream()
                .map(receipt -> receipt.path("status").asText())
                .toList();
    }

    private long configurationVersion() {
        return company.items("Tenants").stream()
                .map(item -> item.get("configurationVersion"))
                .map(version -> version == null ? 0 : Long.parseLong(version.n()))
                .findFirst()
                .orElse(0L);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it happens in time").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static List<List<Integer>> orders(int size) {
        if (size == 0) {
            return List.of(List.of());
        }
        return orders(size - 1).stream()
                .flatMap(shorter -> Stream.iterate(0, i -> i + 1).limit(size).map(i -> {
                    List<Integer> order = new ArrayList<>(shorter);
                    order.add(i, size - 1);
                    return order;
                }))
                .toList();
    }
}
