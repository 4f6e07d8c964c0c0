package clientkpis.reading.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Rows in memory, one behind the other in large arrays. Sorting moves only their places.
final class HeldRows implements SortedRows {
    private static final int LARGEST = 1 << 20;
    private static final int SMALLEST = 1 << 13;
    /// How many bytes of the keys are sorted by at once; a number has room for the order of the rows beside them.
    private static final int BYTES = 5;

    private static final int BITS = Long.SIZE - BYTES * Byte.SIZE;
    private static final int MASK = (1 << BITS) - 1;
    /// Bytes of memory beside those of a row: its place, and what sorting takes.
    private static final int BESIDE = 3 * Long.BYTES;

    private final List<byte[]> arrays = new ArrayList<>();
    private int used;
    /// Of each row the number of its array, and where in it the row begins.
    private long[] places = new long[64];

    private int count;
    private long size;

    void add(PackedRow row) {
        int length = row.length();
        if (arrays.isEmpty() || arrays.getLast().length - used < length) {
            arrays.add(new byte[Math.max(length, Math.clamp(size, SMALLEST, LARGEST))]);
            used = 0;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        row.copy(arrays.getLast(), used);
        places[count++] = (arrays.size() - 1L) << Integer.SIZE | used;
        used += length;
        size += length + BESIDE;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// @param bytes about how much memory they may take
    boolean isFull(long bytes) {
        return size > bytes || count == MASK;
    }

    void sort() {
        sort(0, count, 0);
    }

    /// @param same how many bytes of their keys are known to be the same
    private void sort(int from, int to, int same) {
        long[] order = new long[to - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = (row(from + i).sortedBy(same, BYTES) << BITS | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(order);
        long[] before = Arrays.copyOfRange(places, from, to);
        for (int i = 0; i < order.length; i++) {
            places[from + i] = before[(int) order[i] & MASK];
        }
        for (int i = 0; i < order.length; ) {
            int begin = i;
            while (++i < order.length && order[i] >> BITS == order[begin] >> BITS) {
                // The same bytes.
            }
            if (i - begin > 1 && !row(from + begin).isKeyWithin(same)) {
                sort(from + begin, from + i, same + BYTES);
            }
        }
    }

    private PackedRow row(int number) {
        return new PackedRow(arrays.get((int) (places[number] >> Integer.SIZE)), (int) places[number]);
    }

    @Override
    public Iterator<PackedRow> from(@Nullable PackedRow first) {
        int low = 0;
        int high = first == null ? 0 : count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (PackedRow.KEY.compare(row(middle), first) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int begin = low;
        return new Iterator<>() {
            private int next = begin;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public PackedRow next() {
                if (next == count) {
                    throw new NoSuchElementException();
                }
                return row(next++);
            }
        };
    }
}
