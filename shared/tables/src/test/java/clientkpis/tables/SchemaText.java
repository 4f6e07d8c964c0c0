package clientkpis.tables;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/// What the schemas say for readers: the descriptions, which the program itself does not need.
final class SchemaText {
    /// A column (`ends_on`) or a field (`renewalOn`) inside a sentence.
    private static final String NAMES = "\\b(?:[a-z]+(?:_[a-z]+)+|[a-z]+[A-Z]\\w*|playbooks\\.NAME)\\b";

    private final JsonNode file;

    private SchemaText(JsonNode file) {
        this.file = file;
    }

    static SchemaText of(TableSchema table) throws IOException {
        return of("/tables/" + table.name() + ".json");
    }

    static SchemaText of(String resource) throws IOException {
        try (InputStream in = SchemaText.class.getResourceAsStream(resource)) {
            return new SchemaText(new JsonMapper().readTree(in));
        }
    }

    /// The registry first, then by name.
    static List<TableSchema> tables() {
        return Tables.load().all().stream()
                .sorted(Comparator.comparing(table -> !table.name().equals("clients")))
                .toList();
    }

    /// As the heading of its section.
    static String title(TableSchema table) {
        String aliases = table.aliases().stream().map("`%s`"::formatted).collect(joining(", "));
        return "### `%s`".formatted(table.name()) + (aliases.isEmpty() ? "" : " (" + aliases + ")");
    }

    String description() {
        return marked(file.path("description").asText());
    }

    String ofColumn(Column column) {
        return marked(described("fields", column.name()));
    }

    String ofField(ClientField field) {
        return marked(
                field.formula() == null
                        ? described("clientFields", field.name())
                        : field.formula().en());
    }

    private String described(String list, String name) {
        return StreamSupport.stream(file.path(list).spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .map(one -> one.path("description").asText())
                .findFirst()
                .orElseThrow();
    }

    /// Names as code.
    private static String marked(String text) {
        return text.replaceAll(NAMES, "`$0`");
    }
}
