package clientkpis.tables;

import java.text.Normalizer;
import java.util.Locale;

/// How headers, keys of JSON lines and names of tables compare: without case, accents, white space, `_`, `-` and
/// characters that nobody sees (tables.md, first paragraph). `Data de Registro`, `data_de_registro` and
/// `DATA-DE-REGISTRO` are one header.
public final class Headers {
    private Headers() {}

    /// `header` in the form in which two headers that are the same are equal strings; empty for a blank one.
    public static String normal(String header) {
        StringBuilder normal = new StringBuilder(header.length());
        Normalizer.normalize(header, Normalizer.Form.NFD).codePoints().forEach(c -> {
            boolean left = Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.FORMAT
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || c == '_'
                    || c == '-';
            if (!left) {
                normal.appendCodePoint(c);
            }
        });
        return normal.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
