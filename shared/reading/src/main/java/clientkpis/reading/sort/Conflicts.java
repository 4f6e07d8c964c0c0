package clientkpis.reading.sort;

import clientkpis.reading.format.RowLayout;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.Column;
import clientkpis.tables.Headers;
import clientkpis.tables.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of a file that have the key of a later row and differ from it: probably a column is missing in the key.
public final class Conflicts {
    /// How many are looked at; the others are only counted.
    private static final int SHOWN = 100;

    private static final List<String> PARTS =
            List.of("parcela", "prestacao", "installment", "instalment", "item", "line");

    private final RowPacker packer;
    private final TableSchema table;
    private final List<Column> columns;
    private final RowLayout layout;
    private long count;
    private final Map<String, Long> byColumn = new LinkedHashMap<>();
    private final List<Receipt.Problem> problems = new ArrayList<>();

    public Conflicts(RowPacker packer, TableSchema table, List<Column> columns, RowLayout layout) {
        this.packer = packer;
        this.table = table;
        this.columns = columns;
        this.layout = layout;
    }

    /// Notes two rows of one key.
    ///
    /// @param later the one that replaces the other
    public void note(PackedRow earlier, PackedRow later) {
        if (earlier.hasCellsOf(later) || ++count > SHOWN) {
            return;
        }
        Map<String, String> before = packer.unpack(earlier).cells();
        Map<String, String> after = packer.unpack(later).cells();
        boolean first = true;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String cell = before.getOrDefault(column.name(), "");
            if (!cell.equals(after.getOrDefault(column.name(), ""))) {
                byColumn.merge(column.name(), 1L, Long::sum);
                if (first) {
                    problems.add(layout.problem(
                            earlier.line(),
                            i,
                            RowCode.CONFLICTING,
                            cell,
                            Sentence.of("conflict.expected", later.line())));
                }
                first = false;
            }
        }
    }

    public long count() {
        return count;
    }

    public List<Receipt.Problem> problems() {
        return problems;
    }

    /// @param ignored headers of the file that mean nothing
    public List<Warning.Finding> warnings(List<String> ignored) {
        if (count == 0) {
            return List.of();
        }
        Sentence more = ignored.stream()
                .filter(header -> PARTS.stream().anyMatch(Headers.normal(header)::contains))
                .findFirst()
                .map(header -> Sentence.of(
                        "conflict.differ_and_key",
                        byColumn.keySet(),
                        header,
                        table,
                        table.primaryKey().getLast()))
                .orElseGet(() -> Sentence.of("conflict.differ", byColumn.keySet()));
        return List.of(Warning.of(
                WarningCode.CONFLICTING,
                more,
                count,
                problems.stream()
                        .map(problem -> "%d: %s %s".formatted(problem.line(), problem.column(), problem.cell()))
                        .toList()));
    }
}
