package clientkpis.reading.sort;

import clientkpis.kpi.Row;
import clientkpis.kpi.Shards;
import clientkpis.reading.match.Columns;
import clientkpis.tables.Column;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packs the rows of one table, unpacks and writes them.
final class RowPacker {
    private static final String CLIENT = "client_id";

    private final List<Column> columns;
    private final int client;
    private final int[] restOfKey;
    private final SerializableString[] names;
    private final int[] byName;

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
        byName = names.stream().sorted().mapToInt(names::indexOf).toArray();
    }

    /// @param cells canonical, in the order of [Columns#all()]; those of the key are present
    PackedRow pack(long line, @Nullable String[] cells) {
        return new PackedRow(key(cells), line, packed(cells));
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

    private static byte[] packed(@Nullable String[] row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        for (String cell : row) {
            if (cell == null) {
                length(bytes, 0);
            } else {
                byte[] text = cell.getBytes(StandardCharsets.UTF_8);
                length(bytes, text.length + 1);
                bytes.writeBytes(text);
            }
        }
        return bytes.toByteArray();
    }

    /// Two bytes: a cell has fewer than 65,536.
    private static void length(ByteArrayOutputStream bytes, int length) {
        bytes.write(length >> 8);
        bytes.write(length);
    }

    /// The length of the cell at `at`; -1 for a blank one.
    private static int length(byte[] cells, int at) {
        return (((cells[at] & 0xff) << 8) | (cells[at + 1] & 0xff)) - 1;
    }

    /// The cells of a row, in the order of the columns.
    @Nullable
    String[] cells(PackedRow packed) {
        byte[] cells = packed.cells();
        @Nullable String[] row = new @Nullable String[columns.size()];
        int at = 0;
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
        byte[] cells = packed.cells();
        int[] from = new int[names.length];
        int at = 0;
        for (int i = 0; i < from.length; i++) {
            from[i] = at;
            at += 2 + Math.max(0, length(cells, at));
        }
        out.writeStartObject();
        for (int i : byName) {
            int length = length(cells, from[i]);
            if (length >= 0) {
                out.writeFieldName(names[i]);
                out.writeUTF8String(cells, from[i] + 2, length);
            }
        }
        out.writeEndObject();
    }
}
