package clientkpis.tables;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.RowCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/tables.md` lists every column that the schemas declare, and every code of a rejected row or file.
class TablesDocTest {
    private static final Page PAGE = Page.of("tables.md");

    @Test
    void everyColumnIsOnThePage() throws IOException {
        List<String> sections = new ArrayList<>();
        for (TableSchema table : SchemaText.tables()) {
            SchemaText schema = SchemaText.of(table);
            List<String> lines = new ArrayList<>();
            lines.add(SchemaText.title(table) + "\n");
            lines.add((schema.description() + " Key: " + names(table.primaryKey()) + ".\n").strip() + "\n");
            lines.add("| column | also called | values |");
            lines.add("|---|---|---|");
            for (Column column : table.columns()) {
                lines.add("| `%s`%s | %s | %s |"
                        .formatted(
                                column.name(),
                                column.required() ? " *" : "",
                                names(column.aliases()),
                                values(column, schema)));
            }
            sections.add(String.join("\n", lines));
        }
        PAGE.assertGenerated("tables", String.join("\n\n", sections));
    }

    private static String names(List<String> names) {
        return names.stream().map("`%s`"::formatted).collect(joining(", "));
    }

    private static String values(Column column, SchemaText schema) {
        String type = switch (column.type()) {
            case STRING -> "text";
            case NUMBER -> "number";
            case INTEGER -> "whole number";
            case BOOLEAN -> "yes or no";
            case DATE -> "date";
            case ANY -> "number, date or text";
            case CLIENT_FIELD -> "a field of the client table, by its name or label";
            case CLIENT_FIELD_VALUE -> "a value of that field";
            case MATURITY_ITEM -> "the key of an item";
        };
        String length =
                column.maxLength() == Column.FIELD_LENGTH ? "" : ", up to %,d characters".formatted(column.maxLength());
        String note = schema.ofColumn(column);
        return type + range(column) + length + (note.isEmpty() ? "" : "; " + note);
    }

    private static String range(Column column) {
        if (column.minimum() == null) {
            return "";
        }
        return column.maximum() == null
                ? ", %d or more".formatted(column.minimum())
                : ", %d to %d".formatted(column.minimum(), column.maximum());
    }

    @Test
    void everyCodeOfARejectedRowIsOnThePage() throws IOException {
        assertThat(codes("row code"))
                .containsExactlyElementsOf(
                        Arrays.stream(RowCode.values()).map(RowCode::label).toList());
    }

    @Test
    void everyCodeOfARejectedFileIsOnThePage() throws IOException {
        assertThat(codes("file code"))
                .containsExactlyElementsOf(
                        Arrays.stream(FileCode.values()).map(FileCode::label).toList());
    }

    /// The codes in the first cells of the table whose first heading this is.
    private static List<String> codes(String heading) throws IOException {
        String table =
                PAGE.text().split("\n\\| " + heading + " \\|[^\n]*\n", 2)[1].split("\n\n", 2)[0];
        return table.lines()
                .flatMap(row -> Pattern.compile("`(\\w+)`")
                        .matcher(row.split("\\|", -1)[1])
                        .results())
                .map((MatchResult code) -> code.group(1))
                .toList();
    }
}
