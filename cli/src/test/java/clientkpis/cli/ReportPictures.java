package clientkpis.cli;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Takes the pictures of a report for the docs. It runs only when asked for by name, with the report in the property
/// `report.page` and the folder in `report.pictures`.
class ReportPictures {
    @Test
    void take() {
        Path file = Path.of(System.getProperty("report.page"));
        Path folder = Path.of(System.getProperty("report.pictures"));
        try (Browser browser = new Browser()) {
            for (int width : new int[] {1280, 390}) {
                for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                    String name = width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
                    Page page = browser.open(file, "pt-BR", width, scheme);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(folder.resolve("report-" + name))
                            .setFullPage(width == 1280));
                    page.locator("#all-clients button.name").first().click();
                    page.waitForSelector("#panel-fields");
                    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("client-" + name)));
                }
            }
        }
    }
}
