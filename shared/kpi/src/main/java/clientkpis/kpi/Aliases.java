package clientkpis.kpi;

import java.util.Map;
import java.util.Set;

/// What a tenant's table `aliases` says, and which ids its registry has.
///
/// @param clients the form of an alias to the client that claims it; one that is an alias itself leads on
/// @param registered form to the registered ids of that form; empty where nobody asks
public record Aliases(Map<String, String> clients, Map<String, Set<String>> registered) {
    public static final Aliases NONE = new Aliases(Map.of(), Map.of());

    public Aliases {
        clients = Map.copyOf(clients);
        registered = Map.copyOf(registered);
    }

    /// The client that an id or a name is: itself, if no client claims it.
    public String clientOf(String id) {
        String client = id;
        // Claims make no circle; the bound is for what a restore of a table might bring.
        for (int i = 0; i <= clients.size(); i++) {
            String next = clients.get(AliasForm.of(client));
            if (next == null || next.equals(client)) {
                break;
            }
            client = next;
        }
        return client;
    }
}
