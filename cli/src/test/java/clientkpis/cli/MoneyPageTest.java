package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The revenue on the page of a public example, whose contracts arrive on the first of each of four months: every
/// figure, group, cohort and bar is what the amounts give.
@Tag("slow")
class MoneyPageTest {
    private static final YearMonth AMOUNTS_FROM = YearMonth.of(2018, 10);
    private static final YearMonth FIRST = YearMonth.of(2019, 5);
    private static final YearMonth LAST = YearMonth.of(2019, 8);
    private static final LocalDate TODAY = LocalDate.of(2019, 9, 1);
    private static final List<String> MOVEMENTS = List.of("new", "reactivation", "expansion", "contraction", "churn");

    @TempDir
    private static Path home;

    private static final List<ReckonedMoney.Client> clients = new ArrayList<>();
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void monthByMonth() throws Exception {
        Browser.require();
        Map<String, List<BigDecimal>> amounts = new TreeMap<>();
        for (String line : Files.readAllLines(
                Program.ROOT.resolve("local/src/test/resources/clientkpis/suite/mrr-by-month.txt"))) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("[: ]+", -1);
                amounts.put(
                        cells[0],
                        IntStream.range(1, cells.length)
                                .mapToObj(i -> new BigDecimal(cells[i]))
                                .toList());
            }
        }
        List<String> registry = new ArrayList<>(List.of("client_id;name;status;segment"));
        amounts.forEach((id, months) -> {
            String segment = Integer.parseInt(id) % 2 == 0 ? "Even" : "Odd";
            registry.add("%s;Customer %s;Ativo;%s".formatted(id, id, segment));
            TreeMap<LocalDate, BigDecimal> mrr = new TreeMap<>();
            for (YearMonth month : months()) {
                mrr.put(month.atDay(1), months.get(place(month)));
            }
            clients.add(new ReckonedMoney.Client(Map.of("segment", segment), mrr));
        });
        write(FIRST, "clients.csv", registry);
        for (YearMonth month = FIRST; !month.isAfter(LAST); month = month.plusMonths(1)) {
            List<String> contracts = new ArrayList<>(List.of("client_id;contract_id;model;value;status"));
            int place = place(month);
            amounts.forEach((id, months) -> {
                BigDecimal mrr = months.get(place);
                contracts.add("%s;subscription;MRR;%s;%s"
                        .formatted(id, mrr.signum() > 0 ? mrr : 10, mrr.signum() > 0 ? "Ativo" : "Encerrado"));
            });
            write(month, "contracts.csv", contracts);
        }
        Program run = Program.run(home.resolve("exports"), home.resolve("out"), "--as-of", TODAY.toString());
        assertThat(run.exit()).as(run.printed()).isZero();
        browser = new Browser();
        page = browser.open(run.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
    }

    private static int place(YearMonth month) {
        return (int) AMOUNTS_FROM.until(month, java.time.temporal.ChronoUnit.MONTHS);
    }

    private static void write(YearMonth month, String name, List<String> lines) throws IOException {
        Path folder = Files.createDirectories(home.resolve("exports/" + month.atDay(1)));
        Files.write(folder.resolve(name), lines);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void noPageComplained() {
        assertThat(browser.complaints).isEmpty();
    }

    private static List<YearMonth> months() {
        return IntStream.range(0, 4).mapToObj(FIRST::plusMonths).toList();
    }

    /// The month's movements; the first one starts from the close of its first day.
    private static Map<String, BigDecimal> reckoned(YearMonth month, List<ReckonedMoney.Client> of) {
        LocalDate from =
                month.equals(FIRST) ? FIRST.atDay(1) : month.minusMonths(1).atEndOfMonth();
        return ReckonedMoney.period(of, from, month.atEndOfMonth());
    }

    private static void assertShown(String key, Map<String, BigDecimal> expected, Map<String, String> figures) {
        for (String name : List.of(
                "start",
                "new",
                "reactivation",
                "expansion",
                "contraction",
                "churn",
                "end",
                "grr",
                "nrr",
                "logoChurn")) {
            String shown = figures.get(key + "." + name);
            BigDecimal value = expected.get(name);
            if (value == null) {
                assertThat(shown).as(key + "." + name).isEqualTo("–");
            } else {
                assertThat(Shown.number(shown)).as(key + "." + name).isEqualByComparingTo(value);
            }
        }
    }

    @Test
    void thePublishedMrrAndCustomersOfItsMonthsComeOut() {
        Map.of("2019-06", "1.135,00 22", "2019-07", "1.350,00 26").forEach((month, published) -> {
            String next = YearMonth.parse(month).plusMonths(1).toString();
            String shown = Shown.figures(page, "#months").get("month." + month + ".end");
            String churned = page.locator("#months tr:has([data-figure=\"month." + next + ".start\"]) td:last-child")
                    .textContent();
            assertThat(shown.replaceFirst("^R\\$\u00a0", "") + " " + churned.replaceFirst(".*/(\\d+)\\)$", "$1"))
                    .as(month)
                    .isEqualTo(published);
        });
    }

    @Test
    void everyMonthAndThePeriodsToDateAreReckonedFromTheAmounts() {
        Map<String, String> figures = Shown.figures(page, "#months");
        for (YearMonth month : months()) {
            assertShown("month." + month, reckoned(month, clients), figures);
        }
        assertShown("last30", ReckonedMoney.period(clients, TODAY.minusDays(30), TODAY), figures);
        assertShown("last12", ReckonedMoney.period(clients, FIRST.atDay(1), TODAY), figures);
        assertThat(figures).hasSize(6 * 10);
    }

    @Test
    void everyGroupOfEveryMonthIsReckonedFromItsClients() {
        page.selectOption("#money .filters:has(~ #slices) select", "segment");
        for (YearMonth month : months()) {
            page.selectOption("#money .two select", month.toString());
            Map<String, String> figures = Shown.figures(page, "#slices");
            Map<String, BigDecimal> sums = new TreeMap<>();
            for (String segment : List.of("Even", "Odd")) {
                Map<String, BigDecimal> own = reckoned(
                        month,
                        clients.stream()
                                .filter(client -> segment.equals(client.slices().get("segment")))
                                .toList());
                if (figures.containsKey("slice." + segment + ".start")) {
                    assertShown("slice." + segment, own, figures);
                } else {
                    assertThat(own.get("start").add(own.get("end"))).isZero();
                }
                own.forEach((name, value) -> sums.merge(name, value, BigDecimal::add));
            }
            assertThat(sums.get("end"))
                    .isEqualByComparingTo(reckoned(month, clients).get("end"));
        }
    }

    @Test
    void theWaterfallGoesFromTheStartToTheEndThroughEachMovement() {
        for (YearMonth month : months()) {
            page.selectOption("#money .two select", month.toString());
            Map<String, BigDecimal> expected = reckoned(month, clients);
            JsonNode bars = Shown.chart(page, "#waterfall").path("sets").path(0).path("data");
            BigDecimal level = expected.get("start");
            assertThat(bars.path(0).path(1).decimalValue()).isEqualByComparingTo(level);
            for (int i = 0; i < MOVEMENTS.size(); i++) {
                assertThat(bars.path(i + 1).path(0).decimalValue()).isEqualByComparingTo(level);
                level = level.add(expected.get(MOVEMENTS.get(i)));
                assertThat(bars.path(i + 1).path(1).decimalValue()).isEqualByComparingTo(level);
            }
            assertThat(bars.path(6).path(1).decimalValue()).isEqualByComparingTo(expected.get("end"));
            assertThat(level).isEqualByComparingTo(expected.get("end"));
        }
    }

    @Test
    void theLinesOfRetentionAreThoseOfTheMonths() {
        JsonNode sets = Shown.chart(page, "#retention").path("sets");
        List<YearMonth> months = months();
        for (int i = 0; i < months.size(); i++) {
            Map<String, BigDecimal> expected = reckoned(months.get(i), clients);
            for (JsonNode set : sets) {
                JsonNode drawn = set.path("data").path(i);
                BigDecimal value = expected.get(set.path("label").asText().toLowerCase(java.util.Locale.ROOT));
                if (value == null) {
                    assertThat(drawn.isNull()).isTrue();
                } else {
                    assertThat(drawn.decimalValue()).isEqualByComparingTo(value);
                }
            }
        }
    }

    @Test
    void everyCohortKeepsWhatItsClientsBring() {
        for (String of : List.of("mrr", "clients")) {
            page.selectOption("#money .filters:has(+ div #cohorts) select", of);
            Map<String, List<JsonNode>> shown = new TreeMap<>();
            for (JsonNode row : Shown.json(page, """
                () => [...document.querySelectorAll("#cohorts tbody tr")].map(row => [row.cells[0].textContent,
                    ...[...row.querySelectorAll("td span")].map(cell => [cell.title, cell.textContent])])\
                """, "")) {
                shown.put(row.path(0).asText(), row.valueStream().skip(1).toList());
            }
            int cohorts = 0;
            for (YearMonth first : months()) {
                List<ReckonedMoney.Client> own =
                        clients.stream().filter(client -> client.beganIn(first)).toList();
                if (own.isEmpty()) {
                    continue;
                }
                cohorts++;
                List<JsonNode> cells = shown.get("%02d/%d".formatted(first.getMonthValue(), first.getYear()));
                assertThat(cells)
                        .as(first.toString())
                        .hasSize((int) first.until(LAST, java.time.temporal.ChronoUnit.MONTHS) + 1);
                BigDecimal whole = BigDecimal.ZERO;
                for (int i = 0; i < cells.size(); i++) {
                    LocalDate close = first.plusMonths(i).atEndOfMonth();
                    BigDecimal kept = own.stream()
                            .map(client -> client.at(close))
                            .map(mrr -> of.equals("mrr") ? mrr : BigDecimal.valueOf(mrr.signum()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
                    whole = i == 0 ? kept : whole;
                    assertThat(Shown.number(cells.get(i).path(0).asText())).isEqualByComparingTo(kept);
                    assertThat(Shown.number(cells.get(i).path(1).asText()))
                            .isEqualByComparingTo(
                                    i == 0
                                            ? kept
                                            : kept.multiply(BigDecimal.valueOf(100))
                                                    .divide(whole, 0, RoundingMode.HALF_UP));
                }
            }
            assertThat(shown).hasSize(cohorts);
        }
    }
}
