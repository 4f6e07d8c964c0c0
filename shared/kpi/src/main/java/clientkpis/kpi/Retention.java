package clientkpis.kpi;

import java.util.Map;
import java.util.Set;

/// Which rows of a client are too old to keep.
@FunctionalInterface
public interface Retention {
    Retention FOREVER = rows -> Set.of();

    /// @param rows of one client, by row key
    /// @return the keys of the rows to remove
    Set<String> expired(Map<String, Row> rows);
}
