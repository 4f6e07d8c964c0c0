package clientkpis.cli.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What a replay needs from a cloud that the template is deployed to.
public interface Cloud extends AutoCloseable {
    /// Sets the time of the events of the next uploads.
    void clock(Instant now);

    /// Uploads a file to the data bucket.
    void upload(String key, Path file);

    /// Fires the schedules that are due at an instant.
    void tick(Instant now);

    /// Waits until everything that is under way has finished.
    ///
    /// @throws IllegalStateException when it does not, or when a message was given up
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
