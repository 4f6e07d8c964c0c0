package clientkpis.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The sentences of the command line: none is missing, and none is unused.
class WordsTest {
    private static final Sentences SENTENCES = Sentences.beside(Words.class);
    private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z_]+(?:\\.[a-zA-Z_]+)+)\"");
    private static final Pattern SAID = Pattern.compile(
            "(?:words(?:\\(\\))?\\s*\\.(?:say|count|counted)|Words\\s*\\.of)\\(\\s*(?:[^\",()]+(?:\\(\\)[^\",()]*)*,\\s*)?\"([^\"]+)\"\\s*[,)]");

    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(found::add);
            }
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceThatIsSaidIsThere(Language language) throws IOException {
        Set<String> said = found(SAID);
        assertThat(said).hasSizeGreaterThan(80);
        assertThat(SENTENCES.keys(language)).containsAll(said);
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceThatIsThereIsSaid(Language language) throws IOException {
        Set<String> unused = new TreeSet<>(SENTENCES.keys(language));
        Set<String> literals = found(LITERAL);
        // Terms and types are put together of what they are about, and one thing goes with the word for many.
        unused.removeIf(key -> key.startsWith("term.")
                || key.startsWith("type.")
                || literals.contains(key)
                || (key.endsWith(".one") && literals.contains(key.substring(0, key.length() - 4))));
        assertThat(unused).isEmpty();
    }

    @Test
    void bothLanguagesHaveTheSameSentences() {
        assertThat(SENTENCES.keys(Language.PORTUGUESE)).isEqualTo(SENTENCES.keys(Language.ENGLISH));
    }
}
