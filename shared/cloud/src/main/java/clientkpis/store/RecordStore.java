package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table Records: one document a client and table, its rows packed by column. A body past 300 KB moves to the
/// bucket under a name of its own; the writer whose version wins removes the one before.
public final class RecordStore {
    private static final int LARGEST_BODY = 300_000;
    private static final String PARTITION = "shard";
    private static final String SORT = "record";
    private static final String ROWS = "rowCount";
    private static final int BEGINNING = 200;
    /// Behind everything that a key goes on with.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final DynamoDbClient dynamo;
    private final String table;
    private final DataBucket bucket;

    public RecordStore(DynamoDbClient dynamo, String table, DataBucket bucket) {
        this.dynamo = dynamo;
        this.table = table;
        this.bucket = bucket;
    }

    /// What is stored: the document and where its body is, if not in the item.
    public record Stored(Document document, @Nullable String object) {}

    /// The documents of `ids` in an upload table; a client without one gets an empty one.
    public Map<String, Stored> read(Tenant tenant, String uploadTable, Collection<String> ids) {
        Map<String, Stored> documents = new HashMap<>();
        for (var item : Dynamo.get(dynamo, table, keys(tenant, uploadTable, ids), null)) {
            Stored stored = read(item);
            documents.put(stored.document().clientId(), stored);
        }
        ids.forEach(id -> documents.computeIfAbsent(id, missing -> new Stored(Document.empty(missing), null)));
        return documents;
    }

