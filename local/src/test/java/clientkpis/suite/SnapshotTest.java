package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A snapshot is the whole table as of its upload (tables.md, *How rows take effect*), and it is guarded.
///
/// One file, because it is one section of the page.
class SnapshotTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final int ROWS = 20;

    @RegisterExtension
    static final Suite suite = Suite.shared();

    /// Titles numbered `from` to `to`, two per client.
    private static String[] titles(int from, int to) {
        List<String> lines = new ArrayList<>(List.of("client_id;title_id;value;due_on"));
        IntStream.range(from, to).forEach(i -> lines.add("c" + i / 2 + ";t" + i + ";10,00;2026-08-01"));
        return lines.toArray(String[]::new);
    }

    private static Company withTitles() {
        Company company = suite.another();
        company.upload(MORNING, "billing/b.csv", titles(0, ROWS));
        suite.settle();
        return company;
    }

    @Test
    void aFileWithATenthOfTheRowsIsQuarantinedAndNothingAtAllChanges() {
        Company company = withTitles();
        var before = company.state();
        company.upload(MORNING.plusHours(1), "billing/snapshot/full.csv", titles(0, ROWS / 10));
        suite.settle();
        assertThat(company.state()).isEqualTo(before);
        JsonNode receipt = company.receiptOf("billing/snapshot/full.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("quarantined");
        assertThat(receipt.path("mode").asText()).isEqualTo("snapshot");
        assertThat(receipt.path("rows").path("removed").asInt()).isEqualTo(18);
        assertThat(receipt.path("reason").path("code").asText()).isEqualTo("snapshot_guard");
        assertThat(receipt.path("reason").path("message").asText())
                .contains("18 das 20 linhas da tabela")
                .contains("uploads/" + company.tenant() + "/billing/snapshot/confirm/full.csv");

        company.upload(MORNING.plusHours(2), "billing/snapshot/confirm/full.csv", titles(0, ROWS / 10));
        suite.settle();
        assertThat(company.receiptOf("billing/snapshot/confirm/full.csv")
                        .path("rows")
                        .path("removed")
                        .asInt())
                .isEqualTo(18);
        suite.recalculate(DAY);
        assertThat(company.table(DAY)).containsOnlyKeys("c0");
        assertThat(company.table(DAY).get("c0").path("overdueTitles").asInt()).isEqualTo(2);
        company.assertChangesAreWhole();
    }

    @ParameterizedTest
    @CsvSource({"0, applied", "1, applied", "10, applied", "11, quarantined", "20, quarantined"})
    void theGuardCountsWhatWouldGo(int removed, String status) {
        Company company = withTitles();
        // As many new rows come as go.
        company.upload(MORNING.plusHours(1), "billing/snapshot/s.csv", titles(removed, ROWS + removed));
        suite.settle();
        JsonNode receipt = company.receiptOf("billing/snapshot/s.csv");
        assertThat(receipt.path("status").asText()).isEqualTo(status);
        assertThat(receipt.path("rows").path("removed").asInt()).isEqualTo(removed);
        assertThat(company.rows("billing")).hasSize(ROWS);
    }

    @Test
    void confirmedItMayRemoveAllRowsAndTheirClients() {
        Company company = withTitles();
        company.upload(MORNING.plusHours(1), "billing/snapshot/confirm/s.csv", titles(ROWS, ROWS + 2));
        suite.settle();
        suite.recalculate(DAY);
        assertThat(company.table(DAY)).containsOnlyKeys("c10");
        assertThat(company.rows("billing")).hasSize(2);
        company.upload(MORNING.plusHours(2), "billing/again.csv", titles(0, 2));
        suite.settle();
        suite.recalculate(DAY.plusDays(1));
        assertThat(company.table(DAY.plusDays(1))).containsOnlyKeys("c0", "c10");
    }

    @Test
    void theFirstSnapshotOfATableRemovesNothing() {
        Company company = suite.another();
        company.upload(MORNING, "billing/snapshot/s.csv", titles(0, ROWS));
        suite.settle();
        assertThat(company.receiptOf("billing/snapshot/s.csv").path("status").asText())
                .isEqualTo("applied");
        assertThat(company.rows("billing")).hasSize(ROWS);
    }

    @Test
    void removedRowsCountAsNeverReceived() {
        Company company = withTitles();
        company.upload(MORNING, "clients/c.csv", "client_id;name", "c0;Padaria", "c1;Café", "c2;Bar", "c3;Mercado");
        suite.settle();
        company.upload(MORNING.plusHours(1), "billing/snapshot/s.csv", titles(2, ROWS));
        suite.settle();
        suite.recalculate(DAY);
        JsonNode client = company.table(DAY).get("c0");
        assertThat(client.path("name").asText()).isEqualTo("Padaria");
        assertThat(client.has("overdueTitles")).isFalse();
        assertThat(client.has("tcv")).isFalse();
    }

    @Test
    void anOlderUpsertThatArrivesAfterItBringsNothingBack() {
        Company company = withTitles();
        company.upload(MORNING.plusHours(2), "billing/snapshot/s.csv", titles(0, ROWS - 2));
        suite.settle();
        var before = company.rows("billing");
        company.upload(MORNING.plusHours(1), "billing/late.csv", titles(ROWS - 4, ROWS + 4));
        suite.settle();
        assertThat(company.rows("billing")).isEqualTo(before);
        JsonNode rows = company.receiptOf("billing/late.csv").path("rows");
        assertThat(rows.path("outdated").asInt()).isEqualTo(8);
    }

    /// Two rows of the file are wrong; their ids are not.
    private static String[] titlesWithFaults(int from, int to, int... faulty) {
        String[] titles = titles(from, to);
        for (int title : faulty) {
            titles[1 + title - from] = titles[1 + title - from].replace("10,00", "dez");
        }
        return titles;
    }

    @Test
    void aRejectedRowWhoseKeyCanBeReadRemovesNothing() {
        Company company = withTitles();
        String before = company.rows("billing").get("c2 t4").toString();
        company.upload(MORNING.plusHours(1), "billing/snapshot/s.csv", titlesWithFaults(2, ROWS, 4, 9));
        suite.settle();
        JsonNode receipt = company.receiptOf("billing/snapshot/s.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("applied");
        assertThat(receipt.at("/rows/removed").asInt()).isEqualTo(2);
        assertThat(company.rows("billing")).hasSize(ROWS - 2).containsKeys("c2 t4", "c4 t9");
        assertThat(company.rows("billing").get("c2 t4")).hasToString(before);
    }

    @Test
    void aRejectedRowOfAClientThatHasNothingElseInTheSnapshotRemovesNothingEither() {
        Company company = withTitles();
        company.upload(MORNING.plusHours(1), "billing/snapshot/s.csv", titlesWithFaults(0, ROWS, 4, 5));
        suite.settle();
        JsonNode receipt = company.receiptOf("billing/snapshot/s.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("applied");
        assertThat(receipt.path("rows").has("removed")).isFalse();
        assertThat(receipt.at("/clients/seen").asInt()).isEqualTo(ROWS / 2 - 1);
        assertThat(company.rows("billing")).hasSize(ROWS);
    }

    @Test
    void aRejectedRowWithoutAKeyPutsTheSnapshotInQuarantineAndItsReceiptListsIt() {
        Company company = withTitles();
        var before = company.state();
        String[] titles = titles(0, ROWS);
        titles[3] = titles[3].replace("t2", "");
        company.upload(MORNING.plusHours(1), "billing/snapshot/s.csv", titles);
        suite.settle();
        assertThat(company.state()).isEqualTo(before);
        JsonNode receipt = company.receiptOf("billing/snapshot/s.csv");
        assertThat(receipt.path("status").asText()).isEqualTo("quarantined");
        assertThat(receipt.at("/reason/message").asText())
                .contains("(1, a primeira na linha 4)", "billing/snapshot/confirm/s.csv");
        assertThat(receipt.at("/problems/byCode/blank").asInt()).isEqualTo(1);
        assertThat(new String(company.object(receipt.at("/rejectedRows/object").asText()), StandardCharsets.UTF_8))
                .contains("c1;;10,00;2026-08-01;");

        company.upload(MORNING.plusHours(2), "billing/snapshot/confirm/s.csv", titles);
        suite.settle();
        assertThat(company.rows("billing")).hasSize(ROWS - 1).doesNotContainKey("c1 t2");
    }

    /// `b` keeps t4 as `a` brought it, `d` what `c` brought after that.
    @Test
    void aRejectedRowKeepsTheSameInEveryOrderOfArrival() {
        record Arrival(int hour, String name, List<String> lines) {}
        List<Arrival> arrivals = List.of(
                new Arrival(1, "billing/a.csv", List.of(titles(0, 8))),
                new Arrival(2, "billing/snapshot/confirm/b.csv", List.of(titlesWithFaults(2, 8, 4, 7))),
                new Arrival(3, "billing/c.csv", List.of(titles(6, 10))),
                new Arrival(4, "billing/snapshot/confirm/d.csv", List.of(titlesWithFaults(4, 12, 4, 6, 10))),
                new Arrival(5, "billing/e.csv", List.of(titles(0, 1))),
                new Arrival(6, "billing/snapshot/confirm/f.csv", List.of(titlesWithFaults(0, 10, 0, 2, 4))));
        List<Map<String, Map<String, String>>> ends = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Company company = suite.another();
            List<Arrival> order = new ArrayList<>(arrivals);
            if (seed > 0) {
                Collections.shuffle(order, new Random(seed));
            }
            for (Arrival arrival : order) {
                String value = arrival.hour() + ",00";
                company.upload(
                        MORNING.plusHours(arrival.hour()),
                        arrival.name(),
                        arrival.lines().stream()
                                .map(line -> line.replace("10,00", value))
                                .toArray(String[]::new));
                if (seed % 2 == 0) {
                    suite.settle();
                }
            }
            suite.settle();
            ends.add(company.rows("billing"));
        }
        assertThat(ends.getFirst())
                .containsOnlyKeys("c0 t0", "c0 t1", "c1 t3", "c2 t4", "c2 t5", "c3 t6", "c3 t7", "c4 t8", "c4 t9");
        assertThat(ends.getFirst().get("c2 t4")).containsEntry("value", "1.00");
        assertThat(ends.getFirst().get("c0 t0")).containsEntry("value", "5.00");
        assertThat(ends).allSatisfy(end -> assertThat(end).isEqualTo(ends.getFirst()));
    }

    @ParameterizedTest
    @CsvSource({"20, 10, 20, quarantined", "61, 10, 20, applied", "20, 5, 15, applied", "20, 6, 16, quarantined"})
    void twoHalvesOfAnExportAreToBeJoined(int minutes, int from, int to, String status) {
        Company company = suite.another();
        company.configure(MORNING.minusHours(1), "{\"uploads\": {\"snapshotMaxRemoved\": 1}}");
        company.upload(MORNING, "billing/snapshot/half-1.csv", titles(0, 10));
        suite.settle();
        company.upload(MORNING.plusMinutes(minutes), "billing/snapshot/half-2.csv", titles(from, to));
        suite.settle();
        JsonNode receipt = company.receiptOf("billing/snapshot/half-2.csv");
        assertThat(receipt.path("status").asText()).isEqualTo(status);
        if (status.equals("quarantined")) {
            assertThat(receipt.at("/reason/code").asText()).isEqualTo("snapshot_guard");
            assertThat(receipt.at("/reason/message").asText())
                    .contains("half-1.csv", "Junte as duas", "billing/snapshot/confirm/half-2.csv");
            assertThat(company.rows("billing")).hasSize(10).containsKey("c0 t0");
        }
    }

    @Test
    void theHalfThatArrivesSecondIsTheOneInQuarantineAlsoWhenItIsTheOlderOne() {
        Company company = suite.another();
        company.upload(MORNING.plusMinutes(1), "billing/snapshot/half-2.csv", titles(10, 20));
        suite.settle();
        company.upload(MORNING, "billing/snapshot/half-1.csv", titles(0, 10));
        suite.settle();
        assertThat(company.receiptOf("billing/snapshot/half-1.csv")
                        .path("status")
                        .asText())
                .isEqualTo("quarantined");
        assertThat(company.rows("billing")).hasSize(10).containsKey("c5 t10");
    }

    @Test
    void everyOrderOfArrivalEndsAlike() {
        record Arrival(int hour, String name, int from, int to) {}
        List<Arrival> arrivals = List.of(
                new Arrival(1, "billing/a.csv", 0, 8),
                new Arrival(2, "billing/snapshot/confirm/b.csv", 4, 12),
                new Arrival(3, "billing/c.csv", 10, 14),
                new Arrival(4, "billing/snapshot/confirm/d.csv", 6, 13),
                new Arrival(5, "billing/e.csv", 0, 2));
        Map<String, Map<String, Map<String, String>>> ends = new TreeMap<>();
        List<Company> companies = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            Company company = suite.another();
            companies.add(company);
            List<Arrival> order = new ArrayList<>(arrivals);
            if (seed > 0) {
                Collections.shuffle(order, new Random(seed));
            }
            for (Arrival arrival : order) {
                company.upload(MORNING.plusHours(arrival.hour()), arrival.name(), titles(arrival.from(), arrival.to()));
                if (seed % 2 == 0) {
                    suite.settle();
                }
            }
            suite.settle();
            ends.put(seed + " " + order.stream().map(Arrival::name).toList(), company.rows("billing"));
        }
        assertThat(ends.values())
                .allSatisfy(end -> assertThat(end.keySet())
                        .isEqualTo(ends.values().iterator().next().keySet()));
        assertThat(ends.values().iterator().next()).hasSize(9);
        suite.recalculate(DAY);
        for (Company company : companies) {
            assertThat(company.table(DAY)).isEqualTo(companies.getFirst().table(DAY));
        }
    }
}
