package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of the example, taken away from where it was made: it works alone, as a link, as a file, on paper.
@Tag("slow")
class ReportTravelsTest {
    private static final int DESKTOP = 1280;
    private static final Pattern PAGES = Pattern.compile("/Type\\s*/Page[^s]");

    @TempDir
    private static Path elsewhere;

    private static Program run;
    private static Path report;
    private static Browser browser;

    @BeforeAll
    static void takeItAway() throws Exception {
        Browser.require();
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

    /// Beside the figures and the lists to call, which take two pages.
    @Test
    void aPageOfPaperHasThirtyClients() throws Exception {
        int clients = 300;
        Path day = Files.createDirectories(elsewhere.resolve("exports/2026-10-09"));
        List<String> registry = new ArrayList<>(List.of("client_id;name;status;cs;segment"));
        List<String> titles = new ArrayList<>(List.of("client_id;title_id;value;due_on"));
        List<String> contracts = new ArrayList<>(List.of("client_id;contract_id;model;value;status;ends_on"));
        for (int i = 0; i < clients; i++) {
            registry.add(
                    "%d;Supermercados e Padarias Irmãos Guimarães do Vale número %d Ltda.;Ativo;Ana Beatriz Albuquerque;Panificação industrial"
                            .formatted(i, i));
            contracts.add("%d;k;MRR;%d,50;Ativo;2026-%02d-28".formatted(i, 100_000 + i, 10 + i % 3));
            for (int title = 0; title < i % 4; title++) {
                titles.add("%d;t%d;10,00;2026-08-0%d".formatted(i, title, 1 + title));
            }
        }
        Files.write(day.resolve("clients.csv"), registry);
        Files.write(day.resolve("billing.csv"), titles);
        Files.write(day.resolve("contracts.csv"), contracts);
        Program large = Program.run(elsewhere.resolve("exports"), elsewhere.resolve("large"));
        assertThat(large.exit()).as(large.printed()).isZero();
        Page page = browser.open(large.out().resolve("report/index.html"), "pt-BR", DESKTOP, ColorScheme.LIGHT);
        assertThat(pages(page)).isBetween(3, 2 + clients / 30);
        // All of them, not only those that the screen shows first.
        assertThat(page.locator("#all-clients tbody tr").count()).isEqualTo(clients);
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
}
