package clientkpis.reading.sort;

import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The rows of several sorted runs, as one.
record MergedRows(List<SortedRows> runs) implements SortedRows {

    private record Head(PackedRow row, Iterator<PackedRow> rest) {}

    @Override
    public Iterator<PackedRow> from(@Nullable PackedRow first) {
        if (runs.size() == 1) {
            return runs.getFirst().from(first);
        }
        PriorityQueue<Head> heads = new PriorityQueue<>((a, b) -> PackedRow.ORDER.compare(a.row, b.row));
        for (SortedRows run : runs) {
            add(heads, run.from(first));
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public PackedRow next() {
                Head head = heads.remove();
                add(heads, head.rest);
                return head.row;
            }
        };
    }

    private static void add(PriorityQueue<Head> heads, Iterator<PackedRow> rows) {
        if (rows.hasNext()) {
            heads.add(new Head(rows.next(), rows));
        }
    }
}
