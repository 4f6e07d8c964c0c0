package clientkpis.benchmarks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row as it is meant, whatever its file looks like.
///
/// @param table its table
/// @param values its cells by column, each of the type of its column's kind; a blank cell is left out
/// @param valid whether the suite must take it; the file shows one that it must reject with a fault in it
record DataRow(Table table, Map<String, Object> values, boolean valid) {

    DataRow {
        values = Map.copyOf(values);
    }

    /// The values of its key.
    List<Object> key() {
        return table.keyColumns().stream()
                .map(column -> Objects.requireNonNull(values.get(column)))
                .toList();
    }

    String clientId() {
        return Objects.requireNonNull(text("client_id"));
    }

    @Nullable
    String text(String column) {
        return (String) values.get(column);
    }

    @Nullable
    LocalDate date(String column) {
        return (LocalDate) values.get(column);
    }

    @Nullable
    BigDecimal money(String column) {
        return (BigDecimal) values.get(column);
    }

    @Nullable
    Integer whole(String column) {
        return (Integer) values.get(column);
    }

    @Nullable
    Boolean flag(String column) {
        return (Boolean) values.get(column);
    }
}
