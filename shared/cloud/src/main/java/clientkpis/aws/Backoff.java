package clientkpis.aws;

import java.time.Duration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/// The pause before another attempt: it doubles with each one, and a part of it is random, so that writers that
/// collided do not collide again.
public final class Backoff {
    private static final BackoffStrategy DELAYS =
            BackoffStrategy.exponentialDelayHalfJitter(Duration.ofMillis(40), Duration.ofSeconds(2));

    private Backoff() {}

    /// @param attempt from 1; after it the pause is between 20 and 40 ms
    public static void pause(int attempt) {
        try {
            // The SDK counts the attempt that follows; before the first it does not wait.
            Thread.sleep(DELAYS.computeDelay(attempt + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
