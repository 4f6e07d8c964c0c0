package clientkpis.reading.sort;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cuts sorted rows into parts of whole clients.
final class PartCutter {
    /// How many bytes of rows a part has before it ends with its client.
    private static final long PART = 16L << 20;

    private final int clientsAtMost;
    private final List<Range> ranges = new ArrayList<>();
    private @Nullable PackedRow last;
    private long rows;
    private long clients;

    PartCutter(int clientsAtMost) {
        this.clientsAtMost = clientsAtMost;
    }

    /// A part while it grows.
    static final class Range {
        private final PackedRow first;
        private PackedRow last;
        private final int index;
        private final long from;
        private long rows;
        private int clients;
        private long size;

        private Range(PackedRow first, int index, long from) {
            this.first = first;
            last = first;
            this.index = index;
            this.from = from;
        }

        /// How many ranges are before it.
        int index() {
            return index;
        }

        /// How many rows are before it.
        long from() {
            return from;
        }

        long rows() {
            return rows;
        }

        private boolean isFull(int clientsAtMost) {
            return clients == clientsAtMost || size >= PART;
        }
    }

    /// @return whether a part begins with the row
    boolean add(PackedRow row) {
        boolean newClient = last == null || !row.isOfClientOf(last);
        boolean begins = ranges.isEmpty() || (newClient && ranges.getLast().isFull(clientsAtMost));
        if (begins) {
            ranges.add(new Range(row, ranges.size(), rows));
        }
        Range range = ranges.getLast();
        if (newClient) {
            clients++;
            range.clients++;
        }
        range.last = row;
        range.rows++;
        range.size += row.size();
        last = row;
        rows++;
        return begins;
    }

    long rows() {
        return rows;
    }

    long clients() {
        return clients;
    }

    /// @param open opens the rows of a range
    List<RowPart> parts(Function<Range, Stream<PackedRow>> open, RowPacker packer) {
        List<RowPart> parts = new ArrayList<>();
        for (Range range : ranges) {
            parts.add(new RowPart(
                    parts.size() + 1,
                    range.first.shard(),
                    range.first.clientId(),
                    range.last.shard(),
                    range.last.clientId(),
                    range.clients,
                    range.rows,
                    () -> open.apply(range).map(packer::unpack),
                    out -> {
                        try (Stream<PackedRow> packed = open.apply(range)) {
                            for (Iterator<PackedRow> each = packed.iterator(); each.hasNext(); ) {
                                packer.write(each.next(), out);
                            }
                        }
                    }));
        }
        return parts;
    }
}
