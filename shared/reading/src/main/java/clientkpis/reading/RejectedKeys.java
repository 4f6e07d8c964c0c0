package clientkpis.reading;

import clientkpis.kpi.Row;
import clientkpis.reading.format.RowLayout;
import clientkpis.reading.format.UploadRow;
import clientkpis.receipt.Receipt;
import clientkpis.tables.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of the rejected rows of a file, as far as they can be read: which rows of its table they mean.
///
/// @param known rows that have nothing but their keys, the first [#LISTED]
/// @param unknown how many other rejected rows there are
/// @param firstUnknown the line of the first of these; 0 when there are none
public record RejectedKeys(List<Row> known, long unknown, long firstUnknown) {
    /// How many keys are kept in memory.
    public static final int LISTED = 10_000;

    public RejectedKeys {
        known = List.copyOf(known);
    }

    /// Gathers the keys of a file.
    static final class Gathered {
        private final List<Column> columns;
        private final List<String> key;
        private final boolean isMade;
        private final List<Row> known = new ArrayList<>();
        private long unknown;
        private long firstUnknown;

        /// @param columns in the order of a row's cells
        Gathered(List<String> key, List<Column> columns, RowLayout layout) {
            this.key = key;
            this.columns = columns;
            // A made id has a number that depends on all rows.
            isMade = layout.numbered() != null;
        }

        /// @param row checked, so that its valid cells are canonical
        void add(UploadRow row, List<Receipt.Problem> problems) {
            Row of = isMade || row.fault() != null || known.size() == LISTED ? null : key(row.cells(), problems);
            if (of != null) {
                known.add(of);
            } else if (unknown++ == 0) {
                firstUnknown = row.line();
            }
        }

        private @Nullable Row key(@Nullable String[] cells, List<Receipt.Problem> problems) {
            Map<String, String> found = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                String name = columns.get(i).name();
                String cell = cells[i];
                if (key.contains(name)
                        && cell != null
                        && problems.stream().noneMatch(problem -> name.equals(problem.column()))) {
                    found.put(name, cell);
                }
            }
            return found.size() == key.size() ? new Row(found) : null;
        }

        RejectedKeys keys() {
            return new RejectedKeys(known, unknown, firstUnknown);
        }
    }
}
