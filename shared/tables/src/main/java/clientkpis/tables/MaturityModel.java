package clientkpis.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Customer Success Maturity Index: its four pillars and 27 items, as `csmi.json` has them. The Portuguese text is
/// the source's.
public final class MaturityModel {
    /// How many levels an item has, from 1.
    public static final int LEVELS = 5;

    private static final String RESOURCE = "csmi.json";
    private static final String LEVELS_RESOURCE = "csmi-levels.json";

    private final List<Pillar> pillars;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, Levels> levels;

    /// @param key stable, as in uploads and events
    public record Item(String key, String pt, String en) {}

    /// A sentence for each level of an item, the first level first, so that every assessor means the same by it.
    public record Levels(List<String> pt, List<String> en) {
        public Levels {
            pt = List.copyOf(pt);
            en = List.copyOf(en);
        }
    }

    /// @param number from 1
    public record Pillar(String key, int number, String pt, String en, List<Item> items) {
        public Pillar {
            items = List.copyOf(items);
        }
    }

    private record File(List<Pillar> pillars) {}

    private record LevelsFile(Map<String, Levels> levels) {}

    private static final class Loaded {
        static final MaturityModel MODEL = read();
    }

    private MaturityModel(List<Pillar> pillars, Map<String, Levels> levels) {
        this.pillars = List.copyOf(pillars);
        this.levels = Map.copyOf(levels);
        for (Pillar pillar : pillars) {
            for (Item item : pillar.items()) {
                if (items.put(Headers.normal(item.key()), item) != null) {
                    throw new IllegalArgumentException("Two items are called " + item.key());
                }
                levels(item);
            }
        }
    }

    public static MaturityModel load() {
        return Loaded.MODEL;
    }

    private static MaturityModel read() {
        return new MaturityModel(
                Tables.parse(RESOURCE, File.class).pillars(),
                Tables.parse(LEVELS_RESOURCE, LevelsFile.class).levels());
    }

    /// What each level of an item means.
    public Levels levels(Item item) {
        Levels known = levels.get(item.key());
        if (known == null || known.pt().size() != LEVELS || known.en().size() != LEVELS) {
            throw new IllegalArgumentException("Not every level of " + item.key() + " has a sentence");
        }
        return known;
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
