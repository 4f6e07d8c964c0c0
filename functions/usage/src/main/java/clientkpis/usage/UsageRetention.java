package clientkpis.usage;

import clientkpis.kpi.CodePoints;
import clientkpis.kpi.Row;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which rows of usage are past the days that a tenant keeps them. "Usage rows that aged out count as received": a
/// client's newest row is kept for good, and so is its newest with accesses: they prove that it ever sent any.
final class UsageRetention {
    private UsageRetention() {}

    /// @param rows of one client, by row key
    /// @param last the newest day whose rows are not kept
    /// @return the keys of the rows that go
    static Set<String> expired(Map<String, Row> rows, LocalDate last) {
        Set<String> expired = new HashSet<>();
        rows.forEach((key, row) -> {
            if (!usedOn(row).isAfter(last)) {
                expired.add(key);
            }
        });
        if (!expired.isEmpty()) {
            keepNewest(rows, expired, row -> true);
            keepNewest(rows, expired, row -> row.text("accesses") != null);
        }
        return expired;
    }

    private static void keepNewest(Map<String, Row> rows, Set<String> expired, Predicate<Row> of) {
        rows.entrySet().stream()
                .filter(entry -> of.test(entry.getValue()))
                .max(Comparator.comparing((Map.Entry<String, Row> entry) -> usedOn(entry.getValue()))
                        .thenComparing(Map.Entry::getKey, CodePoints.ORDER))
                .ifPresent(newest -> expired.remove(newest.getKey()));
    }

    private static LocalDate usedOn(Row row) {
        return LocalDate.parse(row.required("used_on"));
    }
}
