package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.ConditionalWrites.Lost;
import clientkpis.aws.ConditionalWrites.Mine;
import clientkpis.aws.ConditionalWrites.Taken;
import clientkpis.aws.DataBucket;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.store.packed.Deflated;
import clientkpis.store.packed.DocumentCodec;
import clientkpis.upload.Document;
import clientkpis.upload.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The table Records: one document per client and table. A body past 300 KB is an object in the bucket, and so is every
/// later one of the same document. Its key has the document's version and a random.
///
/// An object is removed only when the stored item proves that no item names it or ever will: versions only grow, so the
/// writer who stored version 7 removes every other object up to 7, whoever left it, and one who lost to version 7
/// removes its own of version 7. Nothing is concluded from an answer that did not arrive. What a writer leaves that
/// died in between is removed by the next one, or by an erasure; so no sweep has to look for it.
///
/// One class, because whatever reads or writes a document keeps to this rule.
public final class RecordStore {
    private static final int LARGEST_BODY = 300_000;
    private static final int READS = 5;
    private static final String PARTITION = DocumentItem.PARTITION;
    private static final String SORT = DocumentItem.SORT;
    private static final String ROWS = DocumentItem.ROWS;
    /// How many code points of a client's id a key always keeps.
    private static final int BEGINNING = 200;
    private static final int CLIENTS_AT_ONCE = 100;
    /// Sorts after everything that a key can continue with.
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final DynamoDbClient dynamo;
    private final ConditionalWrites writes;
    private final String table;
    private final DataBucket bucket;
    private final Tombstones tombstones;
    private final AliasStore aliases;

    public RecordStore(DynamoDbClient dynamo, String table, DataBucket bucket) {
        this.dynamo = dynamo;
        this.table = table;
        this.bucket = bucket;
        writes = new ConditionalWrites(dynamo);
        tombstones = new Tombstones(dynamo, table, SORT);
        aliases = new AliasStore(dynamo, table);
    }

    /// A document as it was read.
    ///
    /// @param object the key of its body, null if the item has it
    public record Stored(Document document, @Nullable String object) {}

    /// What became of a document that was to be stored.
    public enum Written {
        STORED,
        /// Another writer was faster: read it again.
        LOST,
        /// The client was erased after the upload.
        ERASED,
        /// The id is an alias of another client.
        ALIAS
    }

    /// The documents of `ids` in an upload table; an empty one for a client that has none.
    public Map<String, PackedDocument> read(Tenant tenant, String uploadTable, Collection<String> ids) {
        Map<String, PackedDocument> documents = new HashMap<>();
        for (var item : Dynamo.get(dynamo, table, keys(tenant, uploadTable, ids), null)) {
            PackedDocument packed =
                    new PackedDocument(Attributes.required(item, "clientId"), DocumentItem.checked(item));
            documents.put(packed.clientId(), packed);
        }
        ids.forEach(id -> documents.computeIfAbsent(id, missing -> new PackedDocument(missing, Map.of())));
        return documents;
    }

    /// Unpacks a document that was just read. If a writer has replaced its body since, it is read again.
    public Stored unpack(PackedDocument packed) {
        return withBody(packed, (item, body) -> new Stored(DocumentItem.read(item, body), DocumentItem.object(item)))
                .orElseGet(() -> new Stored(Document.empty(packed.clientId()), null));
    }

    /// The rows of a document that was just read that are behind fields.
    public List<FieldRecords> behind(PackedDocument packed) {
        return withBody(packed, (item, body) -> Deflated.read(body, DocumentCodec::behind))
                .orElse(List.of());
    }

    /// @param reading of an item and its body
    /// @return empty if there is no document
    private <T> Optional<T> withBody(
            PackedDocument packed, BiFunction<Map<String, AttributeValue>, byte[], T> reading) {
        Map<String, AttributeValue> item = packed.item();
        for (int read = 1; ; read++) {
            if (item.isEmpty()) {
                return Optional.empty();
            }
            String object = DocumentItem.object(item);
            Optional<byte[]> body = object == null ? Optional.of(DocumentItem.body(item)) : bucket.get(object);
            if (body.isPresent()) {
                return Optional.of(reading.apply(item, body.get()));
            }
            if (read == READS) {
                throw new IllegalStateException("The body of a document is missing in the bucket");
            }
            Map<String, AttributeValue> key =
                    Map.of(PARTITION, Attributes.of(item, PARTITION), SORT, Attributes.of(item, SORT));
            item = Dynamo.get(dynamo, table, List.of(key), null).stream()
                    .findFirst()
                    .map(DocumentItem::checked)
                    .orElse(Map.of());
        }
    }

