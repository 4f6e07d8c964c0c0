package clientkpis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A portfolio of any size is reported in a bounded heap, on a page of a bounded size.
class MemoryTest {
    private static final int HEAP = 512 << 20;
    private static final int PAGE = 5_000_000;

    @TempDir
    private Path folder;

    @Test
    void thePageAndTheHeapOfTenThousandClientsAreBounded() throws Exception {
        assertBounded(10_000);
    }

    @Test
    @Tag("slow")
    void thePageAndTheHeapOfAMillionClientsAreBounded() throws Exception {
        assertBounded(1_000_000);
    }

    private void assertBounded(int clients) throws Exception {
        Path page = folder.resolve("index.html");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Synthetic.class.getName(),
                        page.toString(),
                        Integer.toString(clients))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said).startsWith(clients + " clients, 10000 shown");
        assertThat(Files.size(page)).isLessThanOrEqualTo(PAGE);
    }
}
