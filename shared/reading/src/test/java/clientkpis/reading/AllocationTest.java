package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.sort.RowPart;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a row allocates does not depend on how fast the machine is, so a build notices it when reading becomes
/// wasteful.
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROWS = 20_000;

    /// A quarter above the 1,801 bytes that were allocated in November 2026, when the limit was set.
    private static final long BYTES_OF_A_ROW = 2_250;

    @TempDir
    private Path folder;

    @Test
    void aRowOfBillingThatIsReadAndWrittenAllocatesLittle() throws IOException {
        Path file = billing();
        // The first time allocates what is made once.
        readAndWrite(file);

        assertThat(readAndWrite(file) / ROWS).isBetween(1L, BYTES_OF_A_ROW);
    }

    /// @return the bytes that it allocated
    private long readAndWrite(Path file) throws IOException {
        TableSchema table = Tables.load().find("billing");
        ReadingOptions options = ReadingOptions.of(Configuration.DEFAULT, table);
        Path work = Files.createTempDirectory(folder, "work");
        long before = THREADS.getCurrentThreadAllocatedBytes();
        UploadFile.Accepted read = (UploadFile.Accepted) UploadFile.read(file, "billing.csv", table, options, work);
        for (RowPart part : read.parts()) {
            try (JsonGenerator json = Json.lines(OutputStream.nullOutputStream())) {
                part.write(json);
            }
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(read.rows().accepted()).isEqualTo(ROWS);
        return allocated;
    }

    private Path billing() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        LocalDate first = LocalDate.of(2026, 1, 1);
        List<String> lines = new ArrayList<>(List.of("client_id;title_id;value;due_on;issued_on;paid_on;status"));
        for (int i = 0; i < ROWS; i++) {
            lines.add("%06d;t%d;%d,%02d;%s;%s;%s;%s"
                    .formatted(
                            i % 2_000,
                            i,
                            random.nextInt(9999),
                            random.nextInt(100),
                            first.plusDays(random.nextInt(270)),
                            first.plusDays(random.nextInt(270)),
                            i % 3 == 0 ? "" : first.plusDays(random.nextInt(270)),
                            List.of("Aberto", "Pago", "Cancelado").get(i % 3)));
        }
        return Files.write(folder.resolve("billing.csv"), lines);
    }
}
