package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody sets by hand, from the file to the client table, and back without an upload.
class FieldSourcesTest {
    @RegisterExtension
    static final Suite suite = Suite.shared();

    private static Company company;

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 9, day);
    }

    @BeforeAll
    static void replay() {
        company = suite.company();
        company.upload(
                day(1).atTime(8, 0),
                "clients/c.csv",
                "client_id;name;fase;status",
                "c1;Padaria;Adoção;ativo",
                "c2;Café;Adoção;ativo");
        company.upload(
                day(1).atTime(8, 1),
                "billing/b.csv",
                "client_id;title_id;value;due_on",
                "c1;t1;10,00;2026-08-01",
                "c2;t2;10,00;2026-10-01");
        company.upload(
                day(1).atTime(8, 2), "playbooks/p.csv", "client_id;playbook;completed_on", "c1;Onboarding;2026-09-03");
        suite.settle();
        suite.recalculate(day(1));
        company.upload(
                day(2).atTime(8, 0),
                "manual/m.csv",
                "client_id;campo;valor;motivo;autor;expira_em",
                "c1;Fase;VIP;cliente-chave;ana;03/09/2026",
                "c1;Situação;risco;ligou zangado;ana;03/09/2026",
                "c2;senseScore;12,34;auditoria;rui;",
                "c2;faturamento;1;;;",
                "c2;mrr;muito;;;");
        suite.settle();
        for (int day : new int[] {2, 3, 4}) {
            suite.recalculate(day(day));
        }
        company.upload(day(5).atTime(8, 0), "overrides/w.csv", "client_id;field;value", "c2;senseScore;");
        suite.settle();
        suite.recalculate(day(5));
    }

    @Test
    void itStandsAboveTheUploadedValueAndNamesItsAuthorReasonAndExpiry() {
        for (int day : new int[] {2, 3}) {
            JsonNode client = company.export(day(day)).get("c1");
            assertThat(client.path("stage").asText()).isEqualTo("VIP");
            JsonNode source = client.path("sources").path("stage");
            assertThat(source.path("source").asText()).isEqualTo("manual");
            assertThat(source.path("author").asText()).isEqualTo("ana");
            assertThat(source.path("reason").asText()).isEqualTo("cliente-chave");
            assertThat(source.path("expiresOn").asText()).isEqualTo("2026-09-03");
            assertThat(source.path("below").path("value").asText()).isEqualTo("Adoção");
            assertThat(source.path("below").path("source").asText()).isEqualTo("integration");
            assertThat(source.path("below").path("table").asText()).isEqualTo("clients");
        }
    }

    @Test
    void whenItExpiresTheValueBelowShowsAgainWithoutAnUpload() {
        JsonNode client = company.export(day(4)).get("c1");
        assertThat(client.path("stage").asText()).isEqualTo("Adoção");
        assertThat(client.path("sources").path("stage").path("source").asText()).isEqualTo("integration");
        assertThat(client.path("situation").asText()).isEqualTo("neutral");
    }

    @Test
    void aScoreSetByHandIsInForceUntilItIsWithdrawn() {
        JsonNode client = company.export(day(4)).get("c2");
        assertThat(client.path("senseScore").decimalValue()).isEqualByComparingTo("12.34");
        assertThat(client.path("senseScoreBand").asText()).isEqualTo("red");
        assertThat(client.path("sources")
                        .path("senseScore")
                        .path("below")
                        .path("value")
                        .decimalValue())
                .isEqualByComparingTo("100.00");
        assertThat(company.export(day(5)).get("c2").path("senseScore").decimalValue())
                .isEqualByComparingTo("100.00");
    }

    @Test
    void aChangeThatItCausesSaysSo() {
        assertThat(company.events("SituationChanged"))
                .filteredOn(change -> change.path("cause").asText().equals("override"))
                .filteredOn(change -> change.path("clientId").asText().equals("c1"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.path("to").asText()).isEqualTo("risk");
                    assertThat(change.path("overridden").get(0).asText()).isEqualTo("situation");
                    assertThat(change.path("upload").path("table").asText()).isEqualTo("overrides");
                    assertThat(change.toString()).doesNotContain("ana", "zangado");
                });
        company.assertChangesAreWhole();
    }

    @Test
    void whatIsNoFieldOrNoValueOfItIsRefusedAlone() {
        JsonNode receipt = company.receiptOf("manual/m.csv");
        assertThat(receipt.path("rows").path("rejected").asInt()).isEqualTo(2);
        assertThat(receipt.path("problems").path("byCode").path("unknown_field").asInt())
                .isEqualTo(1);
        assertThat(receipt.path("problems").path("byCode").path("wrong_type").asInt())
                .isEqualTo(1);
    }

    @Test
    void aPlaybookIsThereFromTheDayItWasCompleted() {
        assertThat(company.export(day(2)).get("c1").has("playbooks.Onboarding")).isFalse();
        assertThat(company.export(day(3)).get("c1").path("playbooks.Onboarding").asText())
                .isEqualTo("2026-09-03");
    }
}
