package clientkpis.reading;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.tables.ClientField;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.text.DecimalFormatSymbols;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a tenant's configuration says about reading one table.
///
/// @param zone to which instants are taken
/// @param decimalComma whether `1.234` alone is 1234, as in `pt-BR`, and not 1.234
/// @param monthFirst whether `09/10/2026` is the 10th of September
/// @param columns the tenant's own headers, to columns of the table or to `custom.NAME`
/// @param customFields the fields of the tenant's own, `custom.NAME`, that an override may name
/// @param maxDecompressedBytes how long a file may be
/// @param maxLine how long a line may be, in characters
public record ReadingOptions(
        ZoneId zone,
        boolean decimalComma,
        boolean monthFirst,
        Map<String, String> columns,
        Set<String> customFields,
        long maxDecompressedBytes,
        int maxLine) {

    /// A line of a table of a dozen columns is far shorter; a file without line breaks is no table.
    public static final int MAX_LINE = 1 << 20;

    public ReadingOptions {
        columns = Map.copyOf(columns);
        customFields = Set.copyOf(customFields);
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
                formats.timeZone(),
                decimal == ',',
                formats.date().startsWith("MM"),
                columns,
                formats.columns().values().stream()
                        .flatMap(mapped -> mapped.values().stream())
                        .filter(ClientField::isCustom)
                        .collect(Collectors.toSet()),
                configuration.uploads().maxDecompressedBytes(),
                MAX_LINE);
    }
}
