package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.cell.CellOptions;
import clientkpis.reading.format.Limits;
import clientkpis.tables.ClientField;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.text.DecimalFormatSymbols;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a tenant's configuration says about reading one table.
///
/// @param columns the tenant's own headers, mapped to columns of the table or to `custom.NAME`
public record ReadingOptions(CellOptions cells, Map<String, String> columns, Limits limits) {
    /// In characters. A line of a table of a dozen columns is far shorter; a file without line breaks is not a table.
    public static final int MAX_LINE = 1 << 20;

    public ReadingOptions {
        columns = Map.copyOf(columns);
    }

    /// @param table null when it is not known; then no header is mapped
    public static ReadingOptions of(Configuration configuration, @Nullable TableSchema table) {
        Configuration.Formats formats = configuration.formats();
        char decimal = DecimalFormatSymbols.getInstance(Locale.forLanguageTag(formats.number()))
                .getDecimalSeparator();
        Map<String, String> columns = new HashMap<>();
        if (table != null) {
            formats.columns().forEach((name, mapped) -> {
                String normal = Headers.normal(name);
                if (normal.equals(Headers.normal(table.name()))
                        || table.aliases().stream().anyMatch(alias -> normal.equals(Headers.normal(alias)))) {
                    columns.putAll(mapped);
                }
            });
        }
        return new ReadingOptions(
                new CellOptions(
                        formats.timeZone(),
                        decimal == ',',
                        formats.date().startsWith("MM"),
                        formats.columns().values().stream()
                                .flatMap(mapped -> mapped.values().stream())
                                .filter(ClientField::isCustom)
                                .collect(Collectors.toSet())),
                columns,
                new Limits(configuration.uploads().maxDecompressedBytes(), MAX_LINE));
    }
}
