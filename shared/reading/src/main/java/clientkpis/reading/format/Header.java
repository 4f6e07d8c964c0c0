package clientkpis.reading.format;

import clientkpis.reading.cell.Blank;
import clientkpis.tables.Column;
import clientkpis.tables.FileCode;
import clientkpis.tables.Receipt;
import clientkpis.tables.TableSchema;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The header of a CSV text: the first of its first ten lines that names all required columns, and with it the
/// separator.
///
/// @param line its number, from 1
/// @param offset how many characters are before it
/// @param skipped the lines above it that are not blank
record Header(long line, long offset, char separator, List<String> cells, List<Receipt.SkippedLine> skipped) {
    private static final int LINES = 10;
    /// As many as a sheet of a spreadsheet has.
    private static final int COLUMNS = 16_384;
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    /// How many characters after the tenth line are looked at, for a header whose quoted cells have line breaks.
    private static final int BEHIND = 1 << 16;

    private record Line(long number, int offset) {}

    /// @param unclosed whether it opens a quote that is not closed
    private record Candidate(Line line, char separator, List<String> cells, boolean unclosed) {}

    /// @throws FileRejectedException `empty`, `columns_missing`, `duplicate_column` or `unclosed_quote`
    static Header find(Source source, Columns columns) throws IOException {
        String text = start(source);
        List<Line> lines = firstLines(text);
        List<Candidate> candidates = new ArrayList<>();
        for (Line line : lines) {
            for (char separator : SEPARATORS) {
                Candidate candidate = candidate(text, line, separator, source);
                if (!candidate.unclosed
                        && columns.missing(columns.of(candidate.cells)).isEmpty()) {
                    checkDuplicates(candidate, columns);
                    return of(candidate, lines, text);
                }
                candidates.add(candidate);
            }
        }
        for (Candidate candidate : candidates) {
            // A later line may begin inside a quoted cell, so its quotes prove nothing.
            if (candidate.unclosed && candidate.line.equals(lines.getFirst())) {
                throw new FileRejectedException(
                        FileCode.UNCLOSED_QUOTE,
                        "A quote that opens in line %d is not closed, and no header was found. Close it and upload the file again."
                                .formatted(candidate.line.number));
            }
        }
        throw missing(candidates, columns);
    }

    /// The first line that is not blank, for a table that is not known. The separator is the one that makes most cells.
    ///
    /// @throws FileRejectedException `empty` or `unclosed_quote`
    static Header first(Source source) throws IOException {
        String text = start(source);
        Line line = firstLines(text).getFirst();
        Candidate best = null;
        boolean unclosed = false;
        for (char separator : SEPARATORS) {
            Candidate candidate = candidate(text, line, separator, source);
            unclosed |= candidate.unclosed;
            if (best == null || candidate.cells.size() > best.cells.size()) {
                best = candidate;
            }
        }
        Candidate found = Objects.requireNonNull(best);
        if (unclosed && found.cells.size() <= 1) {
            throw new FileRejectedException(
                    FileCode.UNCLOSED_QUOTE, "A quote that opens in line %d is not closed.".formatted(line.number));
        }
        return of(found, List.of(), text);
    }

    private static Header of(Candidate found, List<Line> lines, String text) {
        List<Receipt.SkippedLine> skipped = lines.stream()
                .filter(line -> line.number < found.line.number)
                .map(line -> new Receipt.SkippedLine(
                        line.number, Receipt.Problem.shown(text.substring(line.offset, endOf(text, line.offset)))))
                .toList();
        return new Header(found.line.number, found.line.offset, found.separator, found.cells, skipped);
    }

    /// The records after the header.
    CsvRecords records(Source source) throws IOException {
        Reader text = source.open();
        text.skip(offset);
        CsvRecords records =
                new CsvRecords(text, separator, line, source.limits().line());
        records.next();
        return records;
    }

