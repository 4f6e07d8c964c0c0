package clientkpis.cli.cloud;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reports each full hour once. Of those that passed unnoticed, while the machine slept, it reports only the last.
public final class FullHours {
    private Instant last;

    public FullHours(Instant start) {
        this.last = start.truncatedTo(ChronoUnit.HOURS);
    }

    /// The full hour that began since the last call.
    public Optional<Instant> due(Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!hour.isAfter(last)) {
            return Optional.empty();
        }
        last = hour;
        return Optional.of(hour);
    }
}
