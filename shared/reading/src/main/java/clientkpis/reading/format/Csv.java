package clientkpis.reading.format;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
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
    @Override
    public List<String> extensions() {
        return List.of("csv", "tsv", "txt");
    }

    @Override
    public String rejectedExtension() {
        return "csv";
    }

    @Override
    public UploadRows rows(Source source, Columns columns) throws IOException {
        return new Rows(source, header(source, columns));
    }

    @Override
    public ColumnMatch match(Source source, Columns columns) throws IOException {
        return Header.closest(source, columns).match();
    }

    private static Header.Found header(Source source, Columns columns) throws IOException {
        try {
            return Header.find(source, columns);
        } catch (FileRejectedException e) {
            if (e.code() == FileCode.COLUMNS_MISSING && source.isDoubtful()) {
                throw new FileRejectedException(
                        FileCode.BAD_ENCODING, Sentence.of("bad_encoding.other_code_page", e.sentence()));
            }
            throw e;
        }
    }

    @Override
    public RawRows raw(Source source, @Nullable Columns columns) throws IOException {
        Header header =
                columns == null ? Header.first(source) : header(source, columns).header();
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
        StringBuilder out = new StringBuilder().append(CsvRejects.BOM);
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

    private static final class Rows extends CellRows {
        private final Source source;
        private final Header header;
        private final CsvRecords records;
        private boolean ended;

        Rows(Source source, Header.Found found) throws IOException {
            super(found.match());
            this.source = source;
            header = found.header();
            records = header.records(source);
            source.warnings().forEach(this::warn);
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
            if (row != null) {
                return row(row.line(), row.cells(), null);
            }
            Warning.Finding strays = records.strayQuotes();
            if (strays != null && !ended) {
                warn(strays);
            }
            ended = true;
            return null;
        }

        @Override
        public RejectWriter rejects(Writer out) throws IOException {
            return new CsvRejects(header.cells(), header.separator(), out);
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
