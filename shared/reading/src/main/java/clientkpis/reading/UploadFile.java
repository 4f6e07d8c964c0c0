package clientkpis.reading;

import clientkpis.kpi.configuration.Language;
import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.RowLayout;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.format.UploadRows;
import clientkpis.reading.match.Columns;
import clientkpis.reading.sort.Conflicts;
import clientkpis.reading.sort.RowPart;
import clientkpis.reading.sort.RowSorter;
import clientkpis.receipt.ColumnWords;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one upload (tables.md): from the bytes of a spooled object to rows in canonical form, or to the reason why the
/// file is rejected as a whole. Pure, apart from the files that it reads and writes; memory is bounded whatever the
/// size of the file.
///
/// The file is read to its last byte twice: first its bytes are judged, then its rows. Only then is there a result, so
/// nothing of a file that turns out to be broken counts. Its rows are read once more where the last ones prove that the
/// first ones were misread.
///
/// One class, because the two readings share what the first one found.
public final class UploadFile {
    /// How many times its decompressed bytes a file may take on disk while it is read: itself, and its rows, sorted and
    /// compressed. `DiskTest` measures it.
    public static final double DISK = 2.25;

    private final TableSchema table;
    private final FileNotes notes;
    private final RowCheck check;
    private final StrayLines stray;
    private final @Nullable AliasRows aliases;
    private final RejectedKeys.Gathered rejectedKeys;
    private final RowSorter sorter;
    private final RowLayout layout;
    private final Language language;

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
    /// @param read what was read where none of the rows counts; null when the file was not read to its end
    public record Rejected(
            FileCode code,
            String message,
            Receipt.@Nullable Format format,
            @Nullable Accepted read) implements Result {}

    /// Read to its end, and at least one row of it counts, unless it is of a [Rejected].
    ///
    /// @param source the known source of the file, or null
    /// @param used the columns that the file has, in its order
    /// @param ignored its headers that mean no column, as written, the first 200
    /// @param lost its headers that would mean a column that another one means better
    /// @param absent the table's columns that it does not have
    /// @param rows `read = accepted + rejected + repeated`
    /// @param clients of the accepted rows
    /// @param rejectedRows a file in the work folder, in the format of the upload; null when there are none
    /// @param rejectedKeys which rows of the table the rejected ones mean
    /// @param parts the accepted rows, in the order of (shard, client)
    /// @param warnings what to look at although the rows count
    /// @param words of the columns with a vocabulary
    public record Accepted(
            Receipt.Format format,
            @Nullable String source,
            List<Receipt.UsedColumn> used,
            List<String> ignored,
            List<Receipt.UsedColumn> lost,
            List<String> absent,
            Receipt.Rows rows,
            long clients,
            Receipt.Problems problems,
            @Nullable Path rejectedRows,
            RejectedKeys rejectedKeys,
            List<RowPart> parts,
            List<Warning> warnings,
            List<ColumnWords> words)
            implements Result {
        public Accepted {
            warnings = List.copyOf(warnings);
            words = List.copyOf(words);
            used = List.copyOf(used);
            ignored = List.copyOf(ignored);
            lost = List.copyOf(lost);
            absent = List.copyOf(absent);
            parts = List.copyOf(parts);
        }
    }

    private UploadFile(
            Columns columns,
            RowLayout layout,
            ReadingOptions options,
            RowSorter sorter,
            @Nullable RowCheck before,
            @Nullable AliasRows aliases) {
        table = columns.table();
        notes = new FileNotes(table, columns.all());
        check = new RowCheck(columns, layout, options.cells(), notes, before);
        stray = new StrayLines(table, columns.all());
        rejectedKeys = new RejectedKeys.Gathered(table.primaryKey(), columns.all(), layout);
        this.sorter = sorter;
        this.aliases = aliases;
        this.layout = layout;
        language = options.cells().language();
    }

    /// Reads a whole file.
    ///
    /// @param file the object's bytes
    /// @param objectName the object's name, which says its format and whether it is compressed (`.gz`)
    /// @param workFolder an empty folder; the parts read from it, so the caller deletes it after them
    /// @throws IOException when the disk fails; a file that is wrong is a [Rejected]
    public static Result read(Path file, String objectName, TableSchema table, ReadingOptions options, Path workFolder)
            throws IOException {
        return read(file, objectName, 0, table, options, workFolder);
    }

    /// @param sheet the number of the only one that is read of a workbook; 0 for the first with the table's header
    public static Result read(
            Path file, String objectName, int sheet, TableSchema table, ReadingOptions options, Path workFolder)
            throws IOException {
        return read(file, objectName, sheet, table, options, workFolder, RowSorter.HELD, RowSorter.CLIENTS);
    }

