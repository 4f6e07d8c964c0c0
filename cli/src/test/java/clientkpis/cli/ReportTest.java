package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The report of the example, in a real browser: what it shows is what `clients.jsonl` says.
///
/// One file, because all tests look at one page in one browser.
class ReportTest {
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final int DESKTOP = 1280;
    private static final int TABLET = 960;
    private static final int PHONE = 390;

    @TempDir
    private static Path home;

    private static Program run;
    private static Path report;
    private static Path oddReport;
    /// The portfolio: active and registered.
    private static List<JsonNode> clients;

    private static List<JsonNode> inactive;
    private static List<JsonNode> unregistered;
    private static Browser browser;

    @BeforeAll
    static void aReport() throws Exception {
        if (!Browser.isThere() && System.getenv("CI") == null) {
            String missing =
                    "NOT TESTED: the report needs a browser. Install the package chromium, or name the program in"
                            + " the variable CHROMIUM.";
            System.err.println(missing);
            Assumptions.abort(missing);
        }
        run = ExampleRun.get();
        assertThat(run.exit()).as(run.printed()).isZero();
        report = run.out().resolve("report/index.html");
        List<JsonNode> all = run.lines("clients.jsonl");
        inactive = all.stream().filter(ReportTest::isInactive).toList();
        unregistered = all.stream()
                .filter(client -> !isInactive(client) && !client.has("name"))
                .toList();
        clients = all.stream()
                .filter(client -> !isInactive(client) && client.has("name"))
                .toList();
        oddReport = reportOfOddUploads();
        browser = new Browser();
    }

