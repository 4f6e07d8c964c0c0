package clientkpis.cli;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The Chromium of this machine. It records every error of a page, and every request except the one for the page
/// itself.
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    final List<String> complaints = new ArrayList<>();
    final List<String> requests = new ArrayList<>();

    Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// Leaves a test out, with a warning, where there is no Chromium. Where CI is set, it goes on and fails.
    static void require() {
        if (installed().isEmpty() && System.getenv("CI") == null) {
            String missing =
                    "NOT TESTED: the report needs a browser. Install the package chromium, or name the program in"
                            + " the variable CHROMIUM.";
            System.err.println(missing);
            Assumptions.abort(missing);
        }
    }

    private static Path chromium() {
        return installed()
                .orElseThrow(() -> new IllegalStateException(
                        "The report is tested in a browser and there is none. Install the package chromium, or name the"
                                + " program in the variable CHROMIUM."));
    }

    private static Optional<Path> installed() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("CHROMIUM")).orElse(""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// A page that shows a file.
    Page open(Path file, String language, int width, ColorScheme scheme) {
        return show(context(language, width, scheme, false), file, "#health");
    }

    /// Another page than the report.
    ///
    /// @param drawn what is there once it is drawn
    Page open(Path file, String language, int width, ColorScheme scheme, String drawn) {
        return show(context(language, width, scheme, false), file, drawn);
    }

    /// A page into which a test may inject its own scripts.
    Page openForInspection(Path file, int width, ColorScheme scheme) {
        return show(context("pt-BR", width, scheme, true), file, "#health");
    }

    private BrowserContext context(String language, int width, ColorScheme scheme, boolean inspected) {
        return browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setBypassCSP(inspected));
    }

    private Page show(BrowserContext context, Path file, String drawn) {
        Page page = context.newPage();
        page.onConsoleMessage((ConsoleMessage message) -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        String address = file.toUri().toString();
        page.onRequest(request -> {
            if (!request.url().replaceFirst("#.*", "").equals(address)) {
                requests.add(request.url());
            }
        });
        page.navigate(address);
        page.waitForSelector(drawn);
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
