package clientkpis.clients;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client's row in the registry.
///
/// @param texts field to text, for the fields that are given
public record Registration(
        Map<String, String> texts, @Nullable LocalDate registeredOn) {
    public Registration {
        texts = Map.copyOf(texts);
    }
}
