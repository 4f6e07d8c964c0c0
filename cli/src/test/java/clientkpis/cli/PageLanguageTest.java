package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.output.Results;
import clientkpis.receipt.WarningCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No word of the other language is on the page, in a panel or in a chart: none that only the texts of the other
/// language have. What the tenant wrote is of no language.
@Tag("slow")
class PageLanguageTest {
    private static final Path TEXTS = Program.ROOT.resolve("functions/report/src/main/resources/report/texts.js");
    private static final Path TABLES = Program.ROOT.resolve("shared/tables/src/main/resources");

    private static final Set<String> portuguese = new HashSet<>();
    private static final Set<String> english = new HashSet<>();
    private static Browser browser;

    @BeforeAll
    static void vocabularies() throws Exception {
        Browser.require();
        String[] texts = Files.readString(TEXTS).split("\n  en: \\{", -1);
        portuguese.addAll(words(literals(texts[0])));
        english.addAll(words(literals(texts[1])));
        try (Stream<Path> files = Files.walk(TABLES)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                for (JsonNode of : Results.JSON.readTree(file.toFile()).findParents("pt")) {
                    portuguese.addAll(words(of.path("pt").toString()));
                    english.addAll(words(of.path("en").toString()));
                }
            }
        }
        for (WarningCode code : WarningCode.values()) {
            portuguese.addAll(words(code.portuguese()));
            english.addAll(words(code.english()));
        }
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1))
                .filter(word -> word.length() > 1)
                .toList();
    }

    /// What stands in the strings and templates of a script, without its code.
    private static String literals(String script) {
        StringBuilder text = new StringBuilder();
        Deque<Character> in = new ArrayDeque<>(List.of('{'));
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (in.isEmpty() || in.peek() == '{') {
                if (c == '"' || c == '`' || c == '{') {
                    in.push(c);
                } else if (c == '}') {
                    in.poll();
                }
            } else if (c == in.peek()) {
                in.pop();
                text.append(' ');
            } else if (in.peek() == '`' && script.startsWith("${", i)) {
                in.push('{');
                text.append(' ');
                i++;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noWordOfTheOtherLanguageIsOnThePage(boolean odd) throws Exception {
        assertThat(portuguese).contains("carteira", "vencidos", "envio").doesNotContain("upload");
        assertThat(english).contains("portfolio", "overdue", "upload").doesNotContain("carteira");
        Program run = odd ? OddRun.get() : ExampleRun.get();
        Page page = browser.open(run.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
        if (odd) {
            assertThat(page.locator("#departed-answer").textContent()).contains("saiu");
        }
        assertOnly(page, run, portuguese, english);
        page.click("#language");
        assertOnly(page, run, english, portuguese);
    }

    private static void assertOnly(Page page, Program run, Set<String> own, Set<String> other) {
        assertOnly(page, "#page", run, own, other);
        int clients = page.locator("#all-clients button.name").count();
        for (int i = 0; i < clients; i++) {
            page.locator("#all-clients button.name").nth(i).click();
            page.waitForSelector("#panel[open] #panel-fields");
            assertOnly(page, "#panel", run, own, other);
            page.keyboard().press("Escape");
            page.waitForSelector(
                    "#panel:not([open])",
                    new Page.WaitForSelectorOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        }
    }

    private static void assertOnly(Page page, String place, Program run, Set<String> own, Set<String> other) {
        Set<String> values = new HashSet<>();
        try {
            run.lines("clients.jsonl").forEach(client -> client.forEach(value -> values.add(value.asText())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.waitForFunction(
                "place => [...document.querySelectorAll(place + ' canvas')].every(one => Chart.getChart(one))", place);
        List<String> faults = new ArrayList<>();
        JsonNode texts = Shown.json(page, """
            place => { const found = [document.title], at = document.querySelector(place), walk = document.createTreeWalker(at, NodeFilter.SHOW_TEXT);
                while (walk.nextNode())
                    if (!walk.currentNode.parentElement.closest("#language, code, #records td, html[lang=pt-BR] td.item, #uploads td:first-child > div, #warnings .soft, #warnings td:nth-child(2)")) found.push(walk.currentNode.data);
                at.querySelectorAll("[aria-label], [title], [placeholder]").forEach(one => found.push(one.ariaLabel, one.title, one.placeholder));
                at.querySelectorAll("canvas").forEach(canvas => { const { data, options } = Chart.getChart(canvas);
                    found.push(...(data.labels || []), ...data.datasets.map(set => set.label), ...Object.values(options.scales || {}).map(scale => scale.title && scale.title.text)); });
                return found.filter(Boolean).map(String); }\
            """, place);
        assertThat(texts).hasSizeGreaterThan(30);
        for (JsonNode text : texts) {
            String shown = text.asText().replace("Client KPIs", "").strip();
            if (!values.contains(shown)
                    && words(shown).stream().anyMatch(word -> other.contains(word) && !own.contains(word))) {
                faults.add(shown);
            }
        }
        assertThat(faults).isEmpty();
    }
}
