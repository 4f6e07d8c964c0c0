package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.function.Evaluations;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.ClientOnDay;
import clientkpis.store.Keys;
import clientkpis.store.TenantStore;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// The export of a shard: a line per client, in a second object a line that explains the client's score and situation,
/// and the sums. Of several attempts the first to write the lines counts, with the sums of the same attempt: these are
/// metadata of the same object, so that one request writes both.
final class ShardExport {
    private static final String GZIP = "application/gzip";
    private static final String SUMS = "sums";

    private final ClientTable table;
    private final TenantStore.State tenant;
    private final LocalDate day;
    private final int shard;
    private final Summary summary = new Summary();
    private final Lines lines = new Lines();
    private final Lines details = new Lines();

    private static final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final GZIPOutputStream packed;
        private final JsonGenerator json;
        private boolean isEmpty = true;

        @FunctionalInterface
        private interface Line {
            void write(JsonGenerator json) throws IOException;
        }

        Lines() {
            try {
                packed = new GZIPOutputStream(bytes);
                json = Json.lines(packed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void add(Line line) {
            try {
                line.write(json);
                isEmpty = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isEmpty() {
            return isEmpty;
        }

        byte[] finish() {
            try {
                json.close();
                if (!isEmpty) {
                    packed.write('\n');
                }
                packed.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    ShardExport(ClientTable table, TenantStore.State tenant, LocalDate day, int shard) {
        this.table = table;
        this.tenant = tenant;
        this.day = day;
        this.shard = shard;
    }

    /// Adds clients, in the order of the shard.
    void add(Evaluations.Outcome outcome) {
        summary.changed(outcome.changed());
        List<Client> clients = outcome.clients().stream()
                .filter(Client::exists)
                .sorted(Comparator.comparing(Client::clientId, CodePoints.ORDER))
                .toList();
        for (Client client : clients) {
            ClientOnDay at = client.on(client.dayFrom(day));
            lines.add(json -> table.row(json, tenant.tenant(), at));
            details.add(json -> table.details(json, at, tenant));
            summary.add(at);
        }
    }

    /// Writes the export, unless an earlier attempt wrote it.
    ///
    /// @return the sums of the export that is kept
    JsonNode keep(DataBucket bucket) {
        Map<String, String> kept = bucket.putFirst(
                Keys.export(tenant.tenant(), day, shard),
                lines.finish(),
                GZIP,
                Map.of(SUMS, Json.text(summary.toJson())));
        bucket.putIfAbsent(Keys.details(tenant.tenant(), day, shard), details.finish(), GZIP, Map.of());
        return sums(kept);
    }

    /// Writes lines of their own, if there are any.
    static void keep(DataBucket bucket, String key, List<?>... all) {
        Lines lines = new Lines();
        for (List<?> some : all) {
            some.forEach(line -> lines.add(json -> Json.write(line, json)));
        }
        if (!lines.isEmpty()) {
            bucket.putIfAbsent(key, lines.finish(), GZIP, Map.of());
        }
    }

    /// The sums of a shard that was exported.
    static JsonNode sums(DataBucket bucket, Tenant tenant, LocalDate day, int shard) {
        return sums(bucket.metadata(Keys.export(tenant, day, shard)));
    }

    private static JsonNode sums(Map<String, String> metadata) {
        String sums = metadata.get(SUMS);
        if (sums == null) {
            throw new IllegalStateException("An export has lost its sums");
        }
        return Json.parse(sums);
    }
}
