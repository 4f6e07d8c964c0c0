package clientkpis.cli.inspect;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.Row;
import clientkpis.reading.propose.Suggestion;
import clientkpis.receipt.Sentence;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the files of several systems write the clients of the registry among them: without punctuation, or by their
/// name. What each means is said as words of the column `client_id`, as far as people can still look through them.
final class ClientSpellings {
    private static final int MOST = 300;
    private static final int REMEMBERED = 100_000;
    private static final int CONFIDENCE = 85;

    /// The id of each registered client as the first file has it, by its likeness; null where one file has two.
    private final Map<String, @Nullable String> registered = new HashMap<>();
    /// By name; null where two have it.
    private final Map<String, @Nullable String> named = new HashMap<>();

    private final Map<String, Set<String>> seen = new LinkedHashMap<>();

    /// The ids of one file; those of a registry with their names.
    final class OfFile {
        private final TableSchema table;
        private final Set<String> ids;
        private final Map<String, String> own = new HashMap<>();

        private OfFile(TableSchema table) {
            this.table = table;
            ids = seen.computeIfAbsent(table.name(), name -> new LinkedHashSet<>());
        }

        void add(Row row) {
            String id = row.text("client_id");
            if (id == null || ids.size() == REMEMBERED) {
                return;
            }
            ids.add(id);
            String form = AliasForm.likeness(id);
            if (!table.name().equals(Tables.REGISTRY) || form.isEmpty()) {
                return;
            }
            String other = own.putIfAbsent(form, id);
            if (other != null && !other.equals(id)) {
                registered.put(form, null);
            } else if (!registered.containsKey(form)) {
                registered.put(form, id);
            }
            String client = registered.get(form);
            String name = row.text("name");
            if (name != null && client != null) {
                String known = named.putIfAbsent(AliasForm.of(name), client);
                if (known != null && !known.equals(client)) {
                    named.put(AliasForm.of(name), null);
                }
            }
        }
    }

    OfFile of(TableSchema table) {
        return new OfFile(table);
    }

    /// What to say of each table, by its name; nothing if it is more than people look through.
    Map<TableSchema, Suggestion> suggestions() {
        Map<TableSchema, Suggestion> suggestions = new LinkedHashMap<>();
        int all = 0;
        for (var table : seen.entrySet()) {
            Map<String, String> words = new TreeMap<>();
            table.getValue().forEach(id -> {
                String client = client(id);
                if (client != null && !client.equals(id)) {
                    words.put(id, client);
                }
            });
            all += words.size();
            if (!words.isEmpty()) {
                TableSchema schema = Objects.requireNonNull(Tables.load().find(table.getKey()));
                suggestions.put(
                        schema,
                        new Suggestion(
                                Objects.requireNonNull(schema.named("client_id")),
                                Map.of("words", words),
                                CONFIDENCE,
                                List.of(Sentence.of("propose.why.registry")),
                                List.of()));
            }
        }
        return all > MOST ? Map.of() : suggestions;
    }

    private @Nullable String client(String id) {
        String client = registered.get(AliasForm.likeness(id));
        return client == null ? named.get(AliasForm.of(id)) : client;
    }
}
