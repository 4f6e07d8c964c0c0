package clientkpis.store;

import clientkpis.aws.DataBucket;
import clientkpis.json.Json;
import clientkpis.kpi.Shards;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What a day's survey measured, in the bucket. For each shard, written once: every client's actions, and how many
/// clients did how many. For the portfolio: the sum of these counts, its distribution.
public final class Survey {
    private static final String ACTIONS = "actions";

    private final DataBucket bucket;

    public Survey(DataBucket bucket) {
        this.bucket = bucket;
    }

    /// The clients of a shard.
    public static final class Measured {
        private long clients;
        private final Map<String, BigInteger> actions = new TreeMap<>();
        private final Map<BigInteger, Long> counts = new TreeMap<>();

        /// @param actions in the client's 30 days; null for a client outside the portfolio
        public void add(String clientId, @Nullable BigInteger actions) {
            clients++;
            if (actions != null) {
                this.actions.put(clientId, actions);
                counts.merge(actions, 1L, Long::sum);
            }
        }
    }

    /// Keeps what was measured in a shard, unless an earlier attempt kept what it measured.
    ///
    /// @return the counts, if they are those that are kept
    public Optional<JsonNode> keep(Tenant tenant, LocalDate day, int shard, Measured measured) {
        ObjectNode json = Json.object().put("clients", measured.clients);
        ObjectNode counts = json.putObject("counts");
        measured.counts.forEach((actions, clients) -> counts.put(actions.toString(), clients));
        ObjectNode actions = json.putObject(ACTIONS);
        measured.actions.forEach(actions::put);
        boolean isMine = bucket.putIfAbsent(
                Keys.survey(tenant, day, shard), gzip(Json.bytes(json)), "application/gzip", Map.of());
        return isMine ? Optional.of(json.without(ACTIONS)) : Optional.empty();
    }

    /// Adds up what was measured in all shards.
    ///
    /// @param known the counts of shards, as they are kept
    /// @return how many clients the tenant has, in its portfolio or not
    public long addUp(Tenant tenant, LocalDate day, Map<Integer, JsonNode> known) {
        long clients = 0;
        Map<BigInteger, Long> counts = new TreeMap<>();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            JsonNode own = known.get(shard);
            JsonNode measured = own == null ? read(tenant, day, shard) : own;
            clients += measured.path("clients").asLong();
            measured.path("counts")
                    .properties()
                    .forEach(count -> counts.merge(
                            new BigInteger(count.getKey()), count.getValue().asLong(), Long::sum));
        }
        ObjectNode json = Json.object();
        counts.forEach((actions, number) -> json.put(actions.toString(), number));
        bucket.put(Keys.portfolio(tenant, day), Json.bytes(json), "application/json");
        return clients;
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

    /// The surveyed actions of the clients of a shard, by client id. Clients outside the portfolio are missing.
    public Map<String, BigInteger> actions(Tenant tenant, LocalDate day, int shard) {
        Map<String, BigInteger> actions = new HashMap<>();
        read(tenant, day, shard)
                .path(ACTIONS)
                .properties()
                .forEach(
                        client -> actions.put(client.getKey(), client.getValue().bigIntegerValue()));
        return actions;
    }

    private JsonNode read(Tenant tenant, LocalDate day, int shard) {
        byte[] bytes = bucket.get(Keys.survey(tenant, day, shard))
                .orElseThrow(() -> new IllegalStateException("A survey of " + day + " is missing"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return Json.parse(in);
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
