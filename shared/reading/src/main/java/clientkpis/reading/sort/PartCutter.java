package clientkpis.reading.sort;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.StreamSupport;
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
    private static final class Range {
        private final PackedRow first;
        private PackedRow last;
        private long rows;
        private int clients;
        private long size;

        private Range(PackedRow first) {
            this.first = first;
            last = first;
        }

        private boolean isFull(int clientsAtMost) {
            return clients == clientsAtMost || size >= PART;
        }
    }

    /// @param row the next one
    void add(PackedRow row) {
        boolean newClient = last == null || !row.isOfClientOf(last);
        if (ranges.isEmpty() || (newClient && ranges.getLast().isFull(clientsAtMost))) {
            ranges.add(new Range(row.copy()));
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
    }

    long rows() {
        return rows;
    }

    long clients() {
        return clients;
    }

    /// @param from gives the rows from the first one of a part on
    List<RowPart> parts(Function<PackedRow, Iterator<PackedRow>> from, RowPacker packer) {
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
                    () -> StreamSupport.stream(
                                    Spliterators.spliteratorUnknownSize(from.apply(range.first), Spliterator.ORDERED),
                                    false)
                            .limit(range.rows)
                            .map(packer::unpack),
                    out -> {
                        Iterator<PackedRow> each = from.apply(range.first);
                        for (long i = 0; i < range.rows; i++) {
                            packer.write(each.next(), out);
                        }
                    }));
        }
        return parts;
    }
}
