package clientkpis.reading;

import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import clientkpis.tables.Receipt;
import clientkpis.tables.RowCode;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Warning;
import clientkpis.tables.WarningCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of a file that have the key of a later row and differ from it: probably a column is missing in the key.
final class Conflicts {
    /// How many are looked at; the others are only counted.
    private static final int SHOWN = 100;

    private static final List<String> PARTS =
            List.of("parcela", "prestacao", "installment", "instalment", "item", "line");

    private final RowPacker packer;
    private final TableSchema table;
    private final List<Column> columns;
    private long count;
    private final Map<String, Long> byColumn = new LinkedHashMap<>();
    private final List<Receipt.Problem> problems = new ArrayList<>();

    Conflicts(RowPacker packer, TableSchema table, List<Column> columns) {
        this.packer = packer;
        this.table = table;
        this.columns = columns;
    }

    /// Notes two rows of one key.
    ///
    /// @param later the one that replaces the other
    void note(PackedRow earlier, PackedRow later) {
        if (Arrays.equals(earlier.cells(), later.cells()) || ++count > SHOWN) {
            return;
        }
        Map<String, String> before = packer.unpack(earlier).cells();
        Map<String, String> after = packer.unpack(later).cells();
        boolean first = true;
        for (Column column : columns) {
            String cell = before.getOrDefault(column.name(), "");
            if (!cell.equals(after.getOrDefault(column.name(), ""))) {
                byColumn.merge(column.name(), 1L, Long::sum);
                if (first) {
                    problems.add(new Receipt.Problem(
                            earlier.line(),
                            column.name(),
                            RowCode.CONFLICTING,
                            cell,
                            "the same cells as in line %d, which has the same key and counts".formatted(later.line())));
                }
                first = false;
            }
        }
    }

    long count() {
        return count;
    }

    List<Receipt.Problem> problems() {
        return problems;
    }

    /// @param ignored headers of the file that mean nothing
    List<Warning> warnings(List<String> ignored) {
        if (count == 0) {
            return List.of();
        }
        StringBuilder more = new StringBuilder("They differ in ")
                .append(String.join(", ", byColumn.keySet()))
                .append('.');
        ignored.stream()
                .filter(header -> PARTS.stream().anyMatch(Headers.normal(header)::contains))
                .findFirst()
                .ifPresent(header -> more.append(" Probably `%s` belongs to the key: add it to read.%s.%s.key."
                        .formatted(header, table, table.primaryKey().getLast())));
        return List.of(Warning.of(
                WarningCode.CONFLICTING,
                more.toString(),
                count,
                problems.stream()
                        .map(problem -> "line %d: %s %s".formatted(problem.line(), problem.column(), problem.cell()))
                        .toList()));
    }
}
