package clientkpis.cli;

import clientkpis.cli.output.Results;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a report shows, read in the browser: its figures, its tables and what its charts draw.
final class Shown {
    private Shown() {}

    /// A number as the page writes it in Portuguese, with its signs and units.
    static BigDecimal number(String shown) {
        return plain(shown.replace(".", "").replace(',', '.'));
    }

    /// A number as the page writes it in English.
    static BigDecimal englishNumber(String shown) {
        return plain(shown.replace(",", ""));
    }

    private static BigDecimal plain(String shown) {
        return new BigDecimal(shown.replaceAll("MRR |R\\$|[\\u00a0%+]", "").replace('−', '-'));
    }

    /// Each figure of a part of the page by its name, as it is written.
    static Map<String, String> figures(Page page, String within) {
        Map<String, String> figures = new TreeMap<>();
        json(page, """
            within => [...document.querySelectorAll(within + " [data-figure]")]
                .map(one => [one.dataset.figure, one.textContent])\
            """, within).forEach(one -> {
            if (figures.put(one.path(0).asText(), one.path(1).asText()) != null) {
                throw new AssertionError("Two figures have one name: " + one);
            }
        });
        return figures;
    }

    /// The cells of the rows of a table's body.
    static List<List<String>> rows(Page page, String table) {
        return json(page, """
            table => [...document.querySelectorAll(table + " tbody tr")]
                .map(row => [...row.cells].map(cell => cell.textContent))\
            """, table)
                .valueStream()
                .map(row -> row.valueStream().map(JsonNode::asText).toList())
                .toList();
    }

    /// What the chart in a part of the page draws: `labels`, and `sets` of `label` and `data`; it waits until it is
    /// drawn.
    static JsonNode chart(Page page, String within) {
        page.waitForFunction(
                "within => Chart.getChart(document.querySelector(within + ' canvas')) !== undefined", within);
        return json(page, """
            within => { const { labels, datasets } = Chart.getChart(document.querySelector(within + " canvas")).data;
                return { labels: labels || [], sets: datasets.map(set => ({ label: set.label || "", data: set.data })) }; }\
            """, within);
    }

    /// @param function of JavaScript, whose result is JSON
    static JsonNode json(Page page, String function, Object argument) {
        try {
            return Results.JSON.readTree(
                    (String) page.evaluate("argument => JSON.stringify((" + function + ")(argument))", argument));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
