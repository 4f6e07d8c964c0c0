package clientkpis.reading;

import clientkpis.tables.Headers;
import clientkpis.tables.Receipt;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/// The rows of a file that were rejected, cells as they came, to be mended and uploaded again: a CSV like the upload
/// with one column more, or JSON lines with one key more. The file is made when there is a first row for it.
final class RejectedRows implements Closeable {
    /// Header of the column that says why. No table has a column of that name, so it is ignored when uploaded.
    static final String REASON = "motivo_da_rejeicao";

    private final Path folder;
    private @Nullable Path file;
    private @Nullable Writer writer;
    private @Nullable CSVPrinter printer;

    RejectedRows(Path folder) {
        this.folder = folder;
    }

    /// Where the rows are, or null when there are none.
    @Nullable
    Path file() {
        return file;
    }

    void add(Header header, CsvRecords.CsvRecord row, List<Receipt.Problem> problems) throws IOException {
        // Rows that were rejected before bring the column along; what it says is of then.
        boolean before = Headers.normal(header.cells().getLast()).equals(Headers.normal(REASON));
        int width = header.cells().size() - (before ? 1 : 0);
        CSVPrinter csv = printer;
        if (csv == null) {
            Writer out = open("rejected.csv");
            out.write('\uFEFF');
            csv = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(header.separator())
                    .get()
                    .print(out);
            printer = csv;
            csv.printRecord(with(header.cells().subList(0, width), width, REASON));
        }
        List<String> cells =
                before && row.cells().size() == width + 1 ? row.cells().subList(0, width) : row.cells();
        csv.printRecord(with(cells, width, reason(problems)));
    }

    private static List<String> with(List<String> cells, int width, String last) {
        List<String> row = new ArrayList<>(cells);
        while (row.size() < width) {
            row.add("");
        }
        row.add(last);
        return row;
    }

    void add(JsonLines.JsonLine line, List<Receipt.Problem> problems) throws IOException {
        Writer out = writer == null ? open("rejected.jsonl") : writer;
        String text = Blank.trim(line.text());
        String reason = "\"%s\": \"%s\"}".formatted(REASON, escaped(reason(problems)));
        if (text.startsWith("{") && text.endsWith("}")) {
            String members = text.substring(0, text.length() - 1);
            out.write(members + (Blank.is(members.substring(1)) ? "" : ", ") + reason);
        } else {
            out.write("{\"linha\": \"" + escaped(text) + "\", " + reason);
        }
        out.write('\n');
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String reason(List<Receipt.Problem> problems) {
        return problems.stream()
                .map(problem -> (problem.column() == null ? "" : problem.column() + ": ")
                        + problem.code().label() + ", expected " + problem.expected())
                .collect(Collectors.joining("; "));
    }

    private Writer open(String name) throws IOException {
        Path path = folder.resolve(name);
        Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
        file = path;
        writer = out;
        return out;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
