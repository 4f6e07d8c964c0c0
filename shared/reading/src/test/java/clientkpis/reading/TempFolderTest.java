package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed process left in the temporary folder does not stay: the disk of a function outlives its processes.
class TempFolderTest {
    @TempDir
    private Path home;

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void nothingStaysOfOneThatIsClosed() throws Exception {
        try (TempFolder folder = TempFolder.create(home, "work")) {
            Files.writeString(folder.resolve("x"), "x");
        }

        assertThat(names()).isEmpty();
    }

    @Test
    void oneThatAKilledProcessLeftIsDeletedByTheNext() throws Exception {
        Process killed = another();
        killed.destroyForcibly().waitFor();
        assertThat(names()).hasSize(2);

        try (TempFolder folder = TempFolder.create(home, "work")) {
            assertThat(names()).hasSize(2).contains(folder.path().getFileName().toString());
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void oneThatIsInUseStays() throws Exception {
        try (TempFolder first = TempFolder.create(home, "work");
                TempFolder second = TempFolder.create(home, "work")) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
    }

    /// A process that closes a file gives up all its locks of it, those of other channels too.
    @Test
    void oneThatIsInUseStaysWhenAnotherProcessLooksForLeftovers() throws Exception {
        try (TempFolder first = TempFolder.create(home, "work");
                TempFolder second = TempFolder.create(home, "work")) {
            Process other = another();
            other.destroyForcibly().waitFor();

            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory();
        }
    }

    private Process another() throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Leaves.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(other.getInputStream().read()).isEqualTo('!');
        return other;
    }

    @Test
    void aFolderOfAnotherKindStays() throws Exception {
        Path other = Files.createDirectory(home.resolve("workshop"));

        TempFolder.create(home, "work").close();

        assertThat(other).isDirectory();
    }

    /// Writes into a folder and waits to be killed.
    static final class Leaves {
        private Leaves() {}

        public static void main(String[] args) throws Exception {
            TempFolder folder = TempFolder.create(Path.of(args[0]), "work");
            Files.writeString(folder.resolve("object"), "x");
            System.out.print("!");
            System.out.flush();
            Thread.sleep(60_000);
            folder.close();
        }
    }
}
