package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.Dynamo;
import clientkpis.json.ConfigurationJson;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// The table Tenants: one item a tenant, with its first day, its configuration and the last recalculation.
public final class TenantStore {
    /// Attributes: the token of the newest configuration that came, and of the one that stands.
    private static final String CONFIGURED_BY = "configuredBy";

    private static final String FLOOR = "floor#";
    private static final String ACTIVATED_BY = "activatedBy";

    private final DynamoDbClient dynamo;
    private final String table;
    /// Compiled, by what activated them: a tenant that was deleted and came back counts its versions from one again.
    private final Map<Tenant, Compiled> configurations = new ConcurrentHashMap<>();

    public TenantStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    private record Compiled(@Nullable String activatedBy, Configuration configuration) {}

    /// @param lastRecalculation the newest day whose recalculation is done, or null
    /// @param clients how many clients the last recalculation saw
    /// @param floors upload table to the token of its newest snapshot: what is older changes nothing
    public record State(
            Tenant tenant,
            Configuration configuration,
            @Nullable LocalDate lastRecalculation,
            long clients,
            Map<String, String> floors) {
        /// Whether a newer snapshot of an upload's table stands.
        public boolean isUnderFloor(Upload upload) {
            String floor = floors.get(upload.table());
            return floor != null && CodePoints.ORDER.compare(upload.token(), floor) < 0;
        }

        /// The day at which a client is evaluated for what came on `day`: a day that was recalculated is closed, also
        /// for a
        /// client that its recalculation left as it was.
        public LocalDate dayFor(Client client, LocalDate day) {
            return client.asOf() != null && lastRecalculation != null && lastRecalculation.isAfter(day)
                    ? lastRecalculation
                    : day;
        }
    }

    /// Makes sure that a tenant is there; `day` is the day since which its default configuration holds.
    public void ensure(Tenant tenant, LocalDate day) {
        if (dynamo.getItem(g -> g.tableName(table).key(key(tenant))).hasItem()) {
            return;
        }
        try {
            dynamo.putItem(p -> p.tableName(table)
                    .item(Map.of(
                            "tenant", Attributes.text(tenant.name()),
                            "since", Attributes.text(day.toString())))
                    .conditionExpression("attribute_not_exists(tenant)"));
        } catch (ConditionalCheckFailedException e) {
            // It is there.
        }
    }

    /// A tenant as it stands; the default for one that is not there.
    public State find(Tenant tenant) {
        return state(
                tenant,
                dynamo.getItem(g -> g.tableName(table).key(key(tenant)).consistentRead(true))
                        .item());
    }

    /// Every tenant.
    public List<State> all() {
        return dynamo.scanPaginator(s -> s.tableName(table).consistentRead(true)).items().stream()
                .map(item -> state(Tenant.of(Attributes.required(item, "tenant")), item))
                .toList();
    }

    /// Makes a snapshot the floor of its table, unless a newer one is.
    public void raiseFloor(Upload snapshot) {
        try {
            dynamo.updateItem(u -> u.tableName(table)
                    .key(key(snapshot.tenant()))
                    .updateExpression("SET #f = :t")
                    .conditionExpression("attribute_not_exists(#f) OR #f < :t")
                    .expressionAttributeNames(Map.of("#f", FLOOR + snapshot.table()))
                    .expressionAttributeValues(Map.of(":t", Attributes.text(snapshot.token()))));
        } catch (ConditionalCheckFailedException e) {
            // A newer one is, or this one already.
        }
    }

    /// What became of a configuration that was offered.
    public enum Activation {
        /// It is the standing one now, or was already, by an earlier try.
        ACTIVATED,
        /// The standing one says the same.
        UNCHANGED,
        /// A newer one stands.
        OUTDATED
    }

