package clientkpis.clients;

import clientkpis.kpi.Value;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client's row in the registry.
///
/// @param texts field to text, for the fields that are given
/// @param custom the tenant's own fields, by name
public record Registration(
        Map<String, String> texts, @Nullable LocalDate registeredOn, Map<String, Value> custom) {
    public Registration {
        texts = Map.copyOf(texts);
        custom = Map.copyOf(custom);
    }
}
