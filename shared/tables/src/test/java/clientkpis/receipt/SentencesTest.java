package clientkpis.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The sentences of receipts, rejected rows and warnings: none is missing, none is unused, and each is of its language.
class SentencesTest {
    private static final List<Path> SOURCES = Stream.of(
                    "shared/tables",
                    "shared/reading",
                    "functions/configuration",
                    "functions/erasure",
                    "functions/intake",
                    "functions/rehearsal",
                    "cli")
            .map(module -> Path.of("../../" + module + "/src/main/java"))
            .toList();
    private static final Pattern LITERAL = Pattern.compile("\"([a-z_]+(?:\\.[a-z_]+)*)\"");
    private static final Pattern SAID =
            Pattern.compile("Sentence\\s*\\.(?:of\\(|count\\([^\"]*,)\\s*\"([^\"]+)\"\\s*[,)]");
    private static final Pattern PLACE = Pattern.compile("%(?:(\\d+)\\$)?,?([a-zA-Z%])");

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    pattern.matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group(1))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /// Those that are put together of a code.
    private static Set<String> ofCodes() {
        return Stream.of(
                        Arrays.stream(RowCode.values()).map(code -> "row." + code.label()),
                        Arrays.stream(FileCode.values()).map(code -> "file." + code.label()),
                        Arrays.stream(WarningCode.values()).map(code -> "warning." + code.label()))
                .flatMap(keys -> keys)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceThatIsSaidIsThere(Language language) throws IOException {
        Set<String> said = found(SAID);
        assertThat(said).hasSizeGreaterThan(80);
        assertThat(Sentences.RECEIPTS.keys(language)).containsAll(said).containsAll(ofCodes());
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceThatIsThereIsSaid(Language language) throws IOException {
        Set<String> unused = new TreeSet<>(Sentences.RECEIPTS.keys(language));
        Set<String> literals = found(LITERAL);
        // One thing goes with the sentence for several.
        unused.removeIf(key -> literals.contains(key.replaceFirst("\\.one$", "")));
        unused.removeAll(ofCodes());
        assertThat(unused).isEmpty();
    }

    /// Not only of receipts: of every part of the product.
    private static List<Path> bundles(Language language) throws IOException {
        String name = "sentences." + language.tag() + ".properties";
        List<Path> bundles = new ArrayList<>();
        for (String folder : List.of("shared", "functions", "cli")) {
            try (Stream<Path> files = Files.walk(Path.of("../../" + folder))) {
                files.filter(file -> file.endsWith(name) && file.toString().contains("src/main/resources"))
                        .sorted()
                        .forEach(bundles::add);
            }
        }
        assertThat(bundles).hasSizeGreaterThan(2);
        return bundles;
    }

    private static Properties read(Path bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void bothLanguagesHaveThePlacesOfASentenceForTheSameKinds() throws IOException {
        List<Path> portuguese = bundles(Language.PORTUGUESE);
        List<Path> english = bundles(Language.ENGLISH);
        assertThat(portuguese).hasSameSizeAs(english);
        for (int i = 0; i < english.size(); i++) {
            Properties one = read(english.get(i));
            Properties other = read(portuguese.get(i));
            assertThat(other.keySet()).isEqualTo(one.keySet());
            for (String key : one.stringPropertyNames()) {
                assertThat(places(other.getProperty(key))).as(key).isEqualTo(places(one.getProperty(key)));
            }
        }
    }

    /// What kind of argument goes to each place, by its position.
    private static Map<Integer, String> places(String sentence) {
        Map<Integer, String> places = new TreeMap<>();
        int next = 1;
        for (MatchResult place : PLACE.matcher(sentence).results().toList()) {
            String kind = place.group(2);
            String position = place.group(1);
            if (!kind.equals("%")) {
                places.put(position == null ? next++ : Integer.parseInt(position), kind);
            }
        }
        return places;
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceIsOfItsLanguage(Language language) throws IOException {
        for (Path bundle : bundles(language)) {
            read(bundle)
                    .forEach((key, sentence) -> assertThat(Wording.foreign(String.valueOf(sentence), language))
                            .as("%s: %s", key, sentence)
                            .isEmpty());
        }
    }

    @Test
    void aSentenceInASentenceIsOfItsLanguage() {
        Sentence sentence =
                Sentence.of("expected.range", Sentence.of("expected.whole_number"), BigDecimal.ZERO, BigDecimal.TEN);
        assertThat(sentence.in(Language.PORTUGUESE)).isEqualTo("um número inteiro de 0 a 10");
        assertThat(sentence.in(Language.ENGLISH)).isEqualTo("a whole number from 0 to 10");
    }

    @Test
    void oneThingIsSaidAsOne() {
        Sentence one = Sentence.count(1, "expected.cells", 1);
        assertThat(one.in(Language.PORTUGUESE)).isEqualTo("uma só célula, como no cabeçalho");
        assertThat(one.in(Language.ENGLISH)).isEqualTo("one cell, as the header has");
        assertThat(Sentence.count(2, "expected.cells", 2).in(Language.ENGLISH))
                .isEqualTo("at most 2 cells, as many as the header has");
    }

    @Test
    void aFractionHasTheMarkOfItsReaders() {
        Sentence sentence = Sentence.of("snapshot.removes", 18L, 20L, new BigDecimal("0.50"), "snapshot/confirm/c.csv");
        assertThat(sentence.in(Language.PORTUGUESE)).contains("18 das 20 linhas", "a fração de 0,50 que");
        assertThat(sentence.in(Language.ENGLISH)).contains("18 of the table's 20 rows", "the share of 0.50 that");
    }

    @Test
    void largeNumbersAreWrittenAsItsReadersDo() {
        Sentence sentence = Sentence.of("too_large.row", 5, 1_048_576);
        assertThat(sentence.in(Language.PORTUGUESE)).isEqualTo("A linha 5 tem mais de 1.048.576 caracteres.");
        assertThat(sentence.in(Language.ENGLISH)).isEqualTo("Row 5 has more than 1,048,576 characters.");
    }

    @Test
    void theSameIsEqualWhateverListsWhatItNames() {
        Map<String, Integer> names = new TreeMap<>(Map.of("a", 1, "b", 2));
        Sentence sentence =
                Sentence.of("expected.one_for_field", "stage", Collections.unmodifiableCollection(names.keySet()));
        assertThat(sentence).isEqualTo(Sentence.of("expected.one_for_field", "stage", List.of("a", "b")));

        names.clear();
        assertThat(sentence).isEqualTo(Sentence.of("expected.one_for_field", "stage", List.of("a", "b")));
    }
}