    /// The text in which a header is looked for. It is bounded, also when blank lines go on and on.
    private static String start(Source source) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[1 << 13];
        long enough = (LINES + 1L) * source.limits().line() + BEHIND;
        int lines = 0;
        int begin = 0;
        try (Reader reader = source.open()) {
            int count;
            while (text.length() < enough && (count = reader.read(buffer)) >= 0) {
                text.append(buffer, 0, count);
                int end;
                while (lines <= LINES && (end = endOf(text, begin)) < text.length()) {
                    if (!Blank.is(text.substring(begin, end)) && ++lines > LINES) {
                        enough = Math.min(enough, text.length() + BEHIND);
                    }
                    begin = end + 1;
                }
            }
        }
        return text.toString();
    }

    private static List<Line> firstLines(String text) throws FileRejectedException {
        List<Line> lines = lines(text);
        if (lines.isEmpty()) {
            throw new FileRejectedException(
                    FileCode.EMPTY, "The file has no rows, or only blank lines where its header is expected.");
        }
        return lines.subList(0, Math.min(LINES, lines.size()));
    }

    /// The first lines that are not blank: one more than may be the header.
    private static List<Line> lines(CharSequence text) {
        List<Line> lines = new ArrayList<>();
        long number = 1;
        int begin = 0;
        while (begin < text.length() && lines.size() <= LINES) {
            int end = endOf(text, begin);
            if (!Blank.is(text.subSequence(begin, end).toString())) {
                lines.add(new Line(number, begin));
            }
            begin = end + 1;
            if (end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n') {
                begin++;
            }
            number++;
        }
        return lines;
    }

    private static int endOf(CharSequence text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static Candidate candidate(String text, Line line, char separator, Source source) throws IOException {
        Reader rest = new StringReader(text.substring(line.offset));
        CsvRecords.CsvRecord record;
        try (CsvRecords records =
                new CsvRecords(rest, separator, line.number, source.limits().line())) {
            record = records.next();
        } catch (FileRejectedException e) {
            return new Candidate(line, separator, List.of(), true);
        }
        List<String> cells = record == null ? List.of() : record.cells();
        if (cells.size() > COLUMNS) {
            throw new FileRejectedException(
                    FileCode.TOO_LARGE,
                    "Line %d has %,d columns; at most %,d are read.".formatted(line.number, cells.size(), COLUMNS));
        }
        return new Candidate(line, separator, cells, false);
    }

    private static void checkDuplicates(Candidate header, Columns columns) throws FileRejectedException {
        List<@Nullable Column> of = columns.of(header.cells);
        for (int i = 0; i < of.size(); i++) {
            Column column = of.get(i);
            int first = of.indexOf(column);
            if (column != null && first < i) {
                throw new FileRejectedException(
                        FileCode.DUPLICATE_COLUMN,
                        "In line %d the headers `%s` and `%s` both mean the column %s of %s. Keep one of them."
                                .formatted(
                                        header.line.number,
                                        Blank.trim(header.cells.get(first)),
                                        Blank.trim(header.cells.get(i)),
                                        column.name(),
                                        columns.table()));
            }
        }
    }

    private static FileRejectedException missing(List<Candidate> candidates, Columns columns) {
        Candidate closest = null;
        long most = -1;
        for (Candidate candidate : candidates) {
            List<@Nullable Column> of = columns.of(candidate.cells);
            int required = columns.table().requiredColumns().size()
                    - columns.missing(of).size();
            long score = required * 1_000_000L
                    + of.stream().filter(Objects::nonNull).distinct().count() * 10_000L
                    + Math.min(candidate.cells.size(), 9_999);
            // Of lines that name no column, the first is most likely meant as the header.
            boolean better =
                    closest == null || (score > most && (score >= 10_000 || candidate.line.equals(closest.line)));
            if (better) {
                closest = candidate;
                most = score;
            }
        }
        Candidate found = Objects.requireNonNull(closest);
        return new FileRejectedException(FileCode.COLUMNS_MISSING, message(found, columns));
    }

    private static String message(Candidate found, Columns columns) {
        TableSchema table = columns.table();
        List<@Nullable Column> of = columns.of(found.cells);
        List<Column> missing = columns.missing(of);
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < found.cells.size(); i++) {
            if (of.get(i) == null && !Blank.is(found.cells.get(i))) {
                unknown.add(Blank.trim(found.cells.get(i)));
            }
        }
        StringBuilder message = new StringBuilder(
                "None of the first %d lines is a header with all required columns of %s.".formatted(LINES, table));
        message.append(" Closest is line ").append(found.line.number).append(". Missing: ");
        message.append(String.join(", ", missing.stream().map(Header::described).toList()));
        message.append(". Found: ");
        message.append(String.join(
                ", ",
                found.cells.stream()
                        .limit(50)
                        .map(cell -> "`" + Receipt.Problem.shown(Blank.trim(cell)) + "`")
                        .toList()));
        message.append('.');
        for (Column column : missing) {
            String header = columns.probably(column, unknown);
            if (header != null) {
                message.append(
                        " Probably `%s` is meant as %s.".formatted(Receipt.Problem.shown(header), column.name()));
            }
        }
        return message.append(" Rename the headers, or map them in the configuration under columns.")
                .append(table)
                .append('.')
                .toString();
    }

    private static String described(Column column) {
        return column.aliases().isEmpty()
                ? column.name()
                : "%s (%s)".formatted(column.name(), String.join(", ", column.aliases()));
    }
}
