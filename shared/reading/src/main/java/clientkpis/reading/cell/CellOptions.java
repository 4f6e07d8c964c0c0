package clientkpis.reading.cell;

import clientkpis.kpi.configuration.Language;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a tenant writes its cells.
///
/// @param zone that instants are converted to
/// @param writtenIn the zone of instants that do not say theirs; null: their day is the one written
/// @param decimalComma whether `1.234` alone is 1234, as in `pt-BR`, and not 1.234
/// @param monthFirst whether `09/10/2026` is the 10th of September
/// @param customFields the tenant's own fields, `custom.NAME`, that an override may name
/// @param clientIds from an id as it is written to that of its client
/// @param language in which its people read what is wrong with a cell
public record CellOptions(
        ZoneId zone,
        @Nullable ZoneId writtenIn,
        boolean decimalComma,
        boolean monthFirst,
        Set<String> customFields,
        UnaryOperator<String> clientIds,
        Language language) {
    public CellOptions {
        customFields = Set.copyOf(customFields);
    }

    public CellOptions(
            ZoneId zone,
            boolean decimalComma,
            boolean monthFirst,
            Set<String> customFields,
            UnaryOperator<String> clientIds,
            Language language) {
        this(zone, null, decimalComma, monthFirst, customFields, clientIds, language);
    }

    /// The same with dates of another form.
    public CellOptions withDates(boolean monthIsFirst, @Nullable ZoneId instantsIn) {
        return new CellOptions(zone, instantsIn, decimalComma, monthIsFirst, customFields, clientIds, language);
    }

    /// The same with ids that lead to other clients.
    public CellOptions with(UnaryOperator<String> clients) {
        return new CellOptions(zone, writtenIn, decimalComma, monthFirst, customFields, clients, language);
    }
}
