package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Hash;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// What became of every upload (table Runs): its parts, which are done with which counts, and its phase, which only
/// moves on, after the effects of the phase before.
public final class UploadLedger {
    private static final Duration KEPT = Duration.ofDays(90);

    private final DynamoDbClient dynamo;
    private final String table;

    public UploadLedger(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// `SPLITTING`: intake writes the parts. `APPLYING`: all parts are there. `APPLIED` and `REJECTED` are ends.
    public enum Phase {
        SPLITTING,
        APPLYING,
        APPLIED,
        REJECTED
    }

    /// An upload's entry.
    ///
    /// @param day the upload's day in its tenant's zone
    /// @param columns the columns that its header has
    /// @param done what was counted in each part that is done
    public record Entry(
            Upload upload, LocalDate day, Phase phase, int parts, List<String> columns, Map<Integer, JsonNode> done) {
        public boolean isComplete() {
            return done.size() >= parts;
        }
    }

    public Optional<Entry> find(Tenant tenant, String uploadTable, String token) {
        var item = dynamo.getItem(g ->
                        g.tableName(table).key(key(tenant, uploadTable, token)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(read(item));
    }

    /// Enters an upload. An entry that stands stays.
    public void enter(Upload upload, LocalDate day, Phase phase, int parts, List<String> columns) {
        Map<String, AttributeValue> item = new HashMap<>(key(upload.tenant(), upload.table(), upload.token()));
        item.put("upload", Attributes.text(Json.text(upload.toJson())));
        item.put("day", Attributes.text(day.toString()));
        item.put("phase", Attributes.text(phase.name()));
        item.put("parts", Attributes.number(parts));
        item.put("columns", Attributes.text(String.join(",", columns)));
        item.put("done", AttributeValue.fromM(Map.of()));
        item.put("expires", Attributes.number(upload.time().plus(KEPT).getEpochSecond()));
        try {
            dynamo.putItem(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(run)"));
        } catch (ConditionalCheckFailedException e) {
            // An earlier try entered it.
        }
    }

    /// Moves an upload on; one that is further already stays there.
    ///
    /// @return whether it was in `from`
    public boolean move(Upload upload, Phase from, Phase to) {
        try {
            dynamo.updateItem(u -> u.tableName(table)
                    .key(key(upload.tenant(), upload.table(), upload.token()))
                    .updateExpression("SET phase = :to")
                    .conditionExpression("phase = :from")
                    .expressionAttributeValues(
                            Map.of(":to", Attributes.text(to.name()), ":from", Attributes.text(from.name()))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /// Marks a part as done; the counts of the first time stand.
    public Entry done(Upload upload, int part, JsonNode counts) {
        return read(dynamo.updateItem(u -> u.tableName(table)
                        .key(key(upload.tenant(), upload.table(), upload.token()))
                        .updateExpression("SET done.#n = if_not_exists(done.#n, :c)")
                        .expressionAttributeNames(Map.of("#n", Integer.toString(part)))
                        .expressionAttributeValues(Map.of(":c", Attributes.text(Json.text(counts))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes());
    }

    /// Marks a part as applied once more, because of the older upload `because`.
    ///
    /// @return whether all parts have been
    public boolean doneAgain(Upload upload, int part, int parts, String because) {
        String round = "again-" + Hash.of(because, 12);
        var numbers = dynamo.updateItem(u -> u.tableName(table)
                        .key(key(upload.tenant(), upload.table(), upload.token()))
                        .updateExpression("ADD #r :n")
                        .expressionAttributeNames(Map.of("#r", round))
                        .expressionAttributeValues(Map.of(":n", AttributeValue.fromNs(List.of(Integer.toString(part)))))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes()
                .get(round);
        return numbers != null && numbers.ns().size() >= parts;
    }

    /// The oldest upload of the same table that is newer than `token` and has rows.
    public Optional<Entry> nextNewer(Tenant tenant, String uploadTable, String token) {
        return neighbours(tenant, uploadTable, token, true).stream().findFirst();
    }

    /// The newest upload of the same table that is older than `token` and had a header that was understood.
    public Optional<Entry> previous(Tenant tenant, String uploadTable, String token) {
        return neighbours(tenant, uploadTable, token, false).stream().findFirst();
    }

    /// The newest uploads of a table, whatever became of them, the newest first.
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

    /// Takes clients out of what was counted.
    public void forget(Tenant tenant, Set<String> clients) {
        dynamo
                .queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("tenant = :t AND begins_with(run, :u)")
                        .expressionAttributeValues(
                                Map.of(":t", Attributes.text(tenant.name()), ":u", Attributes.text("upload#"))))
                .items()
                .stream()
                .forEach(item -> Attributes.of(item, "done").m().forEach((part, counts) -> {
                    JsonNode json = Json.parse(counts.s());
                    ArrayNode kept = Json.array();
                    json.path("samples").forEach(sample -> {
                        if (!clients.contains(sample.path("clientId").asText())
                                && !clients.contains(sample.path("probably").asText())) {
                            kept.add(sample);
                        }
                    });
                    if (kept.size() < json.path("samples").size()) {
                        ((ObjectNode) json).set("samples", kept);
                        dynamo.updateItem(u -> u.tableName(table)
                                .key(Map.of("tenant", Attributes.of(item, "tenant"), "run", Attributes.of(item, "run")))
                                .updateExpression("SET done.#n = :c")
                                .expressionAttributeNames(Map.of("#n", part))
                                .expressionAttributeValues(Map.of(":c", Attributes.text(Json.text(json)))));
                    }
                }));
    }

    private List<Entry> neighbours(Tenant tenant, String uploadTable, String token, boolean newer) {
        String own = Keys.upload(uploadTable, token);
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
                .filter(entry -> !entry.upload().token().equals(token))
                .limit(1)
                .toList();
    }

    private static Map<String, AttributeValue> key(Tenant tenant, String uploadTable, String token) {
        return Map.of(
                "tenant", Attributes.text(tenant.name()),
                "run", Attributes.text(Keys.upload(uploadTable, token)));
    }

    private static Entry read(Map<String, AttributeValue> item) {
        Map<Integer, JsonNode> done = new HashMap<>();
        Attributes.of(item, "done")
                .m()
                .forEach((part, counts) -> done.put(Integer.valueOf(part), Json.parse(counts.s())));
        @Nullable String columns = Attributes.text(item, "columns");
        return new Entry(
                Upload.fromJson(Json.parse(Attributes.required(item, "upload"))),
                LocalDate.parse(Attributes.required(item, "day")),
                Phase.valueOf(Attributes.required(item, "phase")),
                (int) Attributes.number(item, "parts"),
                columns == null || columns.isEmpty() ? List.of() : List.of(columns.split(",", -1)),
                done);
    }
}
