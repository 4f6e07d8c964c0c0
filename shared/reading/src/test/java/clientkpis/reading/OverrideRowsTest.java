package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An override is read as a value of the field that it names, and rejected where there is no such field or the value
/// does not fit it.
class OverrideRowsTest {
    private static final Reading OVERRIDES = Reading.of("overrides");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mrr | R$ 1.234,56 | mrr | 1234.56",
                "MRR | 9.000 | mrr | 9000",
                "Títulos vencidos | 3 | overdueTitles | 3",
                "renewal_on | 31/01/2027 | renewalOn | 2027-01-31",
                "Data Renovação | 31/01/2027 | renewalOn | 2027-01-31",
                "Situação | Risco | situation | risk",
                "situation | opportunity | situation | opportunity",
                "senseScoreBand | Verde | senseScoreBand | green",
                "SenseScore | 41,5 | senseScore | 41.5",
                "Engagement | -100 | engagementScore | -100",
                "Fase | Adoção | stage | Adoção"
            })
    void theFieldIsItsNameOrLabelAndTheValueIsOfItsType(String field, String value, String name, String canonical) {
        assertThat(Reading.rows(OVERRIDES.csv("client_id;campo;valor\nc1;" + field + ";" + value + "\n")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("field")).isEqualTo(name);
                    assertThat(row.get("value")).isEqualTo(canonical);
                });
    }

    @Test
    void aBlankValueIsAWithdrawal() {
        assertThat(Reading.rows(OVERRIDES.csv("client_id;campo;valor\nc1;mrr;\n")))
                .singleElement()
                .satisfies(row -> assertThat(row.get("value")).isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "faturamento | 10 | UNKNOWN_FIELD | field",
                "clientId | c2 | UNKNOWN_FIELD | field",
                "situationVersion | 2 | UNKNOWN_FIELD | field",
                "actions30d | 2 | UNKNOWN_FIELD | field",
                "custom.NOTA | 2 | UNKNOWN_FIELD | field",
                "mrr | muito | WRONG_TYPE | value",
                "overdueTitles | 1,5 | WRONG_TYPE | value",
                "renewalOn | amanhã | WRONG_TYPE | value",
                "situation | crítica | WRONG_TYPE | value",
                "senseScoreBand | azul | WRONG_TYPE | value",
                "senseScore | 100,01 | OUT_OF_RANGE | value",
                "nps | -101 | OUT_OF_RANGE | value",
                "mrr | 1234567890123456 | OUT_OF_RANGE | value"
            })
    void anUnknownFieldOrAValueThatDoesNotFitItIsRejected(String field, String value, RowCode code, String column) {
        UploadFile.Accepted read =
                Reading.accepted(OVERRIDES.csv("client_id;campo;valor\nc1;" + field + ";" + value + "\nc1;mrr;10\n"));
        assertThat(read.rows().rejected()).isEqualTo(1);
        List<Receipt.Problem> problems = read.problems().first();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.expected()).isNotBlank();
        });
    }
}
