package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.reading.sort.RowPart;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// tables.md, *How bad input is rejected*: every code, where it says the fault is, and that nothing else is touched.
///
/// One file for one section of the page, however long.
class RejectionsTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final String HEADER = "client_id;title_id;value;due_on;status\n";
    private static final String GOOD = "1;g;10,00;30/09/2026;aberto\n";

    /// Reads a bad row between two good ones and gives its only problem.
    private static Receipt.Problem between(Reading reading, String header, String bad, String good) {
        UploadFile.Accepted accepted = reading.csv(header + good + bad + "\n" + good);
        assertThat(accepted.rows()).isEqualTo(Receipt.Rows.read(1, 1, 1));
        Receipt.Problem problem = Reading.problem(accepted);
        assertThat(problem.line()).isEqualTo(3);
        assertThat(accepted.problems().byCode()).isEqualTo(Map.of(problem.code().label(), 1L));
        return problem;
    }

    private static void assertProblem(
            Receipt.Problem problem, RowCode code, String column, String cell, String expected) {
        assertThat(problem).isEqualTo(new Receipt.Problem(3, column, problem.header(), code, cell, expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "blank#client_id# ;x;1;30/09/2026# #a value: the column is required",
                "blank#value#1;x;;30/09/2026##a value: the column is required",
                "blank#due_on#1;x;1##a value: the column is required",
                "not_a_number#value#1;x;dez;30/09/2026#dez#a number such as 1.234,56 or 1234.56",
                "not_a_number#value#1;x;12.34,5;30/09/2026#12.34,5#a number such as 1.234,56 or 1234.56",
                "not_a_date#due_on#1;x;1;31/02/2026#31/02/2026#a date such as 30/09/2026 or 2026-09-30",
                "not_a_date#due_on#1;x;1;amanhã#amanhã#a date such as 30/09/2026 or 2026-09-30",
                "out_of_range#value#1;x;1234567890123456;30/09/2026#1234567890123456#a number of at most 15 digits",
                "out_of_range#due_on#1;x;1;31/12/1899#31/12/1899#a date from 1900 to 2200",
                "out_of_range#due_on#1;x;1;2201-01-01#2201-01-01#a date from 1900 to 2200",
                "control_character#status#1;x;1;30/09/2026;a\u0000b#a\u0000b#text without control characters (line"
                        + " breaks and tabs may be)",
                "control_character#status#1;x;1;30/09/2026;\u001b#\u001b#text without control characters (line breaks"
                        + " and tabs may be)",
                "control_character#status#1;x;1;30/09/2026;a\u0085#a\u0085#text without control characters (line"
                        + " breaks and tabs may be)",
                "control_character#due_on#1;x;1;30/09/2026\u0000#30/09/2026\u0000#text without control characters"
                        + " (line breaks and tabs may be)"
            })
    void aRowOfATitleThatBreaksARuleIsRejectedAlone(
            String code, String column, String row, String cell, String expected) {
        Receipt.Problem problem = between(TITLES, HEADER, row, GOOD);
        assertProblem(
                problem,
                RowCode.valueOf(code.toUpperCase(java.util.Locale.ROOT)),
                column,
                cell == null ? "" : cell,
                expected);
    }

    @ParameterizedTest
    @CsvSource({"11, OUT_OF_RANGE", "-1, OUT_OF_RANGE", "9.5, NOT_A_WHOLE_NUMBER", "dez, NOT_A_WHOLE_NUMBER"})
    void aScoreIsAWholeNumberFrom0To10(String score, RowCode code) {
        Receipt.Problem problem = between(
                Reading.of("nps"),
                "client_id;answer_id;score;answered_on\n",
                "1;x;" + score + ";30/09/2026",
                "1;a;10;30/09/2026\n");
        assertProblem(problem, code, "score", score, "a whole number from 0 to 10");
    }

    @ParameterizedTest
    @CsvSource({"-1, OUT_OF_RANGE", "'1,5', NOT_A_WHOLE_NUMBER"})
    void actionsAreWholeAndNotNegative(String actions, RowCode code) {
        Receipt.Problem problem = between(
                Reading.of("usage"),
                "client_id;user_id;data;acoes\n",
                "1;x;30/09/2026;" + actions,
                "1;a;30/09/2026;0\n");
        assertProblem(problem, code, "actions", actions, "a whole number, 0 or more");
    }

    @Test
    void licencesAreNotNegativeAndRecurringIsABoolean() {
        String header = "client_id;contract_id;model;value;status;licences;recurring\n";
        String good = "1;a;MRR;1;Ativo;3;sim\n";
        assertProblem(
                between(Reading.of("contracts"), header, "1;x;MRR;1;Ativo;-3;", good),
                RowCode.OUT_OF_RANGE,
                "licences",
                "-3",
                "a whole number, 0 or more");
        assertProblem(
                between(Reading.of("contracts"), header, "1;x;MRR;1;Ativo;;talvez", good),
                RowCode.NOT_A_BOOLEAN,
                "recurring",
                "talvez",
                "sim or não (s or n, yes or no, true or false, 1 or 0)");
    }

    @Test
    void aFieldHas256CharactersWhateverTheirBytes() {
        assertThat(Reading.of("clients")
                        .csv("client_id,name\n1," + "😀".repeat(256) + "\n")
                        .rows()
                        .accepted())
                .isEqualTo(1);
        assertProblem(
                between(Reading.of("clients"), "client_id,name\n", "2," + "x".repeat(257), "1,Ana\n"),
                RowCode.TOO_LONG,
                "name",
                "x".repeat(80),
                "at most 256 characters");
        assertProblem(
                between(Reading.of("clients"), "client_id,name\n", "9".repeat(257) + ",Ana", "1,Ana\n"),
                RowCode.TOO_LONG,
                "client_id",
                "9".repeat(80),
                "at most 256 characters");
    }

    @Test
    void moreCellsThanTheHeaderAreRejected() {
        assertProblem(
                between(TITLES, HEADER, "1;x;1;30/09/2026;ok;;sobra;", GOOD),
                RowCode.EXTRA_CELLS,
                null,
                "sobra",
                "at most 5 cells, as many as the header has");
    }

    @Test
    void aRowMayHaveSeveralProblemsAndCountsOnce() {
        UploadFile.Accepted accepted = TITLES.csv(HEADER + ";x;dez;30/02/2026\n" + GOOD);
        assertThat(accepted.problems().first())
                .extracting(Receipt.Problem::column)
                .containsExactly("client_id", "value", "due_on");
        assertThat(accepted.problems().byCode()).isEqualTo(Map.of("blank", 1L, "not_a_number", 1L, "not_a_date", 1L));
        assertThat(accepted.rows()).isEqualTo(Receipt.Rows.read(1, 1, 0));
    }

    @Test
    void theLineIsThatWhereTheRowBegins() {
        UploadFile.Accepted accepted = TITLES.csv("x\r\n\r\n" + HEADER
                + "1;\"a\r\nb\r\nc\";1;30/09/2026\r\n\r\n2;\"d\n\";dez;30/09/2026\n3;e;um;30/09/2026");
        assertThat(accepted.problems().first())
                .extracting(Receipt.Problem::line)
                .containsExactly(8L, 10L);
    }

    @Test
    void theFirst1000ProblemsAreListedAndAllCounted() {
        UploadFile.Accepted accepted = TITLES.csv(HEADER + "1;x;dez;30/09/2026\n".repeat(1_500) + GOOD);
        assertThat(accepted.problems().first()).hasSize(1_000);
        assertThat(accepted.problems().byCode()).isEqualTo(Map.of("not_a_number", 1_500L));
        assertThat(accepted.rows()).isEqualTo(Receipt.Rows.read(1, 1_500, 0));
    }

    @Test
    void aFileOfWhichNoRowCountsIsRejectedWithTheCommonestProblem() {
        assertRejected(
                TITLES.rejectedCsv(HEADER + ";x;1;30/09/2026\n" + "1;x;dez;30/09/2026\n".repeat(2)),
                FileCode.NO_VALID_ROW,
                "None of the 3 rows counts",
                "line 3: value is not a number (`dez`), expected a number such as 1.234,56");
    }

    // Files

    private static void assertRejected(UploadFile.Rejected rejected, FileCode code, String... messages) {
        assertThat(rejected.code()).isEqualTo(code);
        assertThat(rejected.message()).isNotBlank();
        assertThat(messages)
                .allSatisfy(message -> assertThat(rejected.message()).contains(message));
    }

    @Test
    void missingColumnsAreNamedWithWhatWasFoundAndIsLikelyMeant() {
        assertRejected(
                TITLES.rejectedCsv("Relatório\nID Cliente;Id Titulos;Vallor;Emissão\n1;a;1;x\n"),
                FileCode.COLUMNS_MISSING,
                "Closest is line 2",
                "Missing: value (valor), due_on (data_vencimento, vencimento).",
                "`ID Cliente` is client_id, `Id Titulos` is title_id.",
                "Found: `ID Cliente`, `Id Titulos`, `Vallor`, `Emissão`.",
                "`Vallor` is meant as value",
                "columns.billing");
    }

    @Test
    void aFileWithoutAnyHeaderSaysWhatItsFirstLineIs() {
        assertRejected(
                TITLES.rejectedCsv("1;g;10,00;30/09/2026\n1;h;10,00;30/09/2026;x\n"),
                FileCode.COLUMNS_MISSING,
                "line 1",
                "`10,00`",
                "client_id");
    }

    @Test
    void twoHeadersThatReadTheSameAreRejected() {
        assertRejected(
                TITLES.rejectedCsv("client_id;title_id;Valor;due_on;VALOR\n1;a;1;30/09/2026;2\n"),
                FileCode.DUPLICATE_COLUMN,
                "line 1",
                "`Valor` and `VALOR`",
                "column value of billing");
    }

    @Test
    void ofTwoHeadersOfOneColumnTheBetterOneIsTakenAndTheOtherIsNamed() {
        UploadFile.Accepted file = TITLES.csv("client_id;title_id;Valor;due_on;value\n1;a;1;30/09/2026;2\n");
        assertThat(Reading.rows(file).getFirst()).containsEntry("value", "2");
        assertThat(file.lost()).containsExactly(new Receipt.UsedColumn("value", "Valor"));
    }

    @Test
    void aColumnOfCpfsAndOneOfCnpjsAreOne() {
        assertThat(Reading.rows(TITLES.csv("CPF;CNPJ;title_id;Valor;due_on\n1;;a;1;30/09/2026\n;2;b;1;30/09/2026\n")))
                .extracting(row -> row.get("client_id"))
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void twoHeadersThatMeanNothingAreNoDuplicate() {
        assertThat(TITLES.csv("client_id;title_id;Valor;due_on;x;x;;\n1;a;1;30/09/2026;2;3;;\n")
                        .ignored())
                .containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", " \r\n\u00a0", "\uFEFF", "client_id;title_id;value;due_on", HEADER + "\n \n"})
    void aFileWithoutRowsIsEmpty(String text) {
        assertRejected(TITLES.rejectedCsv(text), FileCode.EMPTY, "no rows");
        assertThat(Reading.rejected(TITLES.bytes("x.csv.gz", Reading.gzip(text.getBytes(StandardCharsets.UTF_8))))
                        .code())
                .isEqualTo(FileCode.EMPTY);
    }

    @Test
    void jsonLinesWithoutLinesAreEmpty() {
        assertRejected(Reading.rejected(TITLES.bytes("x.jsonl", new byte[] {'\n'})), FileCode.EMPTY);
    }

    @Test
    void aByteThatIsNoTextIsBadEncoding() {
        byte[] bytes = (HEADER + GOOD + "1;x;1;30/09/2026;\u0081\n").getBytes(StandardCharsets.ISO_8859_1);
        assertRejected(Reading.rejected(TITLES.bytes("x.csv", bytes)), FileCode.BAD_ENCODING, "line 3");
    }

    @Test
    void utf16ThatBreaksIsBadEncoding() {
        byte[] bytes = ("\uFEFF" + HEADER + GOOD.repeat(50_000)).getBytes(StandardCharsets.UTF_16LE);
        byte[] odd = Arrays.copyOf(bytes, bytes.length - 1);
        assertRejected(Reading.rejected(TITLES.bytes("x.csv", odd)), FileCode.BAD_ENCODING, "UTF-16LE");
        byte[] halfPair = Reading.joined(bytes, new byte[] {0x3d, (byte) 0xd8, 'a', 0});
        assertRejected(Reading.rejected(TITLES.bytes("x.csv", halfPair)), FileCode.BAD_ENCODING, "line 50002");
    }

    @Test
    void brokenGzipIsBadGzip() {
        byte[] gzip = Reading.gzip((HEADER + GOOD).getBytes(StandardCharsets.UTF_8));
        assertRejected(
                Reading.rejected(TITLES.bytes("x.csv.gz", Arrays.copyOf(gzip, gzip.length - 1))),
                FileCode.BAD_GZIP,
                "cut short");
        assertRejected(
                Reading.rejected(TITLES.bytes("x.csv.gz", (HEADER + GOOD).getBytes(StandardCharsets.UTF_8))),
                FileCode.BAD_GZIP,
                "not gzip");
        assertRejected(
                Reading.rejected(TITLES.bytes("x.csv", Reading.joined(gzip, new byte[] {1}))), FileCode.BAD_GZIP);
    }

    @Test
    void aQuoteThatIsOpenAtTheEndIsUnclosed() {
        assertRejected(
                TITLES.rejectedCsv(HEADER + GOOD + "1;\"x;1;30/09/2026\n" + GOOD.repeat(1_000)),
                FileCode.UNCLOSED_QUOTE,
                "line 3");
        assertRejected(TITLES.rejectedCsv(HEADER + GOOD + "1;x;1;\""), FileCode.UNCLOSED_QUOTE, "line 3");
        assertRejected(TITLES.rejectedCsv("client_id;\"title_id;value\n1;2;3\n"), FileCode.UNCLOSED_QUOTE, "line 1");
    }

    @Test
    void aQuoteThatIsOpenOverMoreThanALineMayHaveIsUnclosedToo() {
        assertRejected(
                TITLES.atMost(10_000_000, 1_000)
                        .rejectedCsv(HEADER + "1;\"x;1;30/09/2026\n" + GOOD.repeat(5_000) + "\"\n"),
                FileCode.UNCLOSED_QUOTE,
                "line 2");
    }

    @Test
    void aFileOverTheLimitIsTooLarge() {
        String text = HEADER + GOOD.repeat(10);
        assertThat(TITLES.atMost(text.length(), 1_000).csv(text).rows().read()).isEqualTo(10);
        assertRejected(
                TITLES.atMost(text.length() - 1, 1_000).rejectedCsv(text), FileCode.TOO_LARGE, "maxDecompressedBytes");
        byte[] bomb = Reading.gzip((HEADER + GOOD.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        assertRejected(Reading.rejected(TITLES.atMost(1_000_000, 1_000).bytes("x.csv.gz", bomb)), FileCode.TOO_LARGE);
    }

    @Test
    void aLineOverTheLimitIsTooLarge() {
        String line = "1;x;1;30/09/2026;" + "y".repeat(983);
        assertThat(TITLES.atMost(10_000, 1_000).csv(HEADER + GOOD + line).rows().read())
                .isEqualTo(2);
        assertRejected(
                TITLES.atMost(10_000, 1_000).rejectedCsv(HEADER + GOOD + line + "y"), FileCode.TOO_LARGE, "Line 3");
    }

    private static String dates(int right, int other) {
        return HEADER + "1;a;1;01/02/2026\n".repeat(right) + "1;b;1;02/28/2026\n".repeat(other);
    }

    @Test
    void oneDateThatOnlyTheOtherOrderReadsRejectsTheFile() {
        assertRejected(
                TITLES.rejectedCsv(dates(99, 1)),
                FileCode.DATE_ORDER,
                "1 of the 100 dates in the column due_on",
                "line 101",
                "`02/28/2026`",
                "dateFormat to MM/dd/yyyy");
        assertRejected(TITLES.rejectedCsv(dates(0, 1)), FileCode.DATE_ORDER);
        assertRejected(
                TITLES.english().rejectedCsv(HEADER + "1;a;1;31/01/2026\n"),
                FileCode.DATE_ORDER,
                "dateFormat to dd/MM/yyyy");
    }

    @Test
    void whereNoOrderReadsAllDatesATenthInTheOtherRejectsTheFile() {
        String inOrder = "1;c;1;28/02/2026\n";
        assertRejected(TITLES.rejectedCsv(dates(8, 1) + inOrder), FileCode.DATE_ORDER, "1 of the 10 dates");
        UploadFile.Accepted accepted = TITLES.csv(dates(9, 1) + inOrder);
        assertThat(accepted.problems().byCode()).isEqualTo(Map.of("not_a_date", 1L));
        assertThat(accepted.rows().rejected()).isEqualTo(1);
    }

    @Test
    void whatIsADateInNoOrderDoesNotCountForTheOrder() {
        assertThat(TITLES.csv(HEADER + "1;a;1;31/31/2026\n1;b;1;x\n" + GOOD)
                        .rows()
                        .rejected())
                .isEqualTo(2);
    }

    @Test
    void theOrderIsJudgedColumnByColumn() {
        String header = "client_id;ticket_id;opened_on;closed_on\n";
        assertRejected(
                Reading.of("support").rejectedCsv(header + "1;a;01/02/2026;\n".repeat(50) + "1;b;;12/31/2026\n"),
                FileCode.DATE_ORDER,
                "The only date in the column closed_on");
    }

    @Property(tries = 300)
    void countsAlwaysAddUpAndAFileCutInItsGzipNeverCounts(
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll int seed,
            @ForAll @IntRange(min = 1, max = 200) int cut) {
        java.util.Random random = new java.util.Random(seed);
        StringBuilder text = new StringBuilder(HEADER).append(GOOD);
        for (int i = 0; i < rows; i++) {
            text.append(random.nextInt(3))
                    .append(";t")
                    .append(random.nextInt(5))
                    .append(';');
            text.append(random.nextInt(4) == 0 ? "x" : "1,5").append(";30/09/2026\n");
        }
        byte[] gzip = Reading.gzip(text.toString().getBytes(StandardCharsets.UTF_8));

        UploadFile.Accepted accepted = Reading.accepted(TITLES.bytes("x.csv.gz", gzip));
        assertThat(accepted.rows().read()).isEqualTo(rows + 1);
        assertThat(Reading.rows(accepted)).hasSize((int) accepted.rows().accepted());
        assertThat(accepted.parts().stream().mapToLong(RowPart::rowCount).sum())
                .isEqualTo(accepted.rows().accepted());

        UploadFile.Result result = TITLES.bytes("x.csv.gz", Arrays.copyOf(gzip, Math.max(0, gzip.length - cut)));
        assertThat(Reading.rejected(result).code()).isEqualTo(FileCode.BAD_GZIP);
    }
}
