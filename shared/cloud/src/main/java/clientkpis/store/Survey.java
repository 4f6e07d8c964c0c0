package clientkpis.store;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.score.Distribution;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What a day's survey measured, in the bucket. For each range of shards, written once: every client's actions, and how
/// many clients did how many. For the portfolio: the sum of these counts, its distribution.
public final class Survey {
    private static final String TO = "to";

    private final DataBucket bucket;

    public Survey(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// The clients of the portfolio in a range of shards.
    public static final class Segment {
        private final int from;
        private final Map<String, BigInteger> actions = new TreeMap<>();
        private final Map<BigInteger, Long> counts = new TreeMap<>();

        public Segment(int from) {
            this.from = from;
        }

        /// @param actions in the client's 30 days
        public void add(String clientId, BigInteger actions) {
            if (this.actions.putIfAbsent(clientId, actions) == null) {
                counts.merge(actions, 1L, Long::sum);
            }
        }
    }

    /// Keeps a segment that ends before shard `to`, unless an earlier attempt kept one.
    ///
    /// @return the range of the segment that is kept
    public DayRuns.Range keep(Tenant tenant, LocalDate day, Segment segment, int to) {
        ObjectNode json = Json.object();
        ObjectNode counts = json.putObject("counts");
        segment.counts.forEach((actions, clients) -> counts.put(actions.toString(), clients));
        ObjectNode actions = json.putObject("actions");
        segment.actions.forEach(actions::put);
        String key = Keys.survey(tenant, day, segment.from);
        String end = Integer.toString(to);
        Map<String, String> kept = bucket.putFirst(key, gzip(Json.bytes(json)), "application/gzip", Map.of(TO, end));
        return new DayRuns.Range(segment.from, Integer.parseInt(kept.getOrDefault(TO, end)));
    }

    /// Adds up the counts of all segments.
    public void addUp(DayRuns.Run run) {
        Map<BigInteger, Long> counts = new TreeMap<>();
        for (DayRuns.Done done : run.surveyed().values()) {
            read(run.tenant(), run.day(), done.range().from())
                    .path("counts")
                    .properties()
                    .forEach(count -> counts.merge(
                            new BigInteger(count.getKey()), count.getValue().asLong(), Long::sum));
        }
        ObjectNode json = Json.object();
        counts.forEach((actions, clients) -> json.put(actions.toString(), clients));
        bucket.put(Keys.portfolio(run.tenant(), run.day()), Json.bytes(json), "application/json");
    }

    /// The portfolio's distribution.
    public Distribution portfolio(Tenant tenant, LocalDate day) {
        byte[] bytes = bucket.get(Keys.portfolio(tenant, day))
                .orElseThrow(() -> new IllegalStateException("There is no portfolio of " + day));
        Map<BigInteger, Long> counts = new HashMap<>();
        Json.parse(bytes)
                .properties()
                .forEach(count -> counts.put(
                        new BigInteger(count.getKey()), count.getValue().asLong()));
        return new Distribution(counts);
    }

    /// The surveyed actions of the clients in a range of shards, by client id. Clients outside the portfolio are
    /// missing; clients of neighbouring shards may be included.
    public Map<String, BigInteger> actions(DayRuns.Run run, DayRuns.Range range) {
        Map<String, BigInteger> actions = new HashMap<>();
        for (DayRuns.Done done : run.surveyed().values()) {
            if (done.range().from() < range.to() && done.range().to() > range.from()) {
                read(run.tenant(), run.day(), done.range().from())
                        .path("actions")
                        .properties()
                        .forEach(client ->
                                actions.put(client.getKey(), client.getValue().bigIntegerValue()));
            }
        }
        return actions;
    }

    private JsonNode read(Tenant tenant, LocalDate day, int from) {
        byte[] bytes = bucket.get(Keys.survey(tenant, day, from))
                .orElseThrow(() -> new IllegalStateException("A survey of " + day + " is missing"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
