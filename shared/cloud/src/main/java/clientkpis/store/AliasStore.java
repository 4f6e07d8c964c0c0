package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.aws.ConditionalWrites;
import clientkpis.aws.ConditionalWrites.Lost;
import clientkpis.aws.ConditionalWrites.Mine;
import clientkpis.aws.ConditionalWrites.Taken;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Aliases;
import clientkpis.kpi.Shards;
import clientkpis.kpi.Tenant;
import clientkpis.tables.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Which client claims an alias, and under which ids of one form rows were stored (in Records).
///
/// Whoever stores the first rows under an id notes its spelling with them, on the condition that no other client claims
/// its form. Whoever claims a form writes the claim, then reads the spellings. So rows under an alias are either seen,
/// and moved, or were never written.
public final class AliasStore {
    private static final String ALIAS = "alias";
    private static final String CLIENT = DocumentItem.CLIENT;

    private final DynamoDbClient dynamo;
    private final String table;
    private final ConditionalWrites writes;

    public AliasStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
        writes = new ConditionalWrites(dynamo);
    }

    /// @param alias as its row has it
    public record Claim(String alias, String clientId) {}

    /// Every claim of a tenant, by its form.
    public Map<String, Claim> claims(Tenant tenant) {
        Map<String, Claim> claims = new ConcurrentHashMap<>();
        forEachShard(tenant, Keys.CLAIM, ALIAS + ", " + CLIENT, item -> {
            Claim claim = new Claim(Attributes.required(item, ALIAS), Attributes.required(item, CLIENT));
            claims.put(AliasForm.of(claim.alias()), claim);
        });
        return claims;
    }

    /// Every alias of a tenant.
    public Aliases all(Tenant tenant) {
        return aliases(claims(tenant), Map.of());
    }

    /// Every alias and every registered id of a tenant, to judge new aliases.
    public Aliases withRegistered(Tenant tenant) {
        Map<String, Set<String>> registered = new ConcurrentHashMap<>();
        forEachShard(tenant, Keys.records(Tables.REGISTRY, ""), CLIENT + ", " + DocumentItem.ROWS, item -> {
            if (DocumentItem.rows(item) > 0) {
                String id = Attributes.required(item, CLIENT);
                registered
                        .computeIfAbsent(AliasForm.of(id), form -> ConcurrentHashMap.newKeySet())
                        .add(id);
            }
        });
        return aliases(claims(tenant), registered);
    }

    /// @param claims by form
    public static Aliases aliases(Map<String, Claim> claims, Map<String, Set<String>> registered) {
        Map<String, String> clients = new HashMap<>();
        claims.forEach((form, claim) -> clients.put(form, claim.clientId()));
        return new Aliases(clients, registered);
    }

    /// The client that each id is: itself, if no client claims it.
    public Map<String, String> clientsOf(Tenant tenant, Collection<String> ids) {
        Map<String, String> claims = new HashMap<>();
        Set<String> asked = new HashSet<>();
        Set<String> next = new TreeSet<>(ids);
        while (!next.isEmpty()) {
            Set<String> forms =
                    next.stream().map(AliasForm::of).filter(asked::add).collect(Collectors.toSet());
            next = new TreeSet<>();
            for (var item : Dynamo.get(
                    dynamo,
                    table,
                    forms.stream().map(form -> claimKey(tenant, form)).toList(),
                    ALIAS + ", " + CLIENT)) {
                String client = Attributes.required(item, CLIENT);
                claims.put(AliasForm.of(Attributes.required(item, ALIAS)), client);
                next.add(client);
            }
        }
        Aliases aliases = new Aliases(claims, Map.of());
        return ids.stream().distinct().collect(Collectors.toMap(id -> id, aliases::clientOf));
    }

    /// Claims an alias for a client that is none itself.
    ///
    /// @return false if another client claims it, if it is registered, or if the client has become an alias
    public boolean claim(Tenant tenant, String alias, String client, String uploadOrder) {
        String form = AliasForm.of(alias);
        Map<String, AttributeValue> item = new HashMap<>(claimKey(tenant, form));
        item.put(ALIAS, Attributes.text(alias));
        item.put(CLIENT, Attributes.text(client));
        item.put(DocumentItem.UPLOAD, Attributes.text(uploadOrder));
        List<TransactWriteItem> all = new ArrayList<>();
        all.add(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(clientId)")
                        .build())
                .build());
        if (!form.equals(AliasForm.of(client))) {
            all.add(isUnclaimed(tenant, client));
        }
        if (!alias.equals(client)) {
            all.add(check(ConditionCheck.builder()
                    .key(DocumentItem.key(tenant, alias, Keys.records(Tables.REGISTRY, alias)))
                    .conditionExpression("attribute_not_exists(rowCount) OR rowCount = :none")
                    .expressionAttributeValues(Map.of(":none", Attributes.number(0)))));
        }
        return switch (writes.transact(all)) {
            case Mine _ -> true;
            case Lost(var stored) -> client.equals(Attributes.text(stored, CLIENT));
            case Taken _ -> false;
        };
    }

    /// Gives up a client's claim of a form, unless a newer upload made it.
    public void release(Tenant tenant, String form, String client, String uploadOrder) {
        writes.delete(d -> d.tableName(table)
                .key(claimKey(tenant, form))
                .conditionExpression("attribute_not_exists(clientId) OR (clientId = :id AND upload <= :t)")
                .expressionAttributeValues(Map.of(":id", Attributes.text(client), ":t", Attributes.text(uploadOrder))));
    }

    /// A condition for a transaction: no other client claims the form of an id.
    TransactWriteItem isUnclaimed(Tenant tenant, String id) {
        return check(ConditionCheck.builder()
                .key(claimKey(tenant, AliasForm.of(id)))
                .conditionExpression("attribute_not_exists(clientId) OR clientId = :id")
                .expressionAttributeValues(Map.of(":id", Attributes.text(id))));
    }

    private TransactWriteItem check(ConditionCheck.Builder check) {
        return TransactWriteItem.builder()
                .conditionCheck(check.tableName(table).build())
                .build();
    }

    /// A write for a transaction: notes an id under which rows are stored.
    TransactWriteItem spelling(Tenant tenant, String id, String uploadOrder) {
        Map<String, AttributeValue> item = new HashMap<>(spellingKey(tenant, id));
        item.put(CLIENT, Attributes.text(id));
        item.put(DocumentItem.UPLOAD, Attributes.text(uploadOrder));
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table).item(item))
                .build();
    }

    /// The ids of some forms under which rows were stored.
    public Set<String> spellings(Tenant tenant, Collection<String> forms) {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        Dynamo.forEach(
                forms,
                form -> dynamo.queryPaginator(q -> q.tableName(table)
                                .keyConditionExpression("#p = :p AND begins_with(#s, :s)")
                                .expressionAttributeNames(Map.of("#p", DocumentItem.PARTITION, "#s", DocumentItem.SORT))
                                .expressionAttributeValues(Map.of(
                                        ":p", Attributes.text(Keys.shardOf(tenant, form)),
                                        ":s", Attributes.text(Keys.spellings(form))))
                                .consistentRead(true))
                        .items()
                        .forEach(item -> ids.add(Attributes.required(item, CLIENT))));
        return ids;
    }

    private void forEachShard(
            Tenant tenant, String prefix, String projection, Consumer<Map<String, AttributeValue>> take) {
        Dynamo.forEach(
                IntStream.range(0, Shards.COUNT).boxed().toList(),
                shard -> dynamo.queryPaginator(q -> q.tableName(table)
                                .keyConditionExpression("#p = :p AND begins_with(#s, :s)")
                                .projectionExpression(projection)
                                .expressionAttributeNames(Map.of("#p", DocumentItem.PARTITION, "#s", DocumentItem.SORT))
                                .expressionAttributeValues(Map.of(
                                        ":p",
                                        Attributes.text(Keys.shard(tenant, shard)),
                                        ":s",
                                        Attributes.text(prefix)))
                                .consistentRead(true))
                        .items()
                        .forEach(take));
    }

    private static Map<String, AttributeValue> claimKey(Tenant tenant, String form) {
        return DocumentItem.key(tenant, form, Keys.claim(form));
    }

    /// In the shard of its form.
    static Map<String, AttributeValue> spellingKey(Tenant tenant, String id) {
        String form = AliasForm.of(id);
        return DocumentItem.key(tenant, form, Keys.spellings(form) + Keys.client(id));
    }
}
