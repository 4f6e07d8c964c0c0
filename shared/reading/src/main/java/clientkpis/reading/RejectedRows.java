package clientkpis.reading;

import clientkpis.kpi.configuration.Language;
import clientkpis.reading.format.FileFormat;
import clientkpis.reading.format.RejectWriter;
import clientkpis.reading.format.UploadRow;
import clientkpis.reading.format.UploadRows;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Sentence;
import java.io.Closeable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The first rejected rows of a file, cells as written, each with the reason. A reason may be longer than its row, so
/// without a bound a large file of bad rows would fill the disk. The file for them is created with the first one.
final class RejectedRows implements Closeable {
    /// How many characters the file has before it ends with its row.
    static final int LARGEST = 16 << 20;

    private final UploadRows rows;
    private final Path file;
    private final Language language;
    private @Nullable Out out;

    private record Out(Counted text, RejectWriter rows) {}

    RejectedRows(UploadRows rows, FileFormat format, Path folder, Language language) {
        this.rows = rows;
        this.language = language;
        file = folder.resolve("rejected." + format.rejectedExtension());
    }

    /// Where the rows are, or null when there are none.
    @Nullable
    Path file() {
        return out == null ? null : file;
    }

    void add(UploadRow row, List<Receipt.Problem> problems) throws IOException {
        Out to = out;
        if (to == null) {
            Counted text = new Counted(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
            to = new Out(text, rows.rejects(text));
            out = to;
        }
        if (to.text.count < LARGEST) {
            to.rows.write(row, reason(problems));
        }
    }

    private String reason(List<Receipt.Problem> problems) {
        return problems.stream().map(this::reason).collect(Collectors.joining("; "));
    }

    private String reason(Receipt.Problem problem) {
        Sentence what = Sentence.of(
                "rejected.reason", problem.code().sentence(), problem.code().label(), problem.expected());
        return (problem.column() == null ? what : Sentence.of("rejected.reason_of", UploadFile.named(problem), what))
                .in(language);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.rows.close();
        }
    }

    /// Counts characters.
    private static final class Counted extends FilterWriter {
        private long count;

        Counted(Writer out) {
            super(out);
        }

        @Override
        public void write(int c) throws IOException {
            count++;
            super.write(c);
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            count += length;
            super.write(text, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            count += length;
            super.write(text, offset, length);
        }
    }
}
