package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A file of more than 300 lines says why it is one, and a package is one look at its names.
class LongClassesTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final int LONGEST = 300;
    private static final long MOST_CLASSES = 20;
    private static final Pattern REASON = Pattern.compile(
            "^///.*\\b(?:one (?:file|class)|long because)\\b", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Test
    void aLongFileSaysWhyItIsOne() throws IOException {
        assertThat(sources())
                .hasSizeGreaterThan(400)
                .filteredOn(file -> lines(file) > LONGEST)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readString(file)).containsPattern(REASON));
    }

    @Test
    void aPackageHasAtMostTwentyClasses() throws IOException {
        Map<Path, Long> packages = sources().stream()
                .filter(file -> file.toString().contains("/src/main/java/") && !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(file -> ROOT.relativize(file).getParent(), Collectors.counting()));
        assertThat(packages).hasSizeGreaterThan(40);
        assertThat(packages).allSatisfy((folder, classes) -> assertThat(classes).isLessThanOrEqualTo(MOST_CLASSES));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .toList();
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
