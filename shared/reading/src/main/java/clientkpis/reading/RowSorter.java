package clientkpis.reading;

import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.tables.Column;
import clientkpis.tables.TableSchema;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Sorts the valid rows of a file by (shard, client, key), keeps the last row of each key, and cuts what is left into
/// parts of whole clients. Memory is bounded whatever the file's size: beyond the bound, sorted runs go to disk and are
/// merged at the end.
///
/// @implNote a row is one array of bytes to sort by and one of its cells. The bytes to sort by are the shard, the
///     client's id and the rest of the key, each with a zero behind it: ids have no NUL, and UTF-8 sorts by code
///     points.
final class RowSorter {
    /// How many bytes of rows are held before a run goes to disk.
    static final long HELD = 32L << 20;
    /// How many clients a part has at most.
    static final int CLIENTS = 2_000;
    /// How many bytes of rows a part has before it ends with its client.
    static final long PART = 16L << 20;

    private static final Comparator<Entry> ORDER = (a, b) -> {
        int byKey = Arrays.compareUnsigned(a.key, b.key);
        return byKey != 0 ? byKey : Long.compare(a.line, b.line);
    };

    private final List<Column> columns;
    private final int client;
    private final int[] restOfKey;
    private final Path folder;
    private final long heldAtMost;
    private final int clientsAtMost;

    private List<Entry> entries = new ArrayList<>();
    private long held;
    private final List<Path> runs = new ArrayList<>();

    private static final class Entry {
        final byte[] key;
        final long line;
        final byte[] cells;

        Entry(byte[] key, long line, byte[] cells) {
            this.key = key;
            this.line = line;
            this.cells = cells;
        }

        long size() {
            return key.length + cells.length + 96L;
        }

        /// How many bytes it takes in a file.
        long stored() {
            return (long) Integer.BYTES + key.length + Long.BYTES + Integer.BYTES + cells.length;
        }

        /// Length of the part of the key that names the client, with the zero behind it.
        int clientLength() {
            int i = 1;
            while (key[i] != 0) {
                i++;
            }
            return i + 1;
        }

        String clientId() {
            return new String(key, 1, clientLength() - 2, StandardCharsets.UTF_8);
        }
    }

    /// What is left: the rows in order.
    ///
    /// @param accepted rows that stand
    /// @param repeated rows whose key a later row has
    record Sorted(List<RowPart> parts, long accepted, long repeated, long clients) {}

    RowSorter(Columns columns, Path folder) {
        this(columns, folder, HELD, CLIENTS);
    }

    RowSorter(Columns columns, Path folder, long heldAtMost, int clientsAtMost) {
        this.columns = columns.all();
        this.folder = folder;
        this.heldAtMost = heldAtMost;
        this.clientsAtMost = clientsAtMost;
        TableSchema table = columns.table();
        List<Integer> rest = new ArrayList<>();
        int position = -1;
        for (String name : table.primaryKey()) {
            int at = names().indexOf(name);
            if (name.equals("client_id")) {
                position = at;
            } else {
                rest.add(at);
            }
        }
        client = position;
        restOfKey = rest.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /// @param row canonical cells in the order of [Columns#all()]; those of the key are there
    void add(long line, @Nullable String[] row) throws IOException {
        Entry entry = new Entry(key(row), line, packed(row));
        entries.add(entry);
        held += entry.size();
        if (held > heldAtMost) {
            spill();
        }
    }

    private byte[] key(@Nullable String[] row) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(48);
        String clientId = client < 0 ? "" : String.valueOf(row[client]);
        key.write(client < 0 ? 0 : Shards.of(clientId));
        key.writeBytes(clientId.getBytes(StandardCharsets.UTF_8));
        key.write(0);
        for (int i : restOfKey) {
            key.writeBytes(String.valueOf(row[i]).getBytes(StandardCharsets.UTF_8));
            key.write(0);
        }
        return key.toByteArray();
    }

    private static byte[] packed(@Nullable String[] row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        DataOutputStream out = new DataOutputStream(bytes);
        for (String cell : row) {
            if (cell == null) {
                out.writeShort(0);
            } else {
                byte[] text = cell.getBytes(StandardCharsets.UTF_8);
                out.writeShort(text.length + 1);
                out.write(text);
            }
        }
        return bytes.toByteArray();
    }

