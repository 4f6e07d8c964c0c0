package clientkpis.store;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Tenant;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Tenure;
import clientkpis.kpi.configuration.Configuration;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ClientItemTest {
    private static final Tenant TENANT = Tenant.of("acme");
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final Configuration.Active CONFIGURATION = new Configuration.Active(0, null, Configuration.DEFAULT);

    @Test
    void aClientReadsBackAsItWasWritten() {
        Client client = client();

        assertThat(ClientItem.read(ClientItem.write(TENANT, client))).isEqualTo(client);
    }

    @Test
    void aTenureReadsBackAsItWasWritten() {
        for (Tenure tenure : List.of(
                new Tenure(DAY, null, null),
                new Tenure(DAY, DAY.plusDays(1), null),
                new Tenure(DAY, null, new Tenure.Left(DAY.plusDays(2), null, false, null)),
                new Tenure(
                        DAY,
                        DAY.plusDays(1),
                        new Tenure.Left(DAY.plusDays(2), DAY.minusDays(3), true, DAY.plusDays(4))))) {
            Client known = client();
            Client client = new Client(
                    known.clientId(),
                    known.version(),
                    known.asOf(),
                    known.facets(),
                    known.engagementScore(),
                    known.scores(),
                    known.standing(),
                    known.ruled(),
                    known.configurationVersion(),
                    known.firstMrrOn(),
                    tenure);

            assertThat(ClientItem.read(ClientItem.write(TENANT, client)).tenure())
                    .isEqualTo(tenure);
        }
    }

    @Test
    void theItemShowsTheFieldsButNotWhatFollowsFromTheDate() {
        Map<String, AttributeValue> fields =
                ClientItem.write(TENANT, client()).get("fields").m();

        assertThat(fields.get("mrr").n()).isEqualTo("1234.50");
        assertThat(fields.get("renewalOn").s()).isEqualTo("2027-01-31");
        assertThat(fields.get("senseScore").n()).isEqualTo("75.24");
        assertThat(fields).doesNotContainKeys("daysToRenewal", "senseScoreVariation7d");
    }

    @Test
    void aTypicalClientFitsOneWriteUnit() {
        Map<String, AttributeValue> item = ClientItem.write(TENANT, client());
        int size = item.get("packed").b().asByteArrayUnsafe().length
                + item.get("fields").toString().length();

        assertThat(size).isLessThan(1024);
    }

    static Client client() {
        TreeMap<LocalDate, Value> titles = new TreeMap<>();
        titles.put(DAY, Value.Number.of(0));
        titles.put(DAY.plusDays(5), Value.Number.of(1));
        Map<String, Client.Facet> facets = Map.of(
                "contracts",
                new Client.Facet(
                        3,
                        "20260930T040000-0123456789-contratos.csv",
                        Map.of(
                                "mrr",
                                Timeline.constant(DAY, new Value.Number(new BigDecimal("1234.50"))),
                                "renewalOn",
                                Timeline.constant(DAY, new Value.Day(LocalDate.of(2027, 1, 31))),
                                "daysToRenewal",
                                Timeline.constant(DAY, new Value.Countdown(LocalDate.of(2027, 1, 31))))),
                "billing",
                new Client.Facet(
                        1, "20260930T040000-0123456789-financeiro.csv", Map.of("overdueTitles", Timeline.of(titles))),
                "nps",
                new Client.Facet(
                        1,
                        "20260930T040000-0123456789-nps.csv",
                        Map.of("nps", Timeline.constant(DAY, new Value.Number(new BigDecimal("0.00"))))),
                "clients",
                new Client.Facet(
                        1,
                        "20260930T040000-0123456789-clientes.csv",
                        Map.of("name", Timeline.constant(DAY, new Value.Text("Padaria São João")))));
        Cause cause = new Cause.Upload("contracts", "u");
        Client first = Client.unknown("00.038.166/0001-05")
                .uploaded(DAY, facets, CONFIGURATION, cause)
                .client();
        return first.recalculated(DAY, new BigDecimal("42.86"), CONFIGURATION, new Cause.Daily())
                .client();
    }
}
