package clientkpis.cli.output;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.CodePoints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which clients are not in the registry, and which of those that are they probably are: the one whose id is the same
/// without punctuation and the zeros in front, or whose name it is. Where two could be meant, none is suggested.
///
/// @param clients how many there are
/// @param notRegistered how many of them are not in the registry
/// @param aliases the id of one that is not to the id of the one that is probably meant
public record SuggestedAliases(long clients, long notRegistered, SortedMap<String, String> aliases) {
    /// @param clients the client table
    static SuggestedAliases of(List<JsonNode> clients) {
        Map<String, @Nullable String> byId = new HashMap<>();
        Map<String, @Nullable String> byName = new HashMap<>();
        List<String> others = new ArrayList<>();
        for (JsonNode client : clients) {
            String id = client.path("clientId").asText();
            // Only the registry gives a name.
            if (client.has("name")) {
                note(byId, AliasForm.likeness(id), id);
                note(byName, AliasForm.of(client.path("name").asText()), id);
            } else {
                others.add(id);
            }
        }
        SortedMap<String, String> aliases = new TreeMap<>(CodePoints.ORDER);
        for (String id : others) {
            String meant = byId.get(AliasForm.likeness(id));
            meant = meant == null ? byName.get(AliasForm.of(id)) : meant;
            if (meant != null) {
                aliases.put(id, meant);
            }
        }
        return new SuggestedAliases(clients.size(), others.size(), aliases);
    }

    private static void note(Map<String, @Nullable String> ids, String form, String id) {
        if (!form.isEmpty()) {
            ids.put(form, ids.containsKey(form) ? null : id);
        }
    }

    /// Writes them as a file that can be uploaded as the table `aliases`, after a look.
    ///
    /// @param name of a client's registered name, for the person who looks
    void write(Path file, Function<String, String> name) throws IOException {
        StringBuilder csv = new StringBuilder("\uFEFFclient_id;alias;system;name\r\n");
        aliases.forEach((alias, client) -> csv.append(ClientsCsv.text(client))
                .append(';')
                .append(ClientsCsv.text(alias))
                .append(";;")
                .append(ClientsCsv.text(name.apply(client)))
                .append("\r\n"));
        Files.writeString(file, csv);
    }
}
