package clientkpis.reading.propose;

import clientkpis.tables.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a tenant should say about one column, so that a file counts.
///
/// @param reading members of the column's reading, as in a configuration: `from`, `key`, `default` ...
/// @param confidence in percent
/// @param why what speaks for it
/// @param questions what only a person knows
public record Suggestion(
        Column column, Map<String, Object> reading, int confidence, String why, List<String> questions) {
    public Suggestion {
        reading = Collections.unmodifiableMap(new LinkedHashMap<>(reading));
        questions = List.copyOf(questions);
    }
}