    /// Two days of the example, with a client who tries to run a script and a file that names no table.
    private static Path reportOfOddUploads() throws Exception {
        Path example = Program.ROOT.resolve("examples/padaria-saas");
        Path before = Files.createDirectories(home.resolve("exports/2026-10-08"));
        Files.copy(example.resolve("2026-09-01/Clientes.csv"), before.resolve("Clientes.csv"));
        Files.copy(example.resolve("2026-09-28/suporte.csv"), before.resolve("suporte.csv"));
        Path day = Files.createDirectories(home.resolve("exports/2026-10-09"));
        Files.copy(example.resolve("2026-10-05/Financeiro.csv"), day.resolve("Financeiro.csv"));
        Files.writeString(
                day.resolve("Clientes hostis.csv"),
                "CNPJ;Cliente;CS;Segmento\n666;" + HOSTILE + ";\"=cmd()\";\"<img src=x onerror=alert(2)>\"\n");
        Files.writeString(day.resolve("Relatório final.csv"), "a;b\n1;2\n");
        Files.writeString(
                day.resolve("atividades.csv"),
                "CNPJ;id_atividade;prazo;status\n05.662.917/0001-20;a1;2026-10-09;" + HOSTILE + "\n");
        Program odd = Program.run(Program.ROOT, List.of(), home.resolve("exports"), home.resolve("out"));
        assertThat(odd.exit()).as(odd.printed()).isEqualTo(1); // One file names no table.
        return odd.out().resolve("report/index.html");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theMaturityIndexIsShownWithItsPillarsAndItsChange() throws IOException {
        Page page = desktop();
        JsonNode event = run.events("MaturityAssessed").getLast();
        assertThat(number(figure(page, "csmi.index")))
                .isEqualByComparingTo(event.path("index").decimalValue());
        assertThat(number(figure(page, "csmi.change")))
                .isEqualByComparingTo(event.path("change").decimalValue());
        assertThat(number(figure(page, "csmi.coverage")))
                .isEqualByComparingTo(event.path("coverage").decimalValue());
        event.path("pillars")
                .forEach(pillar -> assertThat(
                                number(figure(page, "csmi." + pillar.path("key").asText())))
                        .isEqualByComparingTo(pillar.path("score").decimalValue()));
        assertThat(page.locator("#csmi .levels").count()).isEqualTo(27);
        assertThat(page.locator("#csmi canvas").count()).isEqualTo(1);
    }

    @Test
    void whatThePortfolioShowsIsMeasuredFromTheClientTable() {
        Page page = desktop();
        Predicate<JsonNode> active = client -> true;
        BigDecimal people = new BigDecimal(clients.stream()
                .filter(active)
                .filter(client -> client.has("cs"))
                .map(client -> clientkpis.kpi.Texts.fold(client.path("cs").asText()))
                .distinct()
                .count());
        assertThat(number(figure(page, "measured.clientsPerCs")))
                .isEqualByComparingTo(new BigDecimal(count(active)).divide(people, 2, RoundingMode.HALF_UP));
        assertThat(number(figure(page, "measured.mrrPerCs")))
                .isEqualByComparingTo(mrr(active).divide(people, 2, RoundingMode.HALF_UP));
        LocalDate first = LocalDate.of(2026, 10, 9).minusDays(89);
        assertThat(number(figure(page, "measured.accountCoverage")))
                .isEqualByComparingTo(percent(client -> client.has("lastInteractionOn")
                        && !LocalDate.parse(client.path("lastInteractionOn").asText())
                                .isBefore(first)));
        assertThat(number(figure(page, "measured.withSponsor")))
                .isEqualByComparingTo(percent(client -> client.has("sponsorName")));
    }

    private static BigDecimal percent(Predicate<JsonNode> which) {
        return new BigDecimal(count(which) * 100).divide(new BigDecimal(clients.size()), 2, RoundingMode.HALF_UP);
    }

    @Test
    void theCoverageOfTheScoreIsThatOfTheClientTable() {
        Predicate<JsonNode> scored = client -> client.has("senseScore");
        BigDecimal sum = clients.stream()
                .filter(scored)
                .map(client -> client.path("senseScoreCoverage").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String mean = sum.divide(new BigDecimal(count(scored)), 2, RoundingMode.HALF_UP)
                .toPlainString()
                .replace('.', ',');
        assertThat(count(scored.negate())).isZero();
        assertThat(figure(desktop(), "coverage").textContent())
                .startsWith(
                        count(scored) + " clientes têm SenseScore; na média, " + mean.replaceFirst(",?0+$", "") + "%");
    }

    @AfterEach
    void noPageComplainedOrAskedForAnything() {
        assertThat(browser.complaints).isEmpty();
        assertThat(browser.requests).isEmpty();
    }

    private static Page desktop() {
        return browser.open(report, "pt-BR", DESKTOP, ColorScheme.LIGHT);
    }

    private static Page oddDesktop() {
        return browser.open(oddReport, "pt-BR", DESKTOP, ColorScheme.LIGHT);
    }

    private static Locator figure(Page page, String name) {
        return page.locator("[data-figure=\"" + name + "\"]");
    }

    private static boolean isInactive(JsonNode client) {
        return List.of("cancelado", "inativo", "encerrado")
                .contains(client.path("status").asText().toLowerCase(java.util.Locale.ROOT));
    }

    /// A number as the page writes it in Portuguese.
    private static BigDecimal number(Locator shown) {
        return number(shown.textContent());
    }

    private static BigDecimal number(String shown) {
        String text = shown.replace("MRR ", "")
                .replace("R$", "")
                .replace("\u00a0", "")
                .replace(".", "")
                .replace(',', '.');
        return new BigDecimal(text.replace('−', '-').replace("+", "").replace("%", ""));
    }

    private static long count(Predicate<JsonNode> which) {
        return clients.stream().filter(which).count();
    }

    private static BigDecimal mrr(Predicate<JsonNode> which) {
        return clients.stream()
                .filter(which)
                .map(client -> client.path("mrr").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Predicate<JsonNode> with(String field, String value) {
        return client -> client.path(field).asText().equals(value);
    }

    @Test
    void theFiguresOfThePortfolioAreThoseOfTheClientTable() {
        Page page = desktop();
        for (String situation : List.of("risk", "opportunity", "neutral")) {
            Predicate<JsonNode> those = with("situation", situation);
            for (String place : List.of("tile." + situation, "situations." + situation)) {
                assertThat(number(figure(page, place + ".clients"))).isEqualByComparingTo(new BigDecimal(count(those)));
                assertThat(number(figure(page, place + ".mrr"))).isEqualByComparingTo(mrr(those));
            }
        }
        for (String band : List.of("red", "yellow", "green")) {
            Predicate<JsonNode> those = with("senseScoreBand", band);
            assertThat(number(figure(page, "bands." + band + ".clients")))
                    .isEqualByComparingTo(new BigDecimal(count(those)));
            assertThat(number(figure(page, "bands." + band + ".mrr"))).isEqualByComparingTo(mrr(those));
        }
        assertThat(number(figure(page, "total.clients"))).isEqualByComparingTo(new BigDecimal(clients.size()));
        assertThat(number(figure(page, "total.mrr"))).isEqualByComparingTo(mrr(client -> true));
    }

    @Test
    void itComparesWithTheDaysThatWereRecalculatedBefore() throws IOException {
        Page page = desktop();
        Map<String, JsonNode> days = run.events("RecalculationCompleted").stream()
                .collect(Collectors.toMap(detail -> detail.path("day").asText(), Function.identity()));
        LocalDate today = LocalDate.of(2026, 10, 9);
        Map<String, JsonNode> then = Map.of(
                "week", days.get(today.minusDays(7).toString()),
                "month", days.get(today.minusDays(30).toString()));
        then.forEach((name, before) -> {
            Map.of("situations", List.of("risk", "opportunity", "neutral"), "bands", List.of("red", "yellow", "green"))
                    .forEach((group, ones) -> ones.forEach(one -> {
                        Predicate<JsonNode> now = with(group.equals("bands") ? "senseScoreBand" : "situation", one);
                        JsonNode was = before.path(group).path(one);
                        String figure = group + "." + one;
                        assertThat(number(figure(page, figure + ".clients." + name))
                                        .longValue())
                                .as(figure)
                                .isEqualTo(count(now) - was.path("clients").asLong());
                        assertThat(number(figure(page, figure + ".mrr." + name)))
                                .as(figure)
                                .isEqualByComparingTo(
                                        mrr(now).subtract(was.path("mrr").decimalValue()));
                    }));
            assertThat(number(figure(page, "total.clients." + name)).longValue())
                    .isEqualTo(clients.size() - before.path("clients").asLong());
        });
    }

    @Test
    void whoNeedsACallIsThereWithTheReasonInWords() {
        Page page = desktop();
        assertThat(page.locator("#risks tbody tr"))
                .satisfies(rows -> assertThat(rows.count()).isEqualTo((int) count(with("situation", "risk"))));
        assertThat(page.locator("#risks tbody tr").first().textContent())
                .contains(
                        "Padaria Pão Dourado",
                        "títulos vencidos desde ",
                        "chamados acima do SLA",
                        "engajamento caiu de ");
        assertThat(number(figure(page, "risks.mrr"))).isEqualByComparingTo(mrr(with("situation", "risk")));
        Predicate<JsonNode> soon = client -> client.has("daysToRenewal")
                && client.path("daysToRenewal").asInt() >= 0
                && client.path("daysToRenewal").asInt() <= 90;
        assertThat(number(figure(page, "renewals.clients"))).isEqualByComparingTo(new BigDecimal(count(soon)));
        assertThat(number(figure(page, "renewals.mrr"))).isEqualByComparingTo(mrr(soon));
        assertThat(page.locator("#renewals tbody tr").count()).isEqualTo((int) count(soon));
    }

    @Test
    void whoDoesNotCountHasAListOfItsOwnAndIsInNoOther() throws IOException {
        assertThat(inactive).isNotEmpty();
        assertThat(unregistered).isNotEmpty();
        Page page = desktop();
        for (Map.Entry<String, List<JsonNode>> apart :
                Map.of("inactive", inactive, "unregistered", unregistered).entrySet()) {
            assertThat(page.locator("#" + apart.getKey() + " tbody tr").count())
                    .isEqualTo(apart.getValue().size());
            assertThat(number(figure(page, apart.getKey() + ".clients")))
                    .isEqualByComparingTo(new BigDecimal(apart.getValue().size()));
            for (JsonNode client : apart.getValue()) {
                String id = client.path("clientId").asText();
                assertThat(page.locator("#calls [data-client=\"" + id + "\"]").count())
                        .isZero();
                assertThat(page.locator("#all-clients [data-client=\"" + id + "\"]")
                                .count())
                        .isZero();
            }
        }
        JsonNode event = run.events("RecalculationCompleted").getLast();
        assertThat(event.path("clients").asLong()).isEqualTo(clients.size());
        assertThat(event.path("inactive").path("clients").asLong()).isEqualTo(inactive.size());
        assertThat(event.path("unregistered").path("clients").asLong()).isEqualTo(unregistered.size());
        page.selectOption("[data-filter=counted]", "all");
        assertThat(page.locator("#all-clients tbody tr").count())
                .isEqualTo(clients.size() + inactive.size() + unregistered.size());
    }

    @Test
    void everyClientIsInTheTableAndEveryFieldInItsPanel() {
        Page page = desktop();
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo(clients.size());
        JsonNode client = clients.stream()
                .filter(with("name", "Padaria Pão Dourado"))
                .findAny()
                .orElseThrow();
        page.locator("#all-clients button.name")
                .getByText("Padaria Pão Dourado")
                .click();
        page.waitForSelector("#panel-fields");

        Map<String, String> shown = new TreeMap<>();
        for (Locator cell : page.locator("#panel-fields [data-field]").all()) {
            shown.put(cell.getAttribute("data-field"), cell.textContent());
        }
        client.properties().forEach(entry -> {
            String name = entry.getKey();
            if (List.of("tenant", "clientId", "asOf", "sources").contains(name)) {
                return;
            }
            assertThat(shown).containsKey(name);
            if (entry.getValue().isNumber()) {
                assertThat(number(shown.get(name)))
                        .as(name)
                        .isEqualByComparingTo(entry.getValue().decimalValue());
            }
        });
        assertThat(page.locator("#panel-indicators tbody tr").count()).isEqualTo(4);
        assertThat(page.locator("#panel canvas").count()).isEqualTo(1);
        assertThat(page.locator("#panel-changes li").count()).isGreaterThanOrEqualTo(2);
        page.keyboard().press("Escape");
        assertThat(page.locator("#panel[open]").count()).isZero();
    }

    @Test
    void searchFilterAndSortFindWhatTheTableHas() {
        Page page = desktop();
        page.fill("#search", "pao dourado");
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo(1);
        assertThat(page.locator("#found").textContent()).isEqualTo("1 de " + clients.size() + " clientes");
        // Ids without their dots, and names without their accents and punctuation.
        page.fill("#search", "11204518");
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo(1);
        page.fill("#search", "PAES CIA");
        assertThat(page.locator("#all-clients button.name").textContent()).startsWith("Pães & Cia.");
        page.fill("#search", "");
        page.selectOption("[data-filter=cs]", "Luíza Prado");
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo((int) count(with("cs", "Luíza Prado")));
        page.selectOption("[data-filter=cs]", "");
        page.selectOption("[data-filter=situation]", "risk");
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo((int) count(with("situation", "risk")));
        page.locator("[data-filter=situation]")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(0));
        page.click("[data-sort=mrr]");
        List<String> names = page.locator("#all-clients button.name").allTextContents();
        List<String> expected = clients.stream()
                .filter(client -> client.has("mrr"))
                .sorted(Comparator.comparing(
                                (JsonNode client) -> client.path("mrr").decimalValue())
                        .reversed())
                .limit(3)
                .map(client -> client.path("name").asText())
                .toList();
        assertThat(names.subList(0, 3)).isEqualTo(expected);
        assertThat(page.locator("th[aria-sort=descending]").textContent()).isEqualTo("MRR");
    }

    @Test
    void theLanguageIsTheTenantsAndCanBeSwitched() {
        Page page = browser.open(report, "en-US", DESKTOP, ColorScheme.LIGHT);
        assertThat(page.locator("h1").textContent()).startsWith("Carteira de clientes");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("pt-BR");
        page.click("#language");
        assertThat(page.locator("h1").textContent()).startsWith("Client portfolio");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
    }

    @Test
    void whatACompanyUploadsIsShownAsTextAndNeverRun() {
        Page page = oddDesktop();
        page.onDialog(dialog -> {
            throw new AssertionError("It ran: " + dialog.message());
        });
        page.fill("#search", "alert(1)");
        assertThat(page.locator("#all-clients button.name").textContent()).isEqualTo(HOSTILE);
        page.locator("#all-clients button.name").click();
        page.waitForSelector("#panel-fields");
        assertThat(page.locator("#panel-name").textContent()).isEqualTo(HOSTILE);
        assertThat(page.locator("#panel img").count()).isZero();
    }

    @Test
    void theDaysUploadsAreThereWithTheirReceipts() {
        Page page = oddDesktop();
        assertThat(page.locator("#uploads tbody tr").count()).isEqualTo(4);
        assertThat(page.locator("#uploads tbody tr").last().textContent())
                .contains("final.csv", "recusado", "Nem o nome nem os cabeçalhos dizem de que tabela é");
        assertThat(page.locator("#uploads code").count()).isPositive();
        for (Locator key : page.locator("#uploads code").all()) {
            assertThat(oddReport.resolveSibling("..").resolve(key.textContent()))
                    .exists();
        }
        assertThat(page.locator("#unregistered").textContent()).contains("5662917000120", "05.662.917/0001-20");
    }

    @Test
    void theWarningsOfTheLatestUploadsAreThereInBothLanguages() {
        Page page = oddDesktop();
        String unknown = page.locator("#warnings").textContent();
        assertThat(unknown)
                .contains("atividades.csv", "status: " + HOSTILE)
                .contains(clientkpis.tables.WarningCode.UNKNOWN_WORDS.portuguese())
                .contains(clientkpis.tables.WarningCode.NO_COMPLETION_DATE.portuguese());
        assertThat(page.locator("#warnings img").count()).isZero();
        page.click("#language");
        assertThat(page.locator("#warnings").textContent())
                .contains(clientkpis.tables.WarningCode.NO_COMPLETION_DATE.english());
    }

    @Test
    void itIsWholeOnPaper() {
        Page page = desktop();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("nav").isVisible()).isFalse();
        assertThat(page.locator("#clients .filters").isVisible()).isFalse();
        assertThat(page.locator("#all-clients tbody tr").last().isVisible()).isTrue();
        assertThat(ReportTravelsTest.pages(page)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @Tag("slow")
    @CsvSource({
        DESKTOP + ",LIGHT",
        DESKTOP + ",DARK",
        TABLET + ",LIGHT",
        TABLET + ",DARK",
        PHONE + ",LIGHT",
        PHONE + ",DARK"
    })
    void nothingOverflowsAndNobodyIsShutOut(int width, ColorScheme scheme) {
        Page page = browser.openForInspection(report, width, scheme);
        assertFits(page, width);
        assertThat(faults(page)).isEmpty();
        page.locator("#all-clients button.name").first().click();
        page.waitForSelector("#panel-fields");
        assertFits(page, width);
        assertThat(faults(page)).isEmpty();
    }

    private static void assertFits(Page page, int width) {
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                .isLessThanOrEqualTo(width);
        Object beyond = page.evaluate("""
            () => [...document.querySelectorAll("main *, dialog[open] *")]
                .filter(e => e.offsetParent !== null && getComputedStyle(e).position !== "absolute")
                .filter(e => { const box = e.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1); })
                .map(e => e.tagName + ": " + e.textContent.slice(0, 40))\
            """);
        assertThat((List<?>) beyond).isEmpty();
    }

    private static List<String> faults(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule ->
                                rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                        .toList();
    }
}
