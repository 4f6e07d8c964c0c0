package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.output.Results;
import clientkpis.rehearsal.RehearsalPage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page of a rehearsal, in a browser.
@Tag("slow")
class RehearsalPageTest {
    private static final Map<String, String> NAMES =
            Map.of("c0030", "Padaria <b>Sol</b> & Filhos", "c0005", "Café Íris");

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        Browser.require();
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Page open(String result, String language, int width) throws IOException {
        Path file = folder.resolve(result + ".html");
        String resource = "/clientkpis/cli/rehearsal/" + result + ".json";
        try (InputStream in = Objects.requireNonNull(RehearsalPageTest.class.getResourceAsStream(resource), resource)) {
            Files.write(file, RehearsalPage.render(Results.JSON.readTree(in), NAMES));
        }
        Page page = browser.open(file, language, width, ColorScheme.LIGHT, "#limits");
        assertThat(browser.complaints).isEmpty();
        assertThat(browser.requests).isEmpty();
        return page;
    }

    @Test
    void theAnswerComesFirstInWords() throws IOException {
        Page page = open("claimed", "pt-BR", 1280);

        assertThat(page.innerText("#answer").split("\n+"))
                .containsExactly(
                        "Este score ordena quem sai melhor que o acaso.",
                        "Dos 12 clientes que saíram, 7 tiveram alerta nos 30 dias antes; 0 saíram verdes.",
                        "55 de 61 alertas foram falsos; cada CS recebe 1,7 por semana.",
                        "De quem ficou, 71 de 210 também tiveram alerta.",
                        "Entre a candidata e a configuração em vigor não há diferença além do acaso.");
        assertThat(page.locator("#moves tbody td:first-child").allInnerTexts()).startsWith("Café Íris c0005", "c0004");
        assertThat(page.innerText("#moves")).contains("21 clientes estariam em outra situação");
        assertThat(page.innerText("#weights")).contains("Saíram poucos clientes para aprender pesos com eles.");
        page.click("#language");
        assertThat(page.innerText("#answer")).contains("This score ranks who leaves better than chance.");
        assertThat(page.getAttribute("html", "lang")).isEqualTo("en");
    }

    @Test
    void ofFewNothingIsClaimedAndTheirCasesAreShown() throws IOException {
        Page page = open("few", "en", 1280);

        assertThat(page.innerText("#answer")).startsWith("Too few clients left to say whether the score warns.");
        assertThat(page.innerText("#figures")).contains("fewer than 10: nothing is claimed");
        assertThat(page.locator("#cases tbody tr").count()).isEqualTo(2);
        assertThat(page.locator("#cases tbody td:first-child").allInnerTexts())
                .containsExactly("Padaria <b>Sol</b> & Filhos c0030", "c0041");
        assertThat(page.locator("#thumbs").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 768, 1280})
    void nothingIsWiderThanTheScreen(int width) throws IOException {
        for (String result : List.of("claimed", "few")) {
            for (String language : List.of("pt-BR", "en")) {
                Page page = open(result, language, width);
                assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                        .as("%s in %s", result, language)
                        .isLessThanOrEqualTo(width);
            }
        }
    }
}
