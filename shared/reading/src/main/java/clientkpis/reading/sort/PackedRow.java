package clientkpis.reading.sort;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A row as two arrays of bytes, small in memory and on disk: one to sort by, one of its cells. The bytes to sort by
/// are the shard, the client's id and the rest of the key, each followed by a zero: ids have no NUL, and UTF-8 sorts by
/// code points. [RowPacker] makes it and reads it.
final class PackedRow {
    /// By key, then in the order of the file.
    static final Comparator<PackedRow> ORDER = (a, b) -> {
        int byKey = Arrays.compareUnsigned(a.key, b.key);
        return byKey != 0 ? byKey : Long.compare(a.line, b.line);
    };

    private static final long OVERHEAD = 96;

    private final byte[] key;
    private final long line;
    private final byte[] cells;

    PackedRow(byte[] key, long line, byte[] cells) {
        this.key = key;
        this.line = line;
        this.cells = cells;
    }

    long line() {
        return line;
    }

    byte[] cells() {
        return cells;
    }

    int shard() {
        return key[0];
    }

    String clientId() {
        return new String(key, 1, clientLength() - 2, StandardCharsets.UTF_8);
    }

    boolean hasKeyOf(PackedRow other) {
        return Arrays.equals(key, other.key);
    }

    boolean isOfClientOf(PackedRow other) {
        return Arrays.equals(key, 0, clientLength(), other.key, 0, other.clientLength());
    }

    /// Length of the part of the key that names the client, including the zero after it.
    private int clientLength() {
        int i = 1;
        while (key[i] != 0) {
            i++;
        }
        return i + 1;
    }

    /// About how many bytes it takes in memory.
    long size() {
        return key.length + cells.length + OVERHEAD;
    }

    /// How many bytes [#write] writes.
    long written() {
        return (long) Integer.BYTES + key.length + Long.BYTES + Integer.BYTES + cells.length;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(key.length);
        out.write(key);
        out.writeLong(line);
        out.writeInt(cells.length);
        out.write(cells);
    }

    /// The next row that was written, or null at the end.
    static @Nullable PackedRow read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        byte[] key = in.readNBytes(length);
        long line = in.readLong();
        return new PackedRow(key, line, in.readNBytes(in.readInt()));
    }
}
