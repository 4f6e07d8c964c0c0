package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads what `refresh` exported of a shard, client by client.
final class ExportedShard {
    private static final int BUFFER = 1 << 16;

    private ExportedShard() {}

    /// Takes a client, with the details of its score and situation, or null without them.
    interface Sink {
        void add(JsonNode client, @Nullable JsonNode details) throws IOException;
    }

    /// Reads the clients side by side with their details. Both are in the order of their ids.
    static void join(InputStream clients, @Nullable InputStream details, Sink sink) {
        try (BufferedReader left = lines(clients);
                BufferedReader right = lines(details)) {
            JsonNode beside = next(right);
            for (JsonNode client = next(left); client != null; client = next(left)) {
                String id = client.path("clientId").asText();
                // Details without a client are skipped; a client may have no details.
                while (beside != null && isBefore(beside, id)) {
                    beside = next(right);
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

    private static BufferedReader lines(@Nullable InputStream lines) throws IOException {
        InputStream plain = lines == null ? InputStream.nullInputStream() : new GZIPInputStream(lines, BUFFER);
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER);
    }

    private static @Nullable JsonNode next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        return line == null ? null : Json.parse(line);
    }
}
