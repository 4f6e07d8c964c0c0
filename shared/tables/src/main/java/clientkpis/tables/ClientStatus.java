package clientkpis.tables;

import org.jspecify.annotations.Nullable;

/// What a client's status says, by the words of its column.
public final class ClientStatus {
    private static final Vocabulary WORDS = Vocabulary.of(Tables.REGISTRY, "status");

    private ClientStatus() {}

    /// Whether it excludes the client from the portfolio that the Engagement Score compares.
    public static boolean isInactive(@Nullable String status) {
        String meaning = status == null ? null : WORDS.meaning(status);
        return "inactive".equals(meaning) || "cancelled".equals(meaning);
    }
}
