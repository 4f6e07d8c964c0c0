package clientkpis.tables;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Customer Success Maturity Index: its four pillars and 27 items, as `csmi.json` has them. The Portuguese text is
/// the source's.
public final class MaturityModel {
    private static final String RESOURCE = "/csmi.json";

    private final List<Pillar> pillars;
    private final Map<String, Item> items = new LinkedHashMap<>();

    /// @param key stable, as in uploads and events
    public record Item(
            @JsonProperty(required = true) String key,
            @JsonProperty(required = true) String pt,
            @JsonProperty(required = true) String en) {}

    /// @param number from 1
    public record Pillar(
            @JsonProperty(required = true) String key,
            @JsonProperty(required = true) int number,
            @JsonProperty(required = true) String pt,
            @JsonProperty(required = true) String en,
            @JsonProperty(required = true) List<Item> items) {
        public Pillar {
            items = List.copyOf(items);
        }
    }

    private record File(@JsonProperty(required = true) List<Pillar> pillars) {}

    private static final class Loaded {
        static final MaturityModel MODEL = read();
    }

    private MaturityModel(List<Pillar> pillars) {
        this.pillars = List.copyOf(pillars);
        for (Pillar pillar : pillars) {
            for (Item item : pillar.items()) {
                if (items.put(Headers.normal(item.key()), item) != null) {
                    throw new IllegalArgumentException("Two items are called " + item.key());
                }
            }
        }
    }

    public static MaturityModel load() {
        return Loaded.MODEL;
    }

    private static MaturityModel read() {
        try (InputStream in = MaturityModel.class.getResourceAsStream(RESOURCE)) {
            return new MaturityModel(new JsonMapper().readValue(in, File.class).pillars());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In the order of their numbers.
    public List<Pillar> pillars() {
        return pillars;
    }

    /// The item of that key, which matches as headers do: without case, accents, spaces, `_` and `-`; or null.
    public @Nullable Item find(String key) {
        return items.get(Headers.normal(key));
    }

    /// How many items there are.
    public int size() {
        return items.size();
    }
}
