package clientkpis.reading.format;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.cell.Blank;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a CSV text, cells exactly as written. It reads RFC 4180 and more: lines end with LF, CRLF or CR; a
/// quote inside an unquoted cell is a character; so is everything after a closing quote up to the next separator (`"TV
/// 42" LED"` is one cell, `TV 42 LED"`). Blank lines are skipped.
///
/// Where the number of cells in the header proves it, `\"` inside quotes is a quote, and a quote that swallows whole
/// rows is a character. That is looked at only where a record is odd.
///
/// One class, because the states of the scan share one buffer.
final class CsvRecords implements Closeable {
    private static final int NONE = -1;
    /// How many lines behind an odd quote are looked at.
    private static final int LOOKED_AT = 20;
    /// A record begins with at least so many characters read, so that few are moved.
    private static final int AHEAD = 1 << 13;

    private final Reader text;
    private final char separator;
    private final int width;
    private final int longest;

    private char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private boolean ended;
    private long line;
    private long strays;
    private final List<String> samples = new ArrayList<>();

    /// @param line number of the line where it begins, from 1
    /// @param cells as written: untrimmed, empty where empty
    /// @param clean whether nothing follows a closing quote but a separator or the end of the line
    record CsvRecord(long line, List<String> cells, boolean clean) {}

    /// One way to read the record that begins at [#position].
    private static final class Way {
        private final List<String> cells;
        private int end;
        private int lines;
        private boolean clean = true;
        private boolean backslash;
        private boolean emptyQuotes;
        /// The quote that is not closed, or that has lines and then text behind its end.
        private int oddQuote = NONE;
        /// Up to where the lines are rows if the odd quote is a character.
        private int oddEnd;

        private boolean unclosed;

        Way(int width) {
            cells = new ArrayList<>(Math.max(width, 8));
        }
    }

    /// @param text begins at the beginning of a line
    /// @param firstLine that line's number
    /// @param width how many cells the header has; 0 where it is not known
    /// @param longest how many characters a record may have
    CsvRecords(Reader text, char separator, long firstLine, int width, int longest) {
        this.text = text;
        this.separator = separator;
        this.width = width;
        this.longest = longest;
        line = firstLine;
    }

    /// The next record that is not a blank line, or null at the end.
    ///
    /// @throws FileRejectedException `unclosed_quote`
    @Nullable
    CsvRecord next() throws IOException {
        while (true) {
            if (limit - position < AHEAD && !ended) {
                System.arraycopy(buffer, position, buffer, 0, limit - position);
                limit -= position;
                position = 0;
                more();
            }
            if (position == limit) {
                return null;
            }
            Way way = read(NONE, false);
            if (width > 1 && (way.oddQuote >= 0 || (way.backslash && way.cells.size() != width) || !way.clean)) {
                way = likelier(way);
            }
            if (way.unclosed) {
                throw unclosed();
            }
            long begin = line;
            line += way.lines;
            position = way.end;
            if (!isBlank(way)) {
                return new CsvRecord(begin, way.cells, way.clean);
            }
        }
    }

    /// Also a line of separators only. An empty quoted cell is not blank here.
    private static boolean isBlank(Way way) {
        if (way.emptyQuotes) {
            return false;
        }
        for (String cell : way.cells) {
            if (!Blank.is(cell)) {
                return false;
            }
        }
        return true;
    }

    private Way likelier(Way plain) throws IOException {
        if (plain.backslash) {
            Way escaped = read(NONE, true);
            if (escaped.clean && !escaped.unclosed && escaped.cells.size() == width) {
                return escaped;
            }
        }
        if (plain.oddQuote >= 0 && areRows(plain.oddEnd)) {
            Way stray = read(plain.oddQuote, false);
            if (stray.oddQuote < 0 && stray.lines <= 1 && stray.cells.size() == width) {
                strays++;
                if (samples.size() < Warning.SAMPLES) {
                    samples.add("line %d: %s"
                            .formatted(
                                    line,
                                    Receipt.Problem.shown(
                                            new String(buffer, position, Math.min(stray.end - position, 200))
                                                    .strip())));
                }
                return stray;
            }
        }
        return plain;
    }

