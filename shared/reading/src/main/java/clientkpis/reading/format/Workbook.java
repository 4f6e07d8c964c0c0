package clientkpis.reading.format;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.reading.match.Sample;
import clientkpis.reading.workbook.SharedStrings;
import clientkpis.reading.workbook.SheetRow;
import clientkpis.reading.workbook.SheetRows;
import clientkpis.reading.workbook.WorkbookFile;
import clientkpis.reading.workbook.WorkbookFile.Sheet;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sheets of a workbook. Of a table, the first sheet that has its header counts. Rejected rows are written as CSV,
/// which a spreadsheet opens as well.
///
/// One class, because a sheet is found, read and written back by the same header.
final class Workbook implements FileFormat {
    private static final char SEPARATOR = ';';
    /// How many characters of a sheet are looked at before its rows are read.
    private static final long SAMPLED = 1 << 20;

    @Override
    public List<String> extensions() {
        return List.of("xlsx", "xlsm");
    }

    @Override
    public String rejectedExtension() {
        return new Csv().rejectedExtension();
    }

    @Override
    public UploadRows rows(Source source, Columns columns) throws IOException {
        Opened found = Opened.find(source, columns);
        try {
            checkComplete(found, source);
            return new Rows(source, found, others(source, found));
        } catch (IOException | RuntimeException e) {
            found.close();
            throw e;
        }
    }

    private static List<String> sheets(Source source) throws IOException {
        return WorkbookFile.of(source.workbook(), source.limits()).sheets().stream()
                .map(Sheet::name)
                .toList();
    }

    /// Where one sheet is read, each of the others is an upload of its own.
    private static List<String> others(Source source, Opened found) throws IOException {
        if (source.sheet() > 0) {
            return List.of();
        }
        return sheets(source).stream()
                .filter(name -> !name.equals(found.sheet.name()))
                .toList();
    }

    private static void checkComplete(Opened found, Source source) throws IOException {
        ColumnMatch match = found.known().match();
        if (!match.isComplete()) {
            throw new FileRejectedException(
                    FileCode.COLUMNS_MISSING,
                    Sentence.of(
                            "columns_missing.workbook",
                            sheets(source).stream()
                                    .map(name -> "`" + Receipt.Problem.shown(name) + "`")
                                    .toList(),
                            found.sheet.name(),
                            MissingColumns.message(found.headerRow().number(), SheetHeader.ROWS, match)));
        }
        Header.checkDuplicates(found.headerRow().number(), match);
    }

    @Override
    public ColumnMatch match(Source source, Columns columns) throws IOException {
        try (Opened found = Opened.find(source, columns)) {
            return found.known().match();
        }
    }

    @Override
    public List<SheetMatches> matches(Source source, List<Columns> tables) throws IOException {
        WorkbookFile file = WorkbookFile.of(source.workbook(), source.limits());
        List<SheetMatches> all = new ArrayList<>();
        try (SharedStrings strings = file.strings()) {
            for (Sheet sheet : file.sheets()) {
                List<SheetRow> first;
                try (SheetRows rows = file.rows(sheet, strings)) {
                    first = Opened.first(rows);
                }
                if (!first.isEmpty()) {
                    all.add(new SheetMatches(
                            sheet.number(),
                            sheet.name(),
                            tables.stream()
                                    .map(columns -> SheetHeader.of(first, columns))
                                    .flatMap(Stream::ofNullable)
                                    .map(SheetHeader::match)
                                    .toList()));
                }
            }
        }
        if (all.isEmpty()) {
            throw noRows();
        }
        return all;
    }

    private static FileRejectedException noRows() {
        return new FileRejectedException(FileCode.EMPTY, Sentence.of("empty.workbook"));
    }

