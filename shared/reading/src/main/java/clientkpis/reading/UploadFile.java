package clientkpis.reading;

import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one upload (tables.md): from the bytes of a spooled object to rows in canonical form, or to the reason why the
/// file is rejected whole. Pure but for the files it reads and writes; memory is bounded whatever the file's size.
///
/// The file is read to its last byte twice: first its bytes are judged, then its rows. Only then is there a result, so
/// nothing of a file that turns out to be broken counts.
public final class UploadFile {
    /// How many headers that mean nothing are listed.
    private static final int IGNORED_LISTED = 200;

    private final TableSchema table;
    private final ReadingOptions options;
    private final Columns columns;
    private final RowCheck check;
    private final RowSorter sorter;
    private final RejectedRows rejectedRows;

    private long read;
    private long rejected;
    private final Map<RowCode, Long> problemCounts = new EnumMap<>(RowCode.class);
    private final List<Receipt.Problem> problems = new ArrayList<>();

    /// What became of the file.
    public sealed interface Result permits Rejected, Accepted {}

    /// Rejected whole: nothing of it counts.
    ///
    /// @param message what is wrong, where, and what to do about it
    /// @param format as far as it was found; null when the bytes could not be read
    public record Rejected(FileCode code, String message, Receipt.@Nullable Format format) implements Result {}

    /// Read to its end. There may be no accepted row all the same, when each one is rejected.
    ///
    /// @param used the columns that the file has, in its order
    /// @param ignored its headers that mean none, as written, the first 200
    /// @param absent the table's columns that it has not
    /// @param rows `read = accepted + rejected + repeated`
    /// @param clients how many the accepted rows have
    /// @param rejectedRows a file in the work folder, `rejected.csv` or `rejected.jsonl`, or null when there are none
    /// @param parts the accepted rows, in the order of (shard, client)
    public record Accepted(
            Receipt.Format format,
            List<Receipt.UsedColumn> used,
            List<String> ignored,
            List<String> absent,
            Receipt.Rows rows,
            long clients,
            Receipt.Problems problems,
            @Nullable Path rejectedRows,
            List<RowPart> parts)
            implements Result {
        public Accepted {
            used = List.copyOf(used);
            ignored = List.copyOf(ignored);
            absent = List.copyOf(absent);
            parts = List.copyOf(parts);
        }
    }

    private UploadFile(TableSchema table, ReadingOptions options, Path folder, long heldAtMost, int clientsAtMost) {
        this.table = table;
        this.options = options;
        columns = new Columns(table, options.columns());
        check = new RowCheck(columns, options);
        sorter = new RowSorter(columns, folder, heldAtMost, clientsAtMost);
        rejectedRows = new RejectedRows(folder);
    }

    /// Reads a file whole.
    ///
    /// @param file the object's bytes
    /// @param objectName the object's name, which says whether it is CSV or JSON lines (`.jsonl`), and compressed
    ///     (`.gz`)
    /// @param workFolder an empty folder; the parts read from it, so it is the caller's to delete after them
    /// @throws IOException when the disk fails; what is wrong with the file is a [Rejected]
    public static Result read(Path file, String objectName, TableSchema table, ReadingOptions options, Path workFolder)
            throws IOException {
        return read(file, objectName, table, options, workFolder, RowSorter.HELD, RowSorter.CLIENTS);
    }

    /// @param heldAtMost how many bytes of rows are sorted in memory
    /// @param clientsAtMost how many clients a part has
    static Result read(
            Path file,
            String objectName,
            TableSchema table,
            ReadingOptions options,
            Path workFolder,
            long heldAtMost,
            int clientsAtMost)
            throws IOException {
        Receipt.Format format = null;
        try {
            Source source = Source.judge(file, objectName, options);
            format = format(source, null);
            UploadFile upload = new UploadFile(table, options, workFolder, heldAtMost, clientsAtMost);
            if (source.lines()) {
                return upload.readLines(source, format);
            }
            Header header = Header.find(source, upload.columns);
            format = format(source, header);
            return upload.readCsv(source, header, format);
        } catch (Refused e) {
            return new Rejected(e.code(), e.message(), format);
        }
    }

    private static Receipt.Format format(Source source, @Nullable Header header) {
        return new Receipt.Format(
                source.encoding().label(),
                header == null ? null : String.valueOf(header.separator()),
                source.gzip() ? "gzip" : "none",
                header == null ? null : header.line(),
                header == null ? List.of() : header.skipped());
    }

    private Accepted readCsv(Source source, Header header, Receipt.Format format) throws IOException {
        List<@Nullable Column> of = columns.of(header.cells());
        int[] positions = new int[of.size()];
        List<Receipt.UsedColumn> used = new ArrayList<>();
        Set<String> ignored = new LinkedHashSet<>();
        for (int i = 0; i < positions.length; i++) {
            Column column = of.get(i);
            String name = Blank.trim(header.cells().get(i));
            positions[i] = column == null ? -1 : columns.position(column);
            if (column != null) {
                used.add(new Receipt.UsedColumn(column.name(), name));
            } else if (!name.isEmpty() && ignored.size() < IGNORED_LISTED) {
                ignored.add(name);
            }
        }
        try (CsvRecords records = header.records(source);
                RejectedRows rejects = rejectedRows) {
            CsvRecords.CsvRecord row;
            while ((row = records.next()) != null) {
                read++;
                List<Receipt.Problem> found = check(row, positions);
                if (!found.isEmpty()) {
                    reject(found);
                    rejects.add(header, row, found);
                }
            }
        }
        return finish(format, used, ignored);
    }

