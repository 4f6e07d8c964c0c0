package clientkpis.report;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReportPiecesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 30);

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
        Portfolio portfolio = new Portfolio(DAY, 3);
        for (int i = 0; i < 10; i++) {
            portfolio.add(client("{'clientId':'n%d','situation':'neutral','mrr':%d.00}".formatted(i, 100 + i)), null);
        }
        portfolio.add(client("{'clientId':'r','situation':'risk','mrr':1.00}"), null);
        portfolio.add(client("{'clientId':'o','situation':'opportunity','mrr':1.00}"), null);
        assertThat(portfolio.clients().lines())
                .extracting(line -> line.get(0).asText())
                .containsExactly("r", "o", "n9");
        assertThat(portfolio.totals().path("all").toString()).isEqualTo("{\"clients\":12,\"mrr\":1047.00}");
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
        assertThat(Reasons.of(client("{'situation':'risk','sources':{}}"), details)
                        .toString())
                .isEqualTo("[{\"field\":\"overdueTitles\",\"value\":3,\"since\":\"2026-09-12\"},"
                        + "{\"field\":\"engagementScore\",\"value\":8,\"before\":41,\"days\":7}]");
    }
}
