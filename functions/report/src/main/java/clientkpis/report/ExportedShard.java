package clientkpis.report;

import clientkpis.export.ExportedLines;
import clientkpis.kpi.CodePoints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Reads what `refresh` exported of a shard, client by client.
final class ExportedShard {
    private ExportedShard() {}

    /// Takes a client, with the details of its score and situation, or null without them.
    interface Sink {
        void add(JsonNode client, @Nullable JsonNode details) throws IOException;
    }

    /// Reads the clients side by side with their details. Both are in the order of their ids.
    static void join(InputStream clients, InputStream details, Sink sink) {
        try (ExportedLines left = new ExportedLines(clients);
                ExportedLines right = new ExportedLines(details)) {
            JsonNode beside = right.next();
            for (JsonNode client = left.next(); client != null; client = left.next()) {
                String id = client.path("clientId").asText();
                // Details without a client are skipped; a client may have no details.
                while (beside != null && isBefore(beside, id)) {
                    beside = right.next();
                }
                boolean same =
                        beside != null && beside.path("clientId").asText().equals(id);
                sink.add(client, same ? beside : null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBefore(JsonNode details, String id) {
        return CodePoints.ORDER.compare(details.path("clientId").asText(), id) < 0;
    }
}
