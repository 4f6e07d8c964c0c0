package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Answer;
import clientkpis.aws.ConditionalWrites.Lost;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.tables.Tables;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// What the table Records knows about the ids of clients, beside their rows: which upload first brought a client (its
/// mark), the normal forms of registered ids (their aliases), and the id under which one that is not registered was
/// seen first. Each is written in a transaction that checks the tombstone, so that nothing that is on its way names an
/// erased client again.
public final class ClientIds {
    private final DynamoDbClient dynamo;
    private final String table;
    private final RecordStore records;
    private final ConditionalWrites writes;
    private final Tombstones tombstones;
    private final AliasStore aliases;

    public ClientIds(DynamoDbClient dynamo, String table, RecordStore records) {
        this.dynamo = dynamo;
        this.table = table;
        this.records = records;
        writes = new ConditionalWrites(dynamo);
        tombstones = new Tombstones(dynamo, table, DocumentItem.SORT);
        aliases = new AliasStore(dynamo, table);
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

    /// The client that each of some unregistered ids probably means: the registered one with the same normal form, else
    /// the one that was seen first of those that resemble it. Ids that resemble no other are kept, for those that come.
    public Map<String, String> probablyMeant(Tenant tenant, Collection<String> ids, String uploadOrder) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<String, String> meant = new TreeMap<>(registered(tenant, ids));
        seenFirst(tenant, ids.stream().filter(id -> !meant.containsKey(id)).toList(), uploadOrder)
                .forEach(meant::put);
        return meant;
    }

    private Map<String, String> registered(Tenant tenant, Collection<String> ids) {
        Set<String> forms = ids.stream().map(AliasForm::likeness).collect(Collectors.toCollection(TreeSet::new));
        forms.remove("");
        Map<String, String> registered = new HashMap<>();
        records.existing(tenant, Tables.REGISTRY, forms).forEach(id -> registered.put(id, id));
        List<Map<String, AttributeValue>> spelled =
                forms.stream().map(form -> aliasKey(tenant, form)).toList();
        for (var item : Dynamo.get(dynamo, table, spelled, "clientId")) {
            String id = Attributes.required(item, "clientId");
            registered.putIfAbsent(AliasForm.likeness(id), id);
        }
        Set<String> still = records.existing(tenant, Tables.REGISTRY, Set.copyOf(registered.values()));
        registered.values().removeIf(id -> !still.contains(id));
        Map<String, String> meant = new HashMap<>();
        ids.forEach(id -> {
            String match = registered.get(AliasForm.likeness(id));
            if (match != null && !match.equals(id)) {
                meant.put(id, match);
            }
        });
        return meant;
    }

    /// One conditional write per form decides which id was first; so of two uploads at once one knows of the other.
    private Map<String, String> seenFirst(Tenant tenant, Collection<String> ids, String uploadOrder) {
        Map<String, String> formOf = new HashMap<>();
        ids.forEach(id -> {
            String form = AliasForm.resemblance(id);
            if (!form.isEmpty()) {
                formOf.put(id, form);
            }
        });
        Map<String, String> first = new ConcurrentHashMap<>();
        for (var item : Dynamo.get(
                dynamo,
                table,
                Set.copyOf(formOf.values()).stream()
                        .map(form -> seenKey(tenant, form))
                        .toList(),
                "clientId")) {
            String id = Attributes.required(item, "clientId");
            first.put(AliasForm.resemblance(id), id);
        }
        Map<String, String> unseen = new TreeMap<>();
        ids.stream().filter(formOf::containsKey).sorted(CodePoints.ORDER).forEach(id -> {
            String form = Objects.requireNonNull(formOf.get(id));
            if (!first.containsKey(form)) {
                unseen.putIfAbsent(form, id);
            }
        });
        Dynamo.forEach(unseen.entrySet(), entry -> {
            Map<String, AttributeValue> item = new HashMap<>(seenKey(tenant, entry.getKey()));
            item.put("clientId", Attributes.text(entry.getValue()));
            item.put("upload", Attributes.text(uploadOrder));
            Answer answer = put(
                    tenant,
                    entry.getValue(),
                    uploadOrder,
                    p -> p.item(item).conditionExpression("attribute_not_exists(clientId)"));
            if (answer.isMine()) {
                first.put(entry.getKey(), entry.getValue());
            } else if (answer instanceof Lost(var stored)) {
                first.put(entry.getKey(), Attributes.required(stored, "clientId"));
            }
        });
        Map<String, String> others = new HashMap<>();
        formOf.forEach((id, form) -> {
            String other = first.get(form);
            if (other != null && !other.equals(id)) {
                others.put(id, other);
            }
        });
        if (others.isEmpty()) {
            return others;
        }
        // The one that was first may have become an alias since.
        Map<String, String> clients = aliases.clientsOf(tenant, Set.copyOf(others.values()));
        others.replaceAll((id, other) -> Objects.requireNonNull(clients.get(other)));
        others.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return others;
    }

    static Map<String, AttributeValue> seenKey(Tenant tenant, String resemblance) {
        return DocumentItem.key(tenant, resemblance, Keys.seen(resemblance));
    }

    static Map<String, AttributeValue> markKey(Tenant tenant, String id) {
        return DocumentItem.key(tenant, id, Keys.mark(id));
    }

    static Map<String, AttributeValue> aliasKey(Tenant tenant, String form) {
        return DocumentItem.key(tenant, form, Keys.alias(form));
    }
}
