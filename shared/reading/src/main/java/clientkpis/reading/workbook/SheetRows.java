package clientkpis.reading.workbook;

import clientkpis.reading.bytes.FileRejectedException;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.cell.Blank;
import clientkpis.reading.cell.CellKind;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Sentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one sheet, in its order.
public final class SheetRows implements Closeable {
    /// As many columns as a sheet has.
    private static final int COLUMNS = 16_384;

    private final XmlPart xml;
    private final SharedStrings strings;
    private final CellFormats formats;
    private final boolean from1904;
    private final Limits limits;
    private boolean ended;
    private long number;
    /// Cells name the same text again and again, so what they say may be far more than what is stored.
    private long total;

    private List<String> cells = new ArrayList<>();
    private List<CellKind> kinds = new ArrayList<>();
    private int width;
    private long length;

    SheetRows(XmlPart xml, SharedStrings strings, CellFormats formats, boolean from1904, Limits limits) {
        this.xml = xml;
        this.strings = strings;
        this.formats = formats;
        this.from1904 = from1904;
        this.limits = limits;
    }

    /// The next row that is not blank, or null at the end.
    public @Nullable SheetRow next() throws IOException {
        while (!ended) {
            if (!xml.next() || xml.ends("sheetData")) {
                ended = true;
            } else if (xml.begins("row")) {
                SheetRow row = row();
                if (row != null) {
                    return row;
                }
            }
        }
        return null;
    }

    private @Nullable SheetRow row() throws IOException {
        number = Math.max(number + 1, whole(xml.attribute("r")));
        cells = new ArrayList<>();
        kinds = new ArrayList<>();
        width = 0;
        length = 0;
        int column = -1;
        while (xml.next() && !xml.ends("row")) {
            if (xml.begins("c")) {
                column = column(xml.attribute("r"), column + 1);
                cell(column);
            }
        }
        total += length + cells.size();
        if (total > limits.bytes()) {
            throw tooLarge(Sentence.of("too_large.cells", limits.bytes(), number));
        }
        return width == 0 ? null : new SheetRow(number, cells.subList(0, width), kinds.subList(0, width));
    }

    private void cell(int column) throws IOException {
        String type = xml.attribute("t");
        String style = xml.attribute("s");
        String value = null;
        boolean formula = false;
        boolean inline = false;
        while (xml.next() && !xml.ends("c")) {
            if (xml.begins("v")) {
                value = xml.text();
            } else if (xml.begins("is")) {
                value = xml.string();
                inline = true;
            } else if (xml.begins("f")) {
                xml.text();
                formula = true;
            }
        }
        if (value == null) {
            if (formula) {
                set(column, "(a formula without its result)", CellKind.ERROR);
            }
        } else if (inline) {
            set(column, value, CellKind.TEXT);
        } else {
            value(column, type == null ? "n" : type, style, value);
        }
    }

    private void value(int column, String type, @Nullable String style, String value) throws IOException {
        switch (type) {
            case "s" -> set(column, strings.get(whole(Blank.trim(value))), CellKind.TEXT);
            case "b" -> set(column, Blank.trim(value).equals("0") ? "FALSE" : "TRUE", CellKind.TEXT);
            case "e" -> set(column, value, CellKind.ERROR);
            case "d" -> {
                boolean day = value.length() >= 10 && (value.length() == 10 || value.charAt(10) == 'T');
                set(column, day ? value.substring(0, 10) : value, day ? CellKind.DATE : CellKind.TEXT);
            }
            case "n" -> number(column, style, Blank.trim(value));
            default -> set(column, Escapes.read(value), CellKind.TEXT);
        }
    }

    private void number(int column, @Nullable String style, String value) throws IOException {
        String day = style != null && formats.isDate((int) Math.min(whole(style), Integer.MAX_VALUE))
                ? SheetNumbers.day(value, from1904)
                : null;
        if (day != null) {
            set(column, day, CellKind.DATE);
            return;
        }
        String plain = SheetNumbers.plain(value);
        set(column, plain == null ? value : plain, plain == null ? CellKind.TEXT : CellKind.NUMBER);
    }

    private void set(int column, String text, CellKind kind) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        while (cells.size() <= column) {
            cells.add("");
            kinds.add(CellKind.TEXT);
        }
        cells.set(column, text);
        kinds.set(column, kind);
        length += text.length();
        if (length > limits.line()) {
            throw tooLarge(Sentence.of("too_large.row", number, limits.line()));
        }
        if (!Blank.is(text)) {
            width = Math.max(width, column + 1);
        }
    }

    /// @param reference such as `AB12`; null where the cell is the one after the last
    private int column(@Nullable String reference, int next) throws IOException {
        int column = 0;
        for (int i = 0; reference != null && i < reference.length() && column <= COLUMNS; i++) {
            char c = reference.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                column = column * 26 + c - 'A' + 1;
            } else {
                break;
            }
        }
        int index = column == 0 ? next : column - 1;
        if (index >= COLUMNS) {
            throw tooLarge(Sentence.of("too_large.row_columns", number, COLUMNS));
        }
        return index;
    }

    /// @return 0 where it is not a whole number
    private static long whole(@Nullable String text) {
        if (text == null || text.length() > 18) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static FileRejectedException tooLarge(Sentence message) {
        return new FileRejectedException(FileCode.TOO_LARGE, message);
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
