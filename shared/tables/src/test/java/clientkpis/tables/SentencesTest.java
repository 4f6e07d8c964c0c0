package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private static final List<Path> SOURCES = Stream.of("shared/tables", "shared/reading", "functions/intake", "cli")
            .map(module -> Path.of("../../" + module + "/src/main/java"))
            .toList();
    private static final Pattern LITERAL = Pattern.compile("\"([a-z_]+(?:\\.[a-z_]+)*)\"");
    private static final Pattern SAID = Pattern.compile("Sentence\\s*\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");
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
        unused.removeAll(found(LITERAL));
        unused.removeAll(ofCodes());
        assertThat(unused).isEmpty();
    }

    @Test
    void bothLanguagesHaveThePlacesOfASentenceForTheSameKinds() {
        for (String key : Sentences.RECEIPTS.keys(Language.ENGLISH)) {
            assertThat(places(key, Language.PORTUGUESE)).as(key).isEqualTo(places(key, Language.ENGLISH));
        }
    }

    /// What kind of argument goes to each place, by its position.
    private static Map<Integer, String> places(String key, Language language) {
        Map<Integer, String> places = new TreeMap<>();
        int next = 1;
        for (MatchResult place : PLACE.matcher(Sentences.RECEIPTS.pattern(key, language))
                .results()
                .toList()) {
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
    void everySentenceIsOfItsLanguage(Language language) {
        for (String key : Sentences.RECEIPTS.keys(language)) {
            String sentence = Sentences.RECEIPTS.pattern(key, language);
            assertThat(Wording.foreign(sentence, language))
                    .as("%s: %s", key, sentence)
                    .isEmpty();
        }
    }

    @Test
    void aSentenceInASentenceIsOfItsLanguage() {
        Sentence sentence = Sentence.of("expected.range", Sentence.of("expected.whole_number"), 0, 10);
        assertThat(sentence.in(Language.PORTUGUESE)).isEqualTo("um número inteiro de 0 a 10");
        assertThat(sentence.in(Language.ENGLISH)).isEqualTo("a whole number from 0 to 10");
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
}
