package clientkpis.reading.match;

import clientkpis.json.Json;
import clientkpis.json.ReadingJson;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.tables.Headers;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An export of a system whose headers are known. Each is a file of the folder `sources`, listed in its `index.txt`.
///
/// @param name system and object: `stripe/subscriptions`
/// @param table which its rows are of
/// @param signature headers, normalised, that together only this export has
public record KnownSource(String name, String table, Set<String> signature, Map<String, ColumnReading> read) {
    private static final List<KnownSource> ALL = load();

    public static List<KnownSource> all() {
        return ALL;
    }

    /// The source whose signature is among the headers; of several the one with the longest signature.
    ///
    /// @param without names of sources that the tenant switched off
    static @Nullable KnownSource of(Collection<String> headers, Set<String> without) {
        Set<String> normal = headers.stream().map(Headers::normal).collect(Collectors.toSet());
        KnownSource found = null;
        for (KnownSource source : ALL) {
            boolean longer = found == null || source.signature.size() > found.signature.size();
            if (longer && !without.contains(source.name) && normal.containsAll(source.signature)) {
                found = source;
            }
        }
        return found;
    }

    private static List<KnownSource> load() {
        try {
            List<KnownSource> sources = new ArrayList<>();
            for (String name : new String(resource("index.txt"), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                sources.add(read(Json.parse(resource(name))));
            }
            return List.copyOf(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = KnownSource.class.getResourceAsStream("/sources/" + name)) {
            if (in == null) {
                throw new IllegalStateException("sources/" + name + " is not there");
            }
            return in.readAllBytes();
        }
    }

    private static KnownSource read(JsonNode json) {
        List<String> signature = new ArrayList<>();
        json.path("signature").forEach(header -> signature.add(Headers.normal(header.asText())));
        return new KnownSource(
                json.path("system").asText() + "/" + json.path("object").asText(),
                json.path("table").asText(),
                Set.copyOf(signature),
                ReadingJson.columns(json.path("read")));
    }
}
