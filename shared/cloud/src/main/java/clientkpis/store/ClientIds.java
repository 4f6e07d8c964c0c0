package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.ConditionalWrites.Lost;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Tenant;
import clientkpis.tables.Tables;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// What the table Records knows about the ids of clients, beside their rows: which upload first brought a client (its
/// mark), and the normal forms of registered ids (their aliases). Each is written in a transaction that checks the
/// tombstone, so that nothing that is on its way names an erased client again.
public final class ClientIds {
    private final DynamoDbClient dynamo;
    private final String table;
    private final RecordStore records;
    private final ConditionalWrites writes;
    private final Tombstones tombstones;

    public ClientIds(DynamoDbClient dynamo, String table, RecordStore records) {
        this.dynamo = dynamo;
        this.table = table;
        this.records = records;
        writes = new ConditionalWrites(dynamo);
        tombstones = new Tombstones(dynamo, table, DocumentItem.SORT);
    }

    /// How many of `ids` were first brought by this upload, among all tables.
    public int firstBrought(Tenant tenant, Collection<String> ids, String uploadOrder) {
        Map<String, String> broughtBy = new HashMap<>();
        List<Map<String, AttributeValue>> marks =
                ids.stream().map(id -> markKey(tenant, id)).toList();
        for (var item : Dynamo.get(dynamo, table, marks, null)) {
            broughtBy.put(Attributes.required(item, "clientId"), Attributes.required(item, "upload"));
        }
        AtomicInteger first = new AtomicInteger();
        Dynamo.forEach(ids, id -> {
            String by = broughtBy.get(id);
            if (by == null ? mark(tenant, id, uploadOrder) : by.equals(uploadOrder)) {
                first.incrementAndGet();
            }
        });
        return first.get();
    }

    /// @return whether it is this upload's mark, also if another attempt made it just now
    private boolean mark(Tenant tenant, String id, String uploadOrder) {
        Map<String, AttributeValue> item = new HashMap<>(markKey(tenant, id));
        item.put("clientId", Attributes.text(id));
        item.put("upload", Attributes.text(uploadOrder));
        Answer answer =
                put(tenant, id, uploadOrder, p -> p.item(item).conditionExpression("attribute_not_exists(clientId)"));
        return answer.isMine()
                || (answer instanceof Lost(var stored) && uploadOrder.equals(Attributes.text(stored, "upload")));
    }

    /// @return not mine if it is there already, or if the client was erased after the upload
    private Answer put(Tenant tenant, String id, String uploadOrder, Consumer<Put.Builder> put) {
        return writes.transact(List.of(
                TransactWriteItem.builder()
                        .put(p -> put.accept(p.tableName(table)))
                        .build(),
                tombstones.check(tenant, id, uploadOrder)));
    }

    /// Keeps registered ids by their normal form, to find the one that an unregistered id probably means.
    public void rememberRegistered(Tenant tenant, Collection<String> ids, String uploadOrder) {
        Map<String, String> byForm = new LinkedHashMap<>();
        ids.forEach(id -> {
            String form = AliasForm.likeness(id);
            if (!form.isEmpty() && !form.equals(id)) {
                byForm.put(form, id);
            }
        });
        Dynamo.forEach(byForm.entrySet(), entry -> {
            Map<String, AttributeValue> item = new HashMap<>(aliasKey(tenant, entry.getKey()));
            item.put("clientId", Attributes.text(entry.getValue()));
            item.put("upload", Attributes.text(uploadOrder));
            put(tenant, entry.getValue(), uploadOrder, p -> p.item(item));
        });
    }

    /// The registered id that each of `ids` probably means: the one with the same normal form.
    public Map<String, String> probablyMeant(Tenant tenant, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Set<String> forms = ids.stream().map(AliasForm::likeness).collect(Collectors.toCollection(TreeSet::new));
        forms.remove("");
        Map<String, String> registered = new HashMap<>();
        records.existing(tenant, Tables.REGISTRY, forms).forEach(id -> registered.put(id, id));
        List<Map<String, AttributeValue>> aliases =
                forms.stream().map(form -> aliasKey(tenant, form)).toList();
        for (var item : Dynamo.get(dynamo, table, aliases, "clientId")) {
            String id = Attributes.required(item, "clientId");
            registered.putIfAbsent(AliasForm.likeness(id), id);
        }
        Set<String> still = records.existing(tenant, Tables.REGISTRY, Set.copyOf(registered.values()));
        registered.values().removeIf(id -> !still.contains(id));
        Map<String, String> meant = new TreeMap<>();
        ids.forEach(id -> {
            String match = registered.get(AliasForm.likeness(id));
            if (match != null && !match.equals(id)) {
                meant.put(id, match);
            }
        });
        return meant;
    }

    static Map<String, AttributeValue> markKey(Tenant tenant, String id) {
        return DocumentItem.key(tenant, id, Keys.mark(id));
    }

    static Map<String, AttributeValue> aliasKey(Tenant tenant, String form) {
        return DocumentItem.key(tenant, form, Keys.alias(form));
    }
}
