package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.Backoff;
import clientkpis.aws.ConditionalWrites;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// The table Tenants: one item per tenant, with its first day, its configuration and the last recalculation.
///
/// One class, because all of it is about that item, and most of it about one update of it.
public final class TenantStore {
    /// The order of the newest configuration that was uploaded.
    private static final String CONFIGURED_BY = "configuredBy";
    /// The order of the configuration in force.
    private static final String ACTIVATED_BY = "activatedBy";
    private static final String VERSION = "configurationVersion";
    /// With the name of an upload table: the order of its newest snapshot.
    private static final String SNAPSHOT_WATERMARK = "floor#";

    private final DynamoDbClient dynamo;
    private final ConditionalWrites writes;
    private final String table;
    /// Compiled, with what activated them.
    private final Map<Tenant, Compiled> configurations = new ConcurrentHashMap<>();

    public TenantStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        writes = new ConditionalWrites(dynamo);
        this.table = table;
    }

    private record Compiled(@Nullable String activatedBy, Configuration.Active active) {}

    /// @param lastRecalculation the newest day that was recalculated, or null
    /// @param clients how many clients the last recalculation counted
    /// @param hasMrr whether any recalculation found a client with MRR
    /// @param reconstructedUntil the last day of the history that was reconstructed, before the first day; null for
    ///     none
    /// @param snapshotWatermarks upload table to the order of its newest snapshot: what is older changes nothing
    public record State(
            Tenant tenant,
            Configuration.Active active,
            @Nullable LocalDate lastRecalculation,
            long clients,
            boolean hasMrr,
            @Nullable LocalDate reconstructedUntil,
            Map<String, String> snapshotWatermarks) {
        public Configuration configuration() {
            return active.configuration();
        }

        /// Whether the tenant is registered.
        public boolean exists() {
            return active.since() != null;
        }

        /// Whether there is a newer snapshot of the upload's table.
        public boolean isBelowSnapshotWatermark(Upload upload) {
            String watermark = snapshotWatermarks.get(upload.table());
            return watermark != null && CodePoints.ORDER.compare(upload.order(), watermark) < 0;
        }

        /// The day at which a client is evaluated for what arrived on `day`. A day that was recalculated is closed,
        /// even for a client that its recalculation did not change.
        public LocalDate dayFor(Client client, LocalDate day) {
            return client.asOf() != null && lastRecalculation != null && lastRecalculation.isAfter(day)
                    ? lastRecalculation
                    : day;
        }
    }

    /// Creates a tenant that does not exist yet; its default configuration is in force since `day`.
    public void ensure(Tenant tenant, LocalDate day) {
        if (dynamo.getItem(g -> g.tableName(table).key(key(tenant))).hasItem()) {
            return;
        }
        writes.put(p -> p.tableName(table)
                .item(Map.of("tenant", Attributes.text(tenant.name()), "since", Attributes.text(day.toString())))
                .conditionExpression("attribute_not_exists(tenant)"));
    }

    /// The current state of a tenant; the default for one that does not exist.
    public State find(Tenant tenant) {
        return state(
                tenant,
                dynamo.getItem(g -> g.tableName(table).key(key(tenant)).consistentRead(true))
                        .item());
    }

    /// The configuration in force as it was uploaded; an empty object for the default.
    public JsonNode configuration(Tenant tenant) {
        String json = Attributes.text(
                dynamo.getItem(g -> g.tableName(table).key(key(tenant)).consistentRead(true))
                        .item(),
                "configuration");
        return json == null ? Json.object() : Json.parse(json);
    }

    /// Every tenant, with an empty state if its item cannot be read.
    public Map<Tenant, Optional<State>> all() {
        Map<Tenant, Optional<State>> all = new LinkedHashMap<>();
        for (var item : dynamo.scanPaginator(s -> s.tableName(table).consistentRead(true))
                .items()) {
            String name = Attributes.required(item, "tenant");
            if (Tenant.isAllowed(name)) {
                Tenant tenant = Tenant.of(name);
                all.put(tenant, readable(tenant, item));
            }
        }
        return all;
    }

    private Optional<State> readable(Tenant tenant, Map<String, AttributeValue> item) {
        try {
            return Optional.of(state(tenant, item));
        } catch (RuntimeException e) {
            // Whoever reads it alone fails with the reason.
            return Optional.empty();
        }
    }

    /// Makes a snapshot the watermark of its table, unless there is a newer one.
    public void raiseSnapshotWatermark(Upload snapshot) {
        writes.update(u -> u.tableName(table)
                .key(key(snapshot.tenant()))
                .updateExpression("SET #f = :t")
                .conditionExpression("attribute_not_exists(#f) OR #f < :t")
                .expressionAttributeNames(Map.of("#f", SNAPSHOT_WATERMARK + snapshot.table()))
                .expressionAttributeValues(Map.of(":t", Attributes.text(snapshot.order()))));
    }

    /// What became of a configuration that was offered.
    public enum Activation {
        /// It is in force now, or an earlier attempt activated it.
        ACTIVATED,
        /// The one in force says the same.
        UNCHANGED,
        /// A newer one was uploaded.
        OUTDATED
    }

    /// Puts a configuration in force, as the next version, unless a newer one was uploaded or it says the same as the
    /// one in force.
    ///
    /// @param order orders it among the tenant's configurations
    /// @param day since which it is in force
    public Activation activate(Tenant tenant, String order, JsonNode json, LocalDate day) {
        Configuration offered = ConfigurationJson.read(json);
        for (int attempt = 1; ; attempt++) {
            Map<String, AttributeValue> item = dynamo.getItem(
                            g -> g.tableName(table).key(key(tenant)).consistentRead(true))
                    .item();
            String configuredBy = Attributes.text(item, CONFIGURED_BY);
            int age = configuredBy == null ? -1 : CodePoints.ORDER.compare(configuredBy, order);
            if (age > 0) {
                return Activation.OUTDATED;
            }
            if (age == 0) {
                return order.equals(Attributes.text(item, ACTIVATED_BY)) ? Activation.ACTIVATED : Activation.UNCHANGED;
            }
            State state = state(tenant, item);
            boolean same = state.configuration().equals(offered);
            Update.Builder update = Update.builder()
                    .tableName(table)
                    .key(key(tenant))
                    .conditionExpression(
                            configuredBy == null ? "attribute_not_exists(configuredBy)" : "configuredBy = :s");
            Map<String, AttributeValue> values = new HashMap<>();
            values.put(":t", Attributes.text(order));
            values.put(":d", Attributes.text(day.toString()));
            if (configuredBy != null) {
                values.put(":s", Attributes.text(configuredBy));
            }
            String since = "SET configuredBy = :t, since = if_not_exists(since, :d)";
            List<TransactWriteItem> all = new ArrayList<>();
            if (same) {
                all.add(write(update.updateExpression(since).expressionAttributeValues(values)));
            } else {
                AttributeValue next = Attributes.number(Math.max(state.active().version(), highest(tenant, item)) + 1);
                values.put(":j", Attributes.text(Json.text(json)));
                values.put(":n", next);
                all.add(write(update.updateExpression(since
                                + ", activatedBy = :t, configuration = :j, configurationVersion = :n,"
                                + " configurationSince = :d")
                        .expressionAttributeValues(values)));
                all.add(write(Update.builder()
                        .tableName(table)
                        .key(Map.of("tenant", Attributes.text(Keys.counters(tenant))))
                        .updateExpression("SET configurationVersion = :n")
                        .expressionAttributeValues(Map.of(":n", next))));
            }
            if (writes.transact(all).isMine()) {
                return same ? Activation.UNCHANGED : Activation.ACTIVATED;
            }
            Backoff.pause(attempt);
        }
    }

    /// The highest version that a configuration of the tenant ever had. It outlives the tenant's item, so that no
    /// version is used again after an operator removed it.
    private long highest(Tenant tenant, Map<String, AttributeValue> item) {
        return item.containsKey(VERSION)
                ? 0
                : Attributes.number(
                        dynamo.getItem(g -> g.tableName(table)
                                        .key(Map.of("tenant", Attributes.text(Keys.counters(tenant))))
                                        .consistentRead(true))
                                .item(),
                        VERSION);
    }

    private static TransactWriteItem write(Update.Builder update) {
        return TransactWriteItem.builder().update(update.build()).build();
    }

    /// Records that a day was recalculated, unless a newer day was.
    ///
    /// @param hasMrr whether a client has MRR; once one had, it is remembered
    public void recalculated(Tenant tenant, LocalDate day, long clients, boolean hasMrr) {
        remember(
                tenant,
                "lastRecalculation = :d, clients = :c",
                Map.of(":d", Attributes.text(day.toString()), ":c", Attributes.number(clients)),
                hasMrr,
                " AND (attribute_not_exists(lastRecalculation) OR lastRecalculation < :d)");
    }

    /// Records that the history begins with days that were reconstructed.
    ///
    /// @param until the last of them
    /// @param hasMrr whether a client had MRR on any of them
    public void reconstructed(Tenant tenant, LocalDate until, boolean hasMrr) {
        remember(tenant, "reconstructedUntil = :d", Map.of(":d", Attributes.text(until.toString())), hasMrr, "");
    }

    /// A tenant that was removed meanwhile does not come back.
    private void remember(
            Tenant tenant, String set, Map<String, AttributeValue> values, boolean hasMrr, String condition) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        if (hasMrr) {
            all.put(":m", AttributeValue.fromBool(true));
        }
        writes.update(u -> u.tableName(table)
                .key(key(tenant))
                .updateExpression("SET " + set + (hasMrr ? ", hasMrr = :m" : ""))
                .conditionExpression("attribute_exists(tenant)" + condition)
                .expressionAttributeValues(all));
    }

    private static Map<String, AttributeValue> key(Tenant tenant) {
        return Map.of("tenant", Attributes.text(tenant.name()));
    }

    private State state(Tenant tenant, Map<String, AttributeValue> item) {
        String since = Attributes.text(item, "since");
        String last = Attributes.text(item, "lastRecalculation");
        String reconstructed = Attributes.text(item, "reconstructedUntil");
        Map<String, String> snapshotWatermarks = new HashMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(SNAPSHOT_WATERMARK)) {
                snapshotWatermarks.put(name.substring(SNAPSHOT_WATERMARK.length()), value.s());
            }
        });
        return new State(
                tenant,
                active(tenant, item, since),
                last == null ? null : LocalDate.parse(last),
                Attributes.number(item, "clients"),
                item.containsKey("hasMrr"),
                reconstructed == null ? null : LocalDate.parse(reconstructed),
                snapshotWatermarks);
    }

    private Configuration.Active active(Tenant tenant, Map<String, AttributeValue> item, @Nullable String since) {
        long version = Attributes.number(item, VERSION);
        if (version == 0) {
            return new Configuration.Active(0, since == null ? null : LocalDate.parse(since), Configuration.DEFAULT);
        }
        String activatedBy = Attributes.text(item, ACTIVATED_BY);
        Compiled known = configurations.get(tenant);
        if (known == null || known.active().version() != version || !Objects.equals(known.activatedBy(), activatedBy)) {
            known = new Compiled(
                    activatedBy,
                    new Configuration.Active(
                            version,
                            LocalDate.parse(Attributes.required(item, "configurationSince")),
                            ConfigurationJson.read(Json.parse(Attributes.required(item, "configuration")))));
            configurations.put(tenant, known);
        }
        return known.active();
    }
}
