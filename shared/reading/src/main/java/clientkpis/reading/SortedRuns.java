package clientkpis.reading;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Sorted rows that do not fit in memory: files of runs, merged at the end into one. Of the rows with one key only the
/// last is kept.
final class SortedRuns {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final List<Path> runs = new ArrayList<>();

    SortedRuns(Path folder) {
        this.folder = folder;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Writes a run.
    ///
    /// @param rows in any order
    void spill(List<PackedRow> rows) throws IOException {
        Path run = folder.resolve("run-%d.rows".formatted(runs.size()));
        write(sorted(rows), run, row -> {});
        runs.add(run);
    }

    /// Merges all runs into a file, and deletes them.
    ///
    /// @param each receives the rows in order
    Path merge(Consumer<PackedRow> each) throws IOException {
        Path merged = folder.resolve("sorted.rows");
        try (Merge merge = new Merge(runs)) {
            write(new LastOfKey(merge), merged, each);
        }
        for (Path run : runs) {
            Files.delete(run);
        }
        return merged;
    }

    /// Sorts rows in place.
    ///
    /// @return the last row of each key
    static Iterator<PackedRow> sorted(List<PackedRow> rows) {
        rows.sort(PackedRow.ORDER);
        return new LastOfKey(rows.iterator());
    }

    private static void write(Iterator<PackedRow> rows, Path file, Consumer<PackedRow> each) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            while (rows.hasNext()) {
                PackedRow row = rows.next();
                each.accept(row);
                row.write(out);
            }
        }
    }

    /// A range of the rows of a file, to be closed.
    ///
    /// @param offset where the first one begins, in bytes
    static Stream<PackedRow> read(Path file, long offset, long rows) {
        try {
            InputStream bytes = Files.newInputStream(file);
            bytes.skipNBytes(offset);
            Run run = new Run(bytes);
            return StreamSupport.stream(Spliterators.spliterator(run, rows, Spliterator.ORDERED), false)
                    .limit(rows)
                    .onClose(() -> {
                        try {
                            run.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of a file, in order.
    private static final class Run implements Iterator<PackedRow>, Closeable {
        private final DataInputStream in;
        private @Nullable PackedRow next;

        Run(InputStream bytes) {
            in = new DataInputStream(new BufferedInputStream(bytes, BUFFER));
            next = fetch();
        }

        private @Nullable PackedRow fetch() {
            try {
                return PackedRow.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Nullable
        PackedRow peek() {
            return next;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public PackedRow next() {
            PackedRow row = next;
            if (row == null) {
                throw new NoSuchElementException();
            }
            next = fetch();
            return row;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// The rows of several sorted files, in order.
    private static final class Merge implements Iterator<PackedRow>, Closeable {
        private record Head(PackedRow row, Run run) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>((a, b) -> PackedRow.ORDER.compare(a.row, b.row));
        private final List<Run> open = new ArrayList<>();

        Merge(List<Path> files) throws IOException {
            for (Path file : files) {
                Run run = new Run(Files.newInputStream(file));
                open.add(run);
                push(run);
            }
        }

        private void push(Run run) {
            PackedRow row = run.peek();
            if (row != null) {
                heads.add(new Head(row, run));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public PackedRow next() {
            Head head = heads.remove();
            head.run.next();
            push(head.run);
            return head.row;
        }

        @Override
        public void close() throws IOException {
            for (Run run : open) {
                run.close();
            }
        }
    }

    /// Of sorted rows the last of each key.
    private static final class LastOfKey implements Iterator<PackedRow> {
        private final Iterator<PackedRow> rows;
        private @Nullable PackedRow ahead;

        LastOfKey(Iterator<PackedRow> rows) {
            this.rows = rows;
            ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public PackedRow next() {
            PackedRow last = ahead;
            if (last == null) {
                throw new NoSuchElementException();
            }
            ahead = null;
            while (rows.hasNext()) {
                PackedRow row = rows.next();
                if (!row.hasKeyOf(last)) {
                    ahead = row;
                    break;
                }
                last = row;
            }
            return last;
        }
    }
}