    /// Stores a document in the place of the one that was read.
    ///
    /// @return false when somebody wrote it since: read it again
    public boolean write(Tenant tenant, String uploadTable, Document document, Stored before) {
        byte[] body = pack(document);
        String object = null;
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, uploadTable, document.clientId()));
        item.put("clientId", Attributes.text(document.clientId()));
        item.put("version", Attributes.number(document.version()));
        item.put("upload", Attributes.text(String.valueOf(document.lastUpload())));
        item.put("uploadId", Attributes.text(String.valueOf(document.lastUploadId())));
        item.put(ROWS, Attributes.number(document.rows().size()));
        if (body.length > LARGEST_BODY) {
            object = Keys.records(
                    tenant,
                    uploadTable,
                    document.clientId(),
                    document.version(),
                    UUID.randomUUID().toString());
            bucket.put(object, body, "application/octet-stream");
            item.put("object", Attributes.text(object));
        } else {
            item.put("body", Attributes.bytes(body));
        }
        if (!put(tenant, document, item)) {
            if (object != null) {
                bucket.delete(object);
            }
            return false;
        }
        if (before.object() != null) {
            bucket.delete(before.object());
        }
        return true;
    }

    /// A client's first document of a table is put on the condition too that the client was not erased since its
    /// upload.
    private boolean put(Tenant tenant, Document document, Map<String, AttributeValue> item) {
        try {
            if (document.version() > 1) {
                dynamo.putItem(p -> p.tableName(table)
                        .item(item)
                        .conditionExpression("version = :v")
                        .expressionAttributeValues(Map.of(":v", Attributes.number(document.version() - 1))));
            } else {
                dynamo.transactWriteItems(t -> t.transactItems(
                        TransactWriteItem.builder()
                                .put(p -> p.tableName(table)
                                        .item(item)
                                        .conditionExpression("attribute_not_exists(version)"))
                                .build(),
                        Tombstones.check(
                                table, tombstone(tenant, document.clientId()), String.valueOf(document.lastUpload()))));
            }
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (TransactionCanceledException e) {
            if (Tombstones.isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    /// Whether a client was erased after an upload.
    public boolean isErased(Tenant tenant, String id, String uploadToken) {
        return Tombstones.read(dynamo, table, List.of(tombstone(tenant, id))).stream()
                .anyMatch(token -> CodePoints.ORDER.compare(uploadToken, token) <= 0);
    }

    /// Remembers that a client was erased, by a hash.
    public void bury(Tenant tenant, String id, String token) {
        Tombstones.put(dynamo, table, tombstone(tenant, id), token);
    }

    /// Removes what is kept of a client: its rows in all tables, its marks.
    public void erase(Tenant tenant, String id, Collection<String> uploadTables) {
        for (String uploadTable : uploadTables) {
            dynamo.deleteItem(d -> d.tableName(table).key(key(tenant, uploadTable, id)));
            for (String object : bucket.keys(Keys.recordsOf(tenant, uploadTable, id))) {
                bucket.delete(object);
            }
            bucket.deleteOldVersions(Keys.recordsOf(tenant, uploadTable, id));
        }
        dynamo.deleteItem(d -> d.tableName(table).key(markKey(tenant, id)));
        String form = normalForm(id);
        if (!form.isEmpty()) {
            try {
                dynamo.deleteItem(d -> d.tableName(table)
                        .key(aliasKey(tenant, form))
                        .conditionExpression("clientId = :id")
                        .expressionAttributeValues(Map.of(":id", Attributes.text(id))));
            } catch (ConditionalCheckFailedException e) {
                // It is another client's, or nobody's.
            }
        }
    }

    private static Map<String, AttributeValue> tombstone(Tenant tenant, String id) {
        return Map.of(PARTITION, Attributes.text(Keys.shardOf(tenant, id)), SORT, Attributes.text(Keys.tombstone(id)));
    }

    /// Which of `ids` have rows in an upload table.
    public Set<String> existing(Tenant tenant, String uploadTable, Collection<String> ids) {
        return Dynamo.get(dynamo, table, keys(tenant, uploadTable, ids), "clientId, " + ROWS).stream()
                .filter(item -> Attributes.number(item, ROWS) > 0)
                .map(item -> Attributes.required(item, "clientId"))
                .collect(Collectors.toSet());
    }

    /// How many rows of an upload table were brought by uploads older than `token`.
    public long countOlder(Tenant tenant, String uploadTable, String token) {
        AtomicLong rows = new AtomicLong();
        List<Integer> shards = IntStream.range(0, Shards.COUNT).boxed().toList();
        Dynamo.forEach(shards, shard -> {
            List<String> mixed = new ArrayList<>();
            for (var item : query(
                    tenant,
                    shard,
                    Keys.records(uploadTable, ""),
                    Keys.records(uploadTable, "") + LAST,
                    "clientId, upload, " + ROWS)) {
                if (CodePoints.ORDER.compare(Attributes.required(item, "upload"), token) < 0) {
                    rows.addAndGet(Attributes.number(item, ROWS));
                } else if (Attributes.number(item, ROWS) > 0) {
                    mixed.add(Attributes.required(item, "clientId"));
                }
            }
            for (int i = 0; i < mixed.size(); i += 100) {
                read(tenant, uploadTable, mixed.subList(i, Math.min(i + 100, mixed.size())))
                        .values()
                        .forEach(stored -> rows.addAndGet(stored.document().rows().values().stream()
                                .filter(kept -> CodePoints.ORDER.compare(kept.upload(), token) < 0)
                                .count()));
            }
        });
        return rows.get();
    }

    /// Gives the clients that have rows in an upload table within a range, a hundred or fewer at a time.
    public void forEachClient(Tenant tenant, String uploadTable, Part.Range range, Consumer<List<String>> some) {
        for (int shard = range.fromShard(); shard <= Math.min(range.toShard(), Shards.COUNT - 1); shard++) {
            // A key begins with its client's first code points, also where it is shortened.
            String from = shard == range.fromShard() ? beginning(range.fromClient()) : "";
            String to = shard == range.toShard() ? beginning(range.toClient()) + LAST : LAST;
            List<String> clients = new ArrayList<>();
            for (var item : query(
                    tenant,
                    shard,
                    Keys.records(uploadTable, "") + from,
                    Keys.records(uploadTable, "") + to,
                    "clientId, " + ROWS)) {
                String client = Attributes.required(item, "clientId");
                if (Attributes.number(item, ROWS) > 0 && range.has(shard, client)) {
                    clients.add(client);
                    if (clients.size() == 100) {
                        some.accept(List.copyOf(clients));
                        clients.clear();
                    }
                }
            }
            if (!clients.isEmpty()) {
                some.accept(List.copyOf(clients));
            }
        }
    }

    private static String beginning(String clientId) {
        return clientId.codePointCount(0, clientId.length()) <= BEGINNING
                ? clientId
                : clientId.substring(0, clientId.offsetByCodePoints(0, BEGINNING));
    }

    private Iterable<Map<String, AttributeValue>> query(
            Tenant tenant, int shard, String from, String to, String projection) {
        return dynamo.queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("#p = :p AND #s BETWEEN :from AND :to")
                        .projectionExpression(projection)
                        .expressionAttributeNames(Map.of("#p", PARTITION, "#s", SORT))
                        .expressionAttributeValues(Map.of(
                                ":p", Attributes.text(Keys.shard(tenant, shard)),
                                ":from", Attributes.text(from),
                                ":to", Attributes.text(to)))
                        .consistentRead(true))
                .items();
    }

    /// How many of `ids` no other upload brought before, in any table: a client's first upload leaves a mark.
    public int firstBrought(Tenant tenant, Collection<String> ids, String uploadToken) {
        Map<String, String> broughtBy = new HashMap<>();
        List<Map<String, AttributeValue>> marks =
                ids.stream().map(id -> markKey(tenant, id)).toList();
        for (var item : Dynamo.get(dynamo, table, marks, null)) {
            broughtBy.put(Attributes.required(item, "clientId"), Attributes.required(item, "upload"));
        }
        AtomicInteger first = new AtomicInteger();
        Dynamo.forEach(ids, id -> {
            String by = broughtBy.get(id);
            if (by == null ? mark(tenant, id, uploadToken) : by.equals(uploadToken)) {
                first.incrementAndGet();
            }
        });
        return first.get();
    }

    private boolean mark(Tenant tenant, String id, String uploadToken) {
        Map<String, AttributeValue> item = new HashMap<>(markKey(tenant, id));
        item.put("clientId", Attributes.text(id));
        item.put("upload", Attributes.text(uploadToken));
        try {
            dynamo.putItem(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(clientId)"));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /// Remembers registered ids by their normal form, to tell whom an unregistered one probably means.
    public void rememberRegistered(Tenant tenant, Collection<String> ids) {
        Map<String, String> byForm = new LinkedHashMap<>();
        ids.forEach(id -> {
            String form = normalForm(id);
            if (!form.isEmpty() && !form.equals(id)) {
                byForm.put(form, id);
            }
        });
        List<WriteRequest> writes = byForm.entrySet().stream()
                .map(entry -> {
                    Map<String, AttributeValue> item = new HashMap<>(aliasKey(tenant, entry.getKey()));
                    item.put("clientId", Attributes.text(entry.getValue()));
                    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
                })
                .toList();
        for (int i = 0; i < writes.size(); i += 25) {
            List<WriteRequest> left = writes.subList(i, Math.min(i + 25, writes.size()));
            for (int attempt = 1; !left.isEmpty(); attempt++) {
                Map<String, List<WriteRequest>> request = Map.of(table, left);
                left = dynamo.batchWriteItem(b -> b.requestItems(request))
                        .unprocessedItems()
                        .getOrDefault(table, List.of());
                if (!left.isEmpty()) {
                    Dynamo.pause(attempt);
                }
            }
        }
    }

    /// The registered id that each of `ids` probably means: the same after leaving out punctuation and leading zeros.
    public Map<String, String> probablyMeant(Tenant tenant, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Set<String> forms = ids.stream().map(RecordStore::normalForm).collect(Collectors.toCollection(TreeSet::new));
        forms.remove("");
        Map<String, String> registered = new HashMap<>();
        existing(tenant, Tables.REGISTRY, forms).forEach(id -> registered.put(id, id));
        List<Map<String, AttributeValue>> aliases =
                forms.stream().map(form -> aliasKey(tenant, form)).toList();
        for (var item : Dynamo.get(dynamo, table, aliases, "clientId")) {
            String id = Attributes.required(item, "clientId");
            registered.putIfAbsent(normalForm(id), id);
        }
        Set<String> still = existing(tenant, Tables.REGISTRY, Set.copyOf(registered.values()));
        registered.values().removeIf(id -> !still.contains(id));
        Map<String, String> meant = new TreeMap<>();
        ids.forEach(id -> {
            String match = registered.get(normalForm(id));
            if (match != null && !match.equals(id)) {
                meant.put(id, match);
            }
        });
        return meant;
    }

    /// An id without punctuation and leading zeros.
    static String normalForm(String id) {
        StringBuilder form = new StringBuilder();
        id.codePoints()
                .filter(Character::isLetterOrDigit)
                .filter(c -> c != '0' || !form.isEmpty())
                .forEach(form::appendCodePoint);
        return form.toString();
    }

    private Stored read(Map<String, AttributeValue> item) {
        String object = Attributes.text(item, "object");
        byte[] body = object == null
                ? Attributes.of(item, "body").b().asByteArrayUnsafe()
                : bucket.get(object).orElseThrow(() -> new IllegalStateException("A document's body is gone"));
        return new Stored(
                new Document(
                        Attributes.required(item, "clientId"),
                        Attributes.number(item, "version"),
                        Attributes.text(item, "upload"),
                        Attributes.text(item, "uploadId"),
                        unpack(body)),
                object);
    }

    private static byte[] pack(Document document) {
        List<String> uploads = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        ObjectNode json = Json.object();
        ArrayNode by = Json.array();
        Set<String> columns = new TreeSet<>();
        for (Document.Kept kept : document.rows().values()) {
            by.add(places.computeIfAbsent(kept.upload(), upload -> {
                uploads.add(upload);
                return uploads.size() - 1;
            }));
            columns.addAll(kept.row().cells().keySet());
        }
        ArrayNode uploadList = json.putArray("uploads");
        uploads.forEach(uploadList::add);
        json.set("by", by);
        ArrayNode keys = json.putArray("keys");
        document.rows().keySet().forEach(keys::add);
        ObjectNode cells = json.putObject("columns");
        for (String column : columns) {
            ArrayNode values = cells.putArray(column);
            document.rows().values().forEach(kept -> values.add(kept.row().text(column)));
        }
        return Deflated.pack(Json.bytes(json));
    }

    private static SortedMap<String, Document.Kept> unpack(byte[] body) {
        JsonNode json = Json.parse(Deflated.unpack(body));
        SortedMap<String, Document.Kept> rows = new TreeMap<>(CodePoints.ORDER);
        JsonNode keys = json.path("keys");
        for (int i = 0; i < keys.size(); i++) {
            int row = i;
            Map<String, String> cells = new HashMap<>();
            json.path("columns").properties().forEach(column -> {
                String value = column.getValue().get(row).textValue();
                if (value != null) {
                    cells.put(column.getKey(), value);
                }
            });
            String upload =
                    json.path("uploads").path(json.path("by").path(i).asInt()).asText();
            rows.put(keys.get(i).asText(), new Document.Kept(new Row(cells), upload));
        }
        return rows;
    }

    private static List<Map<String, AttributeValue>> keys(Tenant tenant, String uploadTable, Collection<String> ids) {
        return ids.stream().map(id -> key(tenant, uploadTable, id)).toList();
    }

    private static Map<String, AttributeValue> key(Tenant tenant, String uploadTable, String clientId) {
        return Map.of(
                PARTITION, Attributes.text(Keys.shardOf(tenant, clientId)),
                SORT, Attributes.text(Keys.records(uploadTable, clientId)));
    }

    private static Map<String, AttributeValue> markKey(Tenant tenant, String clientId) {
        return Map.of(
                PARTITION, Attributes.text(Keys.shardOf(tenant, clientId)),
                SORT, Attributes.text(Keys.mark(clientId)));
    }

    private static Map<String, AttributeValue> aliasKey(Tenant tenant, String normalForm) {
        return Map.of(
                PARTITION, Attributes.text(Keys.shardOf(tenant, normalForm)),
                SORT, Attributes.text(Keys.alias(normalForm)));
    }
}
