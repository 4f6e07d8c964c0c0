package clientkpis.reading;

import clientkpis.kpi.Aliases;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.bytes.Limits;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.match.Columns;
import clientkpis.tables.ClientField;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.text.DecimalFormatSymbols;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a tenant's configuration says about reading one table.
///
/// @param columns the tenant's own headers, mapped to columns of the table or to `custom.NAME`
/// @param readings column, by its name or any alias, to how it is read
/// @param sourcesOff names of known sources that are not to be recognised
/// @param aliases under which clients are known, for the rows of the table of aliases
public record ReadingOptions(
        CellOptions cells,
        Map<String, String> columns,
        Map<String, ColumnReading> readings,
        Set<String> sourcesOff,
        Limits limits,
        Aliases aliases) {
    /// In characters. A line of a table of a dozen columns is far shorter; a file without line breaks is not a table.
    public static final int MAX_LINE = 1 << 20;

    /// The clients of how many ids are remembered while a file is read.
    private static final int IDS = 100_000;

    public ReadingOptions {
        columns = Map.copyOf(columns);
        readings = Map.copyOf(readings);
        sourcesOff = Set.copyOf(sourcesOff);
    }

    /// The columns of a table as this tenant writes them.
    public Columns of(TableSchema table) {
        return new Columns(table, columns, readings, sourcesOff, cells);
    }

    /// The same with other limits.
    public ReadingOptions within(Limits other) {
        return new ReadingOptions(cells, columns, readings, sourcesOff, other, aliases);
    }

    /// The same where clients are also known under other ids.
    public ReadingOptions with(Aliases known) {
        if (known.clients().isEmpty()) {
            return new ReadingOptions(cells, columns, readings, sourcesOff, limits, known);
        }
        UnaryOperator<String> written = cells.clientIds();
        Map<String, String> clients = new HashMap<>();
        UnaryOperator<String> clientIds = id -> {
            if (clients.size() == IDS) {
                clients.clear();
            }
            return clients.computeIfAbsent(id, one -> known.clientOf(written.apply(one)));
        };
        return new ReadingOptions(cells.with(clientIds), columns, readings, sourcesOff, limits, known);
    }

    /// @param table null when it is not known; then no header is mapped
    public static ReadingOptions of(Configuration configuration, @Nullable TableSchema table) {
        Configuration.Formats formats = configuration.formats();
        char decimal = DecimalFormatSymbols.getInstance(Locale.forLanguageTag(formats.number()))
                .getDecimalSeparator();
        Map<String, String> columns = new HashMap<>();
        Map<String, ColumnReading> readings = new HashMap<>();
        if (table != null) {
            of(table, formats.columns(), columns::putAll);
            of(table, formats.read(), readings::putAll);
        }
        return new ReadingOptions(
                new CellOptions(
                        formats.timeZone(),
                        decimal == ',',
                        formats.date().startsWith("MM"),
                        formats.columns().values().stream()
                                .flatMap(mapped -> mapped.values().stream())
                                .filter(ClientField::isCustom)
                                .collect(Collectors.toSet()),
                        formats.clientIds()::id,
                        configuration.language()),
                columns,
                readings,
                formats.sourcesOff(),
                new Limits(configuration.uploads().maxDecompressedBytes(), MAX_LINE),
                Aliases.NONE);
    }

    /// What is said of a table, by its name or any alias.
    private static <T> void of(TableSchema table, Map<String, T> tables, Consumer<T> take) {
        tables.forEach((name, said) -> {
            String normal = Headers.normal(name);
            if (Stream.concat(Stream.of(table.name()), table.aliases().stream())
                    .anyMatch(alias -> normal.equals(Headers.normal(alias)))) {
                take.accept(said);
            }
        });
    }
}
