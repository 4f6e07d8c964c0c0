package clientkpis.kpi.rehearsal.past;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a configuration makes of a client on the last day, beyond its judgement.
///
/// @param contributions indicator to how many points of the score come from it, in the configuration's order; those
///     without data are left out
/// @param ruled the fields that rules may set, with their values in force; those without one are left out
public record Today(Map<String, BigDecimal> contributions, Map<String, String> ruled) {
    public static final Today NOTHING = new Today(Map.of(), Map.of());

    public Today {
        contributions = new LinkedHashMap<>(contributions);
        ruled = Map.copyOf(ruled);
    }

    public @Nullable String ruled(String field) {
        return ruled.get(field);
    }
}
