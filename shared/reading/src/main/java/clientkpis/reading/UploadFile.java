package clientkpis.reading;

import clientkpis.reading.format.Columns;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.FileRejectedException;
import clientkpis.reading.format.Source;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.format.UploadRows;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one upload (tables.md): from the bytes of a spooled object to rows in canonical form, or to the reason why the
/// file is rejected as a whole. Pure, apart from the files that it reads and writes; memory is bounded whatever the
/// size of the file.
///
/// The file is read to its last byte twice: first its bytes are judged, then its rows. Only then is there a result, so
/// nothing of a file that turns out to be broken counts.
public final class UploadFile {
    /// How many times its decompressed bytes a file may take on disk while it is read: itself, and its rows, sorted and
    /// compressed. `DiskTest` measures it.
    public static final double DISK = 2.25;

    private final TableSchema table;
    private final Columns columns;
    private final RowCheck check;
    private final RowSorter sorter;

    private long read;
    private long rejected;
    private final Map<RowCode, Long> problemCounts = new EnumMap<>(RowCode.class);
    private final List<Receipt.Problem> problems = new ArrayList<>();

    /// What was made of the file.
    public sealed interface Result permits Rejected, Accepted {}

    /// Rejected as a whole: nothing of it counts.
    ///
    /// @param message what is wrong, where, and what to do about it
    /// @param format as far as it is known; null when the bytes could not be read
    public record Rejected(FileCode code, String message, Receipt.@Nullable Format format) implements Result {}

    /// Read to its end. Every row may have been rejected all the same.
    ///
    /// @param used the columns that the file has, in its order
    /// @param ignored its headers that mean no column, as written, the first 200
    /// @param absent the table's columns that it does not have
    /// @param rows `read = accepted + rejected + repeated`
    /// @param clients of the accepted rows
    /// @param rejectedRows a file in the work folder, in the format of the upload; null when there are none
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
        columns = new Columns(table, options.columns());
        check = new RowCheck(columns, options.cells());
        sorter = new RowSorter(columns, folder, heldAtMost, clientsAtMost);
    }

    /// Reads a whole file.
    ///
    /// @param file the object's bytes
    /// @param objectName the object's name, which says its format and whether it is compressed (`.gz`)
    /// @param workFolder an empty folder; the parts read from it, so the caller deletes it after them
    /// @throws IOException when the disk fails; a file that is wrong is a [Rejected]
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
        Receipt.Format known = null;
        try {
            Source source = Source.judge(() -> Files.newInputStream(file), objectName, options.limits());
            known = source.format();
            UploadFile upload = new UploadFile(table, options, workFolder, heldAtMost, clientsAtMost);
            FileFormat format = FileFormat.of(objectName);
            try (UploadRows rows = format.rows(source, upload.columns);
                    RejectedRows rejects = new RejectedRows(rows, format, workFolder)) {
                known = rows.format();
                return upload.read(rows, rejects);
            }
        } catch (FileRejectedException e) {
            return new Rejected(e.code(), e.message(), known);
        }
    }

    private Accepted read(UploadRows rows, RejectedRows rejects) throws IOException {
        UploadRow row;
        while ((row = rows.next()) != null) {
            read++;
            Receipt.Problem fault = row.fault();
            List<Receipt.Problem> found = fault == null ? check.check(row) : List.of(fault);
            if (found.isEmpty()) {
                sorter.add(row.line(), row.cells());
            } else {
                count(found);
                rejects.add(row, found);
            }
        }
        if (read == 0) {
            throw new FileRejectedException(
                    FileCode.EMPTY,
                    "The file has no rows" + (rows.format().headerLine() == null ? "." : " below its header."));
        }
        check.judgeDates();
        RowSorter.Sorted sorted = sorter.finish(read - rejected);
        Map<String, Long> byCode = new TreeMap<>();
        problemCounts.forEach((code, count) -> byCode.put(code.label(), count));
        Set<String> present =
                rows.used().stream().map(Receipt.UsedColumn::column).collect(Collectors.toSet());
        return new Accepted(
                rows.format(),
                rows.used(),
                rows.ignored(),
                table.columns().stream()
                        .map(Column::name)
                        .filter(name -> !present.contains(name))
                        .toList(),
                Receipt.Rows.read(sorted.accepted(), rejected, sorted.repeated()),
                sorted.clients(),
                new Receipt.Problems(byCode, problems),
                rejects.file(),
                sorted.parts());
    }

    private void count(List<Receipt.Problem> found) {
        rejected++;
        found.stream().map(Receipt.Problem::code).distinct().forEach(code -> problemCounts.merge(code, 1L, Long::sum));
        for (Receipt.Problem problem : found) {
            if (problems.size() < Receipt.Problems.LISTED) {
                problems.add(problem);
            }
        }
    }
}
