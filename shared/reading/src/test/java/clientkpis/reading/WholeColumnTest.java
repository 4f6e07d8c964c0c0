package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.RowCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What all cells of a column prove about one of them.
class WholeColumnTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final String HEADER = "client_id;title_id;value;due_on\n";

    private static List<String> values(Reading reading, String... values) {
        return column(reading, "value", "%s;2026-01-01", values);
    }

    private static List<String> days(String... days) {
        return column(TITLES, "due_on", "1;%s", days);
    }

    private static List<String> column(Reading reading, String column, String form, String... cells) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < cells.length; i++) {
            text.append("%03d;a;".formatted(i)).append(form.formatted(cells[i])).append('\n');
        }
        return Reading.rows(reading.csv(text.toString())).stream()
                .sorted((a, b) -> a.getOrDefault("client_id", "").compareTo(b.getOrDefault("client_id", "")))
                .map(row -> row.getOrDefault(column, ""))
                .toList();
    }

    @Test
    void aCellThatOneFormatExplainsProvesItForTheColumn() {
        assertThat(values(TITLES, "980.50", "1,200", "2.400")).containsExactly("980.50", "1200", "2.400");
        assertThat(values(TITLES, "1,200", "2,400", "12,500.00")).containsExactly("1200", "2400", "12500.00");
        assertThat(values(TITLES.english(), "1.200", "1.200,50")).containsExactly("1200", "1200.50");
        assertThat(values(TITLES, "1.200", "1,200", "100")).containsExactly("1200", "1.200", "100");
    }

    @Test
    void proofsThatContradictEachOtherLeaveTheTenantsFormat() {
        assertThat(values(TITLES, "980.50", "1,200", "980,50", "1.200"))
                .containsExactly("980.50", "1.200", "980.50", "1200");
        assertThat(values(TITLES, "980,50", "1,200", "980.50")).containsExactly("980.50", "1.200", "980.50");
    }

    @Test
    void aProofInOneColumnSaysNothingOfAnother() {
        Reading contracts = Reading.of("contracts").mapping(java.util.Map.of("Meta", "custom.meta"));
        assertThat(Reading.rows(
                        contracts.csv("client_id;contract_id;model;value;status;Meta\n1;a;MRR;10.50;x;1.200\n")))
                .first()
                .satisfies(row -> assertThat(row).containsEntry("custom.meta", "1200"));
    }

    @Test
    void instantsThatAreAllMidnightAreDays() {
        assertThat(days("2026-03-10T00:00:00Z", "2026-03-11T00:00:00.000-05:00", "2026-03-12"))
                .containsExactly("2026-03-10", "2026-03-11", "2026-03-12");
    }

    @Test
    void oneOtherInstantMakesThemMoments() {
        assertThat(days("2026-03-10T00:00:00Z", "2026-03-11T00:00:01Z")).containsExactly("2026-03-09", "2026-03-10");
        assertThat(days("2026-03-11T12:00:00Z", "2026-03-10T00:00:00Z")).containsExactly("2026-03-11", "2026-03-09");
    }

    @Test
    void rowsThatWentToDiskAreReadAgainToo() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 500; i++) {
            text.append("%03d;a;1,200;2026-01-01\n%03d;b;x;2026-01-01\n".formatted(i, i));
        }
        text.append("999;a;980.50;2026-01-01\n");
        UploadFile.Accepted accepted = Reading.accepted(
                TITLES.bytes("x.csv", text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), 4_000, 100));
        assertThat(accepted.rows().read()).isEqualTo(1_001);
        assertThat(accepted.rows().rejected()).isEqualTo(500);
        assertThat(Reading.rows(accepted)).hasSize(501).noneMatch(row -> "1.200".equals(row.get("value")));
    }

    @Test
    void whereOneCurrencyPrevailsOthersAreRejected() {
        UploadFile.Accepted accepted = TITLES.csv(
                HEADER + "1;a;US$ 100;2026-01-01\n1;b;R$ 100;2026-01-01\n1;c;100 BRL;2026-01-01\n1;d;100;2026-01-01\n");
        assertThat(accepted.rows().accepted()).isEqualTo(3);
        assertThat(Reading.problem(accepted).code()).isEqualTo(RowCode.NOT_A_NUMBER);
        assertThat(Reading.problem(accepted).expected())
                .isEqualTo("a number in R$, as most of the column is; this is in US$");
        assertThat(values(TITLES, "US$ 100", "\u20ac 50")).containsExactly("100", "50");
    }
}
