package clientkpis.cli.cloud;

import clientkpis.kpi.Row;
import clientkpis.kpi.client.Client;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

    /// Puts the reconstructed days before the first one into the stores, once the first day's uploads are applied and
    /// before it is recalculated.
    void begin(String tenant, Beginning beginning);

    /// Every event that a subscriber of the bus received since the last call, as it received it: one JSON object each.
    List<String> events();

    /// The keys of the data bucket's objects under a prefix, ascending.
    List<String> keys(String prefix);

    /// Opens an object of the data bucket.
    InputStream open(String key) throws IOException;

    /// The records behind the fields of some clients, as they are shown, by client id; a client without any is left
    /// out.
    ///
    /// @param days client id to the day to show
    Map<String, ArrayNode> records(String tenant, Map<String, LocalDate> days);

    /// What the rows of every client give now, by client id. A client whose rows were all removed is there; one that
    /// was erased is not.
    Map<String, Map<String, Client.Facet>> facets(String tenant);

    /// The rows of some tables, by client id and table.
    Map<String, Map<String, List<Row>>> rows(String tenant, Collection<String> clientIds, List<String> tables);

    /// Writes everything that is stored into a folder, for a cloud that begins with it. Nothing is under way.
    void save(Path folder) throws IOException;

    @Override
    void close();
}
