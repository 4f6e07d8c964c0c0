package clientkpis.reading.format;

import clientkpis.tables.ClientField;
import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the headers of one table mean to one tenant: the tenant's own mapping first, then the names and aliases of the
/// schema.
public final class Columns {
    private final TableSchema table;
    private final Map<String, Column> mapped = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Column> all;

    public Columns(TableSchema table, Map<String, String> mapping) {
        this.table = table;
        Map<String, Column> custom = new LinkedHashMap<>();
        mapping.forEach((header, name) -> {
            Column column =
                    ClientField.isCustom(name) ? custom.computeIfAbsent(name, Column::custom) : table.named(name);
            if (column != null) {
                mapped.put(Headers.normal(header), column);
            }
        });
        all = new ArrayList<>(table.columns());
        custom.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).forEach(all::add);
        for (int i = 0; i < all.size(); i++) {
            positions.put(all.get(i).name(), i);
        }
    }

    public TableSchema table() {
        return table;
    }

    /// The table's columns, then the tenant's own: the order of a row's cells.
    public List<Column> all() {
        return all;
    }

    /// The index of the column in [#all()], or -1.
    int position(Column column) {
        return positions.getOrDefault(column.name(), -1);
    }

    /// The column that a header means, or null.
    @Nullable
    Column of(String header) {
        Column own = mapped.get(Headers.normal(header));
        return own != null ? own : table.column(header);
    }

    /// The column of each header; null for a header that means none.
    List<@Nullable Column> of(List<String> headers) {
        List<@Nullable Column> columns = new ArrayList<>();
        for (String header : headers) {
            columns.add(of(header));
        }
        return columns;
    }

    /// The required columns that no header means.
    List<Column> missing(List<@Nullable Column> columns) {
        return table.requiredColumns().stream()
                .filter(required -> !columns.contains(required))
                .toList();
    }

    /// Among headers that mean no column, the one that probably means this one, or null.
    @Nullable
    String probably(Column column, List<String> unknown) {
        String likely = null;
        int least = Integer.MAX_VALUE;
        for (String header : unknown) {
            String normal = Headers.normal(header);
            for (String name : column.names()) {
                String wanted = Headers.normal(name);
                int distance = distance(normal, wanted);
                if (distance <= Math.max(1, wanted.length() / 3) && distance < Math.min(wanted.length(), least)) {
                    least = distance;
                    likely = header;
                }
            }
        }
        return likely;
    }

    /// The least number of insertions, deletions, replacements and swaps of neighbours that make one text of the other.
    static int distance(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(back, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], back[j]) + 1, back[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            int[] free = twoBack;
            twoBack = back;
            back = row;
            row = free;
        }
        return back[b.length()];
    }
}
