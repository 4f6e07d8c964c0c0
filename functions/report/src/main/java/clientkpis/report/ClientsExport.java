package clientkpis.report;

import clientkpis.tables.ClientField;
import clientkpis.tables.SpreadsheetText;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/// The client table as one CSV that DuckDB, Athena and spreadsheets open without settings: UTF-8, commas, the names of
/// `clients.jsonl`, decimal points, dates yyyy-MM-dd, and no cell that a spreadsheet would execute.
final class ClientsExport {
    private static final List<String> FIRST = List.of("tenant", "clientId", "asOf");

    private final CSVPrinter out;
    private final SequencedSet<String> columns;

    /// @param others the fields that no schema declares
    ClientsExport(Tables tables, SortedSet<String> others, Appendable out) throws IOException {
        columns = new LinkedHashSet<>(FIRST);
        tables.fields().stream()
                .filter(field -> !field.internal())
                .map(ClientField::name)
                .forEach(columns::add);
        columns.addAll(others);
        this.out = new CSVPrinter(out, CSVFormat.RFC4180);
        this.out.printRecord(columns);
    }

    void add(JsonNode client) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            JsonNode value = client.path(column);
            cells.add(
                    value.isNumber()
                            ? value.decimalValue().toPlainString()
                            : value.isTextual() ? SpreadsheetText.safe(value.asText()) : "");
        }
        try {
            out.printRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