    @Override
    public RawRows raw(Source source, @Nullable Columns columns) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Opened found = Opened.find(source, columns)) {
            if (columns != null) {
                checkComplete(found, source);
            }
            SheetRow row;
            while ((row = found.next()) != null) {
                rows.add(row.cells());
            }
            return new RawRows(found.headerRow().cells(), rows, 0);
        }
    }

    @Override
    public byte[] without(byte[] rejectedRows, Predicate<String> test) throws IOException {
        return new Csv().without(rejectedRows, test);
    }

    /// A sheet, read up to its header.
    ///
    /// @param header null where no row is like one, or the table is not known
    /// @param first its first rows
    /// @param ahead those of them that are below the header
    private record Opened(
            Sheet sheet,
            SharedStrings strings,
            SheetRows rows,
            @Nullable SheetHeader header,
            List<SheetRow> first,
            Deque<SheetRow> ahead)
            implements AutoCloseable {

        private static Opened of(WorkbookFile file, Sheet sheet, SharedStrings strings, @Nullable Columns columns)
                throws IOException {
            SheetRows rows = file.rows(sheet, strings);
            try {
                List<SheetRow> first = first(rows);
                SheetHeader header = columns == null ? null : SheetHeader.of(first, columns);
                int below = Math.min(first.size(), (header == null ? 0 : header.place()) + 1);
                return new Opened(
                        sheet, strings, rows, header, first, new ArrayDeque<>(first.subList(below, first.size())));
            } catch (IOException | RuntimeException e) {
                rows.close();
                throw e;
            }
        }

        static List<SheetRow> first(SheetRows rows) throws IOException {
            List<SheetRow> first = new ArrayList<>();
            long length = 0;
            SheetRow row;
            while (first.size() < SheetHeader.ROWS + Sample.ROWS
                    && (first.size() < SheetHeader.ROWS || length < SAMPLED)
                    && (row = rows.next()) != null) {
                first.add(row);
                length += row.cells().stream().mapToLong(String::length).sum();
            }
            return first;
        }

        /// The first sheet with the table's header, else the one that is nearest.
        ///
        /// @param columns null when the table is not known: then the first row of the first sheet that has one is it
        /// @throws FileRejectedException `empty`
        static Opened find(Source source, @Nullable Columns columns) throws IOException {
            WorkbookFile file = WorkbookFile.of(source.workbook(), source.limits());
            SharedStrings strings = file.strings();
            Opened found = null;
            try {
                found = nearest(file, source, strings, columns);
                if (found == null || found.first.isEmpty()) {
                    throw noRows();
                }
                if (columns != null && found.header == null) {
                    throw new FileRejectedException(
                            FileCode.COLUMNS_MISSING, Sentence.of("columns_missing.sheets", SheetHeader.ROWS));
                }
                return found;
            } catch (IOException | RuntimeException e) {
                if (found != null) {
                    found.rows.close();
                }
                strings.close();
                throw e;
            }
        }

        private static @Nullable Opened nearest(
                WorkbookFile file, Source source, SharedStrings strings, @Nullable Columns columns) throws IOException {
            Opened best = null;
            for (Sheet sheet : file.sheets()) {
                if (source.sheet() > 0 && source.sheet() != sheet.number()) {
                    continue;
                }
                Opened opened = of(file, sheet, strings, columns);
                boolean nearer = best == null || opened.isNearerThan(best);
                Opened other = nearer ? best : opened;
                if (other != null) {
                    other.rows.close();
                }
                best = nearer ? opened : best;
                if (opened.isFound(columns)) {
                    return best;
                }
            }
            return best;
        }

        private boolean isFound(@Nullable Columns columns) {
            return columns == null
                    ? !first.isEmpty()
                    : header != null && header.match().isComplete();
        }

        private boolean isNearerThan(Opened other) {
            if (header == null || other.header == null) {
                return header != null || (other.first.isEmpty() && !first.isEmpty());
            }
            boolean complete = header.match().isComplete();
            return complete == other.header.match().isComplete()
                    ? header.match().fit() > other.header.match().fit()
                    : complete;
        }

        SheetRow headerRow() {
            return first.get(header == null ? 0 : header.place());
        }

        SheetHeader known() {
            return Objects.requireNonNull(header);
        }

        @Nullable
        SheetRow next() throws IOException {
            SheetRow row = ahead.poll();
            return row == null ? rows.next() : row;
        }

        @Override
        public void close() throws IOException {
            rows.close();
            strings.close();
        }
    }

    private static final class Rows extends CellRows {
        private final Source source;
        private final Opened opened;
        private final List<String> others;

        Rows(Source source, Opened opened, List<String> others) {
            super(opened.known().match());
            this.source = source;
            this.opened = opened;
            this.others = others;
        }

        @Override
        public Receipt.Format format() {
            return new Receipt.Format(
                    source.encoding().label(),
                    null,
                    source.compression(),
                    opened.headerRow().number(),
                    opened.first.subList(0, opened.known().place()).stream()
                            .map(Rows::skipped)
                            .toList(),
                    opened.sheet.name(),
                    others);
        }

        private static Receipt.SkippedLine skipped(SheetRow row) {
            return new Receipt.SkippedLine(
                    row.number(),
                    Receipt.Problem.shown(
                            row.cells().stream().filter(cell -> !Blank.is(cell)).collect(Collectors.joining(" "))));
        }

        @Override
        public @Nullable UploadRow next() throws IOException {
            SheetRow row = opened.next();
            return row == null
                    ? null
                    : row(row.number(), row.cells(), row.kinds().toArray(CellKind[]::new));
        }

        @Override
        public RejectWriter rejects(Writer out) throws IOException {
            return new CsvRejects(opened.headerRow().cells(), SEPARATOR, out);
        }

        @Override
        public void close() throws IOException {
            opened.close();
        }
    }
}
