package clientkpis.tables;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the columns of the records behind a client's fields are called: those of a table by `{table}.{column}`, those
/// that are calculated by their own names.
public final class RecordColumns {
    private static final RecordColumns LOADED = new RecordColumns(read());

    private final Map<String, ClientField.Label> labels;
    private final SortedSet<String> tables = new TreeSet<>();

    private RecordColumns(Map<String, ClientField.Label> labels) {
        this.labels = Collections.unmodifiableMap(labels);
        labels.keySet().stream()
                .filter(column -> column.contains("."))
                .forEach(column -> tables.add(column.substring(0, column.indexOf('.'))));
    }

    public static RecordColumns load() {
        return LOADED;
    }

    /// Every column that may occur.
    public Map<String, ClientField.Label> labels() {
        return labels;
    }

    /// The label of a column of a table's records, or null if it has none.
    public ClientField.@Nullable Label label(String table, String column) {
        ClientField.Label own = labels.get(table + "." + column);
        return own == null ? labels.get(column) : own;
    }

    /// The tables with rows that are behind fields.
    public SortedSet<String> tables() {
        return Collections.unmodifiableSortedSet(tables);
    }

    private static Map<String, ClientField.Label> read() {
        return Tables.parse("record-columns.json", LabelsFile.class).labels();
    }

    private record LabelsFile(Map<String, ClientField.Label> labels) {}
}
