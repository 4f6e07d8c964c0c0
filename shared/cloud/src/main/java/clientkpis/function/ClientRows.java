package clientkpis.function;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import clientkpis.store.PackedDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The uploaded rows of some clients, in the order of the part.
final class ClientRows {
    /// As many as one read returns.
    private static final int CLIENTS = 100;
    /// About how many bytes of rows are unpacked at once, unless one client alone has more.
    static final long MEMORY = 64_000_000;

    private final Map<String, SortedMap<String, Row>> rows = new LinkedHashMap<>();
    private final Map<String, Long> memory = new LinkedHashMap<>();
    private long all;

    void add(String client, String key, Row row) {
        rows.computeIfAbsent(client, id -> new TreeMap<>(CodePoints.ORDER)).put(key, row);
        long size = PackedDocument.ROW
                + row.cells().values().stream()
                        .mapToLong(cell -> 2L * cell.length())
                        .sum();
        memory.merge(client, size, Long::sum);
        all += size;
    }

    /// A client without rows.
    void addNone(String client) {
        rows.put(client, Collections.emptySortedMap());
    }

    /// Whether no other client should be added.
    boolean isFull() {
        return rows.size() >= CLIENTS || all >= MEMORY;
    }

    Set<String> clients() {
        return rows.keySet();
    }

    SortedMap<String, Row> of(String client) {
        return rows.getOrDefault(client, Collections.emptySortedMap());
    }

    /// The clients in groups whose rows, uploaded and stored, fit in memory together; a client with more is alone.
    List<List<String>> groups(Map<String, PackedDocument> stored) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        long sum = 0;
        for (String client : rows.keySet()) {
            @Nullable PackedDocument document = stored.get(client);
            long size = memory.getOrDefault(client, 0L) + (document == null ? 0 : document.memory());
            if (!group.isEmpty() && sum + size > MEMORY) {
                groups.add(group);
                group = new ArrayList<>();
                sum = 0;
            }
            group.add(client);
            sum += size;
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
