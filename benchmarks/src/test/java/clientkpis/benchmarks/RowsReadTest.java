package clientkpis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.FileCode;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rows that are read from files of every dialect, against the rows as they are meant.
///
/// `-Drows.seeds=1000` tries more portfolios.
class RowsReadTest {
    private static final int SEEDS = Integer.getInteger("rows.seeds", 12);

    @TempDir
    private Path folder;

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRowsReadAreTheRowsWritten(long seed) throws IOException {
        int files = 0;
        for (DataUpload upload : DataPortfolio.mixed(seed, 25, 8, false).uploads()) {
            assertThat(read(seed, upload, folder.resolve(String.valueOf(files++))))
                    .as("%d: %s of %s", seed, upload.path(), upload.day())
                    .isEqualTo(written(upload));
        }
        assertThat(files).isGreaterThan(10);
    }

    private static Map<List<Object>, Map<String, Object>> written(DataUpload upload) {
        Map<List<Object>, Map<String, Object>> rows = new HashMap<>();
        for (DataRow row : upload.rows()) {
            if (row.valid()) {
                rows.put(key(upload.table(), row.values()), canonical(row.values()));
            }
        }
        return rows;
    }

    private static Map<List<Object>, Map<String, Object>> read(long seed, DataUpload upload, Path work)
            throws IOException {
        Path file = Files.write(Files.createDirectories(work).resolve("upload"), new Dialect(seed, upload).bytes());
        String name = upload.path().substring(upload.path().lastIndexOf('/') + 1);
        TableSchema table = Objects.requireNonNull(Tables.load().find(upload.table().english));
        UploadFile.Result result = UploadFile.read(
                file,
                name,
                table,
                ReadingOptions.of(Configuration.DEFAULT, table),
                Files.createDirectory(work.resolve("parts")));
        Map<List<Object>, Map<String, Object>> rows = new HashMap<>();
        switch (result) {
            case UploadFile.Accepted accepted -> {
                for (RowPart part : accepted.parts()) {
                    try (Stream<Row> stream = part.rows()) {
                        stream.forEach(row -> rows.put(key(upload.table(), row.cells()), canonical(row.cells())));
                    }
                }
            }
            // Every row of the file has a fault.
            case UploadFile.Rejected rejected ->
                assertThat(rejected.code()).as(rejected.message()).isEqualTo(FileCode.NO_VALID_ROW);
        }
        return rows;
    }

    private static List<Object> key(Table table, Map<String, ?> cells) {
        return table.keyColumns().stream()
                .map(column ->
                        (Object) Objects.requireNonNull(cells.get(column)).toString())
                .toList();
    }

    /// Cells as text, numbers without trailing zeros.
    private static Map<String, Object> canonical(Map<String, ?> cells) {
        Map<String, Object> canonical = new TreeMap<>();
        cells.forEach((column, value) -> canonical.put(
                column,
                List.of("value", "licences", "score", "actions", "accesses").contains(column)
                        ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
                        : value.toString()));
        return canonical;
    }
}
