package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of the example, taken away from where it was made: it works alone, as a link, as a file, on paper, and in
/// one language.
class ReportTravelsTest {
    private static final int DESKTOP = 1280;
    private static final Pattern PAGES = Pattern.compile("/Type\\s*/Page[^s]");

    /// Words that a sentence of the language can hardly do without, or that the page shows.
    private static final Pattern ENGLISH =
            words("the|of|and|with|from|client|clients|upload|uploads|table|row|rows|none"
                + "|red|green|yellow|risk|neutral|opportunity|show|all|by|since|support|billing|usage|finance|engagement"
                + "|blank|field|fields|days|value|title|titles|is|are");

    private static final Pattern PORTUGUESE = words("de|da|dos|das|não|para|com|sem|em|cliente|clientes|faixa|carteira"
            + "|vermelho|amarelo|verde|risco|neutro|envio|envios|tabela|linhas|todos|desde|campo|campos|dias|valor"
            + "|título|títulos|são|é|financeiro|suporte|engajamento");

    @TempDir
    private static Path elsewhere;

    private static Program run;
    private static Path report;
    private static Browser browser;

    @BeforeAll
    static void takeItAway() throws Exception {
        Assumptions.assumeTrue(Browser.isThere() || System.getenv("CI") != null);
        run = ExampleRun.get();
        report = Files.copy(run.out().resolve("report/index.html"), elsewhere.resolve("Carteira de segunda.html"));
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void noPageComplainedOrAskedForAnything() {
        assertThat(browser.complaints).isEmpty();
        assertThat(browser.requests).isEmpty();
    }

    private static Pattern words(String words) {
        return Pattern.compile(
                "(?<![\\p{L}_])(" + words + ")(?![\\p{L}_])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static Page open() {
        return browser.open(report, "pt-BR", DESKTOP, ColorScheme.LIGHT);
    }

    /// How many pages the paper version has.
    static int pages(Page page) {
        Matcher pages = PAGES.matcher(
                new String(page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true)), StandardCharsets.ISO_8859_1));
        int count = 0;
        while (pages.find()) {
            count++;
        }
        return count;
    }

    @Test
    void itLinksToNothingOutsideItself() {
        Page page = open();
        assertThat(page.locator("a").count()).isPositive();
        page.locator("a")
                .all()
                .forEach(link -> assertThat(link.getAttribute("href")).startsWith("#"));
    }

    @Test
    void theCsvHasTheFilteredRowsAsASpreadsheetInBrazilOpensThem() throws Exception {
        Page page = open();
        page.selectOption("[data-filter=cs]", "Luíza Prado");
        Download download = page.waitForDownload(() -> page.click("#export"));
        assertThat(download.suggestedFilename()).isEqualTo("clientes-2026-10-09.csv");
        List<String> made = Files.readString(download.path()).lines().toList();
        List<String> local =
                Files.readString(run.out().resolve("clients.csv")).lines().toList();
        assertThat(made.getFirst())
                .startsWith("\uFEFFID Original;Cliente;Status;")
                .isEqualTo(local.getFirst());
        Set<String> ids = run.lines("clients.jsonl").stream()
                .filter(client -> client.path("cs").asText().equals("Luíza Prado"))
                .filter(client -> !client.path("status").asText().equals("Cancelado"))
                .map(client -> client.path("clientId").asText())
                .collect(Collectors.toSet());
        // The words for situation and band are the language's.
        assertThat(made.stream().skip(1).map(line -> line.substring(0, line.indexOf(';'))))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(made).anySatisfy(line -> assertThat(line).contains(";1890,00;", ";risco;", ";vermelho;"));
        for (String line : made.subList(1, made.size())) {
            String same = local.stream()
                    .filter(one -> one.startsWith(line.substring(0, line.indexOf(';'))))
                    .findFirst()
                    .orElseThrow();
            assertThat(spoken(line)).isEqualTo(spoken(same));
        }
    }

    private static String spoken(String line) {
        return line.replace(";risk;", ";risco;")
                .replace(";opportunity;", ";oportunidade;")
                .replace(";neutral;", ";neutro;")
                .replace(";red;", ";vermelho;")
                .replace(";yellow;", ";amarelo;")
                .replace(";green;", ";verde;");
    }

    @Test
    void theAddressRemembersClientFiltersAndOrder() {
        Page page = open();
        page.selectOption("[data-filter=cs]", "Luíza Prado");
        page.click("[data-sort=mrr]");
        page.locator("#all-clients button.name").first().click();
        page.waitForSelector("#panel-fields");
        List<String> rows = page.locator("#all-clients button.name").allTextContents();
        String name = page.locator("#panel-name").textContent();
        String address = page.url();

        Page other = open();
        other.navigate("about:blank");
        other.navigate(address);
        other.waitForSelector("#panel-fields");
        browser.requests.removeIf(request -> request.equals("about:blank"));
        assertThat(other.locator("#panel-name").textContent()).isEqualTo(name);
        assertThat(other.locator("#all-clients button.name").allTextContents()).isEqualTo(rows);
        other.keyboard().press("Escape");
        // The browser says later that the panel was closed.
        other.waitForURL(url -> !url.contains("client="));
        assertThat(other.url()).doesNotContain("client=").contains("sort=-mrr");
    }

    @Test
    void aTileShowsItsClients() {
        Page page = open();
        page.click("#tiles [data-go=risk]");
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo(1);
    }

    @Test
    void anyFieldCanBeAColumn() {
        Page page = open();
        page.click("details.columns summary");
        page.check("[data-column=sponsorName]");
        page.waitForSelector("#all-clients [data-sort=sponsorName]");
        Set<String> sponsors = new TreeSet<>();
        for (JsonNode client : run("clients.jsonl")) {
            if (client.has("sponsorName")) {
                sponsors.add(client.path("sponsorName").asText());
            }
        }
        assertThat(sponsors).isNotEmpty();
        assertThat(page.locator("#all-clients").textContent()).containsAnyOf(sponsors.toArray(String[]::new));
    }

    private static List<JsonNode> run(String file) {
        try {
            return run.lines(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void noWordOfTheOtherLanguageIsOnThePage() {
        Page page = open();
        assertOnly(page, ENGLISH);
        page.click("#language");
        assertOnly(page, PORTUGUESE);
    }

    private static void assertOnly(Page page, Pattern others) {
        assertWithoutWords(page, "#page", others);
        page.locator("#all-clients button.name").first().click();
        page.waitForSelector("#panel-fields");
        assertWithoutWords(page, "#panel", others);
        page.keyboard().press("Escape");
    }

    /// Leaves out what the tenant wrote: values of clients, names of files, the source's own text of the items.
    private static void assertWithoutWords(Page page, String place, Pattern words) {
        Set<String> values = new TreeSet<>();
        run("clients.jsonl").forEach(client -> client.forEach(value -> values.add(value.asText())));
        List<?> texts = (List<?>) page.evaluate("""
            place => { const found = [], walk = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                    const at = walk.currentNode.parentElement;
                    if (!at.closest("#language, option, code, td.item, #uploads td:first-child, #warnings .soft, #warnings td:nth-child(2)")) found.push(walk.currentNode.data);
                }
                document.querySelectorAll(place + " [aria-label], " + place + " [title]").forEach(e => found.push(e.ariaLabel || e.title));
                return found; }\
            """, place);
        assertThat(texts.stream()
                        .map(text -> String.valueOf(text).replace("Client KPIs", ""))
                        .filter(text -> !values.contains(text.strip()))
                        .filter(text -> words.matcher(text).find())
                        .toList())
                .isEmpty();
    }
}
