package clientkpis.reading.sort;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Sorted rows that do not fit in memory: runs on disk, compressed, merged at the end into files of consecutive rows. A
/// run is a sequence of pieces, and the merge deletes each piece once it has read it, so that runs and merged files
/// together take little more than the runs alone. Of the rows with one key only the last is kept in the end.
final class SortedRuns {
    private static final int BUFFER = 1 << 13;
    /// How many bytes of rows a piece of a run has, before they are compressed.
    private static final long PIECE = 1 << 20;

    private final Path folder;
    private final EqualRows equal;
    private final List<Deque<Path>> runs = new ArrayList<>();

    SortedRuns(Path folder, EqualRows equal) {
        this.folder = folder;
        this.equal = equal;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Writes a run.
    ///
    /// @param rows in any order
    void spill(List<PackedRow> rows) throws IOException {
        String name = "run-" + runs.size();
        rows.sort(PackedRow.ORDER);
        runs.add(new ArrayDeque<>(write(rows.iterator(), name, new Predicate<>() {
            private long size;

            @Override
            public boolean test(PackedRow row) {
                size += row.written();
                if (size <= PIECE) {
                    return false;
                }
                size = row.written();
                return true;
            }
        })));
    }

    /// Deletes all runs.
    void delete() throws IOException {
        for (Deque<Path> files : runs) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        runs.clear();
    }

    /// Merges all runs, and deletes them on the way.
    ///
    /// @param begins receives the rows in order, and says of each whether another file begins with it
    /// @return the files, in order
    List<Path> merge(Predicate<PackedRow> begins) throws IOException {
        try (Merge merge = new Merge(runs)) {
            return write(equal.of(merge, true), "sorted", begins);
        }
    }

    /// Sorts rows in place.
    ///
    /// @param whole whether these are all rows of the file
    /// @return what is made of the rows of each key
    Iterator<PackedRow> sorted(List<PackedRow> rows, boolean whole) {
        rows.sort(PackedRow.ORDER);
        return equal.of(rows.iterator(), whole);
    }

    private List<Path> write(Iterator<PackedRow> rows, String name, Predicate<PackedRow> begins) throws IOException {
        List<Path> files = new ArrayList<>();
        @Nullable DataOutputStream out = null;
        try {
            while (rows.hasNext()) {
                PackedRow row = rows.next();
                if (begins.test(row) || out == null) {
                    if (out != null) {
                        out.close();
                    }
                    Path file = folder.resolve("%s-%d.rows".formatted(name, files.size()));
                    files.add(file);
                    out = new DataOutputStream(new BufferedOutputStream(new Compressed(file), BUFFER));
                }
                row.write(out);
            }
        } finally {
            if (out != null) {
                out.close();
            }
        }
        return files;
    }

    /// The rows of a file, to be closed.
    static Stream<PackedRow> read(Path file) {
        try {
            Run run = new Run(new ArrayDeque<>(List.of(file)), false);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(run, Spliterator.ORDERED), false)
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

    /// A file of rows while it is written.
    private static final class Compressed extends DeflaterOutputStream {
        Compressed(Path file) throws IOException {
            super(Files.newOutputStream(file), new Deflater(Deflater.BEST_SPEED), BUFFER);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }

    /// The rows of some files, in order.
    private static final class Run implements Iterator<PackedRow>, Closeable {
        private final Deque<Path> files;
        private final boolean deletes;
        private @Nullable DataInputStream in;
        private @Nullable PackedRow next;

        /// @param deletes whether it deletes each file that it has read
        Run(Deque<Path> files, boolean deletes) throws IOException {
            this.files = files;
            this.deletes = deletes;
            next = fetch();
        }

        private @Nullable PackedRow fetch() throws IOException {
            while (!files.isEmpty()) {
                if (in == null) {
                    in = new DataInputStream(new BufferedInputStream(
                            new InflaterInputStream(Files.newInputStream(files.getFirst())), BUFFER));
                }
                PackedRow row = PackedRow.read(in);
                if (row != null) {
                    return row;
                }
                close();
                Path read = files.removeFirst();
                if (deletes) {
                    Files.delete(read);
                }
            }
            return null;
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
            try {
                next = fetch();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return row;
        }

        @Override
        public void close() throws IOException {
            DataInputStream open = in;
            in = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /// The rows of several sorted files, in order.
    private static final class Merge implements Iterator<PackedRow>, Closeable {
        private record Head(PackedRow row, Run run) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>((a, b) -> PackedRow.ORDER.compare(a.row, b.row));
        private final List<Run> open = new ArrayList<>();

        Merge(List<Deque<Path>> runs) throws IOException {
            for (Deque<Path> files : runs) {
                Run run = new Run(files, true);
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
}
