package clientkpis.reading.cell;

import java.time.ZoneId;
import java.util.Set;

/// How a tenant writes its cells.
///
/// @param zone that instants are converted to
/// @param decimalComma whether `1.234` alone is 1234, as in `pt-BR`, and not 1.234
/// @param monthFirst whether `09/10/2026` is the 10th of September
/// @param customFields the tenant's own fields, `custom.NAME`, that an override may name
public record CellOptions(ZoneId zone, boolean decimalComma, boolean monthFirst, Set<String> customFields) {
    public CellOptions {
        customFields = Set.copyOf(customFields);
    }
}
