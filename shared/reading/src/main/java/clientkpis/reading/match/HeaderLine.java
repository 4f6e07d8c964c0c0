package clientkpis.reading.match;

import clientkpis.reading.cell.Blank;
import java.util.List;

/// Whether a line can be a header.
public final class HeaderLine {
    private HeaderLine() {}

    /// A line whose cells are data is not: one with many numbers, dates or addresses of e-mail.
    public static boolean isLikely(List<String> cells) {
        int filled = 0;
        int data = 0;
        for (String raw : cells) {
            String cell = Blank.trim(raw);
            if (!cell.isEmpty()) {
                filled++;
                data += isData(cell) ? 1 : 0;
            }
        }
        return filled > 1 && data * 4 <= filled;
    }

    private static boolean isData(String cell) {
        boolean mail = cell.indexOf('@') > 0 && cell.indexOf('.', cell.indexOf('@')) > 0 && cell.indexOf(' ') < 0;
        boolean digits = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (Character.isLetter(c)) {
                return mail;
            }
            digits |= Character.isDigit(c);
        }
        return digits;
    }
}
