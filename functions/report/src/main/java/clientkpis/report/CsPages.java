package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Texts;
import clientkpis.upload.Hash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A page for each person of CS, with that person's clients only. The people are those of the clients that the report
/// keeps, at most 200 of them: a column that was mistaken for the CS does not make a page per client.
final class CsPages {
    private static final int MOST = 200;
    private static final int HASH = 16;

    /// The page of one person.
    ///
    /// @param slug the page's name in its address: a hash, or the person's name if the configuration allows it
    record Person(String name, String slug, List<Portfolio.KeptClient> clients, Totals totals) {}

    private final Map<String, Person> people = new LinkedHashMap<>();

    /// @param kept the clients of the report
    /// @param hasNames whether a person's name may stand in the address
    CsPages(
            Tenant tenant,
            List<Portfolio.KeptClient> kept,
            LocalDate day,
            boolean countsUnregistered,
            boolean hasNames) {
        Set<String> slugs = new HashSet<>();
        for (Portfolio.KeptClient client : kept) {
            String cs = client.cs();
            if (cs == null || cs.isBlank()) {
                continue;
            }
            String key = Texts.fold(cs);
            Person person = people.get(key);
            if (person == null && people.size() < MOST) {
                String hash = Hash.of(tenant + "\n" + key, HASH);
                String name = hasNames ? slug(cs) : "";
                String slug = name.isEmpty() || !slugs.add(name) ? hash : name;
                person = new Person(cs, slug, new ArrayList<>(), new Totals(day, countsUnregistered));
                people.put(key, person);
            }
            if (person != null) {
                person.clients().add(client);
            }
        }
    }

    /// Counts a client, kept or not, for its CS.
    void add(JsonNode row, @Nullable JsonNode details) {
        String cs = row.path("cs").textValue();
        Person person = cs == null ? null : people.get(Texts.fold(cs));
        if (person != null) {
            person.totals().add(new ExportedClient(row), details == null ? Json.array() : details.path("transitions"));
        }
    }

    /// The data of a person's page.
    ///
    /// @param data of the report
    static ObjectNode data(ObjectNode data, Person person, Portfolio.Clients clients) {
        ObjectNode json = Json.object().put("cs", person.name());
        for (String same : List.of(
                "tenant",
                "day",
                "language",
                "currency",
                "rule",
                "cuts",
                "block",
                "columns",
                "fields",
                "otherFields",
                "reconstructedUntil",
                "recordColumns")) {
            if (data.has(same)) {
                json.set(same, data.get(same));
            }
        }
        json.putObject("summaries").set("today", person.totals().summary());
        json.set("totals", person.totals().json());
        json.set("clients", clients.lines());
        return json;
    }

    List<Person> people() {
        return List.copyOf(people.values());
    }

    private static String slug(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
