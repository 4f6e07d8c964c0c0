import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the few patterns of a foreign-sounding English that a program can find, in comments, messages, documents and
/// the template. `report` lists every place and exits with 0, `count` prints their number if there are any, `check`
/// lists them and exits with 1 if there are any. Needs no library, so it runs as it is: `java .ci/PlainEnglish.java
/// report .`
///
/// Tests are not looked at.
final class PlainEnglish {
    /// @param instead what to write
    private record Rule(Pattern pattern, String instead) {
        private Rule(String regex, String instead) {
            this(Pattern.compile(regex.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE), instead);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("\\b(?:is|are|was|were)(?<!here\\s{1,30}\\w{2,4}) no (?!longer\\b|more\\b)\\w+", "is not a ..."),
            new Rule("\\b(?:tells?|told|telling)\\b(?! apart)", "publish, report, show, say"),
            new Rule("\\bmend(?:s|ed|ing)?\\b", "fix"),
            new Rule("\\b(?:comes?|came|coming) again\\b", "is redelivered, is retried"),
            new Rule("\\bof (?:which|whom)\\b", "a plain relative clause, or two sentences"),
            new Rule("\\b(?:for )?so long\\b(?! as\\b)", "for that long, until then"),
            new Rule(
                    "\\bstands\\b(?! (?:in )?for\\b)|\\b(?:that|they|what|rows) stand\\b",
                    "is in force, is kept, is in, is"),
            new Rule("\\bstanding\\b", "in force, kept, as it is"),
            new Rule(", for (?:it|they|there|he|we|you)\\b", ", because"),
            new Rule(
                    "\\b(?:one|an?|each|\\d+)"
                            + " (?!(?:for|of|in|to|is|as|by|with|and|or|at|on|from|than|if|that|when)\\b)\\w+ an?"
                            + " (?:function|family|table|client|tenant|upload|shard|line|message"
                            + "|queue|statement|test|file|row|field|part|event|invocation|protocol|stack|segment)\\b",
                    "per ..."));

    /// A place that may stay as it is: the end of its path, words in it, and why.
    private record Exempt(String file, String words, String reason) {}

    private static final List<Exempt> EXEMPT = List.of(
            new Exempt("README.md", "tells a company which", "what the product does for a person"),
            new Exempt("PlainEnglish.java", "", "the patterns themselves"),
            new Exempt("csmi.json", "where clients stand", "how they are doing"));

    /// The texts of a Java file: comments, and strings with those that are added to them. A character literal is among
    /// them only because it may be a quote.
    private static final Pattern TEXT = Pattern.compile("(?s)\"\"\".*?\"\"\""
            + "|'(?:\\\\.|[^'\\\\\n])+'"
            + "|STRING(?:\\s*\\+\\s*STRING)*".replace("STRING", "\"(?:\\\\.|[^\"\\\\\n])*\"")
            + "|//[^\n]*(?:\n[ \t]*//[^\n]*)*|/\\*.*?\\*/");

    /// What lies between the parts of one text.
    private static final Pattern GLUE = Pattern.compile("(?m)^[ \t]*///?|\"\\s*\\+\\s*\"");

    /// A comment sign of the other languages.
    private static final Pattern SIGN = Pattern.compile("(?m)^[ ]*#(?= )");

    /// Code inside a text: a fence, a span, a link to a name.
    private static final Pattern CODE = Pattern.compile("(?sm)^[ ]*```.*?^[ ]*```|`[^`\n]*`|\\[#?[\\w.#()]+\\](?!\\()");

    private PlainEnglish() {}

    public static void main(String[] arguments) throws IOException {
        String mode = arguments[0];
        Path root = Path.of(arguments.length > 1 ? arguments[1] : ".");
        Map<Path, List<String>> places = new LinkedHashMap<>();
        for (Path file : files(root)) {
            List<String> found = places(file, Files.readString(root.resolve(file)));
            if (!found.isEmpty()) {
                places.put(file, found);
            }
        }
        int count = places.values().stream().mapToInt(List::size).sum();
        if (!mode.equals("count")) {
            places.forEach((file, found) -> {
                IO.println(file + ": " + found.size());
                found.forEach(place -> IO.println("  " + place));
            });
        }
        if (count > 0) {
            IO.println("Plain English: %d places in %d files%s"
                    .formatted(
                            count, places.size(), mode.equals("count") ? ": java .ci/PlainEnglish.java report" : ""));
        }
        System.exit(mode.equals("check") && count > 0 ? 1 : 0);
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(PlainEnglish::isOurs)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOurs(Path file) {
        String path = "/" + file;
        boolean hidden = path.replace("/.ci/", "/").matches(".*/(target|out|src/test|node_modules)/.*|.*/[.].*");
        String name = file.getFileName().toString();
        return !hidden
                && (name.matches(".*\\.(java|md|yaml|toml|py|sh)|pom\\.xml|kpis|dev|.*\\.schema\\.json")
                        || path.matches("/\\.ci/[^.]+|.*/src/main/resources/.*\\.json"));
    }

    private static List<String> places(Path file, String source) {
        String text = CODE.matcher(
                        file.toString().endsWith(".java")
                                ? textOf(source)
                                : SIGN.matcher(source).replaceAll(sign -> blank(sign.group())))
                .replaceAll(code -> hidden(code.group()));
        List<String> places = new ArrayList<>();
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(text);
            while (matcher.find()) {
                String around = text.substring(
                                Math.max(0, matcher.start() - 40), Math.min(text.length(), matcher.end() + 30))
                        .replaceAll("[\\s\\u0000]+", " ")
                        .strip();
                boolean allowed =
                        EXEMPT.stream().anyMatch(one -> file.endsWith(one.file()) && around.contains(one.words()));
                if (!allowed) {
                    long line = text.substring(0, matcher.end()).lines().count();
                    places.add("%d: ...%s... (%s)".formatted(line, around, rule.instead()));
                }
            }
        }
        return places;
    }

    /// A Java file with nothing but its texts, each where it is.
    private static String textOf(String source) {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (MatchResult token : TEXT.matcher(source).results().toList()) {
            text.append(hidden(source.substring(end, token.start())))
                    .append(GLUE.matcher(token.group()).replaceAll(glue -> blank(glue.group())));
            end = token.end();
        }
        return text.append(hidden(source.substring(end))).toString();
    }

    private static String blank(String text) {
        return text.replaceAll("[^\n]", " ");
    }

    private static String hidden(String text) {
        return text.replaceAll("[^\n]", "\0");
    }
}
