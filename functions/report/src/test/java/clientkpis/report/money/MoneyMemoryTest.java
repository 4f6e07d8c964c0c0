package clientkpis.report.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The months of a portfolio of any size are closed in a bounded heap.
class MoneyMemoryTest {
    private static final int HEAP = 128 << 20;

    @Test
    void theHeapOfSeveralMonthsIsBounded() throws Exception {
        assertBounded(32_000, 4);
    }

    @Test
    @Tag("slow")
    void theHeapOfAMillionClientsIsBounded() throws Exception {
        assertBounded(1_000_000, 2);
    }

    private static void assertBounded(int clients, int months) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SyntheticMoney.class.getName(),
                        Integer.toString(clients),
                        Integer.toString(months))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said).startsWith("%d clients, %d months, 1023 slices".formatted(clients, months));
    }
}