    private List<Receipt.Problem> check(CsvRecords.CsvRecord row, int[] positions) throws IOException {
        List<String> raw = row.cells();
        for (int i = positions.length; i < raw.size(); i++) {
            if (!Blank.is(raw.get(i))) {
                return List.of(new Receipt.Problem(
                        row.line(),
                        null,
                        RowCode.EXTRA_CELLS,
                        raw.get(i),
                        "at most %d cells, as many as the header has".formatted(positions.length)));
            }
        }
        @Nullable String[] cells = new @Nullable String[columns.all().size()];
        for (int i = 0; i < Math.min(positions.length, raw.size()); i++) {
            if (positions[i] >= 0) {
                cells[positions[i]] = raw.get(i);
            }
        }
        return checkAndAdd(row.line(), cells, null);
    }

    private List<Receipt.Problem> checkAndAdd(long line, @Nullable String[] cells, boolean @Nullable [] jsonNumbers)
            throws IOException {
        List<Receipt.Problem> found = check.check(line, cells, jsonNumbers);
        if (found.isEmpty()) {
            sorter.add(line, cells);
        }
        return found;
    }

    private void reject(List<Receipt.Problem> found) {
        rejected++;
        found.stream().map(Receipt.Problem::code).distinct().forEach(code -> problemCounts.merge(code, 1L, Long::sum));
        for (Receipt.Problem problem : found) {
            if (problems.size() < Receipt.Problems.LISTED) {
                problems.add(problem);
            }
        }
    }

    private Accepted readLines(Source source, Receipt.Format format) throws IOException {
        Map<String, Receipt.UsedColumn> used = new LinkedHashMap<>();
        Set<String> ignored = new LinkedHashSet<>();
        Map<String, Optional<Column>> known = new HashMap<>();
        try (JsonLines lines = new JsonLines(source.open());
                RejectedRows rejects = rejectedRows) {
            JsonLines.JsonLine line;
            while ((line = lines.next()) != null) {
                read++;
                List<Receipt.Problem> found = check(line, known, used, ignored);
                if (!found.isEmpty()) {
                    reject(found);
                    rejects.add(line, found);
                }
            }
        }
        return finish(format, used.values(), ignored);
    }

    private List<Receipt.Problem> check(
            JsonLines.JsonLine line,
            Map<String, Optional<Column>> known,
            Map<String, Receipt.UsedColumn> used,
            Set<String> ignored)
            throws IOException {
        List<JsonLines.Member> members = line.members();
        if (members == null) {
            return badJson(line, line.fault());
        }
        int size = columns.all().size();
        @Nullable String[] cells = new @Nullable String[size];
        boolean[] numbers = new boolean[size];
        boolean[] seen = new boolean[size];
        for (JsonLines.Member member : members) {
            Column column = column(member.key(), known);
            if (column == null) {
                if (ignored.size() < IGNORED_LISTED && !Blank.is(member.key())) {
                    ignored.add(member.key());
                }
                continue;
            }
            int position = columns.position(column);
            if (seen[position]) {
                return badJson(line, "two of its keys mean the column " + column.name());
            }
            seen[position] = true;
            used.putIfAbsent(column.name(), new Receipt.UsedColumn(column.name(), member.key()));
            cells[position] = member.value();
            numbers[position] = member.isNumber();
        }
        return checkAndAdd(line.line(), cells, numbers);
    }

    private @Nullable Column column(String key, Map<String, Optional<Column>> known) {
        Optional<Column> column = known.get(key);
        if (column == null) {
            column = Optional.ofNullable(columns.of(key));
            if (known.size() < 10_000) {
                known.put(key, column);
            }
        }
        return column.orElse(null);
    }

    private static List<Receipt.Problem> badJson(JsonLines.JsonLine line, String fault) {
        return List.of(new Receipt.Problem(
                line.line(),
                null,
                RowCode.BAD_JSON,
                line.text(),
                "one JSON object in a line, its values text, numbers, true, false or null, no key twice; but "
                        + fault));
    }

    private Accepted finish(Receipt.Format format, Iterable<Receipt.UsedColumn> used, Iterable<String> ignored)
            throws IOException {
        if (read == 0) {
            throw new Refused(
                    FileCode.EMPTY,
                    "The file has no rows" + (format.headerLine() == null ? "." : " below its header."));
        }
        check.judgeDates(options);
        RowSorter.Sorted sorted = sorter.finish(read - rejected);
        Map<String, Long> byCode = new TreeMap<>();
        problemCounts.forEach((code, count) -> byCode.put(code.label(), count));
        List<Receipt.UsedColumn> usedColumns = new ArrayList<>();
        used.forEach(usedColumns::add);
        List<String> ignoredHeaders = new ArrayList<>();
        ignored.forEach(ignoredHeaders::add);
        List<String> absent =
                new ArrayList<>(table.columns().stream().map(Column::name).toList());
        usedColumns.forEach(column -> absent.remove(column.column()));
        return new Accepted(
                format,
                usedColumns,
                ignoredHeaders,
                absent,
                Receipt.Rows.read(sorted.accepted(), rejected, sorted.repeated()),
                sorted.clients(),
                new Receipt.Problems(byCode, problems),
                rejectedRows.file(),
                sorted.parts());
    }
}
