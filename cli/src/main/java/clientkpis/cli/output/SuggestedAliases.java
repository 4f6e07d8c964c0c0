package clientkpis.cli.output;

import clientkpis.export.ClientsCsv;
import clientkpis.kpi.AliasForm;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.TaxId;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which clients are probably one: of those that are not in the registry, the registered one whose id is the same
/// without punctuation and the zeros in front, or whose name it is; else the one of the others that it resembles. Also
/// two registered ones with one id in two forms. Where two could be meant, none is suggested.
///
/// @param clients how many there are
/// @param notRegistered how many of them are not in the registry
/// @param aliases the id of one to the id of the one that is probably meant
/// @param registered those of the aliases that are in the registry too
public record SuggestedAliases(
        long clients, long notRegistered, SortedMap<String, String> aliases, Set<String> registered) {
    private static final String NAME = "name";

    /// The one that most tables know; then one with contracts, with an id as it is printed, and the first of all.
    private static final Comparator<JsonNode> BEST_KNOWN = Comparator.comparingLong(SuggestedAliases::tables)
            .reversed()
            .thenComparing(client -> !client.has("mrr"))
            .thenComparing(client ->
                    TaxId.printed(id(client)).filter(id(client)::equals).isEmpty())
            .thenComparing(SuggestedAliases::id, CodePoints.ORDER);

    /// @param clients the client table
    static SuggestedAliases of(List<JsonNode> clients) {
        Map<String, List<JsonNode>> byId = new HashMap<>();
        Map<String, Set<String>> named = new HashMap<>();
        Set<String> taken = new HashSet<>();
        Map<String, List<JsonNode>> others = new TreeMap<>();
        SortedMap<String, String> aliases = new TreeMap<>(CodePoints.ORDER);
        for (JsonNode client : clients) {
            // Only the registry gives a name.
            if (client.has(NAME)) {
                byId.computeIfAbsent(AliasForm.likeness(id(client)), form -> new ArrayList<>())
                        .add(client);
                named.computeIfAbsent(AliasForm.of(client.path(NAME).asText()), name -> new HashSet<>())
                        .add(id(client));
                taken.add(AliasForm.resemblance(id(client)));
            }
        }
        Map<String, String> registered = new HashMap<>();
        byId.forEach((form, some) -> {
            if (!form.isEmpty() && areOne(some)) {
                String best = join(some, aliases);
                registered.put(form, best);
            }
        });
        Set<String> twice = Set.copyOf(aliases.keySet());
        Map<String, String> byName = new HashMap<>();
        named.forEach((name, ids) -> {
            Set<String> meant =
                    ids.stream().map(id -> aliases.getOrDefault(id, id)).collect(Collectors.toSet());
            if (meant.size() == 1) {
                byName.put(name, meant.iterator().next());
            }
        });
        long notRegistered = 0;
        for (JsonNode client : clients) {
            if (!client.has(NAME)) {
                notRegistered++;
                String id = id(client);
                String meant = registered.get(AliasForm.likeness(id));
                meant = meant == null ? byName.get(AliasForm.of(id)) : meant;
                String form = AliasForm.resemblance(id);
                if (meant != null) {
                    aliases.put(id, meant);
                } else if (!form.isEmpty() && !taken.contains(form)) {
                    others.computeIfAbsent(form, f -> new ArrayList<>()).add(client);
                }
            }
        }
        others.values().forEach(some -> join(some, aliases));
        return new SuggestedAliases(clients.size(), notRegistered, aliases, twice);
    }

    /// Whether registered clients whose ids are the same but for their form are one: a CNPJ or CPF is one client's; of
    /// other ids the names have to agree.
    private static boolean areOne(List<JsonNode> some) {
        return some.stream().map(client -> TaxId.printed(id(client))).distinct().count() == 1
                && (TaxId.printed(id(some.getFirst())).isPresent()
                        || some.stream()
                                        .map(client ->
                                                AliasForm.of(client.path(NAME).asText()))
                                        .distinct()
                                        .count()
                                == 1);
    }

    /// Suggests all but the best known of some clients as aliases of that one.
    private static String join(List<JsonNode> some, SortedMap<String, String> aliases) {
        String best = id(Collections.min(some, BEST_KNOWN));
        some.stream().map(SuggestedAliases::id).filter(id -> !id.equals(best)).forEach(id -> aliases.put(id, best));
        return best;
    }

    private static String id(JsonNode client) {
        return client.path("clientId").asText();
    }

    /// In how many tables.
    private static long tables(JsonNode client) {
        Set<String> tables = new HashSet<>();
        client.path("sources").forEach(source -> tables.add(source.path("table").asText()));
        return tables.size();
    }

    /// Writes them as a file that can be uploaded as the table `aliases`, after a look.
    ///
    /// @param name of a client's registered name, for the person who looks
    void write(Path file, Function<String, String> name) throws IOException {
        StringBuilder csv = new StringBuilder("\uFEFFclient_id;alias;system;name")
                .append(registered.isEmpty() ? "" : ";note")
                .append("\r\n");
        aliases.forEach((alias, client) -> csv.append(ClientsCsv.text(client))
                .append(';')
                .append(ClientsCsv.text(alias))
                .append(";;")
                .append(ClientsCsv.text(name.apply(client)))
                .append(registered.contains(alias) ? ";registered too: take it out of the registry first" : "")
                .append("\r\n"));
        Files.writeString(file, csv);
    }
}
