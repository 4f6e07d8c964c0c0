package clientkpis.rehearsal;

import clientkpis.function.PagePart;
import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a rehearsal: a frame, its style and script, and the result as Base64, so that the browser never parses
/// it as markup. Its content security policy allows only the script and the style that it contains.
public final class RehearsalPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private RehearsalPage() {}

    /// @param result as rehearsal.json has it
    /// @param names of the clients that it lists, by their ids
    public static byte[] render(JsonNode result, Map<String, String> names) {
        ObjectNode data = Json.object();
        data.set("result", result);
        new TreeMap<>(names).forEach(data.putObject("names")::put);
        PagePart style = PagePart.of(text("page.css"));
        PagePart script =
                PagePart.of("\"use strict\";\n(() => {\n" + text("texts.js") + "\n" + text("page.js") + "\n})();\n");
        Map<String, String> parts = Map.of(
                "style",
                style.text(),
                "styleHash",
                style.hash(),
                "script",
                script.text(),
                "scriptHash",
                script.hash(),
                "data",
                Base64.getEncoder().encodeToString(Json.bytes(data)));
        return PLACE.matcher(text("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String resource) {
        return PagePart.resource(RehearsalPage.class, "/rehearsal/" + resource);
    }
}
