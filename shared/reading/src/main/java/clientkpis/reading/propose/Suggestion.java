package clientkpis.reading.propose;

import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a tenant should say about one column, so that a file counts.
///
/// @param reading members of the column's reading, as in a configuration: `from`, `key`, `default` ...
/// @param confidence in percent
/// @param whys what speaks for it
/// @param questions what only a person knows
public record Suggestion(
        Column column, Map<String, Object> reading, int confidence, List<Sentence> whys, List<Sentence> questions) {
    public Suggestion {
        reading = Collections.unmodifiableMap(new LinkedHashMap<>(reading));
        whys = List.copyOf(whys);
        questions = List.copyOf(questions);
    }
}
