package clientkpis.reading.format;

import clientkpis.tables.Headers;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/// The cells of a row, and one more with the reason.
final class CsvRejects implements RejectWriter {
    static final char BOM = '\uFEFF';

    /// Whether the file is itself one of rejected rows: then the reasons are replaced.
    private final boolean again;

    private final int width;
    private final CSVPrinter csv;

    CsvRejects(List<String> header, char separator, Writer out) throws IOException {
        again = Headers.normal(header.getLast()).equals(Headers.normal(REASON));
        width = header.size() - (again ? 1 : 0);
        out.write(BOM);
        csv = CSVFormat.DEFAULT.builder().setDelimiter(separator).get().print(out);
        csv.printRecord(with(header.subList(0, width), REASON));
    }

    @Override
    public void write(UploadRow row, String reason) throws IOException {
        List<String> cells = row.written();
        csv.printRecord(with(again && cells.size() == width + 1 ? cells.subList(0, width) : cells, reason));
    }

    private List<String> with(List<String> cells, String last) {
        List<String> row = new ArrayList<>(cells);
        while (row.size() < width) {
            row.add("");
        }
        row.add(last);
        return row;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
