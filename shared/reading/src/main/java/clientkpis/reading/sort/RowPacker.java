package clientkpis.reading.sort;

import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.reading.match.Columns;
import clientkpis.tables.Column;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packs the rows of one table, unpacks and writes them.
final class RowPacker {
    private static final String CLIENT = "client_id";
    private static final byte[] BLANK = new byte[0];

    private final List<Column> columns;
    private final int client;
    private final int[] restOfKey;
    private final SerializableString[] names;
    private final int[] byName;
    /// The cells of the row that is packed, in UTF-8.
    private final byte[][] texts;

    private byte[] packed = new byte[256];
    private int size;

    RowPacker(Columns columns) {
        this.columns = columns.all();
        List<String> names = this.columns.stream().map(Column::name).toList();
        List<String> key = columns.table().primaryKey();
        client = key.contains(CLIENT) ? names.indexOf(CLIENT) : -1;
        restOfKey = key.stream()
                .filter(name -> !name.equals(CLIENT))
                .mapToInt(names::indexOf)
                .toArray();
        this.names = names.stream().map(SerializedString::new).toArray(SerializableString[]::new);
        texts = new byte[names.size()][];
        byName = names.stream().sorted().mapToInt(names::indexOf).toArray();
    }

    /// Packs a row, in an array that the next row is packed in.
    ///
    /// @param cells canonical, in the order of [Columns#all()]; those of the key are present
    PackedRow pack(long line, @Nullable String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            texts[i] = cell == null ? BLANK : cell.getBytes(StandardCharsets.UTF_8);
        }
        size = PackedRow.HEAD;
        byte[] clientId = client < 0 ? BLANK : texts[client];
        put(client < 0 ? 0 : Shards.ofUtf8(clientId));
        putKey(clientId);
        for (int i : restOfKey) {
            putKey(texts[i]);
        }
        int key = size - PackedRow.HEAD;
        for (int i = 0; i < cells.length; i++) {
            int length = cells[i] == null ? 0 : texts[i].length + 1;
            // Two bytes: a cell has fewer than 65,536.
            put(length >> 8);
            put(length);
            put(texts[i]);
        }
        PackedRow.head(packed, key, size - key - PackedRow.HEAD, line);
        return new PackedRow(packed, 0);
    }

    private void putKey(byte[] text) {
        put(text);
        put(0);
    }

    private void put(int one) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, 2 * size);
        }
        packed[size++] = (byte) one;
    }

    private void put(byte[] text) {
        if (packed.length - size < text.length) {
            packed = Arrays.copyOf(packed, 2 * (size + text.length));
        }
        System.arraycopy(text, 0, packed, size, text.length);
        size += text.length;
    }

    /// The length of the cell at `at`; -1 for a blank one.
    private static int length(byte[] cells, int at) {
        return (((cells[at] & 0xff) << 8) | (cells[at + 1] & 0xff)) - 1;
    }

    /// The cells of a row, in the order of the columns.
    @Nullable
    String[] cells(PackedRow packed) {
        byte[] cells = packed.bytes();
        @Nullable String[] row = new @Nullable String[columns.size()];
        int at = packed.cells();
        for (int i = 0; i < row.length; i++) {
            int length = length(cells, at);
            at += 2;
            if (length >= 0) {
                row[i] = new String(cells, at, length, StandardCharsets.UTF_8);
                at += length;
            }
        }
        return row;
    }

    Row unpack(PackedRow packed) {
        @Nullable String[] cells = cells(packed);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            if (cell != null) {
                row.put(columns.get(i).name(), cell);
            }
        }
        return new Row(row);
    }

    /// Writes a row as one JSON object, its cells in the order of their columns' names.
    void write(PackedRow packed, JsonGenerator out) throws IOException {
        byte[] cells = packed.bytes();
        int[] from = new int[names.length];
        int at = packed.cells();
        for (int i = 0; i < from.length; i++) {
            from[i] = at + 2;
            at += 2 + Math.max(0, length(cells, at));
        }
        out.writeStartObject();
        for (int i : byName) {
            int length = length(cells, from[i] - 2);
            if (length >= 0) {
                out.writeFieldName(names[i]);
                out.writeUTF8String(cells, from[i], length);
            }
        }
        out.writeEndObject();
    }
}
