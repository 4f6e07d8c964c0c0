package clientkpis.reading;

import clientkpis.json.Json;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.sort.RowPart;
import clientkpis.reading.sort.RowSorter;
import clientkpis.receipt.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What holds of any file, whatever its bytes: it is accepted or rejected without any other failure; the verdict is the
/// same whether its rows are sorted in memory or on disk; its receipt can be stored; its rejected rows can be read.
public final class AnyFile {
    private static final List<TableSchema> TABLES = List.copyOf(Tables.load().all());

    /// One for all files: folders are slow to create and delete.
    private static final Path FOLDER = folder();

    private AnyFile() {}

    private static Path folder() {
        try {
            Path folder = TempFolder.create("fuzz").path();
            Files.createDirectory(folder.resolve("work"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param input the first byte says of which table it is
    public static void check(byte[] input, String name) throws IOException {
        if (input.length == 0) {
            return;
        }
        check(TABLES.get((input[0] & 0xff) % TABLES.size()), Arrays.copyOfRange(input, 1, input.length), name);
    }

    /// @return the verdict, comparable, without what depends on compression
    public static List<Object> check(TableSchema table, byte[] bytes, String name) throws IOException {
        if (FoundTable.of(Files.write(FOLDER.resolve("object"), bytes), name, Configuration.DEFAULT)
                .isEmpty()) {
            throw new IllegalStateException("A file without a verdict");
        }
        List<Object> inMemory = read(table, bytes, name, RowSorter.HELD);
        List<Object> onDisk = read(table, bytes, name, 300);
        if (!inMemory.equals(onDisk)) {
            throw new IllegalStateException("Two verdicts: " + inMemory + " and " + onDisk);
        }
        return inMemory;
    }

    private static List<Object> read(TableSchema table, byte[] bytes, String name, long held) throws IOException {
        Path file = Files.write(FOLDER.resolve("object"), bytes);
        Path work = FOLDER.resolve("work");
        ReadingOptions options = ReadingOptions.of(Configuration.DEFAULT, table);
        try {
            return switch (UploadFile.read(file, name, 0, table, options, work, held, 3)) {
                case UploadFile.Rejected rejected -> List.of(rejected.code(), rejected.message());
                case UploadFile.Accepted accepted -> verdict(table, name, accepted);
            };
        } finally {
            try (Stream<Path> left = Files.list(work)) {
                for (Path each : left.toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static List<Object> verdict(TableSchema table, String name, UploadFile.Accepted accepted)
            throws IOException {
        Receipt receipt = Receipt.read(
                new Receipt.Origin("u", "acme", table.name(), "k", null, Receipt.Mode.UPSERT, Language.ENGLISH),
                accepted.format(),
                accepted.source(),
                new Receipt.Columns(accepted.used(), accepted.ignored(), accepted.lost(), List.of()),
                accepted.rows(),
                accepted.problems(),
                null,
                accepted.warnings(),
                accepted.words());
        if (!Json.read(Json.parse(Json.bytes(receipt)), Receipt.class).equals(receipt)) {
            throw new IllegalStateException("A receipt is not read as it was written: " + receipt);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (RowPart part : accepted.parts()) {
            try (Stream<Row> each = part.rows()) {
                each.map(Row::cells).forEach(rows::add);
            }
        }
        if (rows.size() != accepted.rows().accepted()) {
            throw new IllegalStateException(rows.size() + " rows of " + accepted.rows());
        }
        Json.bytes(rows);
        Path rejected = accepted.rejectedRows();
        String text = rejected == null ? "" : Files.readString(rejected);
        if (rejected != null) {
            String again = name.replace(".gz", "");
            if (!(RawFile.read(rejected, again, null, ReadingOptions.of(Configuration.DEFAULT, null))
                    instanceof RawFile.Read)) {
                throw new IllegalStateException("Rejected rows that cannot be read: " + text);
            }
        }
        return List.of(
                accepted.used(),
                accepted.ignored(),
                accepted.absent(),
                accepted.rows(),
                accepted.clients(),
                accepted.problems(),
                text,
                rows);
    }
}
