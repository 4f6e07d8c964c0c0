package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A family is added with its schema, its folder and its section of the template, and with nothing else: what stands in
/// `src/test/toy` is put beside what was built, and the command line runs on both.
class NewFamilyTest {
    private static final Path ROOT = Program.ROOT;
    private static final Path TOY = ROOT.resolve("cli/src/test/toy");
    private static final String SCHEMA = "shared/tables/src/main/resources/tables/trainings.json";
    private static final String FOLDER = "functions/trainings";

    @TempDir
    private Path project;

    @Test
    void itsFieldIsInTheClientTable() throws Exception {
        Path tables = makeProject();
        Path exports = Files.createDirectory(project.resolve("exports"));
        Files.writeString(
                exports.resolve("Treinamentos de março.csv"),
                "CNPJ;ID Treinamento;Data\n12.345;T1;02/03/2026\n12.345;T2;09/03/2026\n12.345;T3;16/03/2026\n",
                Charset.forName("windows-1252"));

        Program run = Program.run(project, List.of(tables), exports, project.resolve("out"), "--as-of", "2026-03-10");

        assertThat(run.exit()).as(run.printed()).isZero();
        JsonNode client = run.lines("clients.jsonl").getFirst();
        assertThat(client.path("clientId").asText()).isEqualTo("12.345");
        assertThat(client.path("trainingsHeld").asInt()).isEqualTo(2);
        assertThat(client.path("sources").path("trainingsHeld").path("table").asText())
                .isEqualTo("trainings");
        assertThat(Files.readString(project.resolve("out/clients.csv"))).contains(";Treinamentos;");
    }

    @Test
    void theReadmeShowsThisFamily() throws IOException {
        assertThat(ROOT.resolve("README.md"))
                .content()
                .contains(Files.readString(TOY.resolve(SCHEMA)))
                .contains(body("Training"))
                .contains(body("Trainings"))
                .contains(body("TrainingsFunction"));
    }

    /// A source without its package and imports.
    private static String body(String type) throws IOException {
        String source = Files.readString(TOY.resolve(FOLDER + "/src/main/java/clientkpis/trainings/" + type + ".java"));
        return source.substring(source.indexOf("///"));
    }

    /// @return the jar of tables with one more
    private Path makeProject() throws IOException {
        Path functions = Files.createDirectory(project.resolve("functions"));
        try (Stream<Path> built = Files.list(ROOT.resolve("functions"))) {
            for (Path function : built.filter(Files::isDirectory).toList()) {
                Files.createSymbolicLink(functions.resolve(function.getFileName()), function);
            }
        }
        Path classes = Files.createDirectory(project.resolve("classes"));
        compile(classes);
        zip(
                classes,
                Files.createDirectories(project.resolve(FOLDER + "/target")).resolve("function.zip"));

        String template = Files.readString(ROOT.resolve("template.yaml"));
        String support = template.substring(
                template.indexOf("\n  SupportQueue:"),
                template.indexOf("  # -", template.indexOf("\n  SupportQueue:")));
        Files.writeString(
                project.resolve("template.yaml"),
                template.replace(
                        support,
                        support + support.replace("support", "trainings").replace("Support", "Trainings")));

        Path tables = Path.of(
                Tables.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        Path changed = project.resolve(tables.getFileName());
        Files.copy(tables, changed);
        try (FileSystem jar = FileSystems.newFileSystem(changed)) {
            Files.copy(TOY.resolve(SCHEMA), jar.getPath("tables/trainings.json"));
        }
        return changed;
    }

    private static void compile(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-classpath", Program.classPath()));
        try (Stream<Path> sources = Files.walk(TOY.resolve(FOLDER))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .forEach(source -> arguments.add(source.toString()));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static void zip(Path folder, Path zip) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(file);
                Stream<Path> content = Files.walk(folder)) {
            for (Path one : content.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new ZipEntry(folder.relativize(one).toString()));
                Files.copy(one, entries);
            }
        }
    }
}
