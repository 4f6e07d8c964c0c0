package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The commands in the documents are bash. Whatever else stands in a block names its language.
class SnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");

    @TestFactory
    Stream<DynamicTest> everySnippetIsRead() throws IOException {
        return documents().flatMap(document -> {
            String text = read(document);
            return BLOCK.matcher(text)
                    .results()
                    .filter(block -> block.group(2).isEmpty())
                    .map(block -> dynamicTest(name(document, text, block), () -> {
                        String commands = block.group(3).replaceAll("(?m)^" + block.group(1), "");
                        assertThat(complaints(commands)).as(commands).isEmpty();
                    }));
        });
    }

    @Test
    void aSnippetThatIsNotBashIsFound() throws Exception {
        assertThat(complaints("for queue in a b; do echo \"$queue\"\n")).isNotEmpty();
    }

    private static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "benchmarks/README.md")
                                    .map(ROOT::resolve))
                    .toList()
                    .stream()
                    .sorted();
        }
    }

    private static String name(Path document, String text, MatchResult block) {
        long line = text.substring(0, block.start()).lines().count() + 1;
        return ROOT.relativize(document) + ":" + line;
    }

    /// What bash says without running them.
    private static String complaints(String commands) throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        bash.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return bash.waitFor() == 0 ? said : "exit %d: %s".formatted(bash.exitValue(), said);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
