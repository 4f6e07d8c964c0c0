package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.function.Evaluations;
import clientkpis.function.SegmentMessage;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.store.DayRuns;
import clientkpis.store.Keys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// The export of a segment's shards, as far as they were recalculated: a line per client, in a second object a line
/// that explains the client's score and situation, and a summary.
final class SegmentExport {
    private static final String GZIP = "application/gzip";
    private static final String TO = "to";
    private static final String SUMMARY = "summary";

    private final ClientTable table;
    private final SegmentMessage segment;
    private final Configuration.Active active;
    private final Summary summary = new Summary();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final GZIPOutputStream packedLines;
    /// One gzip member per shard, so that they can be cut after any shard.
    private final ByteArrayOutputStream details = new ByteArrayOutputStream();

    private final List<Integer> shardEnds = new ArrayList<>();

    SegmentExport(ClientTable table, SegmentMessage segment, Configuration.Active active) throws IOException {
        this.table = table;
        this.segment = segment;
        this.active = active;
        packedLines = new GZIPOutputStream(lines);
    }

    /// Begins the next shard.
    Shard shard() {
        try {
            return new Shard(new GZIPOutputStream(details));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The clients of a shard, in the order of the shard.
    final class Shard implements AutoCloseable {
        private final GZIPOutputStream packedDetails;

        private Shard(GZIPOutputStream packedDetails) {
            this.packedDetails = packedDetails;
        }

        void add(Evaluations.Outcome outcome) {
            summary.changed(outcome.changed());
            List<Client> clients = outcome.clients().stream()
                    .filter(Client::exists)
                    .sorted(Comparator.comparing(Client::clientId, CodePoints.ORDER))
                    .toList();
            try {
                for (Client client : clients) {
                    LocalDate day = client.dayFrom(segment.day());
                    packedLines.write(Json.bytes(table.row(segment.tenant(), client, day)));
                    packedLines.write('\n');
                    packedDetails.write(Json.bytes(table.details(client, day, active)));
                    packedDetails.write('\n');
                    summary.add(client, day);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                packedDetails.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shardEnds.add(details.size());
        }
    }

    /// Writes the export, unless an earlier attempt wrote one for the same first shard: then that one is kept.
    ///
    /// @return the shards of the export that is kept, and its summary
    DayRuns.Done keep(DataBucket bucket) throws IOException {
        int from = segment.from();
        String end = Integer.toString(from + shardEnds.size());
        String summed = Json.text(summary.toJson());
        packedLines.close();
        if (shardEnds.isEmpty()) {
            return new DayRuns.Done(new DayRuns.Range(from, from), Json.parse(summed));
        }
        Map<String, String> kept = bucket.putFirst(
                Keys.export(segment.tenant(), segment.day(), from),
                lines.toByteArray(),
                GZIP,
                Map.of(TO, end, SUMMARY, summed));
        int to = Integer.parseInt(kept.getOrDefault(TO, end));
        if (to - from > shardEnds.size()) {
            throw new IllegalStateException("An earlier attempt exported more shards; a retry will get as far");
        }
        byte[] explained = Arrays.copyOf(details.toByteArray(), shardEnds.get(to - from - 1));
        bucket.put(Keys.details(segment.tenant(), segment.day(), from), explained, GZIP);
        return new DayRuns.Done(new DayRuns.Range(from, to), Json.parse(kept.getOrDefault(SUMMARY, summed)));
    }
}
