package clientkpis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The movements of MRR by month, of contracts that are uploaded month by month. The days between are missed.
class MoneyTest {
    private static final YearMonth FIRST = YearMonth.of(2018, 10);
    private static final String BRINGS = "client_id;contract_id;model;value;status";
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    @RegisterExtension
    static final Suite suite = Suite.shared();

    /// Customer to the MRR of each month.
    private static final Map<String, List<BigDecimal>> CUSTOMERS = customers();

    private static final int MONTHS = CUSTOMERS.values().iterator().next().size();

    private static Company company;

    private static Map<String, List<BigDecimal>> customers() {
        Map<String, List<BigDecimal>> customers = new TreeMap<>();
        Suite.text(Suite.ROOT.resolve("local/src/test/resources/clientkpis/suite/mrr-by-month.txt"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    String[] cells = line.split("[: ]+", -1);
                    List<BigDecimal> amounts = new ArrayList<>();
                    for (int i = 1; i < cells.length; i++) {
                        amounts.add(new BigDecimal(cells[i]).setScale(2));
                    }
                    customers.put(cells[0], amounts);
                });
        return customers;
    }

    @BeforeAll
    static void monthByMonth() {
        company = suite.company();
        List<String> registry = new ArrayList<>(List.of("client_id;name;status;segmento"));
        CUSTOMERS.keySet().forEach(id -> registry.add("%s;Customer %s;Ativo;%s".formatted(id, id, segment(id))));
        company.upload(FIRST.atDay(1).atTime(8, 0), "clients/customers.csv", registry.toArray(String[]::new));
        for (int i = 0; i < MONTHS; i++) {
            LocalDate day = FIRST.plusMonths(i).atDay(3);
            List<String> contracts = new ArrayList<>(List.of(BRINGS));
            int month = i;
            CUSTOMERS.forEach((id, amounts) -> {
                BigDecimal mrr = amounts.get(month);
                if (amounts.subList(0, month + 1).stream().anyMatch(known -> known.signum() > 0)) {
                    contracts.add("%s;subscription;MRR;%s;%s"
                            .formatted(id, mrr.signum() > 0 ? mrr : "10.00", mrr.signum() > 0 ? "Ativo" : "Encerrado"));
                }
            });
            company.upload(day.atTime(9, 0), "contracts/" + day + ".csv", contracts.toArray(String[]::new));
            suite.settle();
            suite.recalculate(day.plusDays(20));
        }
        suite.recalculate(FIRST.plusMonths(MONTHS).atDay(10));
    }

    private static String segment(String id) {
        return Integer.parseInt(id) % 2 == 0 ? "Even" : "Odd";
    }

    @Test
    void thePublicExampleComesOut() {
        assertThat(end("2018-12")).isEqualTo("585.00 12");
        assertThat(end("2019-06")).isEqualTo("1135.00 22");
        assertThat(end("2019-07")).isEqualTo("1350.00 26");
        assertThat(end("2019-12")).isEqualTo("1255.00 28");
    }

    private static String end(String month) {
        long clients = 0;
        for (JsonNode cohort : kept(YearMonth.parse(month)).path("cohorts")) {
            clients += cohort.path("clients").asLong();
        }
        return kept(YearMonth.parse(month)).path("total").path("end") + " " + clients;
    }

