package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What spreadsheets, databases and people leave in cells.
class OfficeCellsTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final String TITLE = "client_id;title_id;value;due_on;paid_on;status\n";

    private static Map<String, String> title(String row) {
        UploadFile.Accepted accepted = TITLES.csv(TITLE + row + "\n");
        assertThat(accepted.problems().first()).isEmpty();
        return Reading.rows(accepted).getFirst();
    }

    private static Receipt.Problem problem(String row) {
        return Reading.problem(TITLES.csv(TITLE + "g;g;1;2026-01-01;;\n" + row + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "\u2014",
                "N/A",
                "n/a",
                "N/D",
                "#N/D",
                "#N/A",
                "NULL",
                "null",
                "\\N",
                "R$ -",
                " R$\u00a0-  ",
                "NaN",
                "0000-00-00",
                "00/00/0000",
                "0000-00-00 00:00:00",
                "  /  /  ",
                "__/__/____",
                "\u200b"
            })
    void wordsForNothingAreBlankInOptionalDates(String nothing) {
        assertThat(title("1;a;10,00;10/02/2026;" + nothing + ";")).doesNotContainKey("paid_on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "N/A", "#N/D", "null", "\\N"})
    void wordsForNothingAreBlankInOptionalTextsAndNoIdAndNoRequiredValue(String nothing) {
        assertThat(title("1;a;10,00;10/02/2026;;" + nothing)).doesNotContainKey("status");
        assertThat(problem(nothing + ";a;10,00;10/02/2026;;").code()).isEqualTo(RowCode.BLANK);
        assertThat(problem("1;a;" + nothing + ";10/02/2026;;").code()).isEqualTo(RowCode.BLANK);
    }

    @Test
    void aNameMayBeAWordForNothing() {
        assertThat(Reading.rows(Reading.of("clients").csv("client_id;name\n1;Null\n"))
                        .getFirst())
                .containsEntry("name", "Null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"=\"\"00123\"\"\" | 00123",
                "=\"00123\" | 00123",
                "'00123 | 00123",
                "\"\t00123\" | 00123",
                "“00123” | 00123",
                "\u200b00123\u200b | 00123",
                "\ufeff00123 | 00123",
                "001\u00ad23 | 00123",
                "\u200e00123 | 00123",
                "\u00a000123 | 00123",
                "'abc | abc",
                "O'Neil | O'Neil",
                "12E4 | 12E4"
            })
    void anIdIsTheTextThatWasProtected(String cell, String id) {
        assertThat(title(cell + ";a;10,00;10/02/2026;;")).containsEntry("client_id", id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'t Hooft | 't Hooft",
                "“Doceria” | Doceria",
                "“A” e “B” | “A” e “B”",
                "«Doceria» | Doceria",
                "ni\u00f1o \ud83d\udc68\u200d\ud83d\udc69 | ni\u00f1o \ud83d\udc68\u200d\ud83d\udc69",
                "Mo\u00adinho\u200b | Moinho"
            })
    void aNameKeepsWhatBelongsToIt(String cell, String name) {
        assertThat(Reading.rows(Reading.of("clients").csv("client_id;name\n1;" + cell + "\n"))
                        .getFirst())
                .containsEntry("name", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,12346E+13", "1.12E13", "1E+13", "\"=\"\"1,1E+5\"\"\""})
    void anIdInScientificNotationIsMangled(String id) {
        assertThat(problem(id + ";a;10,00;10/02/2026;;").code()).isEqualTo(RowCode.MANGLED_ID);
        assertThat(problem("1;" + id + ";10,00;10/02/2026;;").expected()).contains("Format the column as text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"46054", "46054,5", "46054.75"})
    void aSerialNumberIsNamedAsWhatItIs(String serial) {
        Receipt.Problem problem = problem("1;a;10,00;" + serial + ";;");
        assertThat(problem.code()).isEqualTo(RowCode.NOT_A_DATE);
        assertThat(problem.expected()).contains("serial number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10%", "\uff11\uff12\uff13,45", "1,5E+03", "12 34"})
    void whatIsNoNumberRejectsItsRow(String value) {
        assertThat(problem("1;a;" + value + ";10/02/2026;;").code()).isEqualTo(RowCode.NOT_A_NUMBER);
    }

    @Test
    void headersAreReadWithoutInvisibleCharacters() {
        UploadFile.Accepted accepted =
                TITLES.csv("\ufeff\ufeffclient_id;\u200btitle_id;va\u00adlue;due_on\u200e\n1;a;1;2026-01-01\n");
        assertThat(Reading.rows(accepted).getFirst()).hasSize(4);
    }

    @Test
    void wholeNumbersAreGroupedWithAnyMark() {
        UploadFile.Accepted accepted = Reading.of("usage").csv("""
            client_id;user_id;data;acoes
            1;a;2026-03-01;1,000
            1;b;2026-03-01;1.000
            1;c;2026-03-01;12,250
            1;d;2026-03-01;10,0
            1;e;2026-03-01;1,5
            """);
        assertThat(Reading.rows(accepted))
                .extracting(row -> row.get("actions"))
                .containsExactlyInAnyOrder("1000", "1000", "12250", "10");
        assertThat(Reading.problem(accepted).code()).isEqualTo(RowCode.NOT_A_WHOLE_NUMBER);
    }

    @Test
    void aJsonNumberInATextIsItsDigits() {
        UploadFile.Accepted accepted = Reading.of("clients")
                .lines("{\"client_id\": 1.1204518000107E13, \"name\": 7.0, \"plan\": 1.50, \"cs\": 1E+999999999}\n");
        assertThat(Reading.rows(accepted).getFirst())
                .isEqualTo(Map.of("client_id", "11204518000107", "name", "7", "plan", "1.50", "cs", "1E+999999999"));
    }
}
