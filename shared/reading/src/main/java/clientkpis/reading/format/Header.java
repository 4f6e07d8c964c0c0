package clientkpis.reading.format;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Source;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.match.ColumnMatch;
import clientkpis.reading.match.Columns;
import clientkpis.reading.match.HeaderLine;
import clientkpis.reading.match.Sample;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Headers;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The header of a CSV text, and with it the separator: the first of its first ten lines that names all required
/// columns, else the one whose cells mean them best.
///
/// One class, because candidates are compared by all that is known of a header.
///
/// @param line its number, from 1
/// @param offset how many characters are before it
/// @param skipped the lines above it that are not blank
record Header(long line, long offset, char separator, List<String> cells, List<Receipt.SkippedLine> skipped) {
    private static final int LINES = 10;
    /// As many as a sheet of a spreadsheet has.
    private static final int COLUMNS = 16_384;
    private static final String SAYING = "sep=";
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    /// How many characters after the tenth line are looked at, for a header whose quoted cells have line breaks.
    private static final int BEHIND = 1 << 16;

    private record Line(long number, int offset) {}

    /// @param unclosed whether it opens a quote that is not closed
    /// @param clean whether no separator is inside quotes, whichever separator surrounds these
    private record Candidate(Line line, char separator, List<String> cells, boolean clean, boolean unclosed) {}

    /// A header, and which column each of its cells means.
    record Found(Header header, ColumnMatch match) {}

    /// @throws FileRejectedException `empty`, `columns_missing`, `duplicate_column` or `unclosed_quote`
    static Found find(Source source, Columns columns) throws IOException {
        Found found = closest(source, columns);
        if (!found.match.isComplete()
                && HeaderLine.isData(found.match.scores().row().sample())) {
            throw new FileRejectedException(
                    FileCode.COLUMNS_MISSING, MissingColumns.ofData(found.header.line, found.match));
        }
        if (!found.match.isComplete()) {
            throw new FileRejectedException(
                    FileCode.COLUMNS_MISSING, MissingColumns.message(found.header.line, LINES, found.match));
        }
        checkDuplicates(found.header.line, found.match);
        return found;
    }

    /// The line that is most likely the header, also if required columns are missing.
    ///
    /// @throws FileRejectedException `empty` or `unclosed_quote`
    static Found closest(Source source, Columns columns) throws IOException {
        String text = start(source);
        List<Line> lines = firstLines(text);
        List<Candidate> candidates = new ArrayList<>();
        for (Line line : lines) {
            for (char separator : separators(text)) {
                Candidate candidate = candidate(text, line, separator, source);
                if (!candidate.unclosed
                        && candidate.clean
                        && columns.missing(candidate.cells).isEmpty()) {
                    ColumnMatch match = ColumnMatch.of(columns, sample(text, candidate, source));
                    return new Found(of(candidate, lines, text), match);
                }
                candidates.add(candidate);
            }
        }
        Map<Character, List<List<String>>> all = new HashMap<>();
        Candidate best = null;
        ColumnMatch match = null;
        for (Candidate candidate : candidates) {
            if (candidate.unclosed || !candidate.clean || !HeaderLine.isLikely(candidate.cells, List.of())) {
                continue;
            }
            List<List<String>> records = all.get(candidate.separator);
            if (records == null) {
                records = records(text, lines.getFirst(), candidate, source);
                all.put(candidate.separator, records);
            }
            if (!HeaderLine.isLikely(candidate.cells, records)) {
                continue;
            }
            ColumnMatch of = ColumnMatch.of(columns, sample(text, candidate, source));
            // Of lines that name no column, the first is most likely meant as the header.
            if (!of.found().isEmpty() && (match == null || of.fit() > match.fit())) {
                best = candidate;
                match = of;
            }
        }
        if (best != null && match != null && match.isComplete()) {
            return new Found(of(best, lines, text), match);
        }
        for (Candidate candidate : candidates) {
            // A later line may begin inside a quoted cell, so its quotes prove nothing.
            if (candidate.unclosed && candidate.line.equals(lines.getFirst())) {
                throw new FileRejectedException(
                        FileCode.UNCLOSED_QUOTE, Sentence.of("unclosed_quote.no_header", candidate.line.number));
            }
        }
        Candidate closest = best == null ? mostCells(candidates) : best;
        return new Found(
                of(closest, lines, text),
                match == null ? ColumnMatch.of(columns, sample(text, closest, source)) : match);
    }

    private static Candidate mostCells(List<Candidate> candidates) {
        Candidate most = candidates.getFirst();
        for (Candidate candidate : candidates) {
            boolean sameLine = candidate.line.equals(most.line);
            most = sameLine && candidate.cells.size() > most.cells.size() ? candidate : most;
        }
        return most;
    }

    private static Sample sample(String text, Candidate header, Source source) throws IOException {
        List<List<String>> records = records(text, header.line, header, source);
        return new Sample(header.cells, records.subList(Math.min(1, records.size()), records.size()));
    }

    /// The records from a line on, as far as the text reaches.
    private static List<List<String>> records(String text, Line first, Candidate header, Source source)
            throws IOException {
        List<List<String>> all = new ArrayList<>();
        try (CsvRecords records = new CsvRecords(
                new StringReader(text.substring(first.offset)),
                header.separator,
                first.number,
                header.cells.size(),
                source.limits().line())) {
            CsvRecords.CsvRecord record;
            while (all.size() <= Sample.ROWS && (record = records.next()) != null) {
                all.add(record.cells());
            }
        } catch (FileRejectedException e) {
            // The text ends inside a quoted cell: the rows before it are enough.
        }
        return all;
    }

