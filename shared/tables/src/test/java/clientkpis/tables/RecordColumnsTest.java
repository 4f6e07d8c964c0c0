package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordColumnsTest {
    private static final RecordColumns COLUMNS = RecordColumns.load();

    @Test
    void eachIsAColumnOfItsTableOrCalculated() {
        COLUMNS.labels().forEach((name, label) -> {
            int dot = name.indexOf('.');
            if (dot > 0) {
                TableSchema table = Tables.load().find(name.substring(0, dot));
                assertThat(table).as(name).isNotNull();
                assertThat(table.named(name.substring(dot + 1))).as(name).isNotNull();
            } else {
                assertThat(name).matches("[a-z][a-zA-Z0-9]+");
            }
            assertThat(label.pt()).as(name).isNotBlank();
            assertThat(label.en()).as(name).isNotBlank();
        });
    }

    @Test
    void aColumnIsFoundByItsTableOrByItsOwnName() {
        assertThat(COLUMNS.label("billing", "due_on")).isEqualTo(new ClientField.Label("Vencimento", "Due on"));
        assertThat(COLUMNS.label("billing", "daysLate"))
                .isEqualTo(new ClientField.Label("Dias de atraso", "Days late"));
        assertThat(COLUMNS.label("billing", "paid_on")).isNull();
        assertThat(COLUMNS.tables()).containsExactly("activities", "billing", "contracts", "nps", "support", "usage");
    }
}
