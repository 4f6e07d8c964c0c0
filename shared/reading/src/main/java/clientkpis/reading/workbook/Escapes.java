package clientkpis.reading.workbook;

/// Characters that XML cannot hold stand in strings of workbooks as `_x000D_`, their code in hexadecimal.
final class Escapes {
    private static final int LENGTH = 7;

    private Escapes() {}

    static String read(String text) {
        int at = text.indexOf("_x");
        if (at < 0) {
            return text;
        }
        StringBuilder read = new StringBuilder();
        int from = 0;
        while (at >= 0) {
            int code = code(text, at);
            // Half a character is not text.
            if (code >= 0 && !Character.isSurrogate((char) code)) {
                read.append(text, from, at).append((char) code);
                from = at + LENGTH;
                at = text.indexOf("_x", from);
            } else {
                at = text.indexOf("_x", at + 1);
            }
        }
        return read.append(text, from, text.length()).toString();
    }

    private static int code(String text, int at) {
        if (at + LENGTH > text.length() || text.charAt(at + LENGTH - 1) != '_') {
            return -1;
        }
        int code = 0;
        for (int i = at + 2; i < at + LENGTH - 1; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        return code;
    }
}
