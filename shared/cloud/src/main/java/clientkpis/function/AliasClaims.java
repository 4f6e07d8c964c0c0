package clientkpis.function;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Row;
import clientkpis.kpi.Tenant;
import clientkpis.message.MoveMessage;
import clientkpis.store.AliasStore;
import clientkpis.store.RecordStore;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import clientkpis.upload.Document;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the rows of the table of aliases do beside being stored: they claim aliases, and what is stored under one moves
/// to its client. First the claims, then the rows, then the moves: each is done again, with the same result, by an
/// attempt after one that died.
final class AliasClaims {
    private static final String ALIAS = "alias";
    /// A message to a family has at most as many.
    private static final int MOVED_AT_ONCE = 25;

    private final Stack stack;
    private final AliasStore aliases;
    private final RecordStore records;

    AliasClaims(Stack stack) {
        this.stack = stack;
        aliases = stack.aliases();
        records = stack.records();
    }

    /// @param rows those whose claims hold
    /// @param refused how many others there are
    record Granted(ClientRows rows, int refused) {}

    /// Claims the aliases of some clients. A client that has become an alias itself claims them for its own client.
    Granted claim(Tenant tenant, ClientRows uploaded, String uploadOrder) {
        Map<String, String> clients = aliases.clientsOf(tenant, uploaded.clients());
        Map<String, Row> wanted = new TreeMap<>();
        uploaded.clients()
                .forEach(id -> uploaded.of(id).values().forEach(row -> {
                    Row own = row.of(Objects.requireNonNull(clients.get(id)));
                    wanted.put(own.required("client_id") + "\u001f" + own.required(ALIAS), own);
                }));
        Map<String, String> stored = aliases.clientsOf(
                tenant, wanted.values().stream().map(row -> row.required(ALIAS)).toList());
        ClientRows granted = new ClientRows();
        int refused = 0;
        for (Row row : wanted.values()) {
            String client = row.required("client_id");
            String alias = row.required(ALIAS);
            if (client.equals(stored.get(alias)) || aliases.claim(tenant, alias, client, uploadOrder)) {
                granted.add(client, alias, row);
            } else {
                refused++;
            }
        }
        clients.values().stream()
                .filter(client -> !granted.clients().contains(client))
                .forEach(granted::addNone);
        return new Granted(granted, refused);
    }

    /// Gives up the claims of rows that are about to go.
    void release(Tenant tenant, Document before, Document after, String uploadOrder) {
        Set<String> kept = after.rows().keySet().stream().map(AliasForm::of).collect(Collectors.toSet());
        before.rows().keySet().stream()
                .map(AliasForm::of)
                .filter(form -> !kept.contains(form))
                .forEach(form -> aliases.release(tenant, form, before.clientId(), uploadOrder));
    }

    /// Asks the families that have rows of the clients' aliases to move them.
    ///
    /// @param day of the upload that brought the aliases
    void move(Tenant tenant, LocalDate day, Collection<String> clients, ClientRows rows) {
        Map<String, String> clientOfForm = new HashMap<>();
        clients.forEach(client ->
                rows.of(client).values().forEach(row -> clientOfForm.put(AliasForm.of(row.required(ALIAS)), client)));
        List<String> ids = aliases.spellings(tenant, clientOfForm.keySet()).stream()
                .filter(id -> !id.equals(clientOfForm.get(AliasForm.of(id))))
                .sorted()
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        for (TableSchema table : Tables.load().all()) {
            if (table.isOfClients()) {
                List<String> stored = records.existing(tenant, table.name(), ids).stream()
                        .sorted()
                        .toList();
                List<String> bodies = new ArrayList<>();
                for (int i = 0; i < stored.size(); i += MOVED_AT_ONCE) {
                    List<String> some = stored.subList(i, Math.min(i + MOVED_AT_ONCE, stored.size()));
                    bodies.add(new MoveMessage(tenant, table.name(), day, some).body());
                }
                if (!bodies.isEmpty()) {
                    stack.partsQueue(table.name()).send(bodies, tenant.name());
                }
            }
        }
    }
}
