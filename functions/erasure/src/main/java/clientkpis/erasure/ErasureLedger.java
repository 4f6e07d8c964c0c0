package clientkpis.erasure;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.store.Keys;
import clientkpis.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The erasures of every tenant (table Runs).
final class ErasureLedger {
    private static final Duration RETENTION = Duration.ofDays(90);

    private final DynamoDbClient dynamo;
    private final String table;
    private final ConditionalWrites writes;

    ErasureLedger(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
        writes = new ConditionalWrites(dynamo);
    }

    Optional<Erasure> find(Tenant tenant, String order) {
        var item = dynamo.getItem(
                        g -> g.tableName(table).key(key(tenant, order)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
    }

    /// Enters an erasure, unless it is there.
    ///
    /// @return the one that is there
    Erasure begin(Erasure erasure) {
        Map<String, AttributeValue> item = write(erasure);
        if (writes.put(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"))
                .isMine()) {
            return erasure;
        }
        return find(erasure.tenant(), erasure.list().order())
                .orElseThrow(() -> new IllegalStateException("The erasure is gone"));
    }

    /// Moves an erasure on by a step.
    ///
    /// @return false if another attempt has moved it
    boolean move(Erasure from, Erasure to) {
        Map<String, AttributeValue> item = write(to.moved(from.step() + 1));
        return writes.put(p -> p.tableName(table)
                        .item(item)
                        .conditionExpression("step = :step")
                        .expressionAttributeValues(Map.of(":step", Attributes.number(from.step()))))
                .isMine();
    }

    private static Map<String, AttributeValue> key(Tenant tenant, String order) {
        return Map.of("tenant", Attributes.text(tenant.name()), "run", Attributes.text(Keys.erasure(order)));
    }

    private static Map<String, AttributeValue> write(Erasure erasure) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(erasure.tenant(), erasure.list().order()));
        item.put("list", Attributes.text(Json.text(erasure.list())));
        item.put("step", Attributes.number(erasure.step()));
        item.put("look", Attributes.number(erasure.look()));
        item.put("phase", Attributes.text(erasure.phase().name()));
        item.put("after", Attributes.text(erasure.after()));
        item.put("listed", Attributes.number(erasure.listed()));
        item.put("erased", Attributes.number(erasure.erased()));
        item.put("rewritten", Attributes.number(erasure.rewritten()));
        item.put("started", Attributes.text(erasure.started().toString()));
        Instant ended = erasure.ended();
        if (ended != null) {
            item.put("ended", Attributes.text(ended.toString()));
        }
        item.put(
                "expires",
                Attributes.number(erasure.list().time().plus(RETENTION).getEpochSecond()));
        return item;
    }

    private static Erasure read(Map<String, AttributeValue> item) {
        String ended = Attributes.text(item, "ended");
        return new Erasure(
                Json.read(Json.parse(Attributes.required(item, "list")), Upload.class),
                Attributes.number(item, "step"),
                (int) Attributes.number(item, "look"),
                Erasure.Phase.valueOf(Attributes.required(item, "phase")),
                Attributes.required(item, "after"),
                (int) Attributes.number(item, "listed"),
                (int) Attributes.number(item, "erased"),
                (int) Attributes.number(item, "rewritten"),
                Instant.parse(Attributes.required(item, "started")),
                ended == null ? null : Instant.parse(ended));
    }
}
