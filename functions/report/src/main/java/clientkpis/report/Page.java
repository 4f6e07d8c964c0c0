package clientkpis.report;

import clientkpis.function.PagePart;
import clientkpis.json.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The page: a frame, its style and scripts, and the data as packed text, so that the browser never parses data as
/// markup. Its content security policy allows only the scripts and styles that it contains.
final class Page {
    private static final String CHART = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
    private static final Template TEMPLATE = Mustache.compiler().compile(text("/report/report.html"));
    private static final PagePart STYLE = PagePart.of(text("/report/report.css"));
    private static final PagePart SCRIPT = PagePart.of(script());
    private static final PagePart CHART_SCRIPT =
            PagePart.of(text(CHART).replace("//# sourceMappingURL=chart.umd.min.js.map", ""));

    private Page() {}

    /// The files of the script share one scope, which is theirs alone.
    private static String script() {
        return Stream.of(
                        "texts",
                        "base",
                        "reasons",
                        "charts",
                        "overview",
                        "calls",
                        "departed",
                        "money",
                        "table",
                        "export",
                        "panel",
                        "csmi",
                        "health",
                        "page")
                .map(file -> text("/report/" + file + ".js"))
                .collect(Collectors.joining("\n", "\"use strict\";\n(async () => {\n", "\n})();\n"));
    }

    /// @param data everything except the clients' panels
    /// @param blocks of panels, packed
    static byte[] render(String tenant, String day, ObjectNode data, List<byte[]> blocks) {
        Map<String, Object> context = new HashMap<>();
        context.put("tenant", tenant);
        context.put("day", day);
        context.put("style", STYLE.text());
        context.put("styleHash", STYLE.hash());
        context.put("chart", CHART_SCRIPT.text());
        context.put("chartHash", CHART_SCRIPT.hash());
        context.put("script", SCRIPT.text());
        context.put("scriptHash", SCRIPT.hash());
        context.put("data", ascii(packed(Json.bytes(data))));
        context.put("blocks", blocks.stream().map(Page::ascii).toList());
        return TEMPLATE.execute(context).getBytes(StandardCharsets.UTF_8);
    }

    /// Compressed, as Base64.
    static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BestGzip gzip = new BestGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encode(out.toByteArray());
    }

    /// Compresses as well as gzip can; the JDK has no constructor with a level.
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String text(String resource) {
        return PagePart.resource(Page.class, resource);
    }
}
