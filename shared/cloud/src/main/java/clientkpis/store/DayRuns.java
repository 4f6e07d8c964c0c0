package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// The daily recalculation of a tenant (table Runs): measure, then recalculate. Each phase does every shard by itself,
/// and a set of numbers says which are done.
public final class DayRuns {
    private static final int KEPT_DAYS = 90;
    private static final String PHASE = "phase";

    private final DynamoDbClient dynamo;
    private final String table;

    public DayRuns(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// How far a run is. It moves on when every shard is done, and after what the last shard causes.
    public enum Phase {
        SURVEY("surveyed"),
        REFRESH("refreshed"),
        ENDED("");

        private final String done;

        Phase(String done) {
            this.done = done;
        }
    }

    /// @param surveyed the shards that are surveyed; likewise `refreshed`
    public record Run(
            Tenant tenant, LocalDate day, Phase phase, Set<Integer> surveyed, Set<Integer> refreshed, Sending sending) {
        /// The shards that a phase has not done yet.
        public SortedSet<Integer> missing(Phase phase) {
            SortedSet<Integer> missing =
                    IntStream.range(0, Shards.COUNT).boxed().collect(Collectors.toCollection(TreeSet::new));
            missing.removeAll(phase == Phase.SURVEY ? surveyed : refreshed);
            return missing;
        }

        /// Whether a phase and all that it causes is done.
        public boolean isPast(Phase phase) {
            return this.phase.compareTo(phase) > 0;
        }
    }

    /// Starts a day's run, unless it was started before.
    public void start(Tenant tenant, LocalDate day, Instant scheduled) {
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, day));
        item.put("started", Attributes.text(scheduled.toString()));
        item.put(PHASE, Attributes.text(Phase.SURVEY.name()));
        item.put(
                "expires",
                Attributes.number(scheduled.plus(KEPT_DAYS, ChronoUnit.DAYS).getEpochSecond()));
        try {
            dynamo.putItem(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"));
        } catch (ConditionalCheckFailedException e) {
            // It was started before.
        }
    }

    public Optional<Run> find(Tenant tenant, LocalDate day) {
        var item = dynamo.getItem(g -> g.tableName(table).key(key(tenant, day)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(tenant, item));
    }

    /// The run of the newest day that was started.
    public Optional<Run> newest(Tenant tenant) {
        return dynamo
                .query(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND begins_with(run, :d)")
                        .expressionAttributeValues(
                                Map.of(":t", Attributes.text(tenant.name()), ":d", Attributes.text(Keys.DAYS)))
                        .scanIndexForward(false)
                        .limit(1)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> read(tenant, item))
                .findFirst();
    }

    /// Records that the messages of a run were sent.
    public void sent(Run run, Instant scheduled) {
        dynamo.updateItem(u -> u.tableName(table)
                .key(key(run.tenant(), run.day()))
                .updateExpression(Sending.UPDATE)
                .expressionAttributeValues(run.sending().sent(scheduled).values()));
    }

    /// Marks shards as done.
    public void done(Run run, Phase phase, List<Integer> shards) {
        dynamo.updateItem(u -> u.tableName(table)
                .key(key(run.tenant(), run.day()))
                .updateExpression("ADD #p :n")
                .expressionAttributeNames(Map.of("#p", phase.done))
                .expressionAttributeValues(Map.of(
                        ":n",
                        AttributeValue.fromNs(
                                shards.stream().map(String::valueOf).toList()))));
    }

    /// Moves a run on from a phase, unless it has ended.
    public void moveOn(Run run, Phase from) {
        Phase to = from == Phase.SURVEY ? Phase.REFRESH : Phase.ENDED;
        try {
            dynamo.updateItem(u -> u.tableName(table)
                    .key(key(run.tenant(), run.day()))
                    .updateExpression("SET phase = :to")
                    .conditionExpression("phase <> :ended")
                    .expressionAttributeValues(
                            Map.of(":to", Attributes.text(to.name()), ":ended", Attributes.text(Phase.ENDED.name()))));
        } catch (ConditionalCheckFailedException e) {
            // Another attempt was faster.
        }
    }

    private static Map<String, AttributeValue> key(Tenant tenant, LocalDate day) {
        return Map.of("tenant", Attributes.text(tenant.name()), "run", Attributes.text(Keys.day(day)));
    }

    private static Run read(Tenant tenant, Map<String, AttributeValue> item) {
        return new Run(
                tenant,
                Keys.dayOf(Attributes.required(item, "run")),
                Phase.valueOf(Attributes.required(item, PHASE)),
                done(item, Phase.SURVEY),
                done(item, Phase.REFRESH),
                Sending.read(item));
    }

    private static Set<Integer> done(Map<String, AttributeValue> item, Phase phase) {
        AttributeValue done = item.get(phase.done);
        return done == null
                ? Set.of()
                : done.ns().stream().map(Integer::valueOf).collect(Collectors.toSet());
    }
}
