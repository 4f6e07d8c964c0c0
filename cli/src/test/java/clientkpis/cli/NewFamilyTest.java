package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A family is added as docs/add-a-family.md says, to a copy of the project: the files in `src/test/toy`, its name in
/// two lists, and nothing else. Maven builds the copy, and the command line runs it.
@Isolated("Maven uses all processors")
class NewFamilyTest {
    private static final Path ROOT = Program.ROOT;
    private static final Path TOY = ROOT.resolve("cli/src/test/toy");
    private static final Set<String> NOT_COPIED = Set.of(".git", "target", "out");

    @TempDir
    private Path project;

    /// `slow`, since it is a Maven build of its own.
    @Tag("slow")
    @Test
    void itsFieldIsInTheClientTable() throws Exception {
        copyProject();
        copy(TOY, project);
        addToList("functions/pom.xml", "    <module>overrides</module>\n", "    <module>trainings</module>\n");
        addToList("template.yaml", "playbooks, overrides", ", trainings");
        build();
        Path exports = Files.createDirectory(project.resolve("exports"));
        Files.writeString(
                exports.resolve("Treinamentos de março.csv"),
                "CNPJ;ID Treinamento;Data\n12.345;T1;02/03/2026\n12.345;T2;09/03/2026\n12.345;T3;16/03/2026\n",
                Charset.forName("windows-1252"));

        Program run =
                Program.start(project, List.of(tables()), exports, project.resolve("out"), "--as-of", "2026-03-10");

        assertThat(run.exit()).as(run.printed()).isZero();
        JsonNode client = run.lines("clients.jsonl").getFirst();
        assertThat(client.path("clientId").asText()).isEqualTo("12.345");
        assertThat(client.path("trainingsHeld").asInt()).isEqualTo(2);
        assertThat(client.path("sources").path("trainingsHeld").path("table").asText())
                .isEqualTo("trainings");
        assertThat(Files.readString(project.resolve("out/clients.csv"))).contains(";Treinamentos;");
    }

    @Test
    void thePageShowsEveryFileOfThisFamily() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/add-a-family.md"));

        assertThat(files(TOY))
                .hasSize(5)
                .allSatisfy(file ->
                        assertThat(page).contains(Files.readString(file)).contains(String.valueOf(file.getFileName())));
        assertThat(page).contains("`functions/pom.xml`: `<module>trainings</module>`");
    }

    /// The sources, and what was built of the other functions.
    private void copyProject() throws IOException {
        copy(ROOT, project);
        for (Path zip : files(ROOT.resolve("functions"))) {
            if (zip.endsWith("target/function.zip")) {
                Path target = ROOT.relativize(zip.getParent());
                Files.createSymbolicLink(project.resolve(target), ROOT.resolve(target));
            }
        }
    }

    private void addToList(String file, String last, String added) throws IOException {
        String text = Files.readString(project.resolve(file));
        assertThat(text.split(last, -1)).as(file).hasSize(2);
        Files.writeString(project.resolve(file), text.replace(last, last + added));
    }

    private void build() throws IOException, InterruptedException {
        ProcessBuilder maven = new ProcessBuilder(
                        project.resolve("mvnw").toString(),
                        "-o",
                        "-q",
                        "-ntp",
                        "-Dmaven.repo.local=" + System.getProperty("localRepository"),
                        "-Dmaven.test.skip=true",
                        "-pl",
                        "functions/trainings",
                        "-am",
                        "package")
                .directory(project.toFile())
                .redirectErrorStream(true);
        // Maven that runs this test leads its children to its own project.
        maven.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") && name.endsWith("BASEDIR"));
        Process process = maven.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private Path tables() throws IOException {
        return files(project.resolve("shared/tables/target")).stream()
                .filter(file -> file.getFileName().toString().endsWith(".jar"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(String.valueOf(folder.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
