package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The report of the example, in a real browser: what it shows is what `clients.jsonl` says.
///
/// One file, because all tests look at one page in one browser.
@Tag("slow")
class ReportTest {
    private static final int DESKTOP = 1280;
    private static final int TABLET = 960;
    private static final int PHONE = 390;
    /// What is between the margins of A4 landscape.
    private static final int PAPER = 1047;

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
        Browser.require();
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
        oddReport = OddRun.get().out().resolve("report/index.html");
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theMaturityIndexIsShownWithItsLevels() {
        Page page = desktop();
        assertThat(page.locator("#csmi .levels").count()).isEqualTo(27);
        assertThat(page.locator("#csmi canvas").count()).isEqualTo(1);
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

    private static boolean isInactive(JsonNode client) {
        return List.of("cancelado", "inativo", "encerrado")
                .contains(client.path("status").asText().toLowerCase(java.util.Locale.ROOT));
    }

    private static long count(Predicate<JsonNode> which) {
        return clients.stream().filter(which).count();
    }

    private static Predicate<JsonNode> with(String field, String value) {
        return client -> client.path(field).asText().equals(value);
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
                assertThat(Shown.number(shown.get(name)))
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
        assertThat(page.locator("#all-clients button.name").textContent()).isEqualTo(OddRun.HOSTILE);
        page.locator("#all-clients button.name").click();
        page.waitForSelector("#panel-fields");
        assertThat(page.locator("#panel-name").textContent()).isEqualTo(OddRun.HOSTILE);
        assertThat(page.locator("#panel img").count()).isZero();
    }

    @Test
    void theDaysUploadsAreThereWithTheirReceipts() {
        Page page = oddDesktop();
        assertThat(page.locator("#uploads tbody tr").count()).isEqualTo(5);
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
                .contains("atividades.csv", "status: " + OddRun.HOSTILE)
                .contains(clientkpis.receipt.WarningCode.UNKNOWN_WORDS.portuguese())
                .contains(clientkpis.receipt.WarningCode.NO_COMPLETION_DATE.portuguese());
        assertThat(page.locator("#warnings img").count()).isZero();
        page.click("#language");
        assertThat(page.locator("#warnings").textContent())
                .contains(clientkpis.receipt.WarningCode.NO_COMPLETION_DATE.english());
    }

    @Test
    void itIsWholeOnPaper() {
        Page page = desktop();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("nav").isVisible()).isFalse();
        assertThat(page.locator("#clients .filters").isVisible()).isFalse();
        assertThat(page.locator("#all-clients tbody tr").last().isVisible()).isTrue();
        page.setViewportSize(PAPER, 740);
        assertThat((List<?>) page.evaluate("""
            () => [...document.querySelectorAll("td.why > div, th")].filter(one => one.scrollWidth > one.clientWidth + 1)
                .map(one => one.textContent)\
            """)).isEmpty();
        assertThat(ReportTravelsTest.pages(page)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
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
        assertFitsAndShutsNobodyOut(page, width);
        page.click("#language");
        assertFitsAndShutsNobodyOut(page, width);
    }

    private static void assertFitsAndShutsNobodyOut(Page page, int width) {
        assertFits(page, width);
        assertThat(faults(page)).isEmpty();
        page.locator("#all-clients button.name").first().click();
        page.waitForSelector("#panel-fields");
        assertFits(page, width);
        assertThat(faults(page)).isEmpty();
        page.keyboard().press("Escape");
        page.waitForCondition(() -> page.locator("#panel[open]").count() == 0);
    }

    @Test
    void onPaperNothingOverflowsAndNobodyIsShutOut() {
        Page page = browser.openForInspection(report, PAPER, ColorScheme.LIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        for (String language : List.of("pt-BR", "en")) {
            assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            assertFits(page, PAPER);
            assertThat(faults(page)).as(language).isEmpty();
            page.evaluate("document.querySelector('#language').click()");
        }
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
