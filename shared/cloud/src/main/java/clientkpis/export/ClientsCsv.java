package clientkpis.export;

import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Language;
import clientkpis.tables.ClientField;
import clientkpis.tables.SpreadsheetText;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The client table as a spreadsheet in Brazil opens it: byte order mark, semicolons, decimal commas, dates dd/MM/yyyy,
/// labels, bands and situations in the tenant's language; and no cell that a spreadsheet would execute.
///
/// A cell is quoted only if it must be. commons-csv would also quote one that begins with `#` or ends in a space.
public final class ClientsCsv {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
    private static final Pattern QUOTED = Pattern.compile("[;\"\r\n]");

    private final Appendable out;
    private final Language language;
    private final List<ClientField> fields;
    private final SortedSet<String> others;

    /// Starts a table with the mark and the labels.
    ///
    /// @param others the fields that no schema declares: the tenant's own and the playbooks
    public ClientsCsv(Tables tables, SortedSet<String> others, Language language, Appendable out) throws IOException {
        this.out = out;
        this.language = language;
        this.fields = fields(tables);
        this.others = others;
        out.append('\uFEFF');
        line(Stream.concat(fields.stream().map(field -> field.label().in(language)), others.stream())
                .map(ClientsCsv::text)
                .toList());
    }

    /// Adds a client, as `clients.jsonl` has it.
    public void add(JsonNode client) throws IOException {
        List<String> cells = new ArrayList<>();
        for (ClientField field : fields) {
            JsonNode value = client.path(field.name());
            cells.add(value.isMissingNode() || value.isNull() ? "" : cell(field, value));
        }
        for (String other : others) {
            JsonNode value = client.path(other);
            cells.add(value.isNumber() ? number(value) : open(value.asText()));
        }
        line(cells);
    }

    /// The id, the registry's fields, the scores, and then the fields of each table.
    private static List<ClientField> fields(Tables tables) {
        SequencedSet<ClientField> fields = new LinkedHashSet<>();
        add(fields, tables.field("clientId"));
        fields.addAll(tables.registry().clientFields());
        fields.addAll(tables.fields());
        return fields.stream().filter(field -> !field.internal()).toList();
    }

    private static void add(SequencedSet<ClientField> fields, @Nullable ClientField field) {
        if (field != null) {
            fields.add(field);
        }
    }

    private String cell(ClientField field, JsonNode value) {
        return switch (field.type()) {
            case TEXT -> text(field.said(value.asText(), language));
            case DATE -> LocalDate.parse(value.asText()).format(DAY);
            case MONEY, NUMBER, INTEGER, DAYS -> number(value);
        };
    }

    /// A field that no schema declares is what it looks like, as when it was read.
    private static String open(String text) {
        return Value.asRead(text) instanceof Value.Day(LocalDate day) ? day.format(DAY) : text(text);
    }

    private static String number(JsonNode value) {
        return value.decimalValue().toPlainString().replace('.', ',');
    }

    /// A text as a cell, which no spreadsheet takes for a formula.
    public static String text(String text) {
        String safe = SpreadsheetText.safe(text);
        return QUOTED.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    private void line(List<String> cells) throws IOException {
        out.append(String.join(";", cells)).append("\r\n");
    }
}
