package clientkpis.kpi;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How text values compare: without case and accents (`Concluída` = `concluida`). Ids never go through here.
public final class Texts {
    private static final Set<String> ACTIVE = Set.of("ativo", "ativa", "active", "vigente");
    private static final Set<String> CANCELLED = Set.of("cancelado", "cancelada", "cancelled", "canceled");
    private static final Set<String> INACTIVE = Set.of(
            "inativo",
            "inativa",
            "inactive",
            "cancelado",
            "cancelada",
            "cancelled",
            "canceled",
            "churned",
            "encerrado",
            "encerrada",
            "terminated");

    private Texts() {}

    /// `text` in the form in which two equal texts are equal strings.
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
        // Up and down brings ß to ss; down first, because ẞ is upper case already.
        return folded.toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /// Whether a contract's status says that it is active.
    public static boolean isActive(@Nullable String status) {
        return status != null && ACTIVE.contains(fold(status));
    }

    /// Whether a title's or an activity's status says that it was cancelled.
    public static boolean isCancelled(@Nullable String status) {
        return status != null && CANCELLED.contains(fold(status));
    }

    /// Whether a client's status takes it out of the portfolio that Engagement compares.
    public static boolean isInactive(@Nullable String status) {
        return status != null && INACTIVE.contains(fold(status));
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
