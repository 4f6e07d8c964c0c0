package clientkpis.refresh;

import clientkpis.aws.DataBucket;
import clientkpis.events.ClientChurned;
import clientkpis.events.ClientReturned;
import clientkpis.export.ClosedClient;
import clientkpis.export.ExportFolders;
import clientkpis.export.ExportedLines;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Tenure;
import clientkpis.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Who left and who came back on a recalculated day, in one shard. What is said of the days before comes from their
/// exports.
final class Departures {
    private static final List<Integer> BEFORE = List.of(30, 60, 90);

    private final DataBucket bucket;
    private final Tenant tenant;
    private final int shard;
    private final Tenure.Terms terms;
    private final List<Left> left = new ArrayList<>();
    private final List<ClientReturned> returned = new ArrayList<>();

    /// @param day that closed it
    /// @param churnedOn the day of the churn
    private record Left(String clientId, LocalDate day, Tenure.Left tenure, LocalDate churnedOn) {
        /// Days before the churn, and days after which the client was a customer.
        List<LocalDate> days() {
            List<LocalDate> days = new ArrayList<>(List.of(tenure.from().minusDays(1), churnedOn.minusDays(1)));
            BEFORE.forEach(before -> days.add(churnedOn.minusDays(before)));
            return days;
        }
    }

    Departures(DataBucket bucket, Tenant tenant, int shard, Tenure.Terms terms) {
        this.bucket = bucket;
        this.tenant = tenant;
        this.shard = shard;
        this.terms = terms;
    }

    /// @param day at which the client was recalculated
    void add(Client client, LocalDate day) {
        Tenure.Left gone = client.tenure().left();
        LocalDate churnedOn = client.tenure().churnedOn();
        if (gone != null && churnedOn != null && day.equals(gone.churnedAt())) {
            left.add(new Left(client.clientId(), day, gone, churnedOn));
        }
        if (gone == null && day.equals(client.tenure().returnedOn())) {
            Value mrr = client.value("mrr", day);
            returned.add(new ClientReturned(
                    tenant + "/" + client.clientId() + "/" + day,
                    tenant,
                    client.clientId(),
                    day,
                    mrr instanceof Value.Number(BigDecimal number) ? number : null));
        }
    }

    /// In the order of the clients' ids.
    List<ClientReturned> returned() {
        returned.sort(Comparator.comparing(ClientReturned::clientId, CodePoints.ORDER));
        return returned;
    }

    /// In the order of the clients' ids; only those that were customers by the exports.
    List<ClientChurned> churned() {
        if (left.isEmpty()) {
            return List.of();
        }
        left.sort(Comparator.comparing(Left::clientId, CodePoints.ORDER));
        NavigableSet<LocalDate> exported = ExportFolders.days(bucket, tenant);
        Map<LocalDate, Set<String>> asked = new TreeMap<>();
        for (Left one : left) {
            for (LocalDate day : one.days()) {
                LocalDate known = exported.floor(day);
                if (known != null) {
                    asked.computeIfAbsent(known, d -> new TreeSet<>()).add(one.clientId);
                }
            }
        }
        Map<LocalDate, Map<String, JsonNode>> lines = new HashMap<>();
        asked.forEach((day, ids) -> lines.put(day, lines(day, ids)));
        return left.stream()
                .map(one -> churned(one, day -> {
                    LocalDate known = exported.floor(day);
                    return known == null
                            ? null
                            : Objects.requireNonNull(lines.get(known)).get(one.clientId);
                }))
                .filter(Objects::nonNull)
                .toList();
    }

    @FunctionalInterface
    private interface Days {
        /// The client as it was exported; null if it was not.
        @Nullable
        JsonNode line(LocalDate day);
    }

    private @Nullable ClientChurned churned(Left one, Days days) {
        LocalDate before = one.tenure.from().minusDays(1);
        JsonNode last = days.line(before);
        // Until a first recalculation has found MRR, nobody needed it.
        if (last != null && !terms.isCustomer(before, deciding(last))) {
            return null;
        }
        JsonNode paid = one.churnedOn.equals(one.tenure.from()) ? last : days.line(one.churnedOn.minusDays(1));
        JsonNode mrr = paid == null ? null : paid.get("mrr");
        List<ClientChurned.Before> judged = new ArrayList<>();
        for (int each : BEFORE) {
            JsonNode line = days.line(one.churnedOn.minusDays(each));
            if (line != null && line.has("situation")) {
                judged.add(new ClientChurned.Before(
                        each,
                        line.path("situation").asText(),
                        line.path("senseScoreBand").textValue()));
            }
        }
        return new ClientChurned(
                tenant + "/" + one.clientId + "/" + one.churnedOn,
                tenant,
                one.clientId,
                one.churnedOn,
                one.day,
                one.tenure.cause(),
                mrr == null ? null : mrr.decimalValue(),
                judged);
    }

    /// The fields that decide whether an exported client was a customer.
    private static Map<String, Value> deciding(JsonNode line) {
        Map<String, Value> fields = new HashMap<>();
        ClosedClient client = ClosedClient.of(line);
        String status = client.statusBeforeRules();
        if (status != null) {
            fields.put("status", new Value.Text(status));
        }
        if (client.mrr() != null) {
            fields.put("mrr", new Value.Number(client.mrr()));
        }
        String notice = line.path("cancelledOn").textValue();
        if (notice != null) {
            fields.put("cancelledOn", new Value.Day(LocalDate.parse(notice)));
        }
        return fields;
    }

    private Map<String, JsonNode> lines(LocalDate day, Set<String> clientIds) {
        Map<String, JsonNode> found = new HashMap<>();
        try (ExportedLines lines = new ExportedLines(bucket.open(Keys.export(tenant, day, shard), null))) {
            for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                String id = line.path("clientId").asText();
                if (clientIds.contains(id)) {
                    found.put(id, line);
                }
            }
        } catch (NoSuchKeyException e) {
            // The day is not exported to its end, or expires.
            return Map.of();
        }
        return found;
    }
}
