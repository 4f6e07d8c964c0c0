package clientkpis.reading.propose;

import clientkpis.json.Json;
import clientkpis.kpi.Texts;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What words of status columns usually mean (`words.json`): wider than the vocabulary of a table, which holds without
/// anyone looking at it.
final class KnownWords {
    private static final KnownWords LOADED = read();

    private final Map<String, Map<String, String>> meanings = new HashMap<>();
    private final Map<String, Set<String>> asked = new HashMap<>();
    private final Map<String, Set<String>> others;
    private final Map<String, Integer> months = new HashMap<>();

    private record File(
            @JsonProperty("$comment") String comment,
            Map<String, Words> columns,
            Map<String, Set<String>> others,
            Map<Integer, List<String>> months) {}

    private record Words(Map<String, List<String>> means, Set<String> ask) {}

    private KnownWords(File file) {
        file.columns().forEach((column, words) -> {
            Map<String, String> known = new HashMap<>();
            words.means().forEach((meaning, all) -> all.forEach(word -> known.put(word, meaning)));
            meanings.put(column, known);
            asked.put(column, words.ask());
        });
        others = file.others();
        file.months().forEach((count, words) -> words.forEach(word -> months.put(word, count)));
    }

    static KnownWords load() {
        return LOADED;
    }

    private static KnownWords read() {
        try (InputStream in = KnownWords.class.getResourceAsStream("words.json")) {
            return new KnownWords(Json.read(Json.parse(in), File.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether it has words of a column: `contracts.status`.
    boolean has(String column) {
        return meanings.containsKey(column);
    }

    /// What a word means, blank where it says nothing; null where it is not known.
    @Nullable
    String meaning(String column, String word) {
        return meanings.getOrDefault(column, Map.of()).get(folded(word));
    }

    /// Whether a person should confirm it.
    boolean isAsked(String column, String word) {
        return asked.getOrDefault(column, Set.of()).contains(folded(word));
    }

    /// Whether a word names a kind of row that should not give a column: `CSAT` in `nps.score`.
    boolean isOther(String column, String word) {
        return others.getOrDefault(column, Set.of()).contains(folded(word));
    }

    /// Every word of a column, and what it means.
    Map<String, String> words(String column) {
        return Map.copyOf(meanings.getOrDefault(column, Map.of()));
    }

    /// How many months a period has, or null.
    @Nullable
    Integer months(String word) {
        return months.get(folded(word));
    }

    /// Letters and digits, with one blank between words.
    private static String folded(String word) {
        StringBuilder folded = new StringBuilder();
        boolean gap = false;
        for (char c : Texts.fold(word).toCharArray()) {
            if (Character.isLetterOrDigit(c)) {
                folded.append(gap && !folded.isEmpty() ? " " : "").append(c);
                gap = false;
            } else {
                gap = true;
            }
        }
        return folded.toString();
    }
}