    @Test
    void everyMonthAndSliceIsAsReckonedFromTheAmounts() {
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = FIRST.plusMonths(i);
            JsonNode kept = kept(month);
            assertThat(kept.path("total").toString())
                    .isEqualTo(expected(i, CUSTOMERS, month).toString());
            for (JsonNode line : kept.path("slices")) {
                if (line.path("by").asText().equals("segment")) {
                    String of = line.path("of").asText();
                    Map<String, List<BigDecimal>> own = new TreeMap<>(CUSTOMERS);
                    own.keySet().removeIf(id -> !segment(id).equals(of));
                    assertThat(line.toString())
                            .isEqualTo(expected(i, own, month)
                                    .put("by", "segment")
                                    .put("of", of)
                                    .toString());
                }
            }
        }
        assertThat(company.keys("summaries/" + company.tenant() + "/money/")).hasSize(MONTHS);
    }

    /// The formulas as the documentation gives them. The first month starts from its first close.
    private static ObjectNode expected(int place, Map<String, List<BigDecimal>> customers, YearMonth month) {
        ObjectNode line = Json.object().put("month", month.toString());
        Map<String, BigDecimal> sums = new TreeMap<>();
        int clientsStart = 0;
        int churned = 0;
        for (List<BigDecimal> amounts : customers.values()) {
            BigDecimal a = amounts.get(Math.max(0, place - 1));
            BigDecimal b = amounts.get(place);
            boolean before = amounts.subList(0, Math.max(0, place - 1)).stream().anyMatch(mrr -> mrr.signum() > 0);
            String movement = a.signum() == 0
                    ? before ? "reactivation" : "new"
                    : b.signum() == 0 ? "churn" : a.compareTo(b) < 0 ? "expansion" : "contraction";
            sums.merge("start", a, BigDecimal::add);
            sums.merge("end", b, BigDecimal::add);
            sums.merge(movement, b.subtract(a).abs(), BigDecimal::add);
            clientsStart += a.signum();
            churned += a.signum() > 0 && b.signum() == 0 ? 1 : 0;
        }
        for (String name : List.of("start", "new", "reactivation", "expansion", "contraction", "churn", "end")) {
            line.put(name, sums.getOrDefault(name, BigDecimal.ZERO).setScale(2));
        }
        BigDecimal start = line.path("start").decimalValue();
        BigDecimal kept = start.subtract(line.path("contraction").decimalValue())
                .subtract(line.path("churn").decimalValue());
        if (start.signum() > 0) {
            line.put("grr", kept.multiply(PERCENT).divide(start, 2, RoundingMode.HALF_UP));
            line.put(
                    "nrr",
                    kept.add(line.path("expansion").decimalValue())
                            .multiply(PERCENT)
                            .divide(start, 2, RoundingMode.HALF_UP));
        }
        line.put("clientsStart", (long) clientsStart).put("clientsChurned", (long) churned);
        if (clientsStart > 0) {
            line.put(
                    "logoChurn",
                    BigDecimal.valueOf(churned)
                            .multiply(PERCENT)
                            .divide(BigDecimal.valueOf(clientsStart), 2, RoundingMode.HALF_UP));
        }
        return line;
    }

    @Test
    void aMonthIsKeptAsItWasClosed() {
        String month = "summaries/%s/money/2019-03.json".formatted(company.tenant());
        byte[] before = company.object(month);

        JsonNode completed = company.events("RecalculationCompleted").getLast();
        suite.send("reportQueue", Json.text(Json.object().set("detail", completed)));
        suite.settle();

        assertThat(company.object(month)).isEqualTo(before);
    }

    @Test
    void aClientRemembersItsFirstDayWithMrr() {
        Map<String, JsonNode> last = company.export(FIRST.plusMonths(MONTHS).atDay(10));

        assertThat(last.get("1").path("firstMrrOn").asText()).isEqualTo("2018-11-03");
        assertThat(last.get("46").path("firstMrrOn").asText()).isEqualTo("2019-12-03");
        assertThat(company.stored("1").firstMrrOn()).isEqualTo("2018-11-03");
    }

    @Test
    void noMonthNamesAClient() {
        for (String key : company.keys("summaries/" + company.tenant() + "/money/")) {
            assertThat(new String(company.object(key), StandardCharsets.UTF_8)).doesNotContain("Customer", "clientId");
        }
    }

    private static JsonNode kept(YearMonth month) {
        return Json.parse(company.object("summaries/%s/money/%s.json".formatted(company.tenant(), month)));
    }
}
