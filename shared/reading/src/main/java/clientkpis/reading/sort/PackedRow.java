package clientkpis.reading.sort;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// A row as bytes, the same in memory and on disk, somewhere in an array: the lengths of its key and of its cells, its
/// line, the key to sort by, and its cells. The key is the shard, the client's id and the rest of the key, each
/// followed by a zero: ids have no NUL, and UTF-8 sorts by code points. [RowPacker] makes it and reads it.
final class PackedRow {
    /// By key.
    static final Comparator<PackedRow> KEY =
            (a, b) -> Arrays.compareUnsigned(a.bytes, a.key(), a.cells(), b.bytes, b.key(), b.cells());
    /// By key, then in the order of the file.
    static final Comparator<PackedRow> ORDER = KEY.thenComparingLong(PackedRow::line);

    /// How many bytes are before the key.
    static final int HEAD = 2 * Integer.BYTES + Long.BYTES;

    private static final long OVERHEAD = 96;

    private final byte[] bytes;
    private final int at;

    PackedRow(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /// Writes what is before the key of a row that begins with the array.
    static void head(byte[] row, int keyLength, int cellsLength, long line) {
        put(row, 0, keyLength);
        put(row, Integer.BYTES, cellsLength);
        put(row, 2 * Integer.BYTES, (int) (line >> Integer.SIZE));
        put(row, 3 * Integer.BYTES, (int) line);
    }

    private static void put(byte[] bytes, int at, int number) {
        bytes[at] = (byte) (number >> 24);
        bytes[at + 1] = (byte) (number >> 16);
        bytes[at + 2] = (byte) (number >> 8);
        bytes[at + 3] = (byte) number;
    }

    private int number(int from) {
        return (bytes[from] << 24)
                | ((bytes[from + 1] & 0xff) << 16)
                | ((bytes[from + 2] & 0xff) << 8)
                | (bytes[from + 3] & 0xff);
    }

    long line() {
        return ((long) number(at + 2 * Integer.BYTES) << Integer.SIZE)
                | (number(at + 3 * Integer.BYTES) & 0xffff_ffffL);
    }

    /// The array that it is in.
    byte[] bytes() {
        return bytes;
    }

    private int key() {
        return at + HEAD;
    }

    /// Where its cells begin in [#bytes()].
    int cells() {
        return key() + number(at);
    }

    /// Where it ends in [#bytes()].
    int end() {
        return cells() + number(at + Integer.BYTES);
    }

    /// How many bytes it is.
    int length() {
        return end() - at;
    }

    /// Some bytes of the key as one number that sorts like them; the line where the key ended before.
    ///
    /// @param from how many bytes of the key are before them
    /// @param count how many bytes, less than 8
    long sortedBy(int from, int count) {
        int begin = key() + from;
        int end = cells();
        if (begin >= end) {
            return line();
        }
        long prefix = 0;
        for (int i = begin; i < begin + count; i++) {
            prefix = (prefix << Byte.SIZE) | (i < end ? bytes[i] & 0xff : 0);
        }
        return prefix;
    }

    /// Whether the key has fewer bytes.
    boolean isKeyWithin(int length) {
        return cells() - key() <= length;
    }

    boolean hasCellsOf(PackedRow other) {
        return Arrays.equals(bytes, cells(), end(), other.bytes, other.cells(), other.end());
    }

    int shard() {
        return bytes[key()];
    }

    String clientId() {
        return new String(bytes, key() + 1, clientLength() - 2, StandardCharsets.UTF_8);
    }

    boolean hasKeyOf(PackedRow other) {
        return Arrays.equals(bytes, key(), cells(), other.bytes, other.key(), other.cells());
    }

    boolean isOfClientOf(PackedRow other) {
        int key = key();
        int length = clientLength();
        return Arrays.equals(bytes, key, key + length, other.bytes, other.key(), other.key() + other.clientLength());
    }

    /// Length of the part of the key that names the client, including the zero after it.
    private int clientLength() {
        int key = key();
        int i = key + 1;
        while (bytes[i] != 0) {
            i++;
        }
        return i + 1 - key;
    }

    /// About how many bytes it takes in memory as a row of strings.
    long size() {
        return length() - HEAD + OVERHEAD;
    }

    /// The same row in an array of its own.
    PackedRow copy() {
        return new PackedRow(Arrays.copyOfRange(bytes, at, end()), 0);
    }

    /// Copies it to another array.
    void copy(byte[] to, int place) {
        System.arraycopy(bytes, at, to, place, length());
    }

    void write(ByteArrayOutputStream out) {
        out.write(bytes, at, length());
    }
}