    /// Stores a document in place of the one that was read.
    ///
    /// @param behind those of its rows that are behind fields
    public Written write(
            Tenant tenant, String uploadTable, Document document, List<FieldRecords> behind, Stored before) {
        Map<String, AttributeValue> item = item(tenant, uploadTable, document, behind, before);
        String object = DocumentItem.object(item);
        Answer answer = put(tenant, put(document, item), document, before);
        if (object != null) {
            switch (answer) {
                case Mine _ -> removeOthers(tenant, uploadTable, document, object);
                case Lost(var stored) -> {
                    if (DocumentItem.version(stored) >= document.version()
                            && !object.equals(DocumentItem.object(stored))) {
                        bucket.delete(object);
                    }
                }
                // Its own condition held, and what refused it stays.
                case Taken _ -> bucket.delete(object);
            }
        }
        return switch (answer) {
            case Mine _ -> Written.STORED;
            case Lost _ -> Written.LOST;
            case Taken(int place, var _) -> place == unclaimed(document) ? Written.ALIAS : Written.ERASED;
        };
    }

    /// Moves the rows that came under an alias to its client, both documents at once, so that a row is never in both.
    ///
    /// @param behind the rows of a document that are behind fields
    /// @return false if one of them was written meanwhile, or the client has become an alias: read them again
    public boolean move(
            Tenant tenant,
            String uploadTable,
            Stored alias,
            Stored client,
            Function<Document, List<FieldRecords>> behind) {
        String to = client.document().clientId();
        Tombstones.Tombstone erased = tombstones.read(tenant, List.of(to)).get(to);
        Document merged = client.document().with(alias.document(), erased == null ? "" : erased.by());
        Document emptied = alias.document().emptied();
        Map<String, AttributeValue> mergedItem = item(tenant, uploadTable, merged, behind.apply(merged), client);
        Map<String, AttributeValue> emptiedItem = item(tenant, uploadTable, emptied, List.of(), alias);
        List<TransactWriteItem> all = new ArrayList<>();
        all.add(write(put(merged, mergedItem)));
        all.add(write(put(emptied, emptiedItem)));
        all.add(aliases.isUnclaimed(tenant, to));
        if (merged.version() == 1) {
            all.add(aliases.spelling(tenant, to, String.valueOf(merged.lastUpload())));
        }
        if (!writes.transact(all).isMine()) {
            return false;
        }
        clean(tenant, uploadTable, new Stored(merged, DocumentItem.object(mergedItem)));
        clean(tenant, uploadTable, new Stored(emptied, DocumentItem.object(emptiedItem)));
        return true;
    }

    /// A document as an item; its body is put first if it is to be an object.
    private Map<String, AttributeValue> item(
            Tenant tenant, String uploadTable, Document document, List<FieldRecords> behind, Stored before) {
        byte[] rows = DocumentCodec.write(document, behind);
        byte[] body = Deflated.pack(rows);
        String object = null;
        if (body.length > LARGEST_BODY || before.object() != null) {
            object = Keys.records(
                    tenant,
                    uploadTable,
                    document.clientId(),
                    document.version(),
                    UUID.randomUUID().toString());
            bucket.put(object, body, "application/octet-stream");
        }
        return DocumentItem.write(tenant, uploadTable, document, body, object, rows.length);
    }

