package clientkpis.suite.scale;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.local.Options;
import clientkpis.suite.Company;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Much at once settles without a lost row, with the time and the memory that the template gives each function, which
/// runs in processes of its own. `./dev scale` runs it at full size; `-Dscale=0.01`, a hundredth, is what the tests
/// run.
class LimitsScaleTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);

    /// Tables with the columns that a row needs, besides its client and its own key.
    private static final List<String> TABLES = List.of(
            "billing/%s;client_id;title_id;value;due_on;c%d;k%d;1,00;2026-10-01",
            "support/%s;client_id;ticket_id;sla_on;;c%d;k%d;2026-10-01;",
            "nps/%s;client_id;answer_id;score;answered_on;c%d;k%d;9;2026-09-01",
            "activities/%s;client_id;activity_id;due_on;;c%d;k%d;2026-10-01;");

    @RegisterExtension
    static final Suite suite = Suite.start(Options.defaults().withOwnProcesses());

    @Test
    @Tag("scale")
    void uploads() {
        int uploads = Scale.scaled(1_000);
        Company company = suite.company();
        long began = System.nanoTime();
        for (int upload = 0; upload < uploads; upload++) {
            String[] table = TABLES.get(upload % TABLES.size()).split(";", -1);
            String header =
                    String.join(";", table[1], table[2], table[3], table[4]).replaceAll(";$", "");
            String row =
                    String.join(";", table[5], table[6], table[7], table[8]).replaceAll(";$", "");
            company.upload(
                    DAY.atTime(8, 0).plusSeconds(upload),
                    table[0].formatted("u" + upload + ".csv"),
                    Scale.bytes(header + "\n" + row.formatted(upload % 7, upload) + "\n" + row.formatted(0, 0) + "\n"));
        }
        suite.settle(Scale.LONG);

        long rows = 0;
        for (String table : TABLES) {
            rows += company.rows(table.substring(0, table.indexOf('/'))).size();
        }
        Scale.print(began, "%d uploads over %d tables at once, %d rows".formatted(uploads, TABLES.size(), rows));
        // Each has a row of its own, and one that all of its table have: the first upload's own.
        assertThat(rows).isEqualTo(uploads + Math.min(uploads, TABLES.size()) - 1);
        assertThat(company.receipts().values())
                .hasSize(uploads)
                .allMatch(receipt -> receipt.path("status").asText().equals("applied"));
    }

    @Test
    @Tag("scale")
    void rows() {
        int clients = Scale.scaled(10_000);
        int each = 500;
        Company company = suite.company();
        StringBuilder csv = new StringBuilder("client_id;user_id;used_on;actions\n");
        for (int row = 0; row < clients * each; row++) {
            int of = row / clients;
            csv.append('c').append(row % clients).append(";u").append(of / 20).append(";2026-08-");
            csv.append(10 + of % 20).append(";1\n");
        }
        byte[] file = Scale.bytes(csv.toString());
        csv.setLength(0);
        csv.trimToSize();
        long began = System.nanoTime();
        company.upload(DAY.atTime(8, 0), "usage/rows.csv", file);
        suite.settle(Scale.LONG);

        JsonNode receipt = company.receiptOf("usage/rows.csv");
        long stored = suite.records().countOlder(company.tenant(), "usage", "\uffff");
        Scale.print(
                began, "%,d rows of %,d clients in one upload of %,d bytes".formatted(stored, clients, file.length));
        assertThat(receipt.at("/rows/stored").asLong()).isEqualTo((long) clients * each);
        assertThat(receipt.at("/clients/seen").asLong()).isEqualTo(clients);
        assertThat(stored).isEqualTo((long) clients * each);
    }

    @Test
    @Tag("slow")
    void clients() throws IOException {
        int clients = Scale.scaled(200_000);
        Company company = suite.company();
        StringBuilder names = new StringBuilder("client_id;name;status\n");
        StringBuilder titles = new StringBuilder(Scale.TITLES);
        for (int client = 0; client < clients; client++) {
            names.append('c').append(client).append(";Padaria ").append(client).append(";Ativo\n");
            titles.append('c').append(client).append(";t;100,00;2026-08-01\n");
        }
        long began = System.nanoTime();
        company.upload(DAY.atTime(1, 0), "clients/c.csv", Scale.bytes(names.toString()));
        company.upload(DAY.atTime(1, 1), "billing/b.csv", Scale.bytes(titles.toString()));
        suite.settle(Scale.LONG);
        Scale.print(began, "%,d clients of two tables uploaded".formatted(clients));
        suite.cloud().requests().reset();
        long recalculation = System.nanoTime();
        suite.clock(DAY.atTime(23, 0));
        suite.cloud()
                .tick(DAY.atTime(23, 0).atZone(ZoneId.of("America/Sao_Paulo")).toInstant());
        suite.settle(Scale.LONG);

        Set<String> exported = new HashSet<>();
        long lines = 0;
        for (String key : company.keys("exports/%s/%s/clients-".formatted(company.tenant(), DAY))) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(new ByteArrayInputStream(company.object(key))), StandardCharsets.UTF_8))) {
                String line;
                while ((line = text.readLine()) != null) {
                    exported.add(Json.parse(line).path("clientId").asText());
                    lines++;
                }
            }
        }
        Scale.print(
                recalculation, "the first recalculation of %,d clients, %,d exported lines".formatted(clients, lines));
        assertThat(lines).isEqualTo(clients);
        assertThat(exported).hasSize(clients);
        assertThat(company.events("RecalculationCompleted")).isNotEmpty();
    }
}
