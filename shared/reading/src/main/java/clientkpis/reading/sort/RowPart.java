package clientkpis.reading.sort;

import clientkpis.kpi.Row;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A contiguous range of the accepted rows of one upload: whole clients, in the order of (shard, client), one row per
/// key.
///
/// @param number from 1
/// @param firstShard the shard of its first client; always 0 for a table whose key has no client
/// @param firstClient empty for a table whose key has no client
/// @param clients how many it has
/// @param rowCount how many it has
/// @param source opens the rows
/// @param writer writes the rows
public record RowPart(
        int number,
        int firstShard,
        String firstClient,
        int lastShard,
        String lastClient,
        int clients,
        long rowCount,
        Supplier<Stream<Row>> source,
        Writer writer) {

    /// What writes rows.
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    /// The rows in order, to be closed. It may be called again. A client may have more rows than fit in memory.
    public Stream<Row> rows() {
        return source.get();
    }

    /// Writes each row as one JSON object, its cells in the order of their columns' names. It may be called again.
    public void write(JsonGenerator out) throws IOException {
        writer.write(out);
    }
}
