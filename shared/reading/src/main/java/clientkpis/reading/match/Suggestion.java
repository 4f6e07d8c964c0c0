package clientkpis.reading.match;

import clientkpis.tables.Column;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tenant should say about one column, so that a file counts.
///
/// @param reading members of the column's reading, as in a configuration: `from`, `key`, `default` ...
/// @param confidence in percent
/// @param why what speaks for it
/// @param question what only a person knows; null where nothing is left to ask
public record Suggestion(
        Column column,
        Map<String, Object> reading,
        int confidence,
        String why,
        @Nullable String question) {
    public Suggestion {
        reading = Map.copyOf(reading);
    }
}
