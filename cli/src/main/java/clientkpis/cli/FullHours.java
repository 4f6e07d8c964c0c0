package clientkpis.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Tells each full hour once. Those that passed unseen, while the machine slept, are told as the newest of them.
final class FullHours {
    private Instant last;

    FullHours(Instant start) {
        this.last = start.truncatedTo(ChronoUnit.HOURS);
    }

    /// The full hour that has come since it was asked last.
    Optional<Instant> due(Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!hour.isAfter(last)) {
            return Optional.empty();
        }
        last = hour;
        return Optional.of(hour);
    }
}
