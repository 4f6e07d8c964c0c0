package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A file of more than 300 lines says why it is one.
class LongClassesTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final int LONGEST = 300;
    private static final Pattern REASON = Pattern.compile(
            "^///.*\\b(?:one (?:file|class)|long because)\\b", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Test
    void aLongFileSaysWhyItIsOne() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(400);
            assertThat(sources)
                    .filteredOn(file -> lines(file) > LONGEST)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).containsPattern(REASON));
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
