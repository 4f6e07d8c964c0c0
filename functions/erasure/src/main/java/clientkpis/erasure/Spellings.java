package clientkpis.erasure;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Aliases;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.store.AliasStore;
import clientkpis.store.AliasStore.Claim;
import clientkpis.store.RecordStore;
import clientkpis.tables.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Under which ids a client may be stored that is listed under one of them: as it is written, as the configuration
/// reads it, and the client whose alias it is, with all of that client's aliases. A claim stays until the end of the
/// erasure, so that each of its invocations finds the same.
final class Spellings {
    private final Tenant tenant;
    private final AliasStore store;
    private final ClientIdMatch match;
    private final Aliases aliases;
    /// Client to the forms of its aliases.
    private final Map<String, Set<String>> forms = new HashMap<>();

    private final Map<String, Claim> claims;

    Spellings(Tenant tenant, AliasStore store, ClientIdMatch match) {
        this.tenant = tenant;
        this.store = store;
        this.match = match;
        claims = store.claims(tenant);
        aliases = AliasStore.aliases(claims, Map.of());
        claims.forEach(
                (form, claim) -> forms.computeIfAbsent(aliases.clientOf(claim.clientId()), client -> new TreeSet<>())
                        .add(form));
    }

    /// The forms of the aliases of a listed client.
    Set<String> formsOf(String listed) {
        return forms.getOrDefault(aliases.clientOf(match.id(listed)), Set.of());
    }

    Set<String> of(String listed) {
        Set<String> ids = new HashSet<>(List.of(listed, match.id(listed)));
        String client = aliases.clientOf(match.id(listed));
        ids.add(client);
        Set<String> known = formsOf(listed);
        known.forEach(form -> ids.add(claim(form).alias()));
        ids.addAll(store.spellings(tenant, known));
        return ids;
    }

    /// Gives up the claims of listed clients that none of their rows makes any more.
    void release(List<String> listed, RecordStore records, String order) {
        if (forms.isEmpty()) {
            return;
        }
        for (String one : listed) {
            String client = aliases.clientOf(match.id(one));
            Set<String> left = new TreeSet<>(forms.getOrDefault(client, Set.of()));
            if (!left.isEmpty()) {
                // What newer uploads have brought stays.
                records.read(tenant, Tables.ALIASES, List.of(client))
                        .values()
                        .forEach(packed -> records.unpack(packed)
                                .document()
                                .rows()
                                .keySet()
                                .forEach(alias -> left.remove(AliasForm.of(alias))));
                left.forEach(form -> store.release(tenant, form, claim(form).clientId(), order));
            }
        }
    }

    private Claim claim(String form) {
        return Objects.requireNonNull(claims.get(form));
    }
}
