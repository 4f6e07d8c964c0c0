package clientkpis.rehearsal;

import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.export.ExportedLines;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.ClientDays;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.store.Keys;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The days of a tenant whose client table is kept, shard by shard. Of a shard the packed exports of all days are in
/// memory, and one line of each.
final class ExportedDays {
    private final DataBucket bucket;
    private final Tenant tenant;
    private final NavigableSet<LocalDate> days;
    private final ExportedFields fields = new ExportedFields(Tables.load());

    private ExportedDays(DataBucket bucket, Tenant tenant, NavigableSet<LocalDate> days) {
        this.bucket = bucket;
        this.tenant = tenant;
        this.days = days;
    }

    /// Finds the days with every shard: one that is just being exported, or expires, has some of them.
    ///
    /// @param last the newest day that was recalculated
    static ExportedDays find(DataBucket bucket, Tenant tenant, LocalDate last) {
        Map<LocalDate, Integer> shards = new HashMap<>();
        String folder = Keys.exports(tenant);
        for (String key : bucket.keys(folder)) {
            String[] path = key.substring(folder.length()).split("/", -1);
            if (path.length == 2 && path[1].startsWith("clients-")) {
                shards.merge(LocalDate.parse(path[0]), 1, Integer::sum);
            }
        }
        NavigableSet<LocalDate> days = new TreeSet<>();
        shards.forEach((day, count) -> {
            if (count == Shards.COUNT && !day.isAfter(last)) {
                days.add(day);
            }
        });
        return new ExportedDays(bucket, tenant, days);
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    LocalDate first() {
        return days.getFirst();
    }

    LocalDate last() {
        return days.getLast();
    }

    /// Evaluates every client on every day of a period that begins with an exported day or later. A day that was not
    /// exported is like the one before.
    List<ClientDays> replay(Replay replay, Period period) {
        LocalDate from = Objects.requireNonNull(days.floor(period.first()));
        List<LocalDate> read = List.copyOf(days.subSet(from, true, period.last(), true));
        return IntStream.range(0, Shards.COUNT)
                .parallel()
                .mapToObj(shard -> replay(replay, shard, read))
                .flatMap(List::stream)
                .toList();
    }

    private List<ClientDays> replay(Replay replay, int shard, List<LocalDate> read) {
        Map<LocalDate, byte[]> packed = new ConcurrentHashMap<>();
        Dynamo.forEach(read, day -> packed.put(day, bytes(Keys.export(tenant, day, shard))));
        NavigableMap<LocalDate, Lines> lines = new TreeMap<>();
        packed.forEach((day, bytes) -> lines.put(day, new Lines(bytes)));
        List<ClientDays> clients = new ArrayList<>();
        for (String id = least(lines.values()); id != null; id = least(lines.values())) {
            clients.add(replay.client(id, new ClientLines(id, lines)::at));
        }
        return clients;
    }

    private byte[] bytes(String key) {
        try (InputStream in = bucket.open(key, null)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The least id that is next on any day.
    private static @Nullable String least(Iterable<Lines> days) {
        String least = null;
        for (Lines lines : days) {
            String id = lines.clientId;
            if (id != null && (least == null || CodePoints.ORDER.compare(id, least) < 0)) {
                least = id;
            }
        }
        return least;
    }

    /// The lines of one client, taken day by day.
    private final class ClientLines {
        private final String clientId;
        private final NavigableMap<LocalDate, Lines> days;
        private @Nullable Lines read;
        private Replay.@Nullable Exported exported;

        ClientLines(String clientId, NavigableMap<LocalDate, Lines> days) {
            this.clientId = clientId;
            this.days = days;
        }

        /// @return null if the client is not in the table
        Replay.@Nullable Exported at(LocalDate day) {
            Lines newest = Objects.requireNonNull(days.floorEntry(day)).getValue();
            if (newest != read) {
                read = newest;
                JsonNode line = newest.take(clientId);
                exported = line == null ? null : fields.of(line);
            }
            return exported;
        }
    }

    /// The lines of a shard on a day, with the next one at hand.
    private static final class Lines {
        private final ExportedLines lines;
        private @Nullable JsonNode line;
        private @Nullable String clientId;

        Lines(byte[] packed) {
            lines = new ExportedLines(new ByteArrayInputStream(packed));
            next();
        }

        private void next() {
            line = lines.next();
            clientId = line == null ? null : line.path("clientId").asText();
        }

        /// The line of a client, if it is the next.
        @Nullable
        JsonNode take(String id) {
            JsonNode taken = line;
            if (!id.equals(clientId)) {
                return null;
            }
            next();
            return taken;
        }
    }
}
