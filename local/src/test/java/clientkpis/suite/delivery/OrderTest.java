package clientkpis.suite.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.suite.Company;
import clientkpis.suite.SmallPortfolio;
import clientkpis.suite.Suite;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    private static final LocalDate DAY = LocalDate.of(2026, 9, 10);
    private static final LocalDateTime MORNING = DAY.atTime(8, 0);
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    @RegisterExtension
    static final Suite suite = Suite.shared();

    @Test
    void theOrderOfADaysFilesDoesNotMatterNorThatEachComesTwice() {
        Map<String, String[]> files = SmallPortfolio.ofAllTables();
        Company once = suite.company();
        int second = 0;
        for (Map.Entry<String, String[]> file : files.entrySet()) {
            once.upload(MORNING.plusSeconds(second++), file.getKey(), file.getValue());
        }
        List<Company> shuffled = new ArrayList<>();
        for (int seed = 1; seed <= 4; seed++) {
            Company company = suite.another();
            shuffled.add(company);
            List<String> order = new ArrayList<>(files.keySet());
            order.addAll(files.keySet());
            Collections.shuffle(order, new Random(seed));
            for (int i = 0; i < order.size(); i++) {
                company.upload(MORNING.plusSeconds(i), order.get(i), files.get(order.get(i)));
                if (seed % 2 == 0 && i % 3 == 0) {
                    suite.settle();
                }
            }
        }
        suite.settle();
        suite.recalculate(DAY);
        suite.recalculate(DAY.plusDays(1));

        Map<String, JsonNode> table = once.table(DAY);
        assertThat(table).containsOnlyKeys("c1", "c2", "c3", "c4", "c5");
        assertThat(table.get("c1").fieldNames())
                .toIterable()
                .contains(
                        "name",
                        "mrr",
                        "overdueTitles",
                        "ticketsAboveSla",
                        "nps",
                        "activeUsers",
                        "engagementScore",
                        "overdueActivities",
                        "sponsorName",
                        "senseScore",
                        "situation");
        for (Company company : shuffled) {
            assertThat(company.table(DAY)).isEqualTo(table);
            assertThat(company.table(DAY.plusDays(1))).isEqualTo(once.table(DAY.plusDays(1)));
            company.assertChangesAreWhole();
            assertThat(company.receipts())
                    .hasSize(2 * files.size())
                    .allSatisfy((key, receipt) ->
                            assertThat(receipt.path("status").asText()).isEqualTo("applied"));
        }
    }

    /// Each row of `k` follows a different pattern over the three uploads; where one upload brings again what stands,
    /// it leaves no mark, and only applying the newer ones again gives the right end.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threeUploadsWithKeysInCommonEndAsTheirOrderOfUploadSaysInWhateverOrderTheyArrive(boolean settling) {
        String[][] uploads = {
            contracts("same:1", "ABA:1", "AAB:1", "ABB:1", "A--:1", "AB-:1", "A-A:1", "A-B:1"),
            contracts("same:1", "ABA:2", "AAB:1", "ABB:2", "-A-:2", "AB-:2", "-AA:1", "-AB:1"),
            contracts("same:1", "ABA:1", "AAB:2", "ABB:2", "--A:3", "A-A:1", "A-B:2", "-AA:1", "-AB:2")
        };
        Map<String, String> end = Map.ofEntries(
                Map.entry("c same", "1.00"),
                Map.entry("c ABA", "1.00"),
                Map.entry("c AAB", "2.00"),
                Map.entry("c ABB", "2.00"),
                Map.entry("c A--", "1.00"),
                Map.entry("c -A-", "2.00"),
                Map.entry("c --A", "3.00"),
                Map.entry("c AB-", "2.00"),
                Map.entry("c A-A", "1.00"),
                Map.entry("c A-B", "2.00"),
                Map.entry("c -AA", "1.00"),
                Map.entry("c -AB", "2.00"));
        suite.company();
        List<Company> companies = new ArrayList<>();
        for (int[] order : ORDERS) {
            Company company = suite.another();
            companies.add(company);
            for (int upload : order) {
                company.upload(MORNING.plusMinutes(upload), "contracts/" + upload + ".csv", uploads[upload]);
                if (settling) {
                    suite.settle();
                }
            }
        }
        suite.settle();
        suite.recalculate(DAY);

        for (int i = 0; i < ORDERS.length; i++) {
            assertThat(values(companies.get(i)))
                    .as("arrival %s", List.of(ORDERS[i][0], ORDERS[i][1], ORDERS[i][2]))
                    .isEqualTo(end);
            assertThat(companies.get(i).table(DAY))
                    .isEqualTo(companies.getFirst().table(DAY));
            assertThat(companies.get(i).table(DAY).get("c").path("mrr").decimalValue())
                    .isEqualByComparingTo("20");
        }
    }

    private static String[] contracts(String... rows) {
        List<String> lines = new ArrayList<>(List.of("client_id;contract_id;model;value;status"));
        for (String row : rows) {
            int colon = row.indexOf(':');
            lines.add("c;" + row.substring(0, colon) + ";MRR;" + row.substring(colon + 1) + ",00;Ativo");
        }
        return lines.toArray(String[]::new);
    }

    private static Map<String, String> values(Company company) {
        Map<String, String> values = new TreeMap<>();
        company.rows("contracts").forEach((key, cells) -> values.put(key, cells.get("value")));
        return values;
    }
}
