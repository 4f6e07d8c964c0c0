package clientkpis.rehearsal;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a rehearsal: a frame, its style and script, and the result as Base64, so that the browser never parses
/// it as markup. Its content security policy allows only the script and the style that it contains.
public final class RehearsalPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private RehearsalPage() {}

    /// @param result as rehearsal.json has it
    public static byte[] render(JsonNode result) {
        String style = text("page.css");
        String script = "\"use strict\";\n(() => {\n" + text("texts.js") + "\n" + text("page.js") + "\n})();\n";
        Map<String, String> parts = Map.of(
                "style",
                style,
                "styleHash",
                hash(style),
                "script",
                script,
                "scriptHash",
                hash(script),
                "data",
                Base64.getEncoder().encodeToString(Json.bytes(result)));
        return PLACE.matcher(text("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)))))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String resource) {
        String place = "/rehearsal/" + resource;
        try (InputStream in = Objects.requireNonNull(RehearsalPage.class.getResourceAsStream(place), place)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
