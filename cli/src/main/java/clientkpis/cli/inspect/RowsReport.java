package clientkpis.cli.inspect;

import clientkpis.cli.output.Results;
import clientkpis.kpi.Row;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.reading.FoundTable;
import clientkpis.reading.ReadingOptions;
import clientkpis.reading.TempFolder;
import clientkpis.reading.UploadFile;
import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import clientkpis.tables.TableSchema;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of a file as an upload hands them to the family of its table, as one line of JSON; where the file says its
/// table, one line for each of its sheets.
public final class RowsReport {
    private final PrintWriter out;
    private final Configuration configuration;

    public RowsReport(PrintWriter out, Configuration configuration) {
        this.out = out;
        this.configuration = configuration;
    }

    /// @param table null when only the file says it
    /// @return whether it would be applied
    public boolean print(Path file, @Nullable TableSchema table) throws IOException {
        boolean applied = true;
        for (FoundTable.Sheet sheet : table == null
                ? FoundTable.of(file, String.valueOf(file.getFileName()), configuration)
                : List.of(FoundTable.Sheet.ofFile(new FoundTable.Found(table)))) {
            ObjectNode line = Results.JSON.createObjectNode().put("file", file.toString());
            line.put("sheet", sheet.name());
            applied &= switch (sheet.result()) {
                case FoundTable.Unknown(FileCode code, String message) -> rejected(line, null, code, message);
                case FoundTable.Found(TableSchema of) -> read(line, file, sheet.number(), of);
            };
            out.println(Results.JSON.writeValueAsString(line));
        }
        return applied;
    }

    private static boolean rejected(ObjectNode line, @Nullable TableSchema table, FileCode code, String message) {
        line.put("status", "rejected").put("table", table == null ? null : table.name());
        line.putNull("source").putArray("rows");
        line.put("skipped", 0).put("rejectedRows", 0).putArray("warnings");
        line.put("reason", code.label() + ": " + message);
        return false;
    }

    private boolean read(ObjectNode line, Path file, int sheet, TableSchema table) throws IOException {
        try (TempFolder work = TempFolder.create("inspect")) {
            return switch (UploadFile.read(
                    file,
                    String.valueOf(file.getFileName()),
                    sheet,
                    table,
                    ReadingOptions.of(configuration, table),
                    work.path())) {
                case UploadFile.Rejected(FileCode code, String message, var _, UploadFile.Accepted none) -> {
                    rejected(line, table, code, message);
                    line.put("rejectedRows", none == null ? 0 : none.rows().rejected());
                    yield false;
                }
                case UploadFile.Accepted accepted -> {
                    line.put("status", "read").put("table", table.name()).put("source", accepted.source());
                    line.put("sheet", accepted.format().sheet());
                    ArrayNode rows = line.putArray("rows");
                    for (RowPart part : accepted.parts()) {
                        try (Stream<Row> each = part.rows()) {
                            for (Iterator<Row> row = each.iterator(); row.hasNext(); ) {
                                ObjectNode one = rows.addObject();
                                row.next().cells().forEach(one::put);
                            }
                        }
                    }
                    line.put("skipped", skipped(accepted))
                            .put("rejectedRows", accepted.rows().rejected());
                    ArrayNode warnings = line.putArray("warnings");
                    accepted.warnings()
                            .forEach(warning -> warnings.add(warning.code().label()));
                    line.putNull("reason");
                    yield true;
                }
            };
        }
    }

    /// How many lines below the header were not rows.
    private static long skipped(UploadFile.Accepted file) {
        return file.warnings().stream()
                .filter(warning ->
                        warning.code() == WarningCode.REPEATED_HEADERS || warning.code() == WarningCode.SKIPPED_TOTALS)
                .mapToLong(Warning::count)
                .sum();
    }
}
