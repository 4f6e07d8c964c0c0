package clientkpis.cloud;

import clientkpis.kpi.Configuration;
import clientkpis.kpi.Tenant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// The table Tenants: one item a tenant, with its first day, its configuration and the last recalculation.
public final class TenantStore {
    private final DynamoDbClient dynamo;
    private final String table;
    private final Set<Tenant> known = new HashSet<>();

    public TenantStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// @param lastRecalculation the newest day whose recalculation is done, or null
    /// @param clients how many clients the last recalculation saw
    public record State(
            Tenant tenant,
            Configuration configuration,
            @Nullable LocalDate lastRecalculation,
            long clients) {}

    /// Makes sure that a tenant is there; `day` is the day since which its default configuration holds.
    public void ensure(Tenant tenant, LocalDate day) {
        if (known.contains(tenant)) {
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
        known.add(tenant);
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

    private static State state(Tenant tenant, Map<String, AttributeValue> item) {
        String since = Attributes.text(item, "since");
        String last = Attributes.text(item, "lastRecalculation");
        return new State(
                tenant,
                Configuration.DEFAULT.since(since == null ? null : LocalDate.parse(since)),
                last == null ? null : LocalDate.parse(last),
                Attributes.number(item, "clients"));
    }
}
