package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.tables.FileCode;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/// The records of a CSV text, cells exactly as written. It reads RFC 4180 and more: lines end with LF, CRLF or CR; a
/// quote inside an unquoted cell is a character; so is everything after a closing quote up to the next separator (`"TV
/// 42" LED"` is one cell, `TV 42 LED"`), which keeps a stray inch mark from swallowing the rows after it. Blank lines
/// are skipped.
final class CsvRecords implements Closeable {
    /// Reads unquoted empty cells as null, so that a blank line differs from a line of one empty quoted cell.
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreEmptyLines(false)
            .setTrailingData(true)
            .setLenientEof(false)
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();

    private final Limit limit;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final long firstLine;

    /// @param line number of the line where it begins, from 1
    /// @param cells as written: untrimmed, empty where empty
    record CsvRecord(long line, List<String> cells) {}

    /// @param text begins at the beginning of a line
    /// @param firstLine that line's number
    /// @param maxRecord how many characters a record may have
    CsvRecords(Reader text, char separator, long firstLine, int maxRecord) throws IOException {
        limit = new Limit(text, maxRecord);
        parser = FORMAT.builder().setDelimiter(separator).get().parse(limit);
        records = parser.iterator();
        this.firstLine = firstLine;
    }

    /// The next record that is not a blank line, or null at the end.
    ///
    /// @throws FileRejectedException `unclosed_quote`
    @Nullable
    CsvRecord next() throws IOException {
        while (true) {
            long line = firstLine + parser.getCurrentLineNumber();
            limit.recordBegins();
            String[] cells;
            try {
                if (!records.hasNext()) {
                    return null;
                }
                cells = records.next().values();
            } catch (UncheckedIOException e) {
                throw unclosed(e.getCause(), line);
            }
            if (isBlankLine(cells)) {
                continue;
            }
            for (int i = 0; i < cells.length; i++) {
                if (cells[i] == null) {
                    cells[i] = "";
                }
            }
            return new CsvRecord(line, Arrays.asList(cells));
        }
    }

    private static boolean isBlankLine(@Nullable String[] cells) {
        return cells.length == 1 && (cells[0] == null || (!cells[0].isEmpty() && Blank.is(cells[0])));
    }

    /// Lines are bounded, so a record beyond the bound is a quoted cell over many lines: its opening quote is a
    /// mistake.
    private IOException unclosed(@Nullable IOException cause, long line) {
        if (cause instanceof CSVException) {
            return new FileRejectedException(
                    FileCode.UNCLOSED_QUOTE,
                    "A quote that opens in the row at line %d is not closed by the end of the file. Close it, or double the"
                                    .formatted(line)
                            + " quotes that are part of a cell, and upload the file again.");
        }
        if (cause instanceof Limit.Exceeded) {
            return new FileRejectedException(
                    FileCode.UNCLOSED_QUOTE,
                    "A quote that opens in the row at line %d is not closed within %,d characters. Close it, or double the"
                                    .formatted(line, limit.max)
                            + " quotes that are part of a cell, and upload the file again.");
        }
        return cause == null ? new IOException("The text cannot be read") : cause;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /// Bounds the memory of one record. The parser reads ahead by a buffer, so the bound is not exact.
    private static final class Limit extends FilterReader {
        private final int max;
        private long count;

        static final class Exceeded extends IOException {}

        Limit(Reader in, int max) {
            super(in);
            this.max = max;
        }

        void recordBegins() {
            count = 0;
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            if (c >= 0) {
                add(1);
            }
            return c;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read > 0) {
                add(read);
            }
            return read;
        }

        private void add(int chars) throws IOException {
            count += chars;
            if (count > (long) max + (1 << 14)) {
                throw new Exceeded();
            }
        }
    }
}
