package clientkpis.reading.cell;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as spreadsheets and systems write them (tables.md, *How values are read*).
///
/// A point or a comma separates the decimals or groups the thousands. Of two different marks the last separates the
/// decimals; a mark that is repeated groups. A single mark can group only between one to three digits, not beginning
/// with a zero, and exactly three: there both readings are possible, and the tenant's number format decides.
final class Numbers {
    /// A number with more digits is out of range: it may be an identifier.
    static final int DIGITS = 15;

    private final boolean decimalComma;

    Numbers(boolean decimalComma) {
        this.decimalComma = decimalComma;
    }

    /// The number in a trimmed cell, scale kept, or null when it is not one.
    @Nullable
    BigDecimal parse(String cell) {
        int from = 0;
        int to = cell.length();
        boolean negative = false;
        boolean signed = false;
        if (to >= 2 && cell.charAt(0) == '(' && cell.charAt(to - 1) == ')') {
            negative = true;
            signed = true;
            from = afterBlanks(cell, 1, to);
            to = beforeBlanks(cell, from, to - 1);
        }
        if (!signed && from < to && isSign(cell.charAt(from))) {
            negative = isMinus(cell.charAt(from));
            signed = true;
            from = afterBlanks(cell, from + 1, to);
        }
        if (to - from >= 2 && (cell.charAt(from) == 'R' || cell.charAt(from) == 'r') && cell.charAt(from + 1) == '$') {
            from = afterBlanks(cell, from + 2, to);
            if (!signed && from < to && isSign(cell.charAt(from))) {
                negative = isMinus(cell.charAt(from));
                from = afterBlanks(cell, from + 1, to);
            }
        }
        String plain = plain(cell, from, to);
        if (plain == null) {
            return null;
        }
        BigDecimal number = new BigDecimal(plain);
        return negative ? number.negate() : number;
    }

    /// Whether the number has at most [#DIGITS] digits, leading zeros not counted.
    static boolean fits(BigDecimal number) {
        long whole = Math.max(0L, (long) number.precision() - number.scale());
        return whole + Math.max(0, number.scale()) <= DIGITS;
    }

    /// Digits with at most one decimal point, or null.
    private @Nullable String plain(String cell, int from, int to) {
        int points = 0;
        int commas = 0;
        int lastPoint = -1;
        int lastComma = -1;
        for (int i = from; i < to; i++) {
            char c = cell.charAt(i);
            if (c == '.') {
                points++;
                lastPoint = i;
            } else if (c == ',') {
                commas++;
                lastComma = i;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        if (points + commas == 0) {
            return from < to ? cell.substring(from, to) : null;
        }
        int decimal;
        if (points > 0 && commas > 0) {
            decimal = Math.max(lastPoint, lastComma);
            if ((decimal == lastPoint ? points : commas) > 1) {
                return null;
            }
        } else if (points + commas > 1) {
            decimal = to;
        } else {
            decimal = Math.max(lastPoint, lastComma);
            boolean groups = (commas == 0) == decimalComma;
            if (groups && isGrouped(cell, from, to)) {
                decimal = to;
            }
        }
        boolean grouped = points + commas > (decimal < to ? 1 : 0);
        if ((grouped && !isGrouped(cell, from, decimal)) || decimal == to - 1) {
            return null;
        }
        StringBuilder plain = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = cell.charAt(i);
            if (i == decimal) {
                plain.append('.');
            } else if (c != '.' && c != ',') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /// Whether `[from, to)` is one to three digits, the first not a zero, and then groups of a mark and three digits.
    private static boolean isGrouped(String cell, int from, int to) {
        int first = from;
        while (first < to && isDigit(cell.charAt(first))) {
            first++;
        }
        if (first == from || first - from > 3 || cell.charAt(from) == '0' || (to - first) % 4 != 0) {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (isDigit(cell.charAt(i)) == ((i - first) % 4 == 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSign(char c) {
        return c == '+' || isMinus(c);
    }

    /// The hyphen, or the minus sign that typesetting programs replace it with.
    private static boolean isMinus(char c) {
        return c == '-' || c == '\u2212';
    }

    private static int afterBlanks(String cell, int from, int to) {
        int i = from;
        while (i < to && Blank.is(cell.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int beforeBlanks(String cell, int from, int to) {
        int i = to;
        while (i > from && Blank.is(cell.charAt(i - 1))) {
            i--;
        }
        return i;
    }
}
