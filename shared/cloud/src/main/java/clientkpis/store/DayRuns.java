package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// The daily recalculation of a tenant (table Runs): measure, then recalculate. The shards are surveyed, then
/// refreshed, in ranges. A range that is done is marked once, under its first shard.
public final class DayRuns {
    private static final int KEPT_DAYS = 90;
    private static final long CLIENTS_PER_SEGMENT = 5_000;

    private final DynamoDbClient dynamo;
    private final String table;

    public DayRuns(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// The two phases of a run; `attribute` keeps the ranges that are done.
    public enum Phase {
        SURVEYED("surveyed"),
        REFRESHED("refreshed");

        private final String attribute;

        Phase(String attribute) {
            this.attribute = attribute;
        }
    }

    /// A range of shards, `to` exclusive.
    public record Range(int from, int to) {}

    /// Divides the shards into segments of at least 5,000 clients each, according to the last count.
    public static List<Range> segments(long clients) {
        long segments = Math.clamp(clients / CLIENTS_PER_SEGMENT, 1, Shards.COUNT);
        List<Range> ranges = new ArrayList<>();
        for (long i = 0; i < segments; i++) {
            ranges.add(new Range((int) (i * Shards.COUNT / segments), (int) ((i + 1) * Shards.COUNT / segments)));
        }
        return ranges;
    }

    /// A range that is done.
    ///
    /// @param result what the function that did it counted
    public record Done(Range range, JsonNode result) {}

    /// @param surveyed the ranges that are surveyed, by first shard; likewise `refreshed`
    public record Run(
            Tenant tenant, LocalDate day, boolean finished, Map<Integer, Done> surveyed, Map<Integer, Done> refreshed) {
        public Map<Integer, Done> of(Phase phase) {
            return phase == Phase.SURVEYED ? surveyed : refreshed;
        }

        /// Whether every shard is done.
        public boolean isDone(Phase phase) {
            return covered(of(phase).values()) == Shards.COUNT;
        }

        private static int covered(Collection<Done> done) {
            return done.stream()
                    .mapToInt(d -> d.range().to() - d.range().from())
                    .sum();
        }
    }

    /// Starts a day's run.
    ///
    /// @return false if it was started before
    public boolean start(Tenant tenant, LocalDate day, Instant scheduled) {
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, day));
        item.put("started", Attributes.text(scheduled.toString()));
        item.put(Phase.SURVEYED.attribute, AttributeValue.fromM(Map.of()));
        item.put(Phase.REFRESHED.attribute, AttributeValue.fromM(Map.of()));
        item.put(
                "expires",
                Attributes.number(scheduled.plus(KEPT_DAYS, ChronoUnit.DAYS).getEpochSecond()));
        try {
            dynamo.putItem(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    public Optional<Run> find(Tenant tenant, LocalDate day) {
        var item = dynamo.getItem(g -> g.tableName(table).key(key(tenant, day)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(tenant, day, item));
    }

    /// Marks a range as done. If an earlier attempt marked it, that result is kept.
    public Run done(Tenant tenant, LocalDate day, Phase phase, Done done) {
        String text = Json.text(Json.object().put("to", done.range().to()).set("result", done.result()));
        return read(
                tenant,
                day,
                dynamo.updateItem(u -> u.tableName(table)
                                .key(key(tenant, day))
                                .updateExpression("SET #p.#n = if_not_exists(#p.#n, :d)")
                                .expressionAttributeNames(Map.of(
                                        "#p",
                                        phase.attribute,
                                        "#n",
                                        Integer.toString(done.range().from())))
                                .expressionAttributeValues(Map.of(":d", Attributes.text(text)))
                                .returnValues(ReturnValue.ALL_NEW))
                        .attributes());
    }

    /// Records that everything after a run is done, too.
    public void finish(Run run) {
        dynamo.updateItem(u -> u.tableName(table)
                .key(key(run.tenant(), run.day()))
                .updateExpression("SET finished = :t")
                .expressionAttributeValues(Map.of(":t", AttributeValue.fromBool(true))));
    }

    private static Map<String, AttributeValue> key(Tenant tenant, LocalDate day) {
        return Map.of("tenant", Attributes.text(tenant.name()), "run", Attributes.text(Keys.day(day)));
    }

    private static Run read(Tenant tenant, LocalDate day, Map<String, AttributeValue> item) {
        return new Run(
                tenant, day, item.containsKey("finished"), done(item, Phase.SURVEYED), done(item, Phase.REFRESHED));
    }

    private static Map<Integer, Done> done(Map<String, AttributeValue> item, Phase phase) {
        Map<Integer, Done> done = new HashMap<>();
        Attributes.of(item, phase.attribute).m().forEach((from, text) -> {
            JsonNode json = Json.parse(text.s());
            int first = Integer.parseInt(from);
            done.put(first, new Done(new Range(first, json.path("to").asInt()), json.path("result")));
        });
        return done;
    }
}