    /// Whether each line from here to a place has as many cells as the header.
    private boolean areRows(int end) {
        int at = position;
        for (int lines = 0; lines < LOOKED_AT && at < end; lines++) {
            int outside = 1;
            int all = 1;
            boolean quoted = false;
            int begin = at;
            while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
                if (buffer[at] == separator) {
                    all++;
                    outside += quoted ? 0 : 1;
                } else if (buffer[at] == '"') {
                    quoted = !quoted;
                }
                at++;
            }
            boolean cut = at == limit && !ended;
            if (at > begin && all != width && outside != width && !cut) {
                return false;
            }
            at++;
        }
        return true;
    }

    /// @param stray a quote that is a character; else [#NONE]
    /// @param escapes whether a backslash makes a quote a character
    private Way read(int stray, boolean escapes) throws IOException {
        Way way = new Way(width);
        int at = position;
        while (true) {
            if (at == limit && !more()) {
                way.cells.add("");
                way.end = at;
                return way;
            }
            if (buffer[at] == '"' && at != stray) {
                at = quoted(way, at, escapes);
                if (way.unclosed) {
                    way.end = limit;
                    return way;
                }
            } else {
                int begin = at;
                at = endOfCell(at);
                way.cells.add(begin == at ? "" : new String(buffer, begin, at - begin));
            }
            if (at == limit) {
                way.end = at;
                return way;
            }
            if (buffer[at] != separator) {
                way.lines++;
                way.end = behindLineBreak(at);
                return way;
            }
            at++;
        }
    }

    /// @return where the separator or line break behind the cell is, or the end of the text
    private int endOfCell(int from) throws IOException {
        int at = from;
        while (true) {
            while (at < limit) {
                char c = buffer[at];
                if (c == separator || c == '\n' || c == '\r') {
                    return at;
                }
                at++;
            }
            if (!more()) {
                return at;
            }
        }
    }

    private int behindLineBreak(int at) throws IOException {
        boolean pair = buffer[at] == '\r' && (at + 1 < limit || more()) && buffer[at + 1] == '\n';
        return at + (pair ? 2 : 1);
    }

    /// @return as [#endOfCell]
    private int quoted(Way way, int quote, boolean escapes) throws IOException {
        StringBuilder cell = null;
        int from = quote + 1;
        int at = from;
        int lines = way.lines;
        while (true) {
            if ((at == limit && !more()) || at - position > longest) {
                way.oddQuote = quote;
                way.oddEnd = at;
                way.unclosed = true;
                return at;
            }
            char c = buffer[at];
            if (c == '"') {
                boolean doubled = (at + 1 < limit || more()) && buffer[at + 1] == '"';
                way.backslash |= at > quote + 1 && buffer[at - 1] == '\\';
                if (!doubled) {
                    break;
                }
                cell = cell == null ? new StringBuilder() : cell;
                cell.append(buffer, from, at + 1 - from);
                at += 2;
                from = at;
            } else if (c == '\\' && escapes && (at + 1 < limit || more()) && isEscaped(buffer[at + 1])) {
                cell = cell == null ? new StringBuilder() : cell;
                cell.append(buffer, from, at - from).append(buffer[at + 1]);
                at += 2;
                from = at;
            } else if (c == '\n' || c == '\r') {
                way.lines++;
                at = behindLineBreak(at);
            } else {
                at++;
            }
        }
        int end = endOfCell(at + 1);
        way.emptyQuotes |= at == quote + 1 && end == at + 1;
        if (end > at + 1) {
            way.clean = false;
            if (way.lines > lines && way.oddQuote < 0) {
                way.oddQuote = quote;
                way.oddEnd = opensInstead(at) ? beginOfLine(at) : end;
            }
        }
        if (cell == null && end == at + 1) {
            way.cells.add(new String(buffer, from, at - from));
        } else {
            cell = cell == null ? new StringBuilder() : cell;
            way.cells.add(cell.append(buffer, from, at - from)
                    .append(buffer, at + 1, end - at - 1)
                    .toString());
        }
        return end;
    }

    /// Whether a closing quote is where the quote of a cell opens: then its line is another row, perhaps of several
    /// lines.
    private boolean opensInstead(int quote) {
        char before = buffer[quote - 1];
        return before == separator || before == '\n' || before == '\r';
    }

    private int beginOfLine(int at) {
        int begin = at;
        while (begin > position && buffer[begin - 1] != '\n' && buffer[begin - 1] != '\r') {
            begin--;
        }
        return begin;
    }

    private static boolean isEscaped(char c) {
        return c == '"' || c == '\\';
    }

    /// Reads more of the text behind what there is; nothing is moved.
    private boolean more() throws IOException {
        if (ended) {
            return false;
        }
        if (limit == buffer.length) {
            char[] larger = new char[buffer.length * 2];
            System.arraycopy(buffer, 0, larger, 0, limit);
            buffer = larger;
        }
        int count = text.read(buffer, limit, buffer.length - limit);
        ended = count < 0;
        limit += Math.max(count, 0);
        return !ended;
    }

    private FileRejectedException unclosed() {
        return new FileRejectedException(
                FileCode.UNCLOSED_QUOTE,
                ended
                        ? Sentence.of("unclosed_quote.to_the_end", line)
                        : Sentence.of("unclosed_quote.within", line, longest));
    }

    /// Quotes that were read as characters; null when there were none.
    Warning.@Nullable Finding strayQuotes() {
        return strays == 0 ? null : Warning.of(WarningCode.STRAY_QUOTES, strays, samples);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
