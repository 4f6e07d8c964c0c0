import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Holds the bill of materials against what lies in the functions' zips, every licence against those that we may ship,
/// and `THIRD-PARTY.md` against both; `--write` writes its table anew. Says what is wrong and exits with 1, or says
/// what is shipped and exits with 0. Needs no library, so that it runs as it is.
final class Licences {
    /// What may be shipped with a program under Apache-2.0, by SPDX identifier.
    private static final Set<String> ALLOWED =
            Set.of("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0");

    /// As their authors write them where they use no identifier.
    private static final Map<String, String> IDENTIFIERS = Map.of("The (New) BSD License", "BSD-3-Clause");

    /// Licences whose text need not be shipped, and the one that every zip has in `META-INF/LICENSE`.
    private static final Set<String> WITHOUT_TEXT = Set.of("0BSD", "Apache-2.0", "MIT-0");

    private static final Path FILE = Path.of("THIRD-PARTY.md");
    private static final String HEADER = "| library | version | licence | in |";
    private static final Pattern TABLE = Pattern.compile("\n" + Pattern.quote(HEADER) + "\n([|].*\n)*\n");

    private record Component(String group, String name, String version, List<String> licences) {
        private String coordinates() {
            return group + ":" + name;
        }

        private boolean ours() {
            return group.equals("clientkpis");
        }
    }

    /// A jar in the zips, the functions that have it, and whether it has a licence's text in it.
    private record Jar(String sha256, Set<String> functions, boolean text) {}

    private final List<String> complaints = new ArrayList<>();

    private Licences() {}

    public static void main(String[] arguments) throws Exception {
        Licences licences = new Licences();
        licences.check(List.of(arguments).contains("--write"));
        licences.complaints.forEach(System.err::println);
        System.exit(licences.complaints.isEmpty() ? 0 : 1);
    }

    private void check(boolean write) throws Exception {
        Map<String, Component> components = components();
        Set<String> functions = new TreeSet<>();
        Map<String, Jar> jars = jars(functions);

        Set<String> listed = components.values().stream()
                .filter(component -> !component.ours())
                .map(Component::coordinates)
                .collect(Collectors.toCollection(TreeSet::new));
        String words = Files.readString(FILE);
        Map<String, String> rows = new TreeMap<>();
        jars.forEach((file, jar) -> {
            Component component = components.get(jar.sha256());
            if (component == null) {
                complaints.add(file + " lies in a zip and not in target/bom.xml.");
            } else if (!component.ours()) {
                listed.remove(component.coordinates());
                check(component, jar, words);
                rows.put(component.coordinates(), row(component, jar, functions));
            }
        });
        listed.forEach(name -> complaints.add(name + " is in target/bom.xml but in no zip."));

        String table = Stream.concat(Stream.of(HEADER, "|---|---|---|---|"), rows.values().stream())
                .collect(Collectors.joining("\n", "\n", "\n\n"));
        if (write) {
            Files.writeString(FILE, TABLE.matcher(words).replaceFirst(Matcher.quoteReplacement(table)));
        } else if (!words.contains(table)) {
            complaints.add("THIRD-PARTY.md does not list what is shipped. Write its table anew: .ci/shipped --write");
        }
        if (complaints.isEmpty()) {
            System.out.println(functions.size() + " functions with " + rows.size() + " third-party libraries, "
                    + "as target/bom.json and THIRD-PARTY.md say.");
        }
    }

    private void check(Component component, Jar jar, String words) {
        String name = component.coordinates();
        if (component.licences().isEmpty()) {
            complaints.add(name + " names no licence.");
        }
        for (String licence : component.licences()) {
            if (!ALLOWED.contains(licence)) {
                complaints.add(name + " is under " + licence + ", which is not among those in .ci/Licences.java.");
            } else if (!jar.text() && !WITHOUT_TEXT.contains(licence) && !words.contains("\n## " + name + "\n")) {
                complaints.add(name + " is under " + licence + " and has no copy of it inside: "
                        + "put its copyright and its text under '## " + name + "' in THIRD-PARTY.md.");
            }
        }
    }

    private static String row(Component component, Jar jar, Set<String> functions) {
        return "| " + component.coordinates() + " | " + component.version() + " | "
                + String.join(", ", component.licences()) + " | "
                + (jar.functions().equals(functions) ? "all" : String.join(", ", jar.functions())) + " |";
    }

    /// By the SHA-256 of their jars.
    private static Map<String, Component> components() throws Exception {
        Map<String, Component> components = new TreeMap<>();
        Element bom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("target/bom.xml").toFile())
                .getDocumentElement();
        // The first ones are the tools that wrote it.
        List<Element> lists = elements(bom, "components");
        for (Element element : elements(lists.get(lists.size() - 1), "component")) {
            List<String> licences = elements(element, "license").stream()
                    .map(licence -> Stream.of("id", "name")
                            .flatMap(tag -> elements(licence, tag).stream())
                            .findFirst()
                            .orElseThrow()
                            .getTextContent())
                    .toList();
            Component component = new Component(
                    text(element, "group"),
                    text(element, "name"),
                    text(element, "version"),
                    licences.stream()
                            .map(licence -> IDENTIFIERS.getOrDefault(licence, licence))
                            .sorted()
                            .toList());
            elements(element, "hash").stream()
                    .filter(hash -> hash.getAttribute("alg").equals("SHA-256"))
                    .forEach(hash -> components.put(hash.getTextContent(), component));
        }
        return components;
    }

    private static String text(Element element, String tag) {
        return elements(element, tag).get(0).getTextContent();
    }

    private static List<Element> elements(Element element, String tag) {
        var nodes = element.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(node -> (Element) nodes.item(node))
                .toList();
    }

    /// By file name, out of the zips of all functions, whose names are added to `functions`.
    private static Map<String, Jar> jars(Set<String> functions) throws Exception {
        Map<String, Jar> jars = new TreeMap<>();
        try (var folders = Files.newDirectoryStream(Path.of("functions"), folder -> Files.exists(zip(folder)))) {
            for (Path folder : folders) {
                String function = folder.getFileName().toString();
                functions.add(function);
                try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip(folder)))) {
                    for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                        if (entry.getName().endsWith(".jar")) {
                            byte[] bytes = entries.readAllBytes();
                            String sha256 = HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(bytes));
                            String file = entry.getName();
                            Jar jar = jars.get(file);
                            if (jar == null) {
                                jar = new Jar(sha256, new TreeSet<>(), hasText(bytes));
                                jars.put(file, jar);
                            } else if (!jar.sha256().equals(sha256)) {
                                throw new IOException(file + " differs from zip to zip.");
                            }
                            jar.functions().add(function);
                        }
                    }
                }
            }
        }
        return jars;
    }

    private static Path zip(Path folder) {
        return folder.resolve("target/function.zip");
    }

    private static boolean hasText(byte[] jar) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().matches("(?i)META-INF/(.*/)?LICEN[CS]E(\\.(txt|md))?")) {
                    return true;
                }
            }
        }
        return false;
    }
}
