package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.Receipt;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// tables.md, *What the receipt says*: rejected rows go, as written, to a file to be fixed and uploaded again.
class RejectedRowsTest {
    private static final Reading TITLES = Reading.of("billing");

    private static String file(UploadFile.Accepted accepted) throws IOException {
        return Files.readString(accepted.rejectedRows());
    }

    @Test
    void withoutRejectedRowsThereIsNoFile() {
        assertThat(TITLES.csv("client_id;title_id;value;due_on\n1;a;1;30/09/2026\n")
                        .rejectedRows())
                .isNull();
    }

    @Test
    void cellsStayAsWrittenAndTheLastColumnSaysWhy() throws IOException {
        byte[] upload = """
            relatório
            client_id;Obs;title_id;Valor;Vencimento
            1;ok;a;1;30/09/2026
            ;=HYPERLINK("x");"b;""q"" c";dez ;30/09/2026
            3
            4;x;d;1;30/09/2026;sobra
            """.getBytes(Charset.forName("windows-1252"));
        UploadFile.Accepted accepted = Reading.accepted(TITLES.bytes("x.csv", upload));

        assertThat(accepted.rejectedRows().getFileName()).hasToString("rejected.csv");
        assertThat(file(accepted).split("\r\n", -1))
                .containsExactly(
                        "\uFEFFclient_id;Obs;title_id;Valor;Vencimento;motivo_da_rejeicao",
                        "\"\";\"=HYPERLINK(\"\"x\"\")\";\"b;\"\"q\"\" c\";\"dez \";30/09/2026;\"client_id: is blank"
                                + " (blank), expected a value: the column is required; Valor: is not a number"
                                + " (not_a_number), expected a number such as 1.234,56 or 1234.56\"",
                        "3;;;;;\"title_id: is blank (blank), expected a value: the column is required; Valor: is blank"
                                + " (blank), expected a value: the column is required; Vencimento: is blank (blank),"
                                + " expected a value: the column is required\"",
                        "4;x;d;1;30/09/2026;sobra;the row has too many cells (extra_cells), expected at most 5 cells,"
                                + " as many as the header has",
                        "");
    }

    @Test
    void theReasonIsForThePeopleOfTheTenantWithTheHeaderAsTheyWroteIt() throws IOException {
        String csv = "cliente;Nº do título;Valor;Vencimento\n1;a;10,00;trinta\n1;b;10,00;30/09/2026\n";
        assertThat(file(TITLES.in(Language.PORTUGUESE).csv(csv)).lines())
                .contains("1;a;10,00;trinta;\"Vencimento: não é uma data (not_a_date); o esperado é uma data como"
                        + " 30/09/2026 ou 2026-09-30\"");
        assertThat(file(TITLES.csv(csv)).lines())
                .contains("1;a;10,00;trinta;Vencimento: is not a date (not_a_date), expected a date such as"
                        + " 30/09/2026 or 2026-09-30");
        Receipt.Problem problem = Reading.problem(TITLES.in(Language.PORTUGUESE).csv(csv));
        assertThat(problem.header()).isEqualTo("Vencimento");
        assertThat(problem.column()).isEqualTo("due_on");
    }

    @Test
    void fixedTheyAreAcceptedAndRejectedAgainTheyHaveOneReason() throws IOException {
        UploadFile.Accepted first = TITLES.csv(
                "client_id|title_id|value|due_on\n1|a|dez|30/09/2026\n2|b|um|30/09/2026\n0|g|1|30/09/2026\n");
        UploadFile.Accepted second = TITLES.csv(file(first).replace("dez", "10,00"));

        assertThat(Reading.rows(second))
                .containsExactly(Map.of("client_id", "1", "title_id", "a", "value", "10.00", "due_on", "2026-09-30"));
        assertThat(second.ignored()).containsExactly("motivo_da_rejeicao");
        assertThat(file(second)).isEqualTo(file(first).replaceFirst("1\\|a\\|.*\r\n", ""));
    }

    @Test
    void jsonLinesStayJsonLines() throws IOException {
        UploadFile.Accepted accepted = TITLES.lines("""
            {"client_id": "1", "title_id": "a", "value": "dez", "due_on": "2026-09-30", "x": 1.50 }
            {}
            [1, "é"]
            {"client_id": "0", "title_id": "g", "value": 1, "due_on": "2026-09-30"}
            """);
        assertThat(accepted.rejectedRows().getFileName()).hasToString("rejected.jsonl");
        assertThat(file(accepted).lines())
                .containsExactly(
                        "{\"client_id\": \"1\", \"title_id\": \"a\", \"value\": \"dez\", \"due_on\": \"2026-09-30\","
                                + " \"x\": 1.50 , \"motivo_da_rejeicao\": \"value: is not a number (not_a_number),"
                                + " expected a number such as 1.234,56 or 1234.56\"}",
                        "{\"motivo_da_rejeicao\": \"client_id: is blank (blank), expected a value: the column is"
                            + " required; title_id: is blank (blank), expected a value: the column is required; value:"
                            + " is blank (blank), expected a value: the column is required; due_on: is blank (blank),"
                            + " expected a value: the column is required\"}",
                        "{\"linha\": \"[1, \\\"é\\\"]\", \"motivo_da_rejeicao\": \"the row is not a JSON object that"
                            + " can be read (bad_json), expected one JSON object in a line, the values of its columns"
                            + " text, numbers, true, false or null, no key twice; but it is not an object\"}");

        UploadFile.Accepted fixed = TITLES.lines(file(accepted).replace("\"dez\"", "10"));
        assertThat(fixed.rows()).isEqualTo(Receipt.Rows.read(1, 2, 0));
    }

    @Test
    void theyAreAllThereNotOnlyTheFirstThousand() throws IOException {
        UploadFile.Accepted accepted = TITLES.csv(
                "client_id;title_id;value;due_on\n" + "1;a;dez;30/09/2026\n".repeat(1_200) + "0;g;1;30/09/2026\n");
        assertThat(file(accepted).getBytes(StandardCharsets.UTF_8)).startsWith(0xef, 0xbb, 0xbf);
        assertThat(file(accepted).lines()).hasSize(1_201);
    }

    /// A reason may be much longer than its row.
    @Test
    void theirFileIsBoundedWhateverTheFileIs() throws IOException {
        UploadFile.Accepted accepted =
                TITLES.csv("client_id;title_id;value;due_on\n" + ";;x;y\n".repeat(200_000) + "0;g;1;30/09/2026\n");

        assertThat(accepted.rows().rejected()).isEqualTo(200_000);
        assertThat(Files.size(accepted.rejectedRows()))
                .isBetween((long) RejectedRows.LARGEST, RejectedRows.LARGEST + 1_000L);
        assertThat(file(accepted)).endsWith("\r\n");
    }
}
