package clientkpis.cli.output;

import clientkpis.export.ClientsCsv;
import clientkpis.kpi.configuration.Language;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The movements of each month as a spreadsheet, in the form of [ClientsCsv].
final class MoneyCsv {
    /// A column of `money.jsonl` with its labels.
    private record Column(String name, String pt, String en) {
        String label(Language language) {
            return language == Language.PORTUGUESE ? pt : en;
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("month", "Mês", "Month"),
            new Column("by", "Por", "By"),
            new Column("of", "De", "Of"),
            new Column("start", "MRR inicial", "MRR at start"),
            new Column("new", "Novo", "New"),
            new Column("reactivation", "Reativação", "Reactivation"),
            new Column("expansion", "Expansão", "Expansion"),
            new Column("contraction", "Contração", "Contraction"),
            new Column("churn", "Churn", "Churn"),
            new Column("end", "MRR final", "MRR at end"),
            new Column("grr", "GRR (%)", "GRR (%)"),
            new Column("nrr", "NRR (%)", "NRR (%)"),
            new Column("clientsStart", "Clientes no início", "Clients at start"),
            new Column("clientsChurned", "Clientes perdidos", "Clients churned"),
            new Column("logoChurn", "Churn de clientes (%)", "Logo churn (%)"));

    private final Language language;
    private final Appendable out;

    /// Starts a table with the mark and the labels.
    MoneyCsv(Language language, Appendable out) throws IOException {
        this.language = language;
        this.out = out;
        out.append('\uFEFF');
        line(COLUMNS.stream().map(column -> column.label(language)).toList());
    }

    /// Adds a line of `money.jsonl`.
    void add(JsonNode line) throws IOException {
        List<String> cells = new ArrayList<>();
        for (Column column : COLUMNS) {
            JsonNode value = line.path(column.name());
            cells.add(
                    switch (column.name()) {
                        case "month" -> month(value.asText());
                        case "by" -> by(value.asText());
                        case "of" -> ClientsCsv.text(value.asText());
                        default ->
                            value.isMissingNode()
                                    ? ""
                                    : value.decimalValue().toPlainString().replace('.', ',');
                    });
        }
        line(cells);
    }

    /// As the days of the client table are written.
    private static String month(String month) {
        return month.substring(5) + "/" + month.substring(0, 4);
    }

    private String by(String name) {
        ClientField field = Tables.load().field(name);
        return field == null ? name : field.label().in(language);
    }

    private void line(List<String> cells) throws IOException {
        out.append(String.join(";", cells)).append("\r\n");
    }
}
