package clientkpis.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the words of a column mean, as its schema says: `em vigor` means `active`. Words compare like headers, and a
/// meaning is a word for itself.
public final class Vocabulary {
    /// Of a column without one.
    static final Vocabulary NONE = new Vocabulary(Map.of());

    private final Set<String> meanings;
    private final Map<String, String> byWord = new HashMap<>();

    /// @throws IllegalArgumentException when a word has two meanings
    Vocabulary(Map<String, List<String>> words) {
        meanings = new TreeSet<>(words.keySet());
        new TreeMap<>(words).forEach((meaning, all) -> {
            add(meaning, meaning);
            all.forEach(word -> add(word, meaning));
        });
    }

    private void add(String word, String meaning) {
        String other = byWord.put(Headers.normal(word), meaning);
        if (other != null && !other.equals(meaning)) {
            throw new IllegalArgumentException("%s means both %s and %s".formatted(word, other, meaning));
        }
    }

    /// The vocabulary of a column that has one.
    public static Vocabulary of(String table, String column) {
        TableSchema schema = Objects.requireNonNull(Tables.load().find(table), table);
        return Objects.requireNonNull(schema.named(column), column).vocabulary();
    }

    public boolean isEmpty() {
        return meanings.isEmpty();
    }

    public Set<String> meanings() {
        return Set.copyOf(meanings);
    }

    /// What a word means, or null when it is not known.
    public @Nullable String meaning(String word) {
        return byWord.get(Headers.normal(word));
    }

    /// Whether a cell says so; a blank one says nothing.
    public boolean means(@Nullable String word, String meaning) {
        return word != null && meaning.equals(meaning(word));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary that && byWord.equals(that.byWord);
    }

    @Override
    public int hashCode() {
        return byWord.hashCode();
    }
}
