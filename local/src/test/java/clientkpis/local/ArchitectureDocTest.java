package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/architecture.md` names classes and methods that exist, and events that are published.
class ArchitectureDocTest {
    private static final Path ROOT = Path.of(System.getProperty("clientkpis.root"));
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");

    @Test
    void everyNameOnThePageExists() throws IOException {
        Map<String, Path> sources = sources();
        List<String> missing = new ArrayList<>();
        Matcher names = NAME.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        int found = 0;
        while (names.find()) {
            Path source = sources.get(names.group(1) + ".java");
            String member = names.group(2);
            boolean exists = source == null
                    ? Files.exists(ROOT.resolve("events/" + names.group(1) + ".schema.json"))
                    : member == null || Files.readString(source).contains(" " + member + "(");
            if (exists) {
                found++;
            } else {
                missing.add(names.group());
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(30);
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        for (String folder : List.of("shared", "functions", "local")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.put(file.getFileName().toString(), file));
            }
        }
        return sources;
    }
}
