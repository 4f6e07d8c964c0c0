package clientkpis.function;

import clientkpis.aws.Dynamo;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.store.ClientStore;
import clientkpis.store.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Evaluates clients and stores what changed. Who loses a race, or holds a configuration older than the client's, reads
/// both again.
public final class Evaluations {
    private static final int AT_ONCE = 100;
    private static final int ATTEMPTS = 12;

    private final ClientStore clients;
    private final TenantStore tenants;

    public Evaluations(ClientStore clients, TenantStore tenants) {
        this.clients = clients;
        this.tenants = tenants;
    }

    /// Pure: a client and its tenant as it stands, with the configuration in force, give an evaluation.
    @FunctionalInterface
    public interface Formula {
        Client.Evaluation evaluate(Client client, TenantStore.State tenant);
    }

    /// Evaluates the clients of these ids, new ones too.
    ///
    /// @param tokens client to the token of the upload that tells of it; one that was erased since is passed over
    /// @return how many of them changed
    /// @throws IllegalStateException when others kept on writing the same clients
    public int evaluate(Tenant tenant, Map<String, String> tokens, Formula formula) {
        TenantStore.State state = tenants.find(tenant);
        List<String> all = List.copyOf(tokens.keySet());
        int changed = 0;
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<String> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
            Map<String, Client> read = clients.read(tenant, some);
            Map<String, String> erased = clients.erased(tenant, some);
            List<Client> present = some.stream()
                    .filter(id -> !isErased(id, tokens, erased))
                    .map(id -> read.getOrDefault(id, Client.unknown(id)))
                    .toList();
            changed += evaluate(state, present, tokens, formula).changed();
        }
        return changed;
    }

    private static boolean isErased(String id, Map<String, String> tokens, Map<String, String> erased) {
        String by = erased.get(id);
        return by != null && CodePoints.ORDER.compare(tokens.getOrDefault(id, ""), by) <= 0;
    }

    /// Evaluates clients that were just read.
    ///
    /// @return the clients as they stand now, and how many of them changed
    public Outcome evaluate(TenantStore.State state, Collection<Client> read, Formula formula) {
        return evaluate(state, read, Map.of(), formula);
    }

    private Outcome evaluate(
            TenantStore.State state, Collection<Client> read, Map<String, String> tokens, Formula formula) {
        Queue<Client> standing = new ConcurrentLinkedQueue<>();
        List<Client> left = new ArrayList<>(read);
        Tenant tenant = state.tenant();
        TenantStore.State current = state;
        int changed = 0;
        for (int attempt = 1; ; attempt++) {
            Queue<String> lost = new ConcurrentLinkedQueue<>();
            List<Client.Evaluation> writes = new ArrayList<>();
            for (Client client : left) {
                if (client.configurationVersion() > current.configuration().version()) {
                    lost.add(client.clientId());
                    continue;
                }
                Client.Evaluation evaluation = formula.evaluate(client, current);
                if (evaluation.changed()) {
                    writes.add(evaluation);
                } else {
                    standing.add(client);
                }
            }
            Queue<Client> written = new ConcurrentLinkedQueue<>();
            Dynamo.forEach(writes, evaluation -> {
                if (clients.write(
                        tenant,
                        evaluation,
                        tokens.getOrDefault(evaluation.client().clientId(), ""))) {
                    written.add(evaluation.client());
                } else {
                    lost.add(evaluation.client().clientId());
                }
            });
            changed += written.size();
            standing.addAll(written);
            if (lost.isEmpty()) {
                return changed == 0
                        ? new Outcome(List.copyOf(standing), 0)
                        : configured(current, List.copyOf(standing), changed);
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException(lost.size() + " clients are written by others all the time");
            }
            Dynamo.pause(attempt);
            current = tenants.find(tenant);
            Map<String, Client> again = clients.read(tenant, lost);
            Map<String, String> erased = clients.erased(tenant, lost);
            // Who is gone was erased; only a newer upload brings it back.
            left = lost.stream()
                    .filter(id -> !isErased(id, tokens, erased))
                    .map(id -> again.getOrDefault(id, Client.unknown(id)))
                    .toList();
        }
    }

    /// A configuration that was activated meanwhile may have passed these clients before they were written.
    private Outcome configured(TenantStore.State used, List<Client> standing, int changed) {
        TenantStore.State now = tenants.find(used.tenant());
        if (now.configuration().version() == used.configuration().version()) {
            return new Outcome(standing, changed);
        }
        Outcome again = evaluate(
                now,
                standing,
                (client, tenant) -> client.asOf() == null
                        ? new Client.Evaluation(client, false, null)
                        : client.reconfigured(client.asOf(), tenant.configuration(), new Cause.NewConfiguration()));
        return new Outcome(again.clients(), changed);
    }

    /// @param changed how many of the clients were written
    public record Outcome(List<Client> clients, int changed) {}
}
