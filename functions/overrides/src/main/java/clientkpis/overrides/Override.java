package clientkpis.overrides;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A field of a client that is set by hand.
///
/// @param value in canonical form; null when it was withdrawn
/// @param expiresOn the last day on which it holds; null when it holds until it is withdrawn
public record Override(
        String field,
        @Nullable String value,
        @Nullable String reason,
        @Nullable String author,
        @Nullable LocalDate expiresOn) {}
