package clientkpis.cli.cloud;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Tells each full hour once. Those that passed unseen, while the machine slept, are told as the newest of them.
public final class FullHours {
    private Instant last;

    public FullHours(Instant start) {
        this.last = start.truncatedTo(ChronoUnit.HOURS);
    }

    /// The full hour that has come since it was asked last.
    public Optional<Instant> due(Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!hour.isAfter(last)) {
            return Optional.empty();
        }
        last = hour;
        return Optional.of(hour);
    }
}
