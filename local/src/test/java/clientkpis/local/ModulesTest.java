package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Which modules may depend on which, according to their poms; the build makes every module declare what it uses.
class ModulesTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final String OWN = "clientkpis:";

    /// @param folder `functions` or `shared`
    /// @param dependencies as `group:artifact`, without those of tests
    private record Module(String folder, Set<String> dependencies) {
        Module and(String dependency) {
            Set<String> more = new TreeSet<>(dependencies);
            more.add(dependency);
            return new Module(folder, more);
        }
    }

    @Test
    void noModuleDependsOnAFunctionAndOnlyCloudDependsOnAws() throws Exception {
        Map<String, Module> modules = modules();

        assertThat(modules).containsKeys("intake", "erasure", "score", "kpi", "reading", "cloud");
        assertThat(violations(modules)).isEmpty();
    }

    @Test
    void aFunctionThatDependsOnAnotherIsFound() throws Exception {
        Map<String, Module> modules = modules();
        modules.computeIfPresent("erasure", (name, module) -> module.and(OWN + "intake"));

        assertThat(violations(modules)).containsExactly("erasure depends on the function intake");
    }

    @Test
    void aLibraryThatDependsOnAFunctionIsFound() throws Exception {
        Map<String, Module> modules = modules();
        modules.computeIfPresent("reading", (name, module) -> module.and(OWN + "intake"));

        assertThat(violations(modules)).contains("reading depends on the function intake");
    }

    @Test
    void aLibraryThatReachesAwsIsFoundEvenThroughAnother() throws Exception {
        Map<String, Module> modules = modules();
        modules.computeIfPresent("tables", (name, module) -> module.and("software.amazon.awssdk:s3"));

        assertThat(violations(modules))
                .contains(
                        "tables depends on AWS through software.amazon.awssdk:s3",
                        "reading depends on AWS through software.amazon.awssdk:s3");
    }

    private static List<String> violations(Map<String, Module> modules) {
        List<String> violations = new ArrayList<>();
        modules.forEach((name, module) -> {
            for (String dependency : module.dependencies()) {
                Module other = modules.get(dependency.replace(OWN, ""));
                if (other != null && other.folder().equals("functions")) {
                    violations.add(name + " depends on the function " + dependency.replace(OWN, ""));
                }
            }
            if (module.folder().equals("shared") && !name.equals("cloud")) {
                reached(name, modules, new HashSet<>()).stream()
                        .filter(dependency -> dependency.matches("software\\.amazon\\.awssdk:.*|com\\.amazonaws:.*"))
                        .forEach(dependency -> violations.add(name + " depends on AWS through " + dependency));
            }
        });
        return violations;
    }

    /// What a module depends on, directly and through its other modules.
    private static Set<String> reached(String name, Map<String, Module> modules, Set<String> seen) {
        Set<String> reached = new TreeSet<>();
        Module module = modules.get(name);
        if (module != null && seen.add(name)) {
            reached.addAll(module.dependencies());
            for (String dependency : module.dependencies()) {
                reached.addAll(reached(dependency.replace(OWN, ""), modules, seen));
            }
        }
        return reached;
    }

    private static Map<String, Module> modules() throws Exception {
        Map<String, Module> modules = new TreeMap<>();
        for (String folder : List.of("functions", "shared")) {
            try (Stream<Path> folders = Files.list(ROOT.resolve(folder))) {
                for (Path pom : folders.map(module -> module.resolve("pom.xml"))
                        .filter(Files::exists)
                        .toList()) {
                    Document document = DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(pom.toFile());
                    String name = pom.getParent().getFileName().toString();
                    modules.put(name, new Module(folder, dependencies(document)));
                }
            }
        }
        return modules;
    }

    private static Set<String> dependencies(Document pom) {
        Set<String> dependencies = new TreeSet<>();
        NodeList nodes = pom.getElementsByTagName("dependency");
        for (int i = 0; i < nodes.getLength(); i++) {
            Element dependency = (Element) nodes.item(i);
            if (!text(dependency, "scope").equals("test")) {
                dependencies.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
            }
        }
        return dependencies;
    }

    private static String text(Element element, String tag) {
        NodeList nodes = element.getElementsByTagName(tag);
        return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent().strip();
    }
}
