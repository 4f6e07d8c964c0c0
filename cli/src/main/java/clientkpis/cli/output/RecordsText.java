package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import clientkpis.tables.ClientField;
import clientkpis.tables.RecordColumns;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// The records behind a client's fields, as text for people: a table per field.
final class RecordsText {
    private RecordsText() {}

    /// @param all as the client's line in the records has them
    static void print(JsonNode all, PrintWriter to, FieldText shown) {
        Words words = shown.words();
        for (JsonNode records : all) {
            String name = records.path("field").asText();
            ClientField field = Tables.load().field(name);
            int rows = records.path("rows").size();
            long count = records.path("count").asLong();
            to.printf(
                    "%n%s%n",
                    words.say(
                            "records.behind",
                            field == null
                                    ? name
                                    : "%s (%s)".formatted(field.label().in(words.language()), name),
                            count,
                            rows < count ? words.counted(rows, "records.first", rows) : ""));
            table(records, to, shown);
        }
    }

    private static void table(JsonNode records, PrintWriter to, FieldText shown) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>();
        for (JsonNode column : records.path("columns")) {
            ClientField.Label label =
                    RecordColumns.load().label(records.path("table").asText(), column.asText());
            head.add(label == null ? column.asText() : label.in(shown.words().language()));
        }
        lines.add(head);
        for (JsonNode row : records.path("rows")) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                String column = records.path("columns").path(i).asText();
                cells.add(row.path(i).isNull() ? "-" : shown.cell(column, row.path(i)));
            }
            lines.add(cells);
        }
        int[] widths = new int[head.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder(" ");
            for (int i = 0; i < widths.length; i++) {
                text.append(' ')
                        .append(line.get(i))
                        .repeat(' ', widths[i] - line.get(i).length() + 1);
            }
            to.println(text.toString().stripTrailing());
        }
    }
}