    /// @param heldAtMost how many bytes of rows are sorted in memory
    /// @param clientsAtMost how many clients a part has
    static Result read(
            Path file,
            String objectName,
            int sheet,
            TableSchema table,
            ReadingOptions options,
            Path workFolder,
            long heldAtMost,
            int clientsAtMost)
            throws IOException {
        Receipt.Format known = null;
        try {
            Source source = Source.judge(() -> Files.newInputStream(file), objectName, options.limits())
                    .onSheet(sheet);
            known = source.format();
            FileFormat format = FileFormat.of(source);
            RowCheck before = null;
            Columns columns = options.of(table);
            AliasRows aliases = AliasRows.of(columns, options.aliases());
            while (true) {
                RowSorter sorter;
                UploadFile upload;
                Path rejectedRows;
                try (UploadRows rows = format.rows(source, columns);
                        RejectedRows rejects = new RejectedRows(
                                rows, format, workFolder, options.cells().language())) {
                    known = rows.format();
                    sorter = new RowSorter(columns, rows.layout(), workFolder, heldAtMost, clientsAtMost);
                    upload = new UploadFile(columns, rows.layout(), options, sorter, before, aliases);
                    upload.readAll(rows, rejects);
                    boolean areAliasesMisread = aliases != null && aliases.begin();
                    if (!upload.check.wasMisread() && !areAliasesMisread) {
                        Accepted read = upload.accepted(rows, rejects);
                        return upload.rejected == upload.read ? upload.noValidRow(read) : read;
                    }
                    rejectedRows = rejects.file();
                }
                sorter.discard();
                if (rejectedRows != null) {
                    Files.delete(rejectedRows);
                }
                before = upload.check;
            }
        } catch (FileRejectedException e) {
            return new Rejected(e.code(), e.sentence().in(options.cells().language()), known, null);
        }
    }

    private void readAll(UploadRows rows, RejectedRows rejects) throws IOException {
        UploadRow row;
        while ((row = rows.next()) != null) {
            if (stray.has(row, rows)) {
                continue;
            }
            read++;
            Receipt.Problem fault = row.fault();
            List<Receipt.Problem> found = fault == null ? check.check(row) : List.of(fault);
            if (found.isEmpty() && aliases != null) {
                found = aliases.check(row.line(), row.cells(), layout);
            }
            if (found.isEmpty()) {
                notes.row(row.cells());
                sorter.add(row.line(), row.cells());
            } else {
                count(found);
                rejectedKeys.add(row, found);
                rejects.add(row, found);
            }
        }
        if (read == 0) {
            throw new FileRejectedException(
                    FileCode.EMPTY,
                    Sentence.of(rows.format().headerLine() == null ? "empty.rows" : "empty.below_header"));
        }
        check.judgeDates();
    }

    /// With the commonest problem as the reason.
    private Rejected noValidRow(Accepted file) {
        Map<Sentence, Long> counts = new LinkedHashMap<>();
        problems.forEach(problem -> counts.merge(kind(problem), 1L, Long::sum));
        Sentence commonest = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Receipt.Problem first = problems.stream()
                .filter(problem -> kind(problem).equals(commonest))
                .findFirst()
                .orElseThrow();
        return new Rejected(
                FileCode.NO_VALID_ROW,
                Sentence.count(
                                read,
                                "no_valid_row",
                                read,
                                first.line(),
                                kind(first),
                                Receipt.Problem.shown(Blank.trim(first.cell())),
                                first.expected())
                        .in(language),
                file.format(),
                file);
    }

    private static Sentence kind(Receipt.Problem problem) {
        Sentence what = problem.code().sentence();
        return problem.column() == null ? what : Sentence.of("problem.of_column", named(problem), what);
    }

    /// The column as the file names it.
    static String named(Receipt.Problem problem) {
        return Objects.requireNonNullElse(problem.header(), String.valueOf(problem.column()));
    }

    private Accepted accepted(UploadRows rows, RejectedRows rejects) throws IOException {
        RowSorter.Sorted sorted = sorter.finish(read - rejected);
        Map<String, Long> byCode = new TreeMap<>();
        problemCounts.forEach((code, count) -> byCode.put(code.label(), count));
        Conflicts conflicts = sorted.conflicts();
        if (conflicts.count() > 0) {
            byCode.put(RowCode.CONFLICTING.label(), conflicts.count());
            conflicts.problems().stream()
                    .limit(Math.max(0, Receipt.Problems.LISTED - problems.size()))
                    .forEach(problems::add);
        }
        Set<String> present =
                rows.used().stream().map(Receipt.UsedColumn::column).collect(Collectors.toSet());
        return new Accepted(
                rows.format(),
                rows.layout().match().sourceName(),
                rows.used(),
                rows.ignored(),
                rows.lost(),
                table.columns().stream()
                        .map(Column::name)
                        .filter(name -> !present.contains(name))
                        .toList(),
                Receipt.Rows.read(sorted.accepted(), rejected, sorted.repeated(), conflicts.count()),
                sorted.clients(),
                new Receipt.Problems(byCode, problems),
                rejects.file(),
                rejectedKeys.keys(),
                sorted.parts(),
                warnings(rows, present, conflicts),
                notes.words());
    }

    private List<Warning> warnings(UploadRows rows, Set<String> present, Conflicts conflicts) {
        List<Warning.Finding> warnings = new ArrayList<>(rows.warnings());
        warnings.addAll(check.warnings());
        warnings.addAll(stray.warnings());
        warnings.addAll(notes.warnings(present, rows.ignored()));
        warnings.addAll(conflicts.warnings(rows.ignored()));
        if (rejected * 2 > read && rejected < read) {
            warnings.add(Warning.of(WarningCode.MOSTLY_REJECTED, rejected, List.of()));
        }
        return warnings.stream().map(finding -> finding.in(language)).toList();
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
