package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of any size is read in a bounded heap: one larger than the heap, of many clients and of a single one.
class LargeFileTest {
    private static final int HEAP = 64 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 50_000})
    void aFileLargerThanTheHeapIsRead(int clients) throws Exception {
        Path file = folder.resolve("uso.csv");
        long rows = write(file, clients);
        assertThat(Files.size(file)).isGreaterThan(HEAP);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOne.class.getName(),
                        file.toString(),
                        Files.createDirectory(folder.resolve("work")).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.trim()).endsWith("%d rows of %d clients".formatted(rows, clients));
    }

    private static long write(Path file, int clients) throws IOException {
        String place = "x".repeat(60);
        long rows = 0;
        long bytes = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("client_id;user_id;data;acoes;lugar\n");
            while (bytes <= HEAP + 1_000_000) {
                String row = rows * 7919 % clients + ";user-" + rows + place + ";30/09/2026;1;" + place + "\n";
                out.write(row);
                bytes += row.length();
                rows++;
            }
        }
        return rows;
    }

    /// Reads one file in its own process.
    static final class ReadOne {
        private ReadOne() {}

        public static void main(String[] args) throws IOException {
            TableSchema table = Tables.load().find("usage");
            UploadFile.Accepted accepted = (UploadFile.Accepted) UploadFile.read(
                    Path.of(args[0]),
                    "uso.csv",
                    table,
                    ReadingOptions.of(Configuration.DEFAULT, table),
                    Path.of(args[1]));
            long rows = 0;
            for (RowPart part : accepted.parts()) {
                try (Stream<Row> stream = part.rows()) {
                    rows += stream.filter(row -> row.text("user_id") != null).count();
                }
            }
            System.out.println(rows + " rows of " + accepted.clients() + " clients");
        }
    }
}
