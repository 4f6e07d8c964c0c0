package clientkpis.cli;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Takes the pictures of a report for the docs. It runs only when asked for by name, with the report in the property
/// `report.page` and the folder in `report.pictures`.
class ReportPictures {
    /// What is between its margins.
    private static final int A4_LANDSCAPE = 1047;

    @Test
    void take() {
        Path file = Path.of(System.getProperty("report.page"));
        Path folder = Path.of(System.getProperty("report.pictures"));
        try (Browser browser = new Browser()) {
            take(browser.open(file, "pt-BR", 1280, ColorScheme.LIGHT), folder.resolve("report-1280-light.png"));
            take(browser.open(file, "pt-BR", 1280, ColorScheme.DARK), folder.resolve("report-1280-dark.png"));
            take(browser.open(file, "pt-BR", 960, ColorScheme.LIGHT), folder.resolve("report-960-light.png"));
            take(browser.open(file, "pt-BR", 390, ColorScheme.DARK), folder.resolve("report-390-dark.png"));
            client(browser.open(file, "pt-BR", 1280, ColorScheme.DARK), folder.resolve("client-1280-dark.png"));
            client(browser.open(file, "pt-BR", 960, ColorScheme.LIGHT), folder.resolve("client-960-light.png"));
            client(browser.open(file, "pt-BR", 390, ColorScheme.LIGHT), folder.resolve("client-390-light.png"));
            Page english = browser.open(file, "pt-BR", 1280, ColorScheme.LIGHT);
            english.click("#language");
            take(english, folder.resolve("report-1280-english.png"));
            Page paper = browser.open(file, "pt-BR", A4_LANDSCAPE, ColorScheme.LIGHT);
            paper.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            paper.setViewportSize(A4_LANDSCAPE, 740);
            take(paper, folder.resolve("report-paper.png"));
        }
    }

    private static void client(Page page, Path picture) {
        page.locator("#all-clients button.name").first().click();
        page.waitForSelector("#panel-fields");
        take(page, picture);
    }

    private static void take(Page page, Path picture) {
        page.screenshot(new Page.ScreenshotOptions().setPath(picture));
    }
}
