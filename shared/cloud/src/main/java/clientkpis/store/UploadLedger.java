package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Hash;
import clientkpis.upload.PartCounts;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// What became of every upload (table Runs): which of its parts are done, with which counts, and its phase. A phase
/// only moves forward, and only after the effects of the phase before.
public final class UploadLedger {
    private static final Duration RETENTION = Duration.ofDays(90);

    private final DynamoDbClient dynamo;
    private final String table;

    public UploadLedger(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// `SPLITTING`: intake writes the parts. `APPLYING`: all parts are written. `APPLIED` and `REJECTED` are final.
    public enum Phase {
        SPLITTING,
        APPLYING,
        APPLIED,
        REJECTED
    }

    /// An upload's entry.
    ///
    /// @param day the upload's day in its tenant's zone
    /// @param columns the columns in its header
    /// @param done the counts of each part that is done
    public record Entry(
            Upload upload, LocalDate day, Phase phase, int parts, List<String> columns, Map<Integer, PartCounts> done) {
        public boolean isComplete() {
            return done.size() >= parts;
        }
    }

    public Optional<Entry> find(Tenant tenant, String uploadTable, String order) {
        var item = dynamo.getItem(g ->
                        g.tableName(table).key(key(tenant, uploadTable, order)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
    }

    /// Enters an upload, unless it is entered already.
    public void enter(Upload upload, LocalDate day, Phase phase, int parts, List<String> columns) {
        Map<String, AttributeValue> item = new HashMap<>(key(upload.tenant(), upload.table(), upload.order()));
        item.put("upload", Attributes.text(Json.text(upload)));
        item.put("day", Attributes.text(day.toString()));
        item.put("phase", Attributes.text(phase.name()));
        item.put("parts", Attributes.number(parts));
        item.put("columns", Attributes.text(String.join(",", columns)));
        item.put("done", AttributeValue.fromM(Map.of()));
        item.put("expires", Attributes.number(upload.time().plus(RETENTION).getEpochSecond()));
        try {
            dynamo.putItem(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"));
        } catch (ConditionalCheckFailedException e) {
            // An earlier attempt entered it.
        }
    }

    /// Moves an upload from one phase to another, if it is in the first.
    ///
    /// @return whether it was
    public boolean move(Upload upload, Phase from, Phase to) {
        try {
            dynamo.updateItem(u -> u.tableName(table)
                    .key(key(upload.tenant(), upload.table(), upload.order()))
                    .updateExpression("SET phase = :to")
                    .conditionExpression("phase = :from")
                    .expressionAttributeValues(
                            Map.of(":to", Attributes.text(to.name()), ":from", Attributes.text(from.name()))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /// Marks a part as done. If an earlier attempt marked it, those counts are kept.
    ///
    /// @param counts see [PartCounts#read(JsonNode)]
    public Entry done(Upload upload, int part, JsonNode counts) {
        return read(dynamo.updateItem(u -> u.tableName(table)
                        .key(key(upload.tenant(), upload.table(), upload.order()))
                        .updateExpression("SET done.#n = if_not_exists(done.#n, :c)")
                        .expressionAttributeNames(Map.of("#n", Integer.toString(part)))
                        .expressionAttributeValues(Map.of(":c", Attributes.text(Json.text(counts))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes());
    }

    /// Marks a part as applied again after an older upload.
    ///
    /// @param after the order of the older upload
    /// @return whether all parts are
    public boolean doneAgain(Upload upload, int part, int parts, String after) {
        String round = "again-" + Hash.of(after, 12);
        var numbers = dynamo.updateItem(u -> u.tableName(table)
                        .key(key(upload.tenant(), upload.table(), upload.order()))
                        .updateExpression("ADD #r :n")
                        .expressionAttributeNames(Map.of("#r", round))
                        .expressionAttributeValues(Map.of(":n", AttributeValue.fromNs(List.of(Integer.toString(part)))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes()
                .get(round);
        return numbers != null && numbers.ns().size() >= parts;
    }

    /// The oldest upload of a table that is newer than this one and was not rejected.
    public Optional<Entry> nextNewer(Tenant tenant, String uploadTable, String order) {
        return neighbours(tenant, uploadTable, order, true).stream().findFirst();
    }

    /// The newest upload of a table that is older than this one and was not rejected.
    public Optional<Entry> previous(Tenant tenant, String uploadTable, String order) {
        return neighbours(tenant, uploadTable, order, false).stream().findFirst();
    }

    /// The newest uploads of a table, whatever became of them, newest first.
    public List<Entry> newest(Tenant tenant, String uploadTable, int limit) {
        return dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND begins_with(run, :u)")
                        .expressionAttributeValues(Map.of(
                                ":t", Attributes.text(tenant.name()),
                                ":u", Attributes.text(Keys.uploads(uploadTable))))
                        .scanIndexForward(false)
                        .limit(limit))
                .items()
                .stream()
                .limit(limit)
                .map(UploadLedger::read)
                .toList();
    }

    /// Uploads that are neither applied nor rejected although they arrived before `before`.
    public List<Entry> unfinished(Tenant tenant, Instant before) {
        return dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND begins_with(run, :u)")
                        .filterExpression("phase IN (:s, :a)")
                        .expressionAttributeValues(Map.of(
                                ":t", Attributes.text(tenant.name()),
                                ":u", Attributes.text("upload#"),
                                ":s", Attributes.text(Phase.SPLITTING.name()),
                                ":a", Attributes.text(Phase.APPLYING.name()))))
                .items()
                .stream()
                .map(UploadLedger::read)
                .filter(entry -> entry.upload().time().isBefore(before))
                .toList();
    }

    /// Removes erased clients from the samples of the counts.
    public void forget(Tenant tenant, Set<String> clients) {
        dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND begins_with(run, :u)")
                        .expressionAttributeValues(
                                Map.of(":t", Attributes.text(tenant.name()), ":u", Attributes.text("upload#"))))
                .items()
                .stream()
                .forEach(item -> Attributes.of(item, "done").m().forEach((part, counts) -> {
                    PartCounts before = PartCounts.read(Json.parse(counts.s()));
                    PartCounts after = before.without(clients);
                    if (!after.equals(before)) {
                        dynamo.updateItem(u -> u.tableName(table)
                                .key(Map.of("tenant", Attributes.of(item, "tenant"), "run", Attributes.of(item, "run")))
                                .updateExpression("SET done.#n = :c")
                                .expressionAttributeNames(Map.of("#n", part))
                                .expressionAttributeValues(Map.of(":c", Attributes.text(Json.text(after)))));
                    }
                }));
    }

    private List<Entry> neighbours(Tenant tenant, String uploadTable, String order, boolean newer) {
        String own = Keys.upload(uploadTable, order);
        String first = newer ? own : Keys.uploads(uploadTable);
        String last = newer ? Keys.uploads(uploadTable) + "\uffff" : own;
        return dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND run BETWEEN :first AND :last")
                        .filterExpression("phase <> :r")
                        .expressionAttributeValues(Map.of(
                                ":t", Attributes.text(tenant.name()),
                                ":first", Attributes.text(first),
                                ":last", Attributes.text(last),
                                ":r", Attributes.text(Phase.REJECTED.name())))
                        .scanIndexForward(newer)
                        .limit(5)
                        .consistentRead(true))
                .items()
                .stream()
                .map(UploadLedger::read)
                .filter(entry -> !entry.upload().order().equals(order))
                .limit(1)
                .toList();
    }

    private static Map<String, AttributeValue> key(Tenant tenant, String uploadTable, String order) {
        return Map.of(
                "tenant", Attributes.text(tenant.name()),
                "run", Attributes.text(Keys.upload(uploadTable, order)));
    }

    private static Entry read(Map<String, AttributeValue> item) {
        Map<Integer, PartCounts> done = new HashMap<>();
        Attributes.of(item, "done")
                .m()
                .forEach((part, counts) -> done.put(Integer.valueOf(part), PartCounts.read(Json.parse(counts.s()))));
        @Nullable String columns = Attributes.text(item, "columns");
        return new Entry(
                Json.read(Json.parse(Attributes.required(item, "upload")), Upload.class),
                LocalDate.parse(Attributes.required(item, "day")),
                Phase.valueOf(Attributes.required(item, "phase")),
                (int) Attributes.number(item, "parts"),
                columns == null || columns.isEmpty() ? List.of() : List.of(columns.split(",", -1)),
                done);
    }
}
