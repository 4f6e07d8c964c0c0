package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

/// The table Records: one document per client and table. A body past 300 KB is an object in the bucket, named for this
/// version; the writer whose version wins removes the previous object.
public final class RecordStore {
    private static final int LARGEST_BODY = 300_000;
    private static final String PARTITION = "shard";
    private static final String SORT = "record";
    private static final String ROWS = "rowCount";
    /// How many code points of a client's id a key always keeps.
    private static final int BEGINNING = 200;
    private static final int CLIENTS_AT_ONCE = 100;
    /// Sorts after everything that a key can continue with.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final DynamoDbClient dynamo;
    private final String table;
    private final DataBucket bucket;

    public RecordStore(DynamoDbClient dynamo, String table, DataBucket bucket) {
        this.dynamo = dynamo;
        this.table = table;
        this.bucket = bucket;
    }

    /// A document as it was read.
    ///
    /// @param object the key of its body, null if the item has it
    public record Stored(Document document, @Nullable String object) {}

    /// The documents of `ids` in an upload table; empty for a client that has none.
    public Map<String, Stored> read(Tenant tenant, String uploadTable, Collection<String> ids) {
        Map<String, Stored> documents = new HashMap<>();
        for (var item : Dynamo.get(dynamo, table, keys(tenant, uploadTable, ids), null)) {
            Stored stored = read(item);
            documents.put(stored.document().clientId(), stored);
        }
        ids.forEach(id -> documents.computeIfAbsent(id, missing -> new Stored(Document.empty(missing), null)));
        return documents;
    }

    /// Stores a document in place of the one that was read.
    ///
    /// @return false if another writer was faster: read it again
    public boolean write(Tenant tenant, String uploadTable, Document document, Stored before) {
        byte[] body = DocumentCodec.pack(document);
        String object = null;
        Map<String, AttributeValue> item = new HashMap<>(documentKey(tenant, uploadTable, document.clientId()));
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

    /// A client's first document of a table is also put on the condition that the client was not erased since the
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
    public boolean isErased(Tenant tenant, String id, String uploadOrder) {
        return Tombstones.read(dynamo, table, List.of(tombstone(tenant, id))).stream()
                .anyMatch(erasure -> CodePoints.ORDER.compare(uploadOrder, erasure) <= 0);
    }

    /// Records that a client was erased, by a hash of its id.
    public void addTombstone(Tenant tenant, String id, String erasureOrder) {
        Tombstones.put(dynamo, table, tombstone(tenant, id), erasureOrder);
    }

    /// Removes the rows of a client from all tables.
    public void erase(Tenant tenant, String id, Collection<String> uploadTables) {
        for (String uploadTable : uploadTables) {
            dynamo.deleteItem(d -> d.tableName(table).key(documentKey(tenant, uploadTable, id)));
            for (String object : bucket.keys(Keys.recordsOf(tenant, uploadTable, id))) {
                bucket.delete(object);
            }
            bucket.deleteOldVersions(Keys.recordsOf(tenant, uploadTable, id));
        }
    }

    /// Which of `ids` have rows in an upload table.
    public Set<String> existing(Tenant tenant, String uploadTable, Collection<String> ids) {
        return Dynamo.get(dynamo, table, keys(tenant, uploadTable, ids), "clientId, " + ROWS).stream()
                .filter(item -> Attributes.number(item, ROWS) > 0)
                .map(item -> Attributes.required(item, "clientId"))
                .collect(Collectors.toSet());
    }

    /// How many rows of an upload table were brought by uploads older than this one.
    public long countOlder(Tenant tenant, String uploadTable, String uploadOrder) {
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
                if (CodePoints.ORDER.compare(Attributes.required(item, "upload"), uploadOrder) < 0) {
                    rows.addAndGet(Attributes.number(item, ROWS));
                } else if (Attributes.number(item, ROWS) > 0) {
                    mixed.add(Attributes.required(item, "clientId"));
                }
            }
            for (int i = 0; i < mixed.size(); i += CLIENTS_AT_ONCE) {
                read(tenant, uploadTable, mixed.subList(i, Math.min(i + CLIENTS_AT_ONCE, mixed.size())))
                        .values()
                        .forEach(stored -> rows.addAndGet(stored.document().rows().values().stream()
                                .filter(row -> CodePoints.ORDER.compare(row.upload(), uploadOrder) < 0)
                                .count()));
            }
        });
        return rows.get();
    }

    /// Passes on the clients that have rows in an upload table within a range, at most a hundred at a time.
    public void forEachClient(Tenant tenant, String uploadTable, Part.Range range, Consumer<List<String>> some) {
        for (int shard = range.fromShard(); shard <= Math.min(range.toShard(), Shards.COUNT - 1); shard++) {
            // A key begins with its client's first code points even if it is shortened.
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
                    if (clients.size() == CLIENTS_AT_ONCE) {
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

    private Stored read(Map<String, AttributeValue> item) {
        String object = Attributes.text(item, "object");
        byte[] body = object == null
                ? Attributes.of(item, "body").b().asByteArrayUnsafe()
                : bucket.get(object)
                        .orElseThrow(
                                () -> new IllegalStateException("The body of a document is missing in the bucket"));
        return new Stored(
                new Document(
                        Attributes.required(item, "clientId"),
                        Attributes.number(item, "version"),
                        Attributes.text(item, "upload"),
                        Attributes.text(item, "uploadId"),
                        DocumentCodec.unpack(body)),
                object);
    }

    private static List<Map<String, AttributeValue>> keys(Tenant tenant, String uploadTable, Collection<String> ids) {
        return ids.stream().map(id -> documentKey(tenant, uploadTable, id)).toList();
    }

    private static Map<String, AttributeValue> documentKey(Tenant tenant, String uploadTable, String clientId) {
        return key(tenant, clientId, Keys.records(uploadTable, clientId));
    }

    private static Map<String, AttributeValue> tombstone(Tenant tenant, String clientId) {
        return key(tenant, clientId, Keys.tombstone(clientId));
    }

    /// @param id decides the shard
    static Map<String, AttributeValue> key(Tenant tenant, String id, String sort) {
        return Map.of(PARTITION, Attributes.text(Keys.shardOf(tenant, id)), SORT, Attributes.text(sort));
    }
}
