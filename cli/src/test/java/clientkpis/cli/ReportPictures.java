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
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                String name = "1280-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
                take(browser.open(file, "pt-BR", 1280, scheme), folder.resolve("report-" + name));
            }
            client(browser.open(file, "pt-BR", 1280, ColorScheme.DARK), folder.resolve("client-1280-dark.png"));
            client(browser.open(file, "pt-BR", 390, ColorScheme.LIGHT), folder.resolve("client-390-light.png"));
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
