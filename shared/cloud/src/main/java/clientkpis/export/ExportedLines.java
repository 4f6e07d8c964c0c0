package clientkpis.export;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// What was exported of a shard, line by line: its clients, or their details, in the order of their ids.
public final class ExportedLines implements AutoCloseable {
    private static final int BUFFER = 1 << 13;

    private final BufferedReader lines;

    /// @param packed as it was exported; closed with the lines
    public ExportedLines(InputStream packed) {
        try {
            lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(packed, BUFFER), StandardCharsets.UTF_8), BUFFER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next line; null after the last.
    public @Nullable JsonNode next() {
        try {
            String line = lines.readLine();
            return line == null ? null : Json.parse(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
