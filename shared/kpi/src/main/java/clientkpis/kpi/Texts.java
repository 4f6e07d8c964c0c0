package clientkpis.kpi;

import java.text.Normalizer;
import java.util.Locale;

/// How text values compare: ignoring case and accents (`Concluída` = `concluida`). Ids are never folded.
public final class Texts {
    private Texts() {}

    /// `text` in a form in which texts that compare as equal are equal strings.
    public static String fold(String text) {
        if (isPlainLowerCase(text)) {
            return text;
        }
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(folded::appendCodePoint);
        // Upper case and back turns ß into ss; lower case first, because ẞ is already upper case.
        return folded.toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isPlainLowerCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
