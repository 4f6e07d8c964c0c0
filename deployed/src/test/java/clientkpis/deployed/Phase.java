package clientkpis.deployed;

import java.time.Duration;
import java.time.Instant;

/// A part of a test.
interface Phase {
    void run() throws Exception;

    /// Prints on stdout how long it took.
    static void timed(String what, Phase phase) throws Exception {
        Instant start = Instant.now();
        phase.run();
        System.out.printf(
                "%s: %.1f s%n", what, Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }
}
