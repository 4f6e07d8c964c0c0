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

/// Formats the Java files under a folder: `check` names those that are not formatted and exits with 1, `apply` rewrites
/// them. Build output and hidden folders are left alone, except `.ci`.
final class Format {
    private static final String FORMATTED = "formatted";
    private static final int WIDTH = 120;
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /// A comment's lines, hidden from the formatter as one, which would wrap some and leave the rest outside the
    /// comment.
    private static final Pattern COMMENT = Pattern.compile("(?m)^([ \\t]*)///.*$(?:\\n[ \\t]*///.*$)*");

    /// What a line starts with that begins a paragraph of its own: a tag, an item, a heading.
    private static final Pattern OPENING = Pattern.compile("@\\w+ |[-*] |\\d+[.] |#+ ");

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
            IO.println("To format: ./dev format");
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
            String hidden = COMMENT.matcher(before).replaceAll(comment -> {
                comments.add(comment.group());
                return comment.group(1) + "/// " + (comments.size() - 1);
            });
            String after = COMMENT.matcher(FORMATTER.formatSourceAndFixImports(hidden))
                    .replaceAll(hiding -> {
                        String number = hiding.group().strip().substring("/// ".length());
                        return Matcher.quoteReplacement(
                                reflowed(hiding.group(1) + "///", comments.get(Integer.parseInt(number))));
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

    /// The paragraphs of a comment, each filled to the width. Tables, fenced and indented code stay as they are.
    private static String reflowed(String start, String comment) {
        List<String> lines = new ArrayList<>();
        String paragraph = "";
        boolean fenced = false;
        for (String line : comment.split("\n")) {
            String text = line.strip().substring("///".length()).stripTrailing();
            String words = text.strip();
            boolean fence = words.startsWith("```");
            boolean code = text.startsWith("     ") && paragraph.isEmpty();
            if (fenced || fence || code || words.isEmpty() || words.startsWith("|")) {
                lines.addAll(filled(start, paragraph));
                lines.add(start + text);
                paragraph = "";
                fenced ^= fence;
            } else if (OPENING.matcher(words).lookingAt()) {
                lines.addAll(filled(start, paragraph));
                paragraph = words;
            } else {
                paragraph = paragraph.isEmpty() ? words : paragraph + " " + words;
            }
        }
        lines.addAll(filled(start, paragraph));
        return String.join("\n", lines);
    }

    /// A paragraph's lines; those after the first of a tag or an item are indented. A word that is too long stays
    /// whole.
    private static List<String> filled(String start, String paragraph) {
        List<String> lines = new ArrayList<>();
        String indent = !OPENING.matcher(paragraph).lookingAt() ? " " : paragraph.startsWith("@") ? "     " : "   ";
        String line = start;
        for (String word : paragraph.isEmpty() ? new String[0] : paragraph.split(" +")) {
            if (!line.isBlank() && !line.strip().equals("///") && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line);
                line = start + indent + word;
            } else {
                line += " " + word;
            }
        }
        if (!paragraph.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
