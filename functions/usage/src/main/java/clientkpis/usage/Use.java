package clientkpis.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What one user did on one day.
///
/// @param actions 0 or more
/// @param accesses 0 or more; null when the client's system does not count them
public record Use(
        String userId,
        LocalDate usedOn,
        long actions,
        @Nullable Long accesses) {}