    /// Makes a configuration the standing one, of the next version, unless a newer upload's stands or it says the same.
    ///
    /// @param token orders it among the tenant's configurations
    /// @param day since which it is to hold
    public Activation activate(Tenant tenant, String token, JsonNode json, LocalDate day) {
        Configuration offered = ConfigurationJson.read(json);
        for (int attempt = 1; ; attempt++) {
            Map<String, AttributeValue> item = dynamo.getItem(
                            g -> g.tableName(table).key(key(tenant)).consistentRead(true))
                    .item();
            String standing = Attributes.text(item, CONFIGURED_BY);
            int age = standing == null ? -1 : CodePoints.ORDER.compare(standing, token);
            if (age > 0) {
                return Activation.OUTDATED;
            }
            if (age == 0) {
                return token.equals(Attributes.text(item, ACTIVATED_BY)) ? Activation.ACTIVATED : Activation.UNCHANGED;
            }
            State state = state(tenant, item);
            boolean same = state.configuration().withoutVersion().equals(offered);
            long version = state.configuration().version();
            Map<String, AttributeValue> values = new HashMap<>();
            values.put(":t", Attributes.text(token));
            values.put(":d", Attributes.text(day.toString()));
            if (!same) {
                values.put(":j", Attributes.text(Json.text(json)));
                values.put(":n", Attributes.number(version + 1));
            }
            if (standing != null) {
                values.put(":s", Attributes.text(standing));
            }
            try {
                dynamo.updateItem(u -> u.tableName(table)
                        .key(key(tenant))
                        .updateExpression("SET configuredBy = :t, since = if_not_exists(since, :d)"
                                + (same
                                        ? ""
                                        : ", activatedBy = :t, configuration = :j, configurationVersion = :n,"
                                                + " configurationSince = :d"))
                        .conditionExpression(
                                standing == null ? "attribute_not_exists(configuredBy)" : "configuredBy = :s")
                        .expressionAttributeValues(values));
                return same ? Activation.UNCHANGED : Activation.ACTIVATED;
            } catch (ConditionalCheckFailedException e) {
                Dynamo.pause(attempt);
            }
        }
    }

    /// Remembers that a day's recalculation is done, unless a newer one is.
    public void recalculated(Tenant tenant, LocalDate day, long clients) {
        try {
            dynamo.updateItem(u -> u.tableName(table)
                    .key(key(tenant))
                    .updateExpression("SET lastRecalculation = :d, clients = :c")
                    .conditionExpression("attribute_not_exists(lastRecalculation) OR lastRecalculation < :d")
                    .expressionAttributeValues(Map.of(
                            ":d", Attributes.text(day.toString()),
                            ":c", Attributes.number(clients))));
        } catch (ConditionalCheckFailedException e) {
            // A newer one is, or this one already.
        }
    }

    private static Map<String, AttributeValue> key(Tenant tenant) {
        return Map.of("tenant", Attributes.text(tenant.name()));
    }

    private State state(Tenant tenant, Map<String, AttributeValue> item) {
        String since = Attributes.text(item, "since");
        String last = Attributes.text(item, "lastRecalculation");
        Map<String, String> floors = new HashMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(FLOOR)) {
                floors.put(name.substring(FLOOR.length()), value.s());
            }
        });
        return new State(
                tenant,
                configuration(tenant, item, since),
                last == null ? null : LocalDate.parse(last),
                Attributes.number(item, "clients"),
                floors);
    }

    private Configuration configuration(Tenant tenant, Map<String, AttributeValue> item, @Nullable String since) {
        long version = Attributes.number(item, "configurationVersion");
        if (version == 0) {
            return Configuration.DEFAULT.since(since == null ? null : LocalDate.parse(since));
        }
        String activatedBy = Attributes.text(item, ACTIVATED_BY);
        Compiled known = configurations.get(tenant);
        if (known == null
                || known.configuration().version() != version
                || !Objects.equals(known.activatedBy(), activatedBy)) {
            known = new Compiled(
                    activatedBy,
                    ConfigurationJson.read(Json.parse(Attributes.required(item, "configuration")))
                            .version(version)
                            .since(LocalDate.parse(Attributes.required(item, "configurationSince"))));
            configurations.put(tenant, known);
        }
        return known.configuration();
    }
}
