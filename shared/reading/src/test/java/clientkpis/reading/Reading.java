package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.json.ReadingJson;
import clientkpis.kpi.Aliases;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.sort.RowPart;
import clientkpis.reading.sort.RowSorter;
import clientkpis.receipt.Receipt;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Reads one upload in a test: `Reading.of("contracts").csv("...")`.
public record Reading(TableSchema table, ReadingOptions options) {
    /// Holds the uploads of all tests, whose rows are read after this returned, and is deleted when the JVM ends.
    private static final Path HOME = home();

    private static Path home() {
        try {
            TempFolder folder = TempFolder.create("reading");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    folder.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return folder.path();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading of(String table) {
        TableSchema schema = Tables.load().find(table);
        return new Reading(schema, ReadingOptions.of(Configuration.DEFAULT, schema)).in(Language.ENGLISH);
    }

    /// For people who read another language.
    Reading in(Language language) {
        CellOptions cells = options.cells();
        return with(new CellOptions(
                cells.zone(),
                cells.decimalComma(),
                cells.monthFirst(),
                cells.customFields(),
                cells.clientIds(),
                language));
    }

    Reading english() {
        CellOptions cells = options.cells();
        return with(
                new CellOptions(cells.zone(), false, true, cells.customFields(), cells.clientIds(), cells.language()));
    }

    Reading matching(ClientIdMatch clientIds) {
        CellOptions cells = options.cells();
        return with(new CellOptions(
                cells.zone(),
                cells.decimalComma(),
                cells.monthFirst(),
                cells.customFields(),
                clientIds::id,
                cells.language()));
    }

    private Reading with(CellOptions cells) {
        return with(cells, options.columns(), options.limits());
    }

    Reading knowing(Aliases aliases) {
        return new Reading(table, options.with(aliases));
    }

    Reading mapping(Map<String, String> columns) {
        return with(options.cells(), columns, options.limits());
    }

    Reading saying(Map<String, Map<String, String>> words) {
        Map<String, ColumnReading> readings = new HashMap<>();
        words.forEach((column, of) ->
                readings.putAll(ReadingJson.columns(Json.tree(Map.of(column, Map.of("words", of))))));
        return reading(readings);
    }

    /// @param json as in a configuration, under the table in `read`
    Reading reading(String json) {
        return reading(ReadingJson.columns(Json.parse(json)));
    }

    private Reading reading(Map<String, ColumnReading> readings) {
        return new Reading(
                table,
                new ReadingOptions(
                        options.cells(), options.columns(), readings, Set.of(), options.limits(), options.aliases()));
    }

    Reading atMost(long bytes, int line) {
        return with(options.cells(), options.columns(), new Limits(bytes, line));
    }

    private Reading with(CellOptions cells, Map<String, String> columns, Limits limits) {
        return new Reading(table, new ReadingOptions(cells, columns, Map.of(), Set.of(), limits, options.aliases()));
    }

    UploadFile.Result bytes(String name, byte[] bytes) {
        return bytes(name, bytes, RowSorter.HELD, RowSorter.CLIENTS);
    }

    UploadFile.Result bytes(String name, byte[] bytes, long heldAtMost, int clientsAtMost) {
        try {
            Path folder = Files.createTempDirectory(HOME, "upload");
            Path file = Files.write(folder.resolve("object"), bytes);
            Path work = Files.createDirectory(folder.resolve("work"));
            return UploadFile.read(file, name, 0, table, options, work, heldAtMost, clientsAtMost);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UploadFile.Accepted csv(String text) {
        return accepted(bytes("x.csv", text.getBytes(StandardCharsets.UTF_8)));
    }

    UploadFile.Accepted lines(String text) {
        return accepted(bytes("x.jsonl", text.getBytes(StandardCharsets.UTF_8)));
    }

    UploadFile.Rejected rejectedCsv(String text) {
        return rejected(bytes("x.csv", text.getBytes(StandardCharsets.UTF_8)));
    }

    static UploadFile.Accepted accepted(UploadFile.Result result) {
        assertThat(result).isInstanceOf(UploadFile.Accepted.class);
        return (UploadFile.Accepted) result;
    }

    static UploadFile.Rejected rejected(UploadFile.Result result) {
        assertThat(result).isInstanceOf(UploadFile.Rejected.class);
        return (UploadFile.Rejected) result;
    }

    static List<Map<String, String>> rows(UploadFile.Accepted accepted) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RowPart part : accepted.parts()) {
            try (Stream<Row> stream = part.rows()) {
                stream.map(Row::cells).forEach(rows::add);
            }
        }
        return rows;
    }

    static Receipt.Problem problem(UploadFile.Accepted accepted) {
        assertThat(accepted.problems().first()).hasSize(1);
        return accepted.problems().first().getFirst();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
