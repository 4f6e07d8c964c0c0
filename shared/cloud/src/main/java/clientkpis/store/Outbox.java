package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The table SituationChanges as an outbox: which of the recorded changes were sent to the bus.
public final class Outbox {
    private final DynamoDbClient dynamo;
    private final ConditionalWrites writes;
    private final String changes;

    public Outbox(DynamoDbClient dynamo, String changes) {
        this.dynamo = dynamo;
        this.changes = changes;
        writes = new ConditionalWrites(dynamo);
    }

    /// Marks a change of situation as sent to the bus.
    ///
    /// @param client the partition of the change
    public void sent(String client, long version) {
        writes.update(u -> u.tableName(changes)
                .key(key(client, version))
                .updateExpression("SET sent = :true")
                // Not of one that was erased.
                .conditionExpression("attribute_exists(version) AND attribute_not_exists(sent)")
                .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))));
    }

    /// Puts those of some clients' last changes into the stream again that should have been sent to the bus and were
    /// not.
    ///
    /// @param since the first day of the changes to look at
    /// @param before the day after the last one
    /// @return how many
    public int sendUnsent(Tenant tenant, Collection<Client> some, LocalDate since, LocalDate before) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (Client client : some) {
            List<Standing.Transition> last = client.standing().transitions();
            for (int i = 0; i < last.size(); i++) {
                LocalDate day = last.get(i).day();
                if (!day.isBefore(since) && day.isBefore(before)) {
                    long version = client.standing().version() - (last.size() - 1 - i);
                    keys.add(key(Keys.changes(tenant, client.clientId()), version));
                }
            }
        }
        int unsent = 0;
        for (var item : Dynamo.get(dynamo, changes, keys, "client, version, published, sent")) {
            if (Attributes.of(item, "published").bool() && !item.containsKey("sent")) {
                // The stream has what changes an item.
                unsent += writes.update(u -> u.tableName(changes)
                                        .key(Map.of("client", item.get("client"), "version", item.get("version")))
                                        .updateExpression("ADD again :one")
                                        .conditionExpression("attribute_exists(version) AND attribute_not_exists(sent)")
                                        .expressionAttributeValues(Map.of(":one", Attributes.number(1))))
                                .isMine()
                        ? 1
                        : 0;
            }
        }
        return unsent;
    }

    private static Map<String, AttributeValue> key(String client, long version) {
        return Map.of("client", Attributes.text(client), "version", Attributes.number(version));
    }
}