    private Row row(byte[] cells) {
        Map<String, String> row = new HashMap<>();
        int at = 0;
        for (Column column : columns) {
            int length = (((cells[at] & 0xff) << 8) | (cells[at + 1] & 0xff)) - 1;
            at += 2;
            if (length >= 0) {
                row.put(column.name(), new String(cells, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        return new Row(row);
    }

    private void spill() throws IOException {
        entries.sort(ORDER);
        Path run = folder.resolve("run-%d.rows".formatted(runs.size()));
        try (DataOutputStream out = output(run)) {
            for (Iterator<Entry> last = new LastOfKey(entries.iterator()); last.hasNext(); ) {
                write(out, last.next());
            }
        }
        runs.add(run);
        entries = new ArrayList<>();
        held = 0;
    }

    /// Ends the sorting. The parts read from the folder as long as it is there.
    Sorted finish(long added) throws IOException {
        Cutter cutter = new Cutter();
        if (runs.isEmpty()) {
            entries.sort(ORDER);
            List<Entry> kept = new ArrayList<>();
            new LastOfKey(entries.iterator()).forEachRemaining(kept::add);
            entries = new ArrayList<>();
            kept.forEach(cutter::add);
            List<RowPart> parts = cutter.parts((from, rows, bytes) ->
                    kept.subList((int) from, (int) (from + rows)).stream().map(entry -> row(entry.cells)));
            return new Sorted(parts, kept.size(), added - kept.size(), cutter.clients);
        }
        spill();
        Path merged = folder.resolve("sorted.rows");
        try (Merge merge = new Merge(runs);
                DataOutputStream out = output(merged)) {
            for (Iterator<Entry> last = new LastOfKey(merge); last.hasNext(); ) {
                Entry entry = last.next();
                cutter.add(entry);
                write(out, entry);
            }
        }
        for (Path run : runs) {
            Files.delete(run);
        }
        List<RowPart> parts = cutter.parts((from, rows, bytes) -> stored(merged, bytes, rows));
        return new Sorted(parts, cutter.rows, added - cutter.rows, cutter.clients);
    }

    private static DataOutputStream output(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        out.writeInt(entry.key.length);
        out.write(entry.key);
        out.writeLong(entry.line);
        out.writeInt(entry.cells.length);
        out.write(entry.cells);
    }

    private static @Nullable Entry read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        byte[] key = in.readNBytes(length);
        long line = in.readLong();
        return new Entry(key, line, in.readNBytes(in.readInt()));
    }

    private Stream<Row> stored(Path file, long offset, long rows) {
        try {
            InputStream bytes = Files.newInputStream(file);
            bytes.skipNBytes(offset);
            DataInputStream in = new DataInputStream(new BufferedInputStream(bytes, 1 << 16));
            Iterator<Entry> entries = new Run(in);
            return StreamSupport.stream(Spliterators.spliterator(entries, rows, Spliterator.ORDERED), false)
                    .limit(rows)
                    .map(entry -> row(entry.cells))
                    .onClose(() -> {
                        try {
                            in.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The entries of a file, in order.
    private static final class Run implements Iterator<Entry>, Closeable {
        private final DataInputStream in;
        private @Nullable Entry next;

        Run(DataInputStream in) {
            this.in = in;
            next = fetch();
        }

        private @Nullable Entry fetch() {
            try {
                return read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Nullable
        Entry peek() {
            return next;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Entry next() {
            Entry entry = next;
            if (entry == null) {
                throw new NoSuchElementException();
            }
            next = fetch();
            return entry;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// The entries of several sorted files, in order.
    private static final class Merge implements Iterator<Entry>, Closeable {
        private record Head(Entry entry, Run run) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>((a, b) -> ORDER.compare(a.entry, b.entry));
        private final List<Run> open = new ArrayList<>();

        Merge(List<Path> files) throws IOException {
            for (Path file : files) {
                InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                Run run = new Run(new DataInputStream(in));
                open.add(run);
                push(run);
            }
        }

        private void push(Run run) {
            Entry entry = run.peek();
            if (entry != null) {
                heads.add(new Head(entry, run));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Entry next() {
            Head head = heads.remove();
            head.run.next();
            push(head.run);
            return head.entry;
        }

        @Override
        public void close() throws IOException {
            for (Run run : open) {
                run.close();
            }
        }
    }

    /// Of sorted entries the last one of each key.
    private static final class LastOfKey implements Iterator<Entry> {
        private final Iterator<Entry> entries;
        private @Nullable Entry ahead;

        LastOfKey(Iterator<Entry> entries) {
            this.entries = entries;
            ahead = entries.hasNext() ? entries.next() : null;
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Entry next() {
            Entry last = ahead;
            if (last == null) {
                throw new NoSuchElementException();
            }
            ahead = null;
            while (entries.hasNext()) {
                Entry entry = entries.next();
                if (!Arrays.equals(entry.key, last.key)) {
                    ahead = entry;
                    break;
                }
                last = entry;
            }
            return last;
        }
    }

    /// Where parts begin and end.
    private final class Cutter {
        private final List<Range> ranges = new ArrayList<>();
        private @Nullable Range range;
        private @Nullable Entry last;
        private long rows;
        private long clients;
        private long bytes;

        private final class Range {
            private final Entry first;
            private Entry last;
            private final long from = rows;
            private final long fromByte = bytes;
            private long rowsInIt;
            private int clientsInIt;
            private long size;

            Range(Entry first) {
                this.first = first;
                last = first;
                ranges.add(this);
            }
        }

        void add(Entry entry) {
            Entry before = last;
            boolean newClient = before == null
                    || !Arrays.equals(before.key, 0, before.clientLength(), entry.key, 0, entry.clientLength());
            Range current = range;
            if (current == null || (newClient && (current.clientsInIt == clientsAtMost || current.size >= PART))) {
                current = new Range(entry);
                range = current;
            }
            if (newClient) {
                clients++;
                current.clientsInIt++;
            }
            current.last = entry;
            current.rowsInIt++;
            current.size += entry.size();
            last = entry;
            rows++;
            bytes += entry.stored();
        }

        List<RowPart> parts(Rows rows) {
            List<RowPart> parts = new ArrayList<>();
            for (Range range : ranges) {
                parts.add(new RowPart(
                        parts.size() + 1,
                        range.first.key[0],
                        range.first.clientId(),
                        range.last.key[0],
                        range.last.clientId(),
                        range.clientsInIt,
                        range.rowsInIt,
                        () -> rows.open(range.from, range.rowsInIt, range.fromByte)));
            }
            return parts;
        }
    }

    private interface Rows {
        Stream<Row> open(long from, long rows, long fromByte);
    }
}
