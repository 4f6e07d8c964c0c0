package clientkpis.upload;

import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// The rows that a snapshot has and that were rejected, as far as their keys could be read. They are in the file, so
/// the snapshot removes nothing of theirs: what older uploads brought under these keys stays, also what arrives later.
///
/// They are kept beside the parts, in an object like a part, whose rows have nothing but their keys.
///
/// @param byClient client to the keys of its rows, see `FamilyFunction.rowKey`
public record KeptRows(Map<String, Set<String>> byClient) {
    public static final KeptRows NONE = new KeptRows(Map.of());

    private static final int CLIENTS_AT_ONCE = 100;

    /// @param rowKey the key of a row among those of its client
    public static KeptRows of(Iterable<Row> rows, Function<Row, String> rowKey) {
        Map<String, Set<String>> byClient = new HashMap<>();
        rows.forEach(row -> byClient.computeIfAbsent(row.required("client_id"), client -> new HashSet<>())
                .add(rowKey.apply(row)));
        return new KeptRows(byClient);
    }

    /// Reads the rest of an object.
    public static KeptRows read(Part.Reader reader, Function<Row, String> rowKey) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Row row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
        return of(rows, rowKey);
    }

    public Set<String> of(String client) {
        return byClient.getOrDefault(client, Set.of());
    }

    public boolean has(String client, String key) {
        return of(client).contains(key);
    }

    /// Passes on the clients within a range, in the order of parts, at most a hundred at a time, until `some` returns
    /// false.
    public void forEachClient(Part.Range range, Predicate<List<String>> some) {
        List<String> clients = byClient.keySet().stream()
                .filter(client -> range.has(Shards.of(client), client))
                .sorted(Part.CLIENTS)
                .toList();
        for (int i = 0; i < clients.size(); i += CLIENTS_AT_ONCE) {
            if (!some.test(clients.subList(i, Math.min(i + CLIENTS_AT_ONCE, clients.size())))) {
                return;
            }
        }
    }
}
