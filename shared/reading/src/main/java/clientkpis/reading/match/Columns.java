package clientkpis.reading.match;

import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.kpi.configuration.Language;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.cell.Cells;
import clientkpis.tables.ClientField;
import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of one table, and what one tenant says of its own headers and of how they are read.
public final class Columns {
    private final TableSchema table;
    private final Map<String, Column> mapped = new HashMap<>();
    private final Map<String, ColumnReading> readings = new HashMap<>();
    private final Set<String> sourcesOff;
    private final Cells cells;
    private final Language language;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Column> all;

    /// @param mapping header to column of the table or `custom.NAME`
    /// @param readings column, by its name or any alias, to how it is read
    /// @param sourcesOff names of known sources that are not to be recognised
    /// @param options how this tenant writes cells; what cells are helps to find out what their header means
    public Columns(
            TableSchema table,
            Map<String, String> mapping,
            Map<String, ColumnReading> readings,
            Set<String> sourcesOff,
            CellOptions options) {
        this.table = table;
        this.sourcesOff = Set.copyOf(sourcesOff);
        cells = new Cells(options);
        language = options.language();
        Map<String, Column> custom = new LinkedHashMap<>();
        mapping.forEach((header, name) -> {
            Column column =
                    ClientField.isCustom(name) ? custom.computeIfAbsent(name, Column::custom) : table.column(name);
            if (column != null) {
                mapped.put(Headers.normal(header), column);
            }
        });
        readings.forEach((name, reading) -> {
            Column column = table.column(name);
            if (column != null) {
                this.readings.put(column.name(), reading);
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
    public int position(Column column) {
        return positions.getOrDefault(column.name(), -1);
    }

    /// The column that a header means by the tenant's mapping or a name of the table, or null.
    public @Nullable Column of(String header) {
        Column own = mapped(header);
        return own != null ? own : table.column(header);
    }

    /// The required columns that none of these headers names.
    public List<Column> missing(List<String> headers) {
        List<Column> missing = new ArrayList<>(table.requiredColumns());
        headers.forEach(header -> missing.remove(of(header)));
        return missing;
    }

    @Nullable
    Column mapped(String header) {
        return mapped.isEmpty() ? null : mapped.get(Headers.normal(header));
    }

    ColumnReading reading(Column column) {
        return readings.getOrDefault(column.name(), ColumnReading.NOTHING);
    }

    /// In which the tenant's people read.
    public Language language() {
        return language;
    }

    /// Whether the tenant writes the month before the day.
    public boolean isMonthFirst() {
        return cells.evidence().monthFirst();
    }

    Set<String> sourcesOff() {
        return sourcesOff;
    }

    Cells cells() {
        return cells;
    }
}
