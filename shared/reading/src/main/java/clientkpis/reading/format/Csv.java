package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.tables.Headers;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/// A header, and rows of cells between separators (tables.md, *How files are read*).
final class Csv implements FileFormat {
    private static final char BOM = '\uFEFF';

    @Override
    public List<String> extensions() {
        return List.of("csv", "tsv", "txt");
    }

    @Override
    public UploadRows rows(Source source, Columns columns) throws IOException {
        return new Rows(source, Header.find(source, columns), columns);
    }

    @Override
    public RawRows raw(Source source, @Nullable Columns columns) throws IOException {
        Header header = columns == null ? Header.first(source) : Header.find(source, columns);
        List<List<String>> rows = new ArrayList<>();
        try (CsvRecords records = header.records(source)) {
            CsvRecords.CsvRecord row;
            while ((row = records.next()) != null) {
                rows.add(row.cells());
            }
        }
        return new RawRows(header.cells(), rows, 0);
    }

    @Override
    public byte[] without(byte[] rejectedRows, Predicate<String> test) throws IOException {
        Source source = Source.judge(() -> new ByteArrayInputStream(rejectedRows), "rejected.csv", Limits.NONE);
        RawRows file = raw(source, null);
        StringBuilder out = new StringBuilder().append(BOM);
        try (CSVPrinter csv =
                CSVFormat.DEFAULT.builder().setDelimiter(';').get().print(out)) {
            csv.printRecord(file.header());
            for (List<String> row : file.rows()) {
                if (row.stream().noneMatch(test)) {
                    csv.printRecord(row);
                }
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Rows extends UploadRows {
        private final Source source;
        private final Header header;
        private final int[] positions;
        private final CsvRecords records;

        Rows(Source source, Header header, Columns columns) throws IOException {
            super(columns);
            this.source = source;
            this.header = header;
            positions = header.cells().stream()
                    .mapToInt(cell -> position(Blank.trim(cell)))
                    .toArray();
            records = header.records(source);
        }

        @Override
        public Receipt.Format format() {
            return new Receipt.Format(
                    source.encoding().label(),
                    String.valueOf(header.separator()),
                    source.compression(),
                    header.line(),
                    header.skipped());
        }

        @Override
        public @Nullable UploadRow next() throws IOException {
            CsvRecords.CsvRecord row = records.next();
            if (row == null) {
                return null;
            }
            List<String> raw = row.cells();
            for (int i = positions.length; i < raw.size(); i++) {
                if (!Blank.is(raw.get(i))) {
                    return UploadRow.faulty(
                            raw,
                            new Receipt.Problem(
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
            return UploadRow.of(row.line(), raw, cells, null);
        }

        @Override
        public RejectWriter rejects(Writer out) throws IOException {
            return new Rejects(header, out);
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }

    /// The cells of the file, and one more with the reason.
    private static final class Rejects implements RejectWriter {
        /// Whether the file is itself one of rejected rows: then the reasons are replaced.
        private final boolean again;

        private final int width;
        private final CSVPrinter csv;

        Rejects(Header header, Writer out) throws IOException {
            again = Headers.normal(header.cells().getLast()).equals(Headers.normal(REASON));
            width = header.cells().size() - (again ? 1 : 0);
            out.write(BOM);
            csv = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(header.separator())
                    .get()
                    .print(out);
            csv.printRecord(with(header.cells().subList(0, width), REASON));
        }

        @Override
        public void write(UploadRow row, String reason) throws IOException {
            List<String> cells = row.written();
            csv.printRecord(with(again && cells.size() == width + 1 ? cells.subList(0, width) : cells, reason));
        }

        private List<String> with(List<String> cells, String last) {
            List<String> row = new ArrayList<>(cells);
            while (row.size() < width) {
                row.add("");
            }
            row.add(last);
            return row;
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }
}
