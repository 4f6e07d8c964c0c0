package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// How large the page of a file is and how fast it answers, against its limits. A benchmark and not a test: it runs
/// when it is asked for by name, with the page in the property `report.page`.
class ReportSpeed {
    private static final double MEGABYTES = 5;
    private static final double FIRST_ANSWER = 2000;
    private static final double KEYSTROKE = 100;

    @Test
    void measure() throws Exception {
        Path file = Path.of(System.getProperty("report.page"));
        List<String> over = new ArrayList<>();
        show(over, "page, MB", Files.size(file) / 1e6, MEGABYTES);
        try (Browser browser = new Browser()) {
            Page page = browser.open(file, "pt-BR", 1280, ColorScheme.LIGHT);
            // From the start of the navigation, as the browser counts it, through a search that is answered.
            double answered = (Double) page.evaluate("""
                () => { const box = document.getElementById("search");
                    if (document.querySelectorAll("#all-clients tbody tr").length === 0) throw new Error("no rows");
                    box.value = "padaria luz"; box.dispatchEvent(new Event("input"));
                    document.body.offsetHeight;
                    return performance.now() + 0.01; }\
                """);
            show(over, "first rows and a search, ms", answered, FIRST_ANSWER);
            List<Double> strokes = new ArrayList<>();
            for (String typed : Arrays.asList("p", "pa", "pad", "pada", "padar", "pada", "pad", "pa", "p", "")) {
                strokes.add((Double) page.evaluate("""
                    typed => { const box = document.getElementById("search"), from = performance.now();
                        box.value = typed; box.dispatchEvent(new Event("input"));
                        document.body.offsetHeight;
                        return performance.now() - from + 0.01; }\
                    """, typed));
            }
            show(over, "slowest keystroke, ms", Collections.max(strokes), KEYSTROKE);
            assertThat(browser.complaints).isEmpty();
        }
        assertThat(over).isEmpty();
    }

    private static void show(List<String> over, String what, double value, double limit) {
        String line = String.format(Locale.ROOT, "%-28s %8.1f of %.0f, ratio %.2f", what, value, limit, value / limit);
        System.out.println(line);
        if (value > limit) {
            over.add(line);
        }
    }
}
