package clientkpis.cli.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What a replay needs of a cloud that the template was deployed to.
public interface Cloud extends AutoCloseable {
    /// Sets the time that the events of the next uploads bear.
    void clock(Instant now);

    /// Uploads a file to the data bucket.
    void upload(String key, Path file);

    /// Fires the schedules that are due at an instant.
    void tick(Instant now);

    /// Waits until everything that is under way has come to its end.
    ///
    /// @throws IllegalStateException when it does not, or when a message ended in a dead letter queue
    void settle();

    /// Every event that a subscriber of the bus received since the last call, as it received it: one JSON object each.
    List<String> events();

    /// The keys of the data bucket's objects under a prefix, ascending.
    List<String> keys(String prefix);

    /// Opens an object of the data bucket.
    InputStream open(String key) throws IOException;

    @Override
    void close();
}
