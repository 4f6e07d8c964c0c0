import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Formats the Java files under a folder: `check` names those that are not formatted and exits with 1, `apply`
/// rewrites them. Build output and hidden folders are left alone, except `.ci`.
final class Format {
    private static final String FORMATTED = "formatted";
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /// Hidden from the formatter, which would wrap some of these lines and leave the rest outside the comment.
    private static final Pattern MARKDOWN = Pattern.compile("(?m)^([ \\t]*)///(.*)$");

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<String> verdicts = sources(root).parallelStream()
                .flatMap(file -> format(root.resolve(file), apply).map(verdict -> verdict + ": " + file))
                .sorted()
                .toList();
        verdicts.forEach(IO::println);
        if (!verdicts.stream().allMatch(verdict -> verdict.startsWith(FORMATTED))) {
            IO.println("To format: ./mvnw -q -pl .ci/format verify -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(root::relativize)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !("/" + file).replace("/.ci/", "/").matches(".*/(target/|[.]).*"))
                    .toList();
        }
    }

    /// Nothing if the file was as it should be.
    private static Stream<String> format(Path file, boolean apply) {
        try {
            String before = Files.readString(file);
            List<String> comments = new ArrayList<>();
            String hidden = MARKDOWN.matcher(before).replaceAll(comment -> {
                comments.add(comment.group(2).stripTrailing());
                return comment.group(1) + "/// " + (comments.size() - 1);
            });
            String after = MARKDOWN.matcher(FORMATTER.formatSourceAndFixImports(hidden))
                    .replaceAll(comment -> {
                        String text =
                                comments.get(Integer.parseInt(comment.group(2).strip()));
                        return Matcher.quoteReplacement(wrapped(comment.group(1) + "///", text));
                    });
            if (after.equals(before)) {
                return Stream.of();
            }
            if (apply) {
                Files.writeString(file, after);
            }
            return Stream.of(apply ? FORMATTED : "not formatted");
        } catch (FormatterException e) {
            return Stream.of("not parsed, " + e.getMessage().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A table's row and a word that is too long stay as they are.
    private static String wrapped(String start, String text) {
        int end = start.length() + text.length() <= 120 || text.startsWith(" |")
                ? 0
                : text.lastIndexOf(' ', 120 - start.length());
        return end <= 0 ? start + text : start + text.substring(0, end) + "\n" + wrapped(start, text.substring(end));
    }
}
