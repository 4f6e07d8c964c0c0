package clientkpis.function;

import clientkpis.aws.Backoff;
import clientkpis.aws.Dynamo;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.SituationChange;
import clientkpis.store.ClientStore;
import clientkpis.store.TenantStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// Evaluates clients and stores what changed. If another writer was faster, or used a newer configuration, the client
/// and the configuration are read again.
public final class Evaluations {
    private static final int AT_ONCE = 100;
    private static final int ATTEMPTS = 12;

    private final ClientStore clients;
    private final TenantStore tenants;

    public Evaluations(ClientStore clients, TenantStore tenants) {
        this.clients = clients;
        this.tenants = tenants;
    }

    /// Evaluates a client with the current state of its tenant, without side effects.
    @FunctionalInterface
    public interface Formula {
        Client.Evaluation evaluate(Client client, TenantStore.State tenant);
    }

    /// Evaluates clients, including new ones. Clients that were erased since their upload are skipped.
    ///
    /// @param orders client id to the order of the upload that brought the change
    /// @return how many clients changed
    /// @throws IllegalStateException if other writers kept changing the same clients
    public int evaluate(Tenant tenant, Map<String, String> orders, Formula formula, Log log) {
        TenantStore.State state = tenants.find(tenant);
        List<String> all = List.copyOf(orders.keySet());
        int changed = 0;
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<String> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
            Collection<Client> read =
                    clients.readOrUnknown(tenant, some, orders).values();
            changed += evaluate(state, read, orders, formula, log).changed();
        }
        return changed;
    }

    /// Evaluates clients that were just read.
    public Outcome evaluate(TenantStore.State state, Collection<Client> read, Formula formula, Log log) {
        return evaluate(state, read, Map.of(), formula, log);
    }

    private Outcome evaluate(
            TenantStore.State state, Collection<Client> read, Map<String, String> orders, Formula formula, Log log) {
        Queue<Client> evaluated = new ConcurrentLinkedQueue<>();
        Collection<Client> left = read;
        Tenant tenant = state.tenant();
        TenantStore.State current = state;
        int changed = 0;
        for (int attempt = 1; ; attempt++) {
            Queue<String> lost = new ConcurrentLinkedQueue<>();
            List<Client.Evaluation> writes = new ArrayList<>();
            int above = 0;
            for (Client client : left) {
                if (client.configurationVersion() > current.active().version()) {
                    if (attempt == 1) {
                        lost.add(client.clientId());
                        continue;
                    }
                    above++;
                }
                Client.Evaluation evaluation = formula.evaluate(client, current);
                if (evaluation.changed()) {
                    writes.add(evaluation);
                } else {
                    evaluated.add(client);
                }
            }
            if (above > 0) {
                log.warn("Evaluated clients with an older configuration than before", "clients", above);
            }
            Queue<Client> written = new ConcurrentLinkedQueue<>();
            LongAdder recorded = new LongAdder();
            try {
                Dynamo.forEach(writes, evaluation -> {
                    String id = evaluation.client().clientId();
                    Optional<Client> stored = clients.write(tenant, evaluation, orders.getOrDefault(id, ""));
                    stored.ifPresentOrElse(written::add, () -> lost.add(id));
                    SituationChange change = evaluation.change();
                    recorded.add(stored.isPresent() && change != null && change.isPublished() ? 1 : 0);
                });
            } finally {
                if (recorded.sum() > 0) {
                    log.info(
                            "Recorded changes of situation", Map.of(Metric.SITUATION_CHANGES_RECORDED, recorded.sum()));
                }
            }
            changed += written.size();
            evaluated.addAll(written);
            if (lost.isEmpty()) {
                return changed == 0
                        ? new Outcome(List.copyOf(evaluated), 0)
                        : configured(current, List.copyOf(evaluated), changed, log);
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException(lost.size() + " clients kept being changed by other writers");
            }
            Backoff.pause(attempt);
            // A client that is gone was erased; only a newer upload may bring it back.
            left = clients.readOrUnknown(tenant, lost, orders).values();
            // After the clients, so that it is as new as the configuration that evaluated them.
            current = tenants.find(tenant);
        }
    }

    /// Evaluates the clients again if a configuration was activated meanwhile, whose own run may have read these
    /// clients before they were written.
    private Outcome configured(TenantStore.State used, List<Client> evaluated, int changed, Log log) {
        TenantStore.State now = tenants.find(used.tenant());
        if (now.active().version() == used.active().version()) {
            return new Outcome(evaluated, changed);
        }
        Outcome again = evaluate(
                now,
                evaluated,
                (client, tenant) -> client.asOf() == null
                        ? new Client.Evaluation(client, false, null)
                        : client.reconfigured(client.asOf(), tenant.active(), new Cause.NewConfiguration()),
                log);
        return new Outcome(again.clients(), changed);
    }

    /// @param clients as they are stored now
    /// @param changed how many of them were written
    public record Outcome(List<Client> clients, int changed) {}
}
