package clientkpis.reading.cell;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as spreadsheets and systems write them (tables.md, *How values are read*).
///
/// A point or a comma separates the decimals or groups the thousands. Of two different marks the last separates the
/// decimals; a mark that is repeated groups; so does a space or an apostrophe. A single mark can group only between one
/// to three digits, not beginning with a zero, and exactly three: there both readings are possible, and the number
/// format of the column decides.
final class Numbers {
    /// A number with more digits is out of range: it may be an identifier.
    static final int DIGITS = 15;

    /// What the last cell says about the format: nothing, or that both readings are possible, or the mark of decimals.
    enum Proof {
        NONE,
        EITHER,
        COMMA,
        POINT
    }

    private final boolean decimalComma;
    private Proof proof = Proof.NONE;
    private @Nullable Currency currency;

    Numbers(boolean decimalComma) {
        this.decimalComma = decimalComma;
    }

    /// What the last cell proved.
    Proof proof() {
        return proof;
    }

    /// The currency of the last cell, or null when it had none.
    @Nullable
    Currency currency() {
        return currency;
    }

    /// The number in a trimmed cell, scale kept, or null when it is not one.
    @Nullable
    BigDecimal parse(String cell) {
        return parse(cell, false);
    }

    /// @param whole whether decimals make no sense: then a mark before three digits groups in every format
    @Nullable
    BigDecimal parse(String cell, boolean whole) {
        currency = null;
        String plain = plain(cell, 0, cell.length(), whole);
        if (plain != null) {
            return new BigDecimal(plain);
        }
        return decorated(cell, whole);
    }

    /// A number with signs, a currency, or both around it; each once.
    private @Nullable BigDecimal decorated(String cell, boolean whole) {
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
        while (from < to) {
            char c = cell.charAt(from);
            if (!signed && isSign(c)) {
                negative = isMinus(c);
                signed = true;
                from = afterBlanks(cell, from + 1, to);
                continue;
            }
            Currency.Sign before = currency == null ? Currency.before(cell, from, to) : null;
            if (before == null) {
                break;
            }
            currency = before.currency();
            from = afterBlanks(cell, from + before.length(), to);
        }
        while (from < to) {
            char c = cell.charAt(to - 1);
            if (!signed && isMinus(c)) {
                negative = true;
                signed = true;
                to = beforeBlanks(cell, from, to - 1);
                continue;
            }
            Currency.Sign behind = currency == null ? Currency.behind(cell, from, to) : null;
            if (behind == null) {
                break;
            }
            currency = behind.currency();
            to = beforeBlanks(cell, from, to - behind.length());
        }
        String digits = ungrouped(cell, from, to);
        String plain = digits == null ? plain(cell, from, to, whole) : plain(digits, 0, digits.length(), whole);
        if (plain == null) {
            proof = Proof.NONE;
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

    /// Without the spaces or apostrophes that group thousands; null when there are none, or not as groups.
    private static @Nullable String ungrouped(String cell, int from, int to) {
        int end = from;
        char mark = 0;
        while (end < to && cell.charAt(end) != '.' && cell.charAt(end) != ',') {
            char c = cell.charAt(end++);
            if (!isDigit(c)) {
                boolean groups = c == '\'' || c == '\u2019' || Blank.is(c);
                if (!groups || (mark != 0 && mark != c)) {
                    return null;
                }
                mark = c;
            }
        }
        return mark != 0 && isGrouped(cell, from, end)
                ? cell.substring(from, end).replace(String.valueOf(mark), "") + cell.substring(end, to)
                : null;
    }

    /// Digits with at most one decimal point, or null.
    private @Nullable String plain(String cell, int from, int to, boolean whole) {
        proof = Proof.NONE;
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
        Proof shown = lastComma > lastPoint ? Proof.COMMA : Proof.POINT;
        if (points > 0 && commas > 0) {
            decimal = Math.max(lastPoint, lastComma);
            if ((decimal == lastPoint ? points : commas) > 1) {
                return null;
            }
        } else if (points + commas > 1) {
            decimal = to;
            shown = commas > 0 ? Proof.POINT : Proof.COMMA;
        } else {
            decimal = Math.max(lastPoint, lastComma);
            if (isGrouped(cell, from, to)) {
                shown = Proof.EITHER;
                if (whole || (commas == 0) == decimalComma) {
                    decimal = to;
                }
            }
        }
        boolean grouped = points + commas > (decimal < to ? 1 : 0);
        if ((grouped && !isGrouped(cell, from, decimal)) || decimal == to - 1) {
            return null;
        }
        proof = shown;
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

    /// The hyphen, or what typesetting programs replace it with: a minus sign, or a hyphen that does not break.
    private static boolean isMinus(char c) {
        return c == '-' || c == '\u2212' || c == '\u2011';
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
