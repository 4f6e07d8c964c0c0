package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tenant's configuration, from the object to the events that it causes.
class ConfigurationTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final String TITLES = """
        {"senseScore": {"indicators": [
          {"name": "finance", "field": "overdueTitles", "weight": 1, "points": [[0, 100], [1, 0]]}]},
         "rules": {"stage": [{"when": {"overdueTitles": [{"numeric": [">", 0]}]}, "then": "Cobrança"}]}}
        """;
    private static final String OTHERS = """
        {"senseScore": {"indicators": [
          {"name": "finance", "field": "overdueTitles", "weight": 3, "points": [[0, 0], [1, 100]]}]}}
        """;

    @RegisterExtension
    static final Suite suite = Suite.shared();

    private Company company;

    @BeforeEach
    void start() {
        company = suite.company();
    }

    /// One client with a score of 100 for a week that falls today.
    private void week() {
        company.upload(MORNING, "clients/c.csv", "client_id;name;fase", "c1;Padaria;Adoção");
        company.upload(
                MORNING.plusMinutes(1), "nps/n.csv", "client_id;answer_id;score;answered_on", "c1;a;10;2026-09-01");
        company.upload(
                MORNING.plusMinutes(2), "billing/b.csv", "client_id;title_id;value;due_on", "c1;t;10;2026-09-04");
        suite.settle();
        for (int day = 0; day < 8; day++) {
            suite.recalculate(DAY.plusDays(day));
        }
    }

    @Test
    void itRecalculatesThePortfolioAndEachChangeThatItCausesSaysSo() {
        week();
        company.configure(DAY.plusDays(8).atTime(9, 0), TITLES);
        suite.settle();
        assertThat(company.events("SituationChanged"))
                .filteredOn(change -> change.path("cause").asText().equals("configuration"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.path("to").asText()).isEqualTo("risk");
                    assertThat(change.path("configuration").path("version").asInt())
                            .isEqualTo(1);
                    assertThat(change.path("configuration").path("since").asText())
                            .isEqualTo("2026-09-09");
                    assertThat(change.path("stage").asText()).isEqualTo("Cobrança");
                });
        suite.recalculate(DAY.plusDays(8));
        JsonNode client = company.export(DAY.plusDays(8)).get("c1");
        assertThat(client.path("senseScore").decimalValue()).isEqualByComparingTo("0");
        assertThat(client.path("sources").path("stage").path("position").asInt())
                .isEqualTo(1);
        assertThat(client.path("sources")
                        .path("stage")
                        .path("below")
                        .path("value")
                        .asText())
                .isEqualTo("Adoção");
        assertThat(receipt().path("status").asText()).isEqualTo("activated");
        assertThat(company.events("ConfigurationActivated")).hasSize(1);
        company.assertChangesAreWhole();
    }

    @Test
    void aTenantThatWasDeletedAndComesBackHasItsNewConfigurationAndIsRecalculated() {
        company.configure(MORNING, TITLES);
        suite.settle();
        company.upload(MORNING.plusMinutes(1), "clients/c.csv", "client_id;name", "c1;Padaria");
        suite.settle();
        suite.dynamo.deleteItem(d -> d.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name()))));

        company.configure(MORNING.plusHours(1), "{\"columns\": {\"clients\": {\"Kunde\": \"client_id\"}}}");
        suite.settle();
        company.upload(MORNING.plusHours(2), "clients/k.csv", "Kunde;name", "c2;Bar");
        suite.settle();
        suite.recalculate(DAY);

        assertThat(company.receiptOf("clients/k.csv").path("status").asText()).isEqualTo("applied");
        assertThat(company.export(DAY)).containsKeys("c1", "c2");
    }

    @Test
    void aTenantThatWasDeletedIsThereAgainWithItsNextUpload() {
        company.upload(MORNING, "clients/c.csv", "client_id;name", "c1;Padaria");
        suite.settle();
        suite.dynamo.deleteItem(d -> d.tableName(suite.cloud().table("Tenants"))
                .key(Map.of("tenant", AttributeValue.fromS(company.tenant().name()))));

        company.upload(MORNING.plusHours(1), "clients/d.csv", "client_id;name", "c2;Bar");
        suite.settle();
        suite.recalculate(DAY);

        assertThat(company.export(DAY)).containsKeys("c1", "c2");
    }

    @Test
    void historyIsNotRestated() {
        week();
        JsonNode before = company.export(DAY.plusDays(7)).get("c1");
        company.configure(DAY.plusDays(8).atTime(9, 0), TITLES);
        suite.settle();
        suite.recalculate(DAY.plusDays(8));
        JsonNode after = company.export(DAY.plusDays(8)).get("c1");
        assertThat(company.export(DAY.plusDays(7)).get("c1")).isEqualTo(before);
        assertThat(after.path("senseScoreVariation7d").decimalValue())
                .as("seven days of the old score and one of the new")
                .isPositive();
    }

    @Test
    void whatChangesNothingRecalculatesNothing() {
        week();
        company.configure(DAY.plusDays(8).atTime(9, 0), TITLES);
        suite.settle();
        long written = suite.written("Clients");
        company.configure(
                DAY.plusDays(8).atTime(9, 5), TITLES.replace("100]", "1e2]").replace(" ", ""));
        suite.settle();
        assertThat(suite.written("Clients")).isEqualTo(written);
        assertThat(receipt().path("status").asText()).isEqualTo("unchanged");
        assertThat(receipt().path("version").asInt()).isEqualTo(1);
        assertThat(company.events("ConfigurationActivated")).hasSize(1);
    }

    @Test
    void aRejectedOneLeavesTheOneInForceAndReportsEveryError() {
        week();
        company.configure(DAY.plusDays(8).atTime(9, 0), TITLES);
        suite.settle();
        company.configure(
                DAY.plusDays(8).atTime(9, 5),
                "{\"timeZone\": \"Marte\", \"rules\": {\"size\": [{\"when\": {\"mrr\": 1}, \"then\": \"x\"}]}}");
        suite.settle();
        assertThat(company.events("ConfigurationRejected"))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.path("problems").findValuesAsText("pointer"))
                        .containsExactly("/timeZone", "/rules/size/0/when"));
        assertThat(receipt().path("status").asText()).isEqualTo("refused");
        assertThat(receipt().path("language").asText()).isEqualTo("pt-BR");
        assertThat(receipt().at("/problems/0/message").asText()).startsWith("Não existe este fuso horário.");
        suite.recalculate(DAY.plusDays(8));
        assertThat(company.export(DAY.plusDays(8)).get("c1").path("senseScore").decimalValue())
                .isEqualByComparingTo("0");
    }

    @Test
    void aRejectedOneIsAnsweredInTheLanguageThatItAsksFor() {
        company.configure(MORNING, "{\"language\": \"en\", \"timezone\": \"UTC\"}");
        suite.settle();

        assertThat(receipt().path("language").asText()).isEqualTo("en");
        assertThat(receipt().at("/problems/0/pointer").asText()).isEqualTo("/timezone");
        assertThat(receipt().at("/problems/0/message").asText()).startsWith("There is no such name.");
    }

    @Test
    void theNewestHoldsWhateverTheOrderOfArrival() {
        week();
        company.configure(DAY.plusDays(8).atTime(9, 5), OTHERS);
        suite.settle();
        company.configure(DAY.plusDays(8).atTime(9, 0), TITLES);
        suite.settle();
        suite.recalculate(DAY.plusDays(8));
        assertThat(company.export(DAY.plusDays(8)).get("c1").path("senseScore").decimalValue())
                .isEqualByComparingTo("100");
        assertThat(company.events("ConfigurationActivated")).hasSize(1);
    }

    @Test
    void aRefusalThatComesLateLeavesTheReceiptOfTheNewerOne() {
        company.configure(MORNING.plusMinutes(5), OTHERS);
        suite.settle();
        company.configure(MORNING, "{\"timeZone\": \"Marte\"}");
        suite.settle();

        assertThat(receipt().path("status").asText()).isEqualTo("activated");
        assertThat(company.events("ConfigurationRejected")).hasSize(1);

        company.configure(MORNING.plusMinutes(10), "{\"timeZone\": \"Marte\"}");
        suite.settle();
        company.configure(MORNING.plusMinutes(7), "{\"timeZone\": 1}");
        suite.settle();

        assertThat(receipt().path("upload").asText()).as("the newest of them").startsWith("20260901T111000-");
    }

    @Test
    void anIndicatorReadsTheTenantsOwnField() {
        company.configure(MORNING, """
            {"columns": {"clients": {"Nota interna": "custom.NOTA"}},
             "senseScore": {"indicators": [
               {"name": "nota", "field": "custom.NOTA", "weight": 1, "points": [[0, 0], [10, 100]]}]}}
            """);
        suite.settle();
        company.upload(MORNING.plusHours(1), "clients/c.csv", "client_id;name;Nota Interna", "c1;Padaria;7,5");
        suite.settle();
        suite.recalculate(DAY);
        JsonNode client = company.export(DAY).get("c1");
        assertThat(client.path("custom.NOTA").decimalValue()).isEqualByComparingTo("7.5");
        assertThat(client.path("senseScore").decimalValue()).isEqualByComparingTo("75");
        assertThat(client.path("sources").path("custom.NOTA").path("source").asText())
                .isEqualTo("integration");
    }

    private JsonNode receipt() {
        return Json.parse(company.object("receipts/" + company.tenant() + "/configuration.json"));
    }
}
