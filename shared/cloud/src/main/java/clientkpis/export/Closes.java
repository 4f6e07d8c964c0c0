package clientkpis.export;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The closes of some days, side by side for each client. The exports of a shard are in the order of the ids and are
/// read together, so that one line of each is in memory, however many clients there are.
public final class Closes {
    private static final int BUFFER = 1 << 16;

    /// Opens the client table of a day, one shard of it.
    @FunctionalInterface
    public interface Exports {
        InputStream open(LocalDate day, int shard) throws IOException;
    }

    /// Takes a client that is in the table of at least one of the days.
    @FunctionalInterface
    public interface Sink {
        /// @param closes in the order of the days
        void add(String clientId, List<Close> closes);
    }

    private final Exports exports;
    private final List<LocalDate> days;

    public Closes(Exports exports, SortedSet<LocalDate> days) {
        this.exports = exports;
        this.days = List.copyOf(days);
    }

    /// The place of a day among the closes.
    public int place(LocalDate day) {
        return days.indexOf(day);
    }

    /// Reads them, shard by shard.
    public void forEach(Sink sink) throws IOException {
        boolean[] hasRegistry = new boolean[days.size()];
        for (int i = 0; i < hasRegistry.length; i++) {
            hasRegistry[i] = hasRegistry(days.get(i));
        }
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            join(shard, hasRegistry, sink);
        }
    }

    /// Seen by the first client that is registered, which is nearly always the first of all.
    private boolean hasRegistry(LocalDate day) throws IOException {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            try (Lines lines = new Lines(exports.open(day, shard))) {
                for (ClosedClient client = lines.client; client != null; client = lines.next()) {
                    if (client.isRegistered()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void join(int shard, boolean[] hasRegistry, Sink sink) throws IOException {
        @Nullable Lines[] open = new Lines[days.size()];
        try {
            for (int i = 0; i < open.length; i++) {
                open[i] = new Lines(exports.open(days.get(i), shard));
            }
            for (String id = least(open); id != null; id = least(open)) {
                Close[] closes = new Close[open.length];
                Arrays.fill(closes, Close.ABSENT);
                for (int i = 0; i < open.length; i++) {
                    Lines lines = open[i];
                    ClosedClient client = lines == null ? null : lines.client;
                    if (lines != null && client != null && client.clientId().equals(id)) {
                        closes[i] = new Close(client.portfolioMrr(hasRegistry[i]), client);
                        lines.next();
                    }
                }
                sink.add(id, List.of(closes));
            }
        } finally {
            for (Lines lines : open) {
                if (lines != null) {
                    lines.close();
                }
            }
        }
    }

    private static @Nullable String least(@Nullable Lines[] open) {
        String least = null;
        for (Lines lines : open) {
            ClosedClient client = lines == null ? null : lines.client;
            if (client != null && (least == null || CodePoints.ORDER.compare(client.clientId(), least) < 0)) {
                least = client.clientId();
            }
        }
        return least;
    }

    /// The lines of a shard, one at a time.
    private static final class Lines implements AutoCloseable {
        private final InputStream in;
        private final JsonParser rest;
        private @Nullable ClosedClient client;

        Lines(InputStream in) throws IOException {
            this.in = in;
            try {
                rest = Json.parser(new GZIPInputStream(in, BUFFER));
                client = next();
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        }

        @Nullable
        ClosedClient next() throws IOException {
            client = rest.nextToken() == null ? null : ClosedClient.of(Json.value(rest));
            return client;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
