package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final String GOOD =
            "{\"client_id\": \"g\", \"title_id\": \"g\", \"value\": 1, \"due_on\": \"2026-09-30\"}\n";

    private static String title(String members) {
        return "{\"client_id\": \"1\", \"title_id\": \"a\", \"due_on\": \"2026-09-30\", %s}\n".formatted(members);
    }

    private static Map<String, String> row(UploadFile.Accepted accepted) {
        assertThat(Reading.rows(accepted)).hasSize(1);
        return Reading.rows(accepted).getFirst();
    }

    @Test
    void aFirstLineThatIsNotAnObjectIsARejectedRow() {
        UploadFile.Accepted accepted = TITLES.lines("\"no object\"\n" + GOOD);
        assertThat(row(accepted)).containsEntry("client_id", "g");
        assertThat(accepted.rows().rejected()).isEqualTo(1);
    }

    @Test
    void keysMatchLikeHeaders() {
        UploadFile.Accepted accepted =
                TITLES.lines("{\"ID Original\": \"1\", \"idTitulo\": \"a\", \"VALOR\": 10.50, \"Data de Vencimento\":"
                        + " \"30/09/2026\", \"cor\": 1}\n");
        assertThat(row(accepted))
                .isEqualTo(Map.of("client_id", "1", "title_id", "a", "value", "10.50", "due_on", "2026-09-30"));
        assertThat(accepted.used())
                .contains(
                        new Receipt.UsedColumn("due_on", "Data de Vencimento"),
                        new Receipt.UsedColumn("value", "VALOR"));
        assertThat(accepted.ignored()).containsExactly("cor");
        assertThat(accepted.absent()).containsExactly("issued_on", "paid_on", "status");
        assertThat(accepted.format()).isEqualTo(new Receipt.Format("UTF-8", null, "none", null, java.util.List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "1.234, 1.234",
        "1234, 1234",
        "-0.10, -0.10",
        "1e2, 100",
        "1.5E+3, 1500",
        "12e-1, 1.2",
        "100000000000000, 100000000000000"
    })
    void aNumberIsNeverAmbiguousAndKeptExactly(String number, String value) {
        assertThat(row(TITLES.lines(title("\"value\": " + number)))).containsEntry("value", value);
    }

    @Test
    void aNumberInQuotesIsReadAsInCsv() {
        assertThat(row(TITLES.lines(title("\"value\": \"1.234\"")))).containsEntry("value", "1234");
    }

    @ParameterizedTest
    @CsvSource({"1e15", "1e400", "1e-400", "1e99999999999", "1234567890123456", "0.1234567890123456"})
    void aNumberOfTooManyDigitsIsRejected(String number) {
        Receipt.Problem problem = Reading.problem(TITLES.lines(GOOD + title("\"value\": " + number)));
        assertThat(problem.code()).isEqualTo(RowCode.OUT_OF_RANGE);
    }

    @Test
    void textMayBeANumberOrABoolean() {
        UploadFile.Accepted accepted = TITLES.lines(
                "{\"client_id\": 12, \"title_id\": 1.50, \"value\": 1, \"due_on\": \"2026-09-30\", \"status\": true}");
        assertThat(row(accepted))
                .containsEntry("client_id", "12")
                .containsEntry("title_id", "1.50")
                .containsEntry("status", "true");
    }

    @Test
    void aBooleanMayBeTrueOrANumber() {
        UploadFile.Accepted accepted = Reading.of("contacts").lines("""
            {"client_id": 1, "contact_id": 1, "name": "a", "active": true}
            {"client_id": 1, "contact_id": 2, "name": "a", "active": 0}
            """);
        assertThat(Reading.rows(accepted)).extracting(row -> row.get("active")).containsExactly("true", "false");
    }

    @Test
    void nullIsBlank() {
        assertThat(row(TITLES.lines(title("\"value\": 1, \"status\": null")))).doesNotContainKey("status");
        Receipt.Problem problem = Reading.problem(TITLES.lines(GOOD + title("\"value\": null")));
        assertThat(problem.code()).isEqualTo(RowCode.BLANK);
        assertThat(problem.column()).isEqualTo("value");
    }

    @Test
    void aKeyThatIsAbsentIsBlank() {
        Receipt.Problem problem = Reading.problem(TITLES.lines(GOOD + title("\"status\": \"x\"")));
        assertThat(problem.code()).isEqualTo(RowCode.BLANK);
    }

    @Test
    void escapesAreRead() {
        assertThat(row(TITLES.lines(title("\"value\": 1, \"status\": \"a\\n\\u00e9\\ud83d\\ude00\""))))
                .containsEntry("status", "a\né😀");
    }

    @Test
    void aNestedValueOfAKeyThatMeansNoColumnIsIgnored() {
        assertThat(Reading.rows(TITLES.lines(title("\"value\": 1, \"lines\": [{\"a\": [1]}], \"meta\": {\"a\": {}}"))))
                .hasSize(1);
    }

    @Test
    void aMemberOfAnObjectIsAHeader() {
        assertThat(Reading.rows(Reading.of("support")
                        .reading("{\"client_id\": {\"from\": [\"customer.id\"]}}")
                        .lines("{\"ticket_id\": 1, \"customer\": {\"id\": \"c1\", \"name\": \"A\"}}")))
                .extracting(row -> row.get("client_id"))
                .containsExactly("c1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "1",
                "\"x\"",
                "null",
                "{",
                "{}}",
                "{\"a\": 1} {\"b\": 2}",
                "{\"value\": [1]}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "{\"a\": 1,}",
                "{a: 1}",
                "// x",
                "{\"value\": 1, \"value\": 1}",
                "{\"status\": \"\\ud800\"}",
                "{\"status\": \"\\ude00\\ud83d\"}",
                "{\"status\": \"\u0007\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": tru}",
                "client_id;name"
            })
    void aLineThatIsNoFlatObjectIsRejectedAlone(String line) {
        UploadFile.Accepted accepted = TITLES.lines(title("\"value\": 1") + "\n" + line + "\n" + title("\"value\": 2"));
        Receipt.Problem problem = accepted.problems().first().getFirst();
        assertThat(problem.code()).isEqualTo(RowCode.BAD_JSON);
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.column()).isNull();
        assertThat(problem.cell()).isEqualTo(line);
        assertThat(problem.expected()).startsWith("one JSON object in a line");
        assertThat(accepted.rows()).isEqualTo(Receipt.Rows.read(1, 1, 1, 1));
    }

    @Test
    void linesMayComeInAnyEncodingAndCompressed() {
        byte[] utf16 = ("\uFEFF" + title("\"value\": 1, \"status\": \"Não\"")).getBytes(StandardCharsets.UTF_16LE);
        UploadFile.Accepted accepted = Reading.accepted(TITLES.bytes("x.jsonl.gz", Reading.gzip(utf16)));
        assertThat(row(accepted)).containsEntry("status", "Não");
        assertThat(accepted.format().encoding()).isEqualTo("UTF-16LE");
        assertThat(accepted.format().compression()).isEqualTo("gzip");
    }
}
