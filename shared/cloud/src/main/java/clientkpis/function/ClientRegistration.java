package clientkpis.function;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Tenant;
import clientkpis.store.ClientIds;
import clientkpis.store.PackedDocument;
import clientkpis.store.RecordStore;
import clientkpis.tables.Tables;
import clientkpis.upload.PartCounts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which clients an upload brings first, and which of them no registry names.
final class ClientRegistration {
    private final FamilyDocuments<?> family;
    private final RecordStore records;
    private final ClientIds ids;

    ClientRegistration(FamilyDocuments<?> family, Stack stack) {
        this.family = family;
        records = stack.records();
        ids = stack.clientIds();
    }

    /// Remembers the clients that a registry names first. It is done before their rows are stored, so that a registered
    /// client is always found by its other spellings, too.
    void remember(Tenant tenant, List<String> clients, Map<String, PackedDocument> stored, String order) {
        if (!family.registers()) {
            return;
        }
        List<String> unknown = clients.stream()
                .filter(client -> {
                    PackedDocument document = stored.get(client);
                    return document != null && document.isNew();
                })
                .toList();
        ids.rememberRegistered(tenant, unknown, order);
    }

    /// @param order of the upload
    /// @param fresh those of the clients whose first rows of the table these are
    PartCounts counts(Tenant tenant, String order, Collection<String> clients, Set<String> fresh) {
        int brought = ids.firstBrought(tenant, fresh, order);
        if (family.registers()) {
            return PartCounts.clients(clients.size(), brought, 0, 0, List.of());
        }
        Set<String> unregistered = new TreeSet<>(CodePoints.ORDER);
        unregistered.addAll(clients);
        unregistered.removeAll(records.existing(tenant, Tables.REGISTRY, clients));
        Map<String, String> meant = ids.probablyMeant(tenant, unregistered, order);
        // The sample begins with clients that are probably others.
        List<PartCounts.Sample> samples = Stream.concat(
                        unregistered.stream().filter(meant::containsKey),
                        unregistered.stream().filter(client -> !meant.containsKey(client)))
                .limit(PartCounts.SAMPLES)
                .map(client -> new PartCounts.Sample(client, meant.get(client)))
                .toList();
        return PartCounts.clients(clients.size(), brought, unregistered.size(), meant.size(), samples);
    }
}