    /// The first line that is not blank, for a table that is not known. The separator is the one that makes most cells.
    ///
    /// @throws FileRejectedException `empty` or `unclosed_quote`
    static Header first(Source source) throws IOException {
        String text = start(source);
        Line line = firstLines(text).getFirst();
        Candidate best = null;
        boolean unclosed = false;
        for (char separator : separators(text)) {
            Candidate candidate = candidate(text, line, separator, source);
            unclosed |= candidate.unclosed;
            if (best == null
                    || (candidate.clean && !best.clean)
                    || (candidate.clean == best.clean && candidate.cells.size() > best.cells.size())) {
                best = candidate;
            }
        }
        Candidate found = Objects.requireNonNull(best);
        if (unclosed && found.cells.size() <= 1) {
            throw new FileRejectedException(FileCode.UNCLOSED_QUOTE, Sentence.of("unclosed_quote.header", line.number));
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
        CsvRecords records = new CsvRecords(
                text, separator, line, cells.size(), source.limits().line());
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
        int searched = 0;
        try (Reader reader = source.open()) {
            int count;
            while (text.length() < enough && (count = reader.read(buffer)) >= 0) {
                text.append(buffer, 0, count);
                while (lines <= LINES && (searched = endOf(text, searched)) < text.length()) {
                    if (!Blank.is(text.substring(begin, searched)) && ++lines > LINES) {
                        enough = Math.min(enough, text.length() + BEHIND);
                    }
                    begin = ++searched;
                }
            }
        }
        return text.toString();
    }

    private static char[] separators(String text) {
        char said = said(text);
        for (char separator : SEPARATORS) {
            if (separator == said) {
                return new char[] {said};
            }
        }
        return SEPARATORS;
    }

    /// What a first line such as `sep=;`, which spreadsheets write and understand, says; else 0.
    private static char said(String text) {
        int end = endOf(text, 0);
        int quote = end > 1 && text.charAt(0) == '"' && text.charAt(end - 1) == '"' ? 1 : 0;
        return end - 2 * quote == SAYING.length() + 1 && text.regionMatches(true, quote, SAYING, 0, SAYING.length())
                ? text.charAt(end - quote - 1)
                : 0;
    }

    private static List<Line> firstLines(String text) throws FileRejectedException {
        List<Line> lines = lines(text);
        if (said(text) != 0) {
            lines.removeFirst();
        }
        if (lines.isEmpty()) {
            throw new FileRejectedException(FileCode.EMPTY, Sentence.of("empty.header"));
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
                new CsvRecords(rest, separator, line.number, 0, source.limits().line())) {
            record = records.next();
        } catch (FileRejectedException e) {
            return new Candidate(line, separator, List.of(), false, true);
        }
        // A line of separators only is skipped, and what follows is another line.
        List<String> cells = record == null || record.line() != line.number ? List.of() : record.cells();
        if (cells.size() > COLUMNS) {
            throw new FileRejectedException(
                    FileCode.TOO_LARGE, Sentence.of("too_large.columns", line.number, cells.size(), COLUMNS));
        }
        boolean clean = said(text) != 0 || cells.size() == 1 + outsideQuotes(text, line.offset, separator);
        return new Candidate(line, separator, cells, record == null || clean, false);
    }

    /// How often a separator is outside the quoted cells of a record. A cell is quoted if both its quotes are beside a
    /// separator, whichever, or an end.
    private static int outsideQuotes(String text, int begin, char separator) {
        int count = 0;
        int at = begin;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            if (text.charAt(at) == '"' && (at == begin || isSeparator(text.charAt(at - 1)))) {
                at = behindQuotes(text, at);
            } else {
                count += text.charAt(at) == separator ? 1 : 0;
                at++;
            }
        }
        return count;
    }

    /// @return the place after the closing quote; that after the opening one where it does not open a quoted cell
    private static int behindQuotes(String text, int opening) {
        int closing = text.indexOf('"', opening + 1);
        while (closing >= 0 && closing + 1 < text.length() && text.charAt(closing + 1) == '"') {
            closing = text.indexOf('"', closing + 2);
        }
        if (closing < 0) {
            return opening + 1;
        }
        int behind = closing + 1;
        boolean isEnd = behind == text.length() || text.charAt(behind) == '\n' || text.charAt(behind) == '\r';
        return isEnd || isSeparator(text.charAt(behind)) ? behind : opening + 1;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ';' || c == '\t' || c == '|';
    }

    /// Two headers that read the same are two answers to one question.
    /// @throws FileRejectedException `duplicate_column`
    static void checkDuplicates(long line, ColumnMatch match) throws FileRejectedException {
        List<String> cells = match.header();
        for (var found : match.found().entrySet()) {
            for (int given : found.getValue().headers()) {
                String normal = Headers.normal(cells.get(given));
                for (int i = 0; i < cells.size(); i++) {
                    if (i != given && Headers.normal(cells.get(i)).equals(normal)) {
                        throw new FileRejectedException(
                                FileCode.DUPLICATE_COLUMN,
                                Sentence.of(
                                        "duplicate_column",
                                        line,
                                        Blank.trim(cells.get(Math.min(i, given))),
                                        Blank.trim(cells.get(Math.max(i, given))),
                                        found.getKey().name(),
                                        match.columns().table()));
                    }
                }
            }
        }
    }
}
