package clientkpis.reading.cell;

import java.math.BigDecimal;

/// The characters of a cell: which of them do not belong there, and what programs wrap around its text.
final class CellText {
    /// Bits of [#oddities].
    static final int CONTROL = 1;

    static final int INVISIBLE = 2;
    static final int MANGLED = 4;

    /// Old systems write it in place of a character that they could not convert. Real names contain it, so it is kept.
    private static final char SUBSTITUTE = 0x1a;
    /// A whole number of more digits is not an id; its notation is kept.
    private static final int LONGEST = 40;

    private CellText() {}

    /// What a cell has beside ordinary characters: controls (NUL, the others of C0 and C1, DEL; tab, LF and CR are
    /// allowed), characters that nobody sees, letters that were UTF-8 and were read as Windows-1252.
    static int oddities(String raw) {
        int found = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ') {
                if (c != '\t' && c != '\n' && c != '\r' && c != SUBSTITUTE) {
                    return CONTROL;
                }
            } else if (c >= 0x7f) {
                if (c <= 0x9f) {
                    return CONTROL;
                }
                if (Blank.isInvisible(c)) {
                    found |= INVISIBLE;
                }
                if ((c == 'Ã' || c == 'Â' || c == 'â') && i + 1 < raw.length() && isMangled(c, raw, i + 1)) {
                    found |= MANGLED;
                }
            }
        }
        return found;
    }

    /// Whether a letter and what follows are the bytes of one character: `Ã£`, `Â°`, `â€œ`.
    private static boolean isMangled(char first, String raw, int at) {
        char second = raw.charAt(at);
        return first == 'â'
                ? second == '€'
                : (second >= 0xa0 && second <= 0xbf) || "‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ".indexOf(second) >= 0;
    }

    /// The text inside `="00123"`, behind the apostrophe of `'00123`, and between typographic quotes.
    ///
    /// @param strict whether the column is of ids, numbers or dates, which do not begin with an apostrophe
    static String unwrapped(String cell, boolean strict) {
        int last = cell.length() - 1;
        return switch (cell.charAt(0)) {
            case '=' ->
                last >= 2 && cell.charAt(1) == '"' && cell.charAt(last) == '"'
                        ? Blank.trim(cell.substring(2, last).replace("\"\"", "\""))
                        : cell;
            case '\'' -> last >= 1 && isProtected(cell, strict) ? Blank.trim(cell.substring(1)) : cell;
            case '“', '”', '„' -> between(cell, "“”„");
            case '‘', '‚' -> between(cell, "‘’‚");
            case '«', '»' -> between(cell, "«»");
            default -> cell;
        };
    }

    /// A spreadsheet protects so what is to stay text. A name may begin with an apostrophe.
    private static boolean isProtected(String cell, boolean strict) {
        char first = cell.charAt(1);
        return (strict && cell.indexOf('\'', 1) < 0) || (first >= '0' && first <= '9') || "=+-@".indexOf(first) >= 0;
    }

    private static String between(String cell, String quotes) {
        int last = cell.length() - 1;
        if (last < 1 || quotes.indexOf(cell.charAt(last)) < 0) {
            return cell;
        }
        for (int i = 1; i < last; i++) {
            if (quotes.indexOf(cell.charAt(i)) >= 0) {
                return cell;
            }
        }
        return Blank.trim(cell.substring(1, last));
    }

    /// Whether an id is in scientific notation, as spreadsheets show long numbers: `1,12346E+13`.
    static boolean isScientific(String cell) {
        int e = cell.indexOf('E', 1);
        if (e < 0) {
            e = cell.indexOf('e', 1);
        }
        if (e < 0 || e + 1 >= cell.length()) {
            return false;
        }
        boolean mark = false;
        for (int i = 0; i < e; i++) {
            char c = cell.charAt(i);
            if ((c == ',' || c == '.') && i > 0 && !mark) {
                mark = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        boolean sign = cell.charAt(e + 1) == '+' || cell.charAt(e + 1) == '-';
        int from = sign ? e + 2 : e + 1;
        for (int i = from; i < cell.length(); i++) {
            if (cell.charAt(i) < '0' || cell.charAt(i) > '9') {
                return false;
            }
        }
        return from < cell.length() && (mark || sign);
    }

    /// A whole number as its digits, without exponent and decimals; any other as it is.
    static String wholeNumber(String number) {
        if (number.indexOf('.') < 0 && number.indexOf('E') < 0 && number.indexOf('e') < 0) {
            return number;
        }
        try {
            BigDecimal value = new BigDecimal(number).stripTrailingZeros();
            return value.scale() <= 0 && (long) value.precision() - value.scale() <= LONGEST
                    ? value.toPlainString()
                    : number;
        } catch (NumberFormatException e) {
            return number;
        }
    }
}
