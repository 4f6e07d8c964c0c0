package clientkpis.reading;

import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.RejectWriter;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.format.UploadRows;
import clientkpis.tables.Receipt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rejected rows of a file, cells as written, each with the reason. The file for them is created with the first
/// one.
final class RejectedRows implements Closeable {
    private final UploadRows rows;
    private final Path file;
    private @Nullable RejectWriter writer;

    RejectedRows(UploadRows rows, FileFormat format, Path folder) {
        this.rows = rows;
        file = folder.resolve("rejected." + format.rejectedExtension());
    }

    /// Where the rows are, or null when there are none.
    @Nullable
    Path file() {
        return writer == null ? null : file;
    }

    void add(UploadRow row, List<Receipt.Problem> problems) throws IOException {
        RejectWriter out = writer;
        if (out == null) {
            out = rows.rejects(file);
            writer = out;
        }
        out.write(
                row,
                problems.stream()
                        .map(problem -> (problem.column() == null ? "" : problem.column() + ": ")
                                + problem.code().label() + ", expected " + problem.expected())
                        .collect(Collectors.joining("; ")));
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