    private Put put(Document document, Map<String, AttributeValue> item) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        return document.version() == 1
                ? put.conditionExpression("attribute_not_exists(version)").build()
                : put.conditionExpression("version = :v")
                        .expressionAttributeValues(Map.of(":v", Attributes.number(document.version() - 1)))
                        .build();
    }

    private static TransactWriteItem write(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }

    /// A client's first rows of a table are stored on two conditions more: that its id is not an alias, and that it was
    /// not erased since the upload.
    private Answer put(Tenant tenant, Put put, Document document, Stored before) {
        if (!before.document().rows().isEmpty()) {
            return writes.put(put);
        }
        String id = document.clientId();
        List<TransactWriteItem> all = new ArrayList<>(List.of(write(put), aliases.isUnclaimed(tenant, id)));
        if (document.version() == 1) {
            String upload = String.valueOf(document.lastUpload());
            // Before the other condition, so that what was erased does not come in under another id.
            all.add(1, tombstones.check(tenant, id, upload));
            all.add(aliases.spelling(tenant, id, upload));
        }
        return writes.transact(all);
    }

    /// The place of the condition that an id is not an alias.
    private static int unclaimed(Document document) {
        return document.version() == 1 ? 2 : 1;
    }

    /// Removes what a writer left behind that died after it had stored this document.
    public void clean(Tenant tenant, String uploadTable, Stored stored) {
        if (stored.object() != null) {
            removeOthers(tenant, uploadTable, stored.document(), stored.object());
        }
    }

    /// @param own the key of the object that the stored document names
    private void removeOthers(Tenant tenant, String uploadTable, Document document, String own) {
        bucket.keys(Keys.recordsOf(tenant, uploadTable, document.clientId())).stream()
                .filter(key -> !key.equals(own) && Keys.versionOfBody(key) <= document.version())
                .forEach(bucket::delete);
    }

    /// Records that a client was erased, by a hash of its id.
    public void addTombstone(Tenant tenant, String id, String erasureOrder) {
        tombstones.add(tenant, id, erasureOrder);
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
                        .forEach(packed -> rows.addAndGet(unpack(packed).document().rows().values().stream()
                                .filter(row -> CodePoints.ORDER.compare(row.upload(), uploadOrder) < 0)
                                .count()));
            }
        });
        return rows.get();
    }

    /// Passes on the clients within a part's range that have rows in its upload table, or had some until its upload
    /// changed them; in the order of the part, at most a hundred at a time, until `some` returns false.
    public void forEachClient(Part part, Part.Range range, Predicate<List<String>> some) {
        Tenant tenant = part.upload().tenant();
        String uploadTable = part.upload().table();
        String order = part.upload().order();
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
                    "clientId, upload, " + ROWS)) {
                String client = Attributes.required(item, "clientId");
                boolean concerned = Attributes.number(item, ROWS) > 0 || order.equals(Attributes.text(item, "upload"));
                if (concerned && range.has(shard, client)) {
                    clients.add(client);
                    if (clients.size() == CLIENTS_AT_ONCE) {
                        if (!some.test(List.copyOf(clients))) {
                            return;
                        }
                        clients.clear();
                    }
                }
            }
            if (!clients.isEmpty() && !some.test(List.copyOf(clients))) {
                return;
            }
        }
    }

    /// What a client has in an upload table, without its rows.
    ///
    /// @param version of the document
    /// @param upload the order of the upload that changed it last
    public record Head(String table, String clientId, long version, String upload, long rows) {}

    /// Passes on the documents of a shard. A very recent write may be missing.
    public void forEachHead(Tenant tenant, int shard, Consumer<Head> head) {
        // Marks and aliases sort after the tables.
        query(tenant, shard, "a", "z" + LAST, "#s, clientId, version, upload, " + ROWS, false)
                .forEach(item -> head.accept(new Head(
                        Attributes.required(item, SORT).split("#", 2)[0],
                        Attributes.required(item, "clientId"),
                        DocumentItem.version(item),
                        Attributes.required(item, "upload"),
                        DocumentItem.rows(item))));
    }

    private static String beginning(String clientId) {
        return clientId.codePointCount(0, clientId.length()) <= BEGINNING
                ? clientId
                : clientId.substring(0, clientId.offsetByCodePoints(0, BEGINNING));
    }

    private Iterable<Map<String, AttributeValue>> query(
            Tenant tenant, int shard, String from, String to, String projection) {
        return query(tenant, shard, from, to, projection, true);
    }

    private Iterable<Map<String, AttributeValue>> query(
            Tenant tenant, int shard, String from, String to, String projection, boolean consistent) {
        return dynamo.queryPaginator(q -> q.tableName(table)
                        .keyConditionExpression("#p = :p AND #s BETWEEN :from AND :to")
                        .projectionExpression(projection)
                        .expressionAttributeNames(Map.of("#p", PARTITION, "#s", SORT))
                        .expressionAttributeValues(Map.of(
                                ":p", Attributes.text(Keys.shard(tenant, shard)),
                                ":from", Attributes.text(from),
                                ":to", Attributes.text(to)))
                        .consistentRead(consistent))
                .items();
    }

    private static List<Map<String, AttributeValue>> keys(Tenant tenant, String uploadTable, Collection<String> ids) {
        return ids.stream()
                .map(id -> DocumentItem.key(tenant, id, Keys.records(uploadTable, id)))
                .toList();
    }
}
