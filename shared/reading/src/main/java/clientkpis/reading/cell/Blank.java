package clientkpis.reading.cell;

import java.util.Locale;

/// What a cell has that says nothing: white space around it (all of Unicode's, the non-breaking space of spreadsheets
/// included), characters that nobody sees, and words for nothing.
public final class Blank {
    private static final int LONGEST_WORD = 12;

    private Blank() {}

    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!is(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean is(char c) {
        return c <= ' ' ? c == ' ' || (c >= '\t' && c <= '\r') : c >= 0x80 && isWide(c);
    }

    private static boolean isWide(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isInvisible(c);
    }

    /// Soft hyphens, zero-width characters, marks of direction, byte order marks: text that was copied has them.
    static boolean isInvisible(char c) {
        return c == 0xad
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x2064)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x61c
                || c == 0x180e
                || c == 0xfeff;
    }

    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && is(text.charAt(from))) {
            from++;
        }
        while (to > from && is(text.charAt(to - 1))) {
            to--;
        }
        return from == 0 && to == text.length() ? text : text.substring(from, to);
    }

    /// The text without characters that nobody sees.
    ///
    /// @param joiners whether those that join letters go, too: names and emoji are written with them
    static String visible(String text, boolean joiners) {
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isInvisible(c) || (!joiners && (c == 0x200c || c == 0x200d))) {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    /// Whether a trimmed cell is empty, or a word for nothing.
    public static boolean isNothing(String cell) {
        return cell.isEmpty() || isWordForNothing(cell);
    }

    /// Whether a trimmed cell is a word for nothing, as databases and spreadsheets write it.
    static boolean isWordForNothing(String cell) {
        if (cell.length() > LONGEST_WORD) {
            return false;
        }
        return switch (cell.charAt(0)) {
            case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> isDashes(cell, 0);
            case 'n', 'N', '#', '\\', '(', '<' ->
                switch (cell.toLowerCase(Locale.ROOT)) {
                    case "n/a", "n/d", "#n/a", "#n/d", "null", "(null)", "<null>" -> true;
                    default -> cell.equals("\\N");
                };
            default -> isDash(cell.charAt(cell.length() - 1)) && isMoneyDash(cell);
        };
    }

    /// `R$ -`, zero in the accounting format of spreadsheets.
    private static boolean isMoneyDash(String cell) {
        Currency.Sign sign = Currency.before(cell, 0, cell.length());
        return sign != null && isDashes(cell, sign.length());
    }

    /// Whether a trimmed cell can only mean nothing where a number or a date is expected.
    static boolean isNothingTyped(String cell) {
        return switch (cell.charAt(0)) {
            case 'n', 'N' ->
                switch (cell.toLowerCase(Locale.ROOT)) {
                    case "na", "nd", "n.a.", "n.d.", "nan", "nat", "nil", "none" -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private static boolean isDashes(String cell, int from) {
        boolean dash = false;
        for (int i = from; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (isDash(c)) {
                dash = true;
            } else if (!is(c)) {
                return false;
            }
        }
        return dash;
    }

    private static boolean isDash(char c) {
        return c == '-' || (c >= 0x2010 && c <= 0x2014) || c == 0x2212;
    }
}
