package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rows that come under an alias are its client's, whenever the alias is learnt.
class AliasesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 5);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final String TITLES = "client_id;title_id;value;due_on";

    @RegisterExtension
    private static final Suite suite = Suite.shared();

    private Company company;

    @BeforeEach
    void aCompany() {
        company = suite.company();
    }

    private void clients() {
        company.upload(MORNING, "clients/c.csv", "client_id;name", "c1;Padaria Sol Ltda", "c2;Moinho Azul S.A.");
    }

    private void aliases(LocalDateTime time, String... rows) {
        List<String> lines = new ArrayList<>(List.of("client_id;alias;system"));
        lines.addAll(List.of(rows));
        company.upload(time, "aliases/a.csv", lines.toArray(String[]::new));
    }

    private Map<String, JsonNode> table() {
        suite.recalculate(DAY);
        return company.table(DAY);
    }

    @Test
    void rowsThatComeUnderAnAliasAreTheClients() {
        clients();
        aliases(MORNING.plusMinutes(1), "c1;8812;CRM", "c1;Padaria Sol;ERP", "c2;moinho azul;ERP");
        suite.settle();
        company.upload(
                MORNING.plusMinutes(2),
                "billing/b.csv",
                TITLES,
                "8812;t1;10;2026-09-01",
                "PADARIA SOL LTDA;t2;10;2026-09-01",
                "Moinho Azul SA;t3;10;2026-09-01");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "c1 t2", "c2 t3");
        assertThat(table()).containsOnlyKeys("c1", "c2");
        assertThat(table().get("c1").path("overdueTitles").asInt()).isEqualTo(2);
        assertThat(table().get("c1").path("aliases").asText()).isEqualTo("8812; Padaria Sol");
    }

    @Test
    void whereNothingIsRegisteredIdsThatResembleEachOtherAreProbablyOneClient() {
        company.upload(
                MORNING,
                "nps/n.csv",
                "client_id;answer_id;score;answered_on",
                "40.118.233/0001-12;1;9;2026-09-01",
                "Padaria Sol;2;9;2026-09-01");
        suite.settle();
        company.upload(
                MORNING.plusMinutes(1),
                "billing/b.csv",
                TITLES,
                "40118233000112;t1;10;2026-09-01",
                "PADARIA SOL LTDA;t1;10;2026-09-01",
                "c7;t1;10;2026-09-01");
        suite.settle();
        assertThat(probably("nps")).isEmpty();
        assertThat(probably("billing"))
                .hasSize(2)
                .containsEntry("40118233000112", "40.118.233/0001-12")
                .containsEntry("PADARIA SOL LTDA", "Padaria Sol");

        aliases(MORNING.plusMinutes(2), "40118233000112;40.118.233/0001-12;ERP");
        suite.settle();
        company.upload(
                MORNING.plusMinutes(3),
                "contracts/c.csv",
                "client_id;contract_id;model;value;status",
                "40118233000112;k1;MRR;10;active");
        suite.settle();
        assertThat(probably("contracts")).as("its own alias is no other client").isEmpty();
    }

    /// What the receipt of a table's upload says of its clients.
    private Map<String, String> probably(String table) {
        Map<String, String> probably = new HashMap<>();
        company.receipts().values().stream()
                .filter(receipt -> receipt.path("table").asText().equals(table))
                .forEach(receipt -> receipt.path("clients").path("samples").forEach(sample -> {
                    if (sample.has("probably")) {
                        probably.put(
                                sample.path("clientId").asText(),
                                sample.path("probably").asText());
                    }
                }));
        return probably;
    }

    @Test
    void rowsThatCameEarlierMoveWithTheUploadsThatBroughtThem() {
        clients();
        company.upload(
                MORNING.plusMinutes(1),
                "billing/b.csv",
                TITLES,
                "c1;t1;10;2026-09-01",
                "8812;t1;20;2026-09-01",
                "8812;t2;20;2026-09-01",
                "Padaria Sol;t3;20;2026-09-01");
        company.upload(MORNING.plusMinutes(2), "support/s.csv", "client_id;ticket_id;sla_on", "8812;s1;2026-08-01");
        suite.settle();
        assertThat(table()).containsOnlyKeys("c1", "c2", "8812", "Padaria Sol");
        aliases(MORNING.plusMinutes(3), "c1;8812;CRM", "c1;PADARIA SOL ME;ERP");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "c1 t2", "c1 t3");
        assertThat(company.rows("support")).containsOnlyKeys("c1 s1");
        assertThat(company.rows("billing").values())
                .allMatch(row -> row.get("client_id").equals("c1"));
        suite.recalculate(DAY.plusDays(1));
        assertThat(company.table(DAY.plusDays(1))).containsOnlyKeys("c1", "c2");
        assertThat(company.table(DAY.plusDays(1))
                        .get("c1")
                        .path("ticketsAboveSla")
                        .asInt())
                .isEqualTo(1);

        // As if they had come under its id: a newer upload replaces them, an older one does not.
        company.upload(MORNING.plusMinutes(4), "billing/newer.csv", TITLES, "c1;t2;99;2026-09-01");
        company.upload(MORNING.minusHours(1), "billing/older.csv", TITLES, "c1;t3;1;2026-09-01");
        suite.settle();
        assertThat(company.rows("billing").get("c1 t2")).containsEntry("value", "99");
        assertThat(company.rows("billing").get("c1 t3")).containsEntry("value", "20");
    }

    @Test
    void aPartThatWasCutBeforeTheAliasIsTheClientsToo() {
        clients();
        company.upload(MORNING.plusMinutes(1), "billing/b.csv", TITLES, "8812;t1;20;2026-09-01");
        company.upload(MORNING.plusMinutes(2), "billing/snapshot/confirm/s.csv", TITLES, "8812;t2;20;2026-09-01");
        suite.settle();
        aliases(MORNING.plusMinutes(3), "c1;8812;CRM");
        suite.settle();
        // One that comes late: the parts of the snapshot are applied once more, and name the alias.
        company.upload(MORNING.minusHours(1), "billing/late.csv", TITLES, "c2;t9;1;2026-09-01", "8812;t8;1;2026-09-01");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t2");
        assertThat(table()).containsOnlyKeys("c1", "c2");
    }

    @Test
    void anAliasOfTwoClientsOrOfARegisteredOneIsRejected() {
        clients();
        suite.settle();
        aliases(MORNING.plusMinutes(1), "c1;8812;", "c1;9913;", "c2;99-13;", "c2;c1;", "c1;C 2;");
        suite.settle();
        JsonNode receipt = company.receiptOf("aliases/a.csv");
        assertThat(receipt.at("/rows/accepted").asInt()).isEqualTo(1);
        assertThat(receipt.at("/problems/byCode/alias_taken").asInt()).isEqualTo(4);
        company.upload(MORNING.plusMinutes(2), "aliases/b.csv", "client_id;apelido", "c2;8812", "c2;7714");
        suite.settle();
        assertThat(company.receiptOf("aliases/b.csv")
                        .at("/problems/byCode/alias_taken")
                        .asInt())
                .isEqualTo(1);
        assertThat(company.rows("aliases")).containsOnlyKeys("c1 8812", "c2 7714");
    }

    @Test
    void anAliasTakenAwayChangesNothingThatWasStored() {
        clients();
        company.upload(MORNING.plusMinutes(1), "billing/b.csv", TITLES, "8812;t1;20;2026-09-01");
        aliases(MORNING.plusMinutes(2), "c1;8812;CRM", "c2;7714;CRM");
        suite.settle();
        company.upload(MORNING.plusMinutes(3), "aliases/snapshot/confirm/a.csv", "client_id;alias", "c2;7714");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1");
        company.upload(
                MORNING.plusMinutes(4), "billing/n.csv", TITLES, "8812;t2;20;2026-09-01", "7714;t3;20;2026-09-01");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "8812 t2", "c2 t3");
        assertThat(table()).containsOnlyKeys("c1", "c2", "8812");
    }

    @Test
    void anAliasOfAnAliasLeadsToTheClient() {
        clients();
        company.upload(
                MORNING.plusMinutes(1), "billing/b.csv", TITLES, "hub-1;t1;20;2026-09-01", "8812;t2;20;2026-09-01");
        suite.settle();
        aliases(MORNING.plusMinutes(2), "8812;hub-1;HubSpot");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("8812 t1", "8812 t2");
        company.upload(MORNING.plusMinutes(3), "aliases/b.csv", "client_id;alias", "c1;8812");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "c1 t2");
        assertThat(company.rows("aliases")).containsOnlyKeys("c1 8812", "c1 hub-1");
        company.upload(MORNING.plusMinutes(4), "billing/n.csv", TITLES, "HUB 1;t3;20;2026-09-01");
        suite.settle();
        assertThat(company.rows("billing")).containsOnlyKeys("c1 t1", "c1 t2", "c1 t3");
    }

    @Test
    void anErasureGoesThroughAliasesAndForgetsThem() {
        clients();
        company.upload(MORNING.plusMinutes(1), "billing/b.csv", TITLES, "8812;t1;20;2026-09-01", "c2;t2;1;2026-09-01");
        suite.settle();
        aliases(MORNING.plusMinutes(2), "c1;8812;CRM", "c1;Padaria Sol;ERP");
        suite.settle();
        company.erase(MORNING.plusHours(1), "list.csv", "client_id", "PADARIA SOL ME", "nobody");
        suite.settle();
        assertThat(table()).containsOnlyKeys("c2");
        assertThat(company.items("Records").toString()).doesNotContain("S=8812", "Padaria", "S=c1)", "#c1)");
        JsonNode receipt = Json.parse(company.object(
                company.keys("receipts/" + company.tenant() + "/erasures/").getFirst()));
        assertThat(receipt.path("listed").asInt()).isEqualTo(2);
        assertThat(receipt.path("erased").asInt()).isEqualTo(1);
    }

    @Test
    void aClientsErasureHoldsForRowsThatCameUnderAnAliasBefore() {
        clients();
        company.upload(MORNING.plusMinutes(1), "billing/b.csv", TITLES, "8812;t1;20;2026-09-01");
        suite.settle();
        company.erase(MORNING.plusHours(1), "list.csv", "client_id", "c1");
        suite.settle();
        aliases(MORNING.plusHours(2), "c1;8812;CRM");
        suite.settle();
        assertThat(company.rows("billing")).isEmpty();
    }
}
