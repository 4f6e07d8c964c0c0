package clientkpis.report;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.score.Band;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReportPiecesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);
    private static final Band.Cuts CUTS = new Band.Cuts(BigDecimal.valueOf(50), BigDecimal.valueOf(75));

    private static InputStream packed(String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    private static JsonNode client(String json) {
        return Json.parse(json.replace('\'', '"'));
    }

    @Test
    void aClientIsReadBesideItsDetailsAlsoWhereOneOfThemIsMissing() throws IOException {
        List<String> seen = new ArrayList<>();
        List<String> ids = List.of("a", "b", "c", "d", "e");
        String[] clients = ids.stream()
                .filter(id -> !id.equals("b"))
                .map(id -> "{\"clientId\":\"" + id + "\"}")
                .toArray(String[]::new);
        String[] details = ids.stream()
                .filter(id -> !id.equals("d"))
                .map(id -> "{\"clientId\":\"" + id + "\",\"of\":\"" + id + "\"}")
                .toArray(String[]::new);
        ExportedShard.join(
                packed(clients),
                packed(details),
                (one, beside) -> seen.add(one.path("clientId").asText()
                        + (beside == null ? "-" : beside.path("of").asText())));
        assertThat(seen).containsExactly("aa", "cc", "d-", "ee");
    }

    private static String late(LocalDate... newestFirst) {
        ArrayNode late = Json.array();
        DataHealth.late(late, "billing", List.of(newestFirst), DAY);
        return late.toString();
    }

    @Test
    void aTableIsLateAfterMoreThanTwiceTheMedianGap() {
        LocalDate last = DAY.minusDays(14);
        assertThat(late(last, last.minusDays(7), last.minusDays(14))).isEqualTo("[]");
        LocalDate longer = DAY.minusDays(15);
        assertThat(late(longer, longer.minusDays(7), longer.minusDays(14)))
                .isEqualTo(
                        "[{\"table\":\"billing\",\"last\":\"2026-09-15\",\"silentDays\":15,\"twiceTheMedianGap\":14}]");
        // Gaps of 1 and 4: twice their median is 5.
        LocalDate even = DAY.minusDays(5);
        assertThat(late(even, even.minusDays(1), even.minusDays(5))).isEqualTo("[]");
    }

    @Test
    void whatArrivedOnOneDayOnlyIsNotLate() {
        assertThat(late()).isEqualTo("[]");
        assertThat(late(DAY.minusDays(100), DAY.minusDays(100))).isEqualTo("[]");
    }

    @Test
    void theExportHasTheNamesOfTheTableAndNothingThatASpreadsheetRuns() throws IOException {
        StringWriter out = new StringWriter();
        ClientsExport csv = new ClientsExport(Tables.load(), new TreeSet<>(List.of("custom.tamanho")), out);
        csv.add(client("{'tenant':'acme','clientId':'007','asOf':'2026-09-30','name':'=cmd(), \\\"x\\\"','mrr':1234.50,"
                + "'custom.tamanho':'G','sources':{}}"));
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.getFirst()).startsWith("tenant,clientId,asOf,").endsWith(",custom.tamanho");
        assertThat(lines.get(1))
                .startsWith("acme,007,2026-09-30,")
                .contains(",1234.50,", ",\"'=cmd(), \"\"x\"\"\",")
                .endsWith(",G");
    }

    @Test
    void aPortfolioKeepsThoseThatMatterMost() {
        Portfolio portfolio = new Portfolio(DAY, 3, CUTS, true);
        for (int i = 0; i < 10; i++) {
            portfolio.add(client("{'clientId':'n%d','situation':'neutral','mrr':%d.00}".formatted(i, 100 + i)), null);
        }
        portfolio.add(client("{'clientId':'r','situation':'risk','mrr':1.00}"), null);
        portfolio.add(client("{'clientId':'o','situation':'opportunity','mrr':1.00}"), null);
        assertThat(Portfolio.Clients.of(portfolio.kept()).lines())
                .extracting(line -> line.get(0).asText())
                .containsExactly("r", "o", "n9");
        assertThat(portfolio.totals().json().path("all").toString()).isEqualTo("{\"clients\":12,\"mrr\":1047.00}");
    }

    @Test
    void theReasonIsWhatCostsTheScoreMostAndSinceWhen() {
        ArrayNode scores = Json.array();
        for (int i = 0; i < 60; i++) {
            scores.add(i < 55 ? 41 : 8);
        }
        JsonNode details = client("""
            {'senseScore':{'indicators':[
              {'name':'engagement','field':'engagementScore','weight':30,'value':8,'points':54.00},
              {'name':'nps','field':'nps','weight':20},
              {'name':'finance','field':'overdueTitles','weight':25,'value':3,'points':0.00},
              {'name':'support','field':'ticketsAboveSla','weight':25,'value':0,'points':100.00}]},
             'internal':{'overdueSince':'2026-09-12'},
             'history':{'engagementScore':%s}}\
            """.formatted(scores));
        assertThat(Reasons.of(new ExportedClient(client("{'situation':'risk','sources':{}}")), details, CUTS))
                .asString()
                .isEqualTo("[{\"field\":\"overdueTitles\",\"value\":3,\"since\":\"2026-09-12\"},"
                        + "{\"field\":\"engagementScore\",\"value\":8,\"before\":41,\"days\":7}]");
    }

    private static final String REGISTERED = "'sources':{'name':{'source':'integration','table':'clients'}}";

    private static Totals.Counted counted(boolean countsUnregistered, String json) {
        return new Totals(DAY, countsUnregistered).add(new ExportedClient(client(json)), Json.array());
    }

    @Test
    void onlyActiveAndRegisteredClientsCount() {
        assertThat(counted(false, "{'name':'A','status':'Ativo'," + REGISTERED + "}"))
                .isEqualTo(Totals.Counted.PORTFOLIO);
        assertThat(counted(false, "{'name':'A','status':'Cancelado'," + REGISTERED + "}"))
                .isEqualTo(Totals.Counted.INACTIVE);
        assertThat(counted(false, "{'sources':{}}")).isEqualTo(Totals.Counted.UNREGISTERED);
        // A name set by hand registers nobody; one set above the registry's takes nobody out.
        assertThat(counted(false, "{'name':'A','sources':{'name':{'source':'manual'}}}"))
                .isEqualTo(Totals.Counted.UNREGISTERED);
        assertThat(
                        counted(
                                false,
                                "{'name':'A','sources':{'name':{'source':'manual','below':{'value':'B','source':'integration'}}}}"))
                .isEqualTo(Totals.Counted.PORTFOLIO);
    }

    @Test
    void theStatusIsTheOneBeforeRules() {
        assertThat(
                        counted(
                                false,
                                "{'name':'A','status':'Inativo','sources':{'name':{'source':'integration'},"
                                    + "'status':{'source':'rule','position':1,'below':{'value':'Ativo','source':'integration'}}}}"))
                .isEqualTo(Totals.Counted.PORTFOLIO);
    }

    @Test
    void whereThereIsNoRegistryEveryoneCounts() {
        assertThat(counted(true, "{'sources':{}}")).isEqualTo(Totals.Counted.PORTFOLIO);
    }

    @Test
    void whoIsCountedApartIsInNoFigureAndNoListToCall() {
        Portfolio portfolio = new Portfolio(DAY, 10, CUTS, false);
        portfolio.add(
                client("{'clientId':'a','name':'A','situation':'neutral','senseScoreBand':'green','senseScore':90.00,"
                        + "'senseScoreCoverage':100.00,'mrr':10.00," + REGISTERED + "}"),
                null);
        portfolio.add(
                client("{'clientId':'b','name':'B','status':'churned','situation':'risk','senseScoreBand':'red',"
                        + "'senseScore':1.00,'senseScoreCoverage':50.00,'daysToRenewal':3,'mrr':5.00," + REGISTERED
                        + "}"),
                null);
        portfolio.add(client("{'clientId':'c','situation':'risk','senseScoreBand':'red','sources':{}}"), null);

        JsonNode totals = portfolio.totals().json();
        assertThat(totals.path("all").toString()).isEqualTo("{\"clients\":1,\"mrr\":10.00}");
        assertThat(totals.path("inactive").toString()).isEqualTo("{\"clients\":1,\"mrr\":5.00}");
        assertThat(totals.path("unregistered").toString()).isEqualTo("{\"clients\":1,\"mrr\":0.00}");
        assertThat(totals.path("redOnly").path("clients").asLong()).isZero();
        assertThat(totals.path("renewals").path("clients").asLong()).isZero();
        assertThat(totals.path("score").path("coverage").decimalValue()).isEqualByComparingTo("100");
        assertThat(portfolio.totals().summary().path("situations").has("risk")).isFalse();
        assertThat(Portfolio.Clients.of(portfolio.kept()).lines())
                .extracting(line -> line.get(0).asText())
                .containsExactly("a", "c", "b");
    }

    /// Sixty days of which the last ones have a score.
    private static JsonNode red(int known, int red) {
        ArrayNode scores = Json.array();
        for (int i = 60; i > 0; i--) {
            if (i > known) {
                scores.addNull();
            } else {
                scores.add(i > red ? 80 : 20);
            }
        }
        return client(
                "{'history':{'from':'2026-08-02','senseScore':" + scores + "},'clause':{'comparisons':["
                                                                         + "{'clause':'risk','left':{'name':'mean60','value':'20.00'},'right':{'name':'mean7','value':'20.00'}}]}}");
    }

    @Test
    void aRedClientThatIsNotAtRiskSaysSinceWhenAndOverHowManyDays() {
        ExportedClient client =
                new ExportedClient(client("{'situation':'neutral','senseScoreBand':'red','sources':{}}"));
        assertThat(Reasons.of(client, red(1, 1), CUTS))
                .asString()
                .isEqualTo(
                        "[{\"red\":1,\"known\":1,\"since\":\"2026-09-30\",\"mean60\":\"20.00\",\"mean7\":\"20.00\"}]");
        assertThat(Reasons.of(client, red(20, 12), CUTS))
                .asString()
                .startsWith("[{\"red\":12,\"known\":20,\"since\":\"2026-09-19\"");
        assertThat(Reasons.of(
                        new ExportedClient(client("{'situation':'neutral','senseScoreBand':'green'}")),
                        red(9, 9),
                        CUTS))
                .isNull();
    }
}
