package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// `docs/pt/campos.md` lists every field with its label.
class FieldsInPortugueseTest {
    @Test
    void everyFieldIsOnThePage() throws IOException {
        assertThat(Page.of("pt/campos.md").text().lines())
                .filteredOn(line -> line.startsWith("| `"))
                .extracting(line -> line.split(" \\| ", -1)[0] + " | " + line.split(" \\| ", -1)[1])
                .containsAll(Tables.load().fields().stream()
                        .filter(field -> !field.internal())
                        .map(field -> "| `%s` | %s"
                                .formatted(field.name(), field.label().pt()))
                        .toList())
                .doesNotHaveDuplicates();
    }
}
