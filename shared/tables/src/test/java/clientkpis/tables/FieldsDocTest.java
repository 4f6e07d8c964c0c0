package clientkpis.tables;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/fields.md` lists every field that the schemas declare, and the pillars of the maturity index.
class FieldsDocTest {
    private static final Page PAGE = Page.of("fields.md");

    @Test
    void everyFieldIsOnThePage() throws IOException {
        StringBuilder text = new StringBuilder("### Of every client\n\n");
        Collection<ClientField> ofTables = SchemaText.tables().stream()
                .flatMap(table -> table.clientFields().stream())
                .toList();
        text.append(fields(
                Tables.load().fields().stream()
                        .filter(field -> !ofTables.contains(field))
                        .toList(),
                SchemaText.of("/derived-fields.json")));
        for (TableSchema table : SchemaText.tables()) {
            if (!table.clientFields().isEmpty()) {
                SchemaText schema = SchemaText.of(table);
                text.append("\n\n")
                        .append(SchemaText.title(table))
                        .append("\n\n")
                        .append(schema.description().isEmpty() ? "" : schema.description() + "\n\n")
                        .append(fields(table.clientFields(), schema));
            }
        }
        PAGE.assertGenerated("fields", text.toString());
    }

    private static String fields(Collection<ClientField> fields, SchemaText schema) {
        return Stream.concat(
                        Stream.of("| field | label (Portuguese) | type | formula or meaning |", "|---|---|---|---|"),
                        fields.stream()
                                .filter(field -> !field.internal())
                                .map(field -> "| `%s` | %s | %s | %s |"
                                        .formatted(
                                                field.name(), field.label().pt(), type(field), schema.ofField(field))))
                .collect(joining("\n"));
    }

    private static String type(ClientField field) {
        return field.type() == ClientField.Type.NUMBER
                ? "number, scale " + field.scale()
                : field.type().name().toLowerCase(ROOT);
    }

    @Test
    void everyPillarIsOnThePage() throws IOException {
        List<MaturityModel.Pillar> pillars = MaturityModel.load().pillars();
        PAGE.assertGenerated(
                "pillars",
                Stream.concat(
                                Stream.of("| | pillar | name (Portuguese) | items |", "|---|---|---|---|"),
                                pillars.stream()
                                        .map(pillar -> "| %d | `%s` | %s | %d |"
                                                .formatted(
                                                        pillar.number(),
                                                        pillar.key(),
                                                        pillar.pt(),
                                                        pillar.items().size())))
                        .collect(joining("\n")));
    }
}
