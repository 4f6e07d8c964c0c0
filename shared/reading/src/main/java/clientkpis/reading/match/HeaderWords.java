package clientkpis.reading.match;

import clientkpis.json.Json;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of headers and what they say of each table's columns (`headers.json`).
final class HeaderWords {
    static final String FILLER = "filler";

    private static final int LONGEST_PHRASE = 4;
    private static final int STANDARD = 90;
    /// What a score loses by a concept, or a word, that the column's pattern does not have.
    private static final int OTHER_CONCEPT = 11;

    private static final int OTHER_WORD = 6;
    private static final int OTHER_WORDS = 3;

    private static final HeaderWords LOADED = load();

    private final Map<String, String> concepts = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();

    /// @param length in words
    record Phrase(String concept, int length) {}

    /// @param signs how much a concept says that a file is of this table
    /// @param object the concepts of what a row is
    record Table(Map<String, Integer> signs, Set<String> object, Map<String, List<Meaning>> columns) {}

    /// One pattern of a column.
    ///
    /// @param required concepts that must be there
    /// @param optional concepts that may be
    /// @param never concepts with which a header never means the column
    /// @param score of a header that says just this
    record Meaning(Set<String> required, Set<String> optional, Set<String> never, int score) {}

    private record File(
            @JsonProperty("$comment") String comment, Map<String, List<String>> words, Map<String, TableFile> tables) {}

    private record TableFile(Map<String, Integer> signs, Set<String> object, Map<String, ColumnFile> columns) {}

    private record ColumnFile(List<String> means, Set<String> not) {}

    private HeaderWords(File file) {
        file.words().forEach((concept, words) -> words.forEach(word -> concepts.put(word, concept)));
        file.tables().forEach((name, table) -> {
            Map<String, List<Meaning>> columns = new HashMap<>();
            table.columns()
                    .forEach((column, told) -> columns.put(
                            column,
                            told.means().stream()
                                    .map(pattern -> meaning(pattern, told.not()))
                                    .toList()));
            tables.put(name, new Table(table.signs(), table.object(), columns));
        });
    }

    private static Meaning meaning(String pattern, Set<String> never) {
        String[] scored = pattern.split("=", -1);
        Set<String> required = new HashSet<>();
        Set<String> optional = new HashSet<>();
        for (String concept : scored[0].split(" ", -1)) {
            if (concept.endsWith("?")) {
                optional.add(concept.substring(0, concept.length() - 1));
            } else {
                required.add(concept);
            }
        }
        return new Meaning(required, optional, never, scored.length > 1 ? Integer.parseInt(scored[1]) : STANDARD);
    }

    static HeaderWords load() {
        if (LOADED != null) {
            return LOADED;
        }
        try (InputStream in = HeaderWords.class.getResourceAsStream("headers.json")) {
            return new HeaderWords(Json.read(Json.parse(in), File.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The longest phrase with a meaning that begins at a word, or null.
    @Nullable
    Phrase at(List<String> words, int begin) {
        for (int length = Math.min(LONGEST_PHRASE, words.size() - begin); length > 0; length--) {
            String concept = concepts.get(String.join(" ", words.subList(begin, begin + length)));
            if (concept != null) {
                return new Phrase(concept, length);
            }
        }
        return null;
    }

    /// How well a header names a column of a table, 0 (not at all) to 100.
    int score(HeaderName header, String table, String column) {
        Table known = tables.get(table);
        if (known == null) {
            return 0;
        }
        int best = 0;
        for (Meaning meaning : known.columns().getOrDefault(column, List.of())) {
            if (!header.concepts().containsAll(meaning.required())
                    || meaning.never().stream().anyMatch(concept -> refutes(concept, header, meaning))) {
                continue;
            }
            List<String> other = new ArrayList<>(header.concepts());
            other.removeAll(meaning.required());
            other.removeAll(meaning.optional());
            other.removeAll(known.object());
            if (header.head().equals("client") && meaning.required().contains("client")) {
                other.remove("person");
            }
            best = Math.max(
                    best,
                    meaning.score()
                            - OTHER_CONCEPT * other.size()
                            - OTHER_WORD * Math.min(OTHER_WORDS, header.unknown()));
        }
        return best;
    }

    /// Whether a concept says that a header means something else. Whose client it is does not.
    private static boolean refutes(String concept, HeaderName header, Meaning meaning) {
        boolean whose = concept.equals("person") && header.head().equals("client");
        return header.concepts().contains(concept)
                && !(whose && meaning.required().contains("client"));
    }

    /// How much the concepts of a header line say that the file is of a table.
    int signs(Set<String> concepts, String table) {
        Table known = tables.get(table);
        return known == null
                ? 0
                : concepts.stream()
                        .mapToInt(concept -> known.signs().getOrDefault(concept, 0))
                        .sum();
    }
}
