package clientkpis.reading.cell;

/// White space around cells: all of Unicode's, the non-breaking space of spreadsheets included.
public final class Blank {
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
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
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
}
