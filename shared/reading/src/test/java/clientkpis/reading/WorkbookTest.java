package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// tables.md, *Workbooks*.
///
/// One file, because it is one section of the page.
class WorkbookTest {
    private static final Reading TITLES = Reading.of("billing");
    private static final Reading CLIENTS = Reading.of("clients");
    private static final String[] HEADER = {"CNPJ", "ID Título", "Valor", "Vencimento", "Status"};

    private static UploadFile.Accepted accepted(Sheets workbook) {
        return Reading.accepted(TITLES.bytes("x.xlsx", workbook.bytes()));
    }

    /// One title, its cells as XML.
    private static UploadFile.Accepted title(Sheets workbook, String client, String title, String value, String due) {
        return accepted(workbook.sheet(
                "Plan1", workbook.row(1, HEADER) + "<row r=\"2\">" + client + title + value + due + "</row>"));
    }

    private static UploadFile.Accepted value(String cell) {
        Sheets workbook = new Sheets();
        return title(
                workbook,
                workbook.cell(2, 0, "c1"),
                workbook.cell(2, 1, "t1"),
                cell,
                "<c r=\"D2\" s=\"1\"><v>46054</v></c>");
    }

    private static Map<String, String> onlyRow(UploadFile.Accepted accepted) {
        assertThat(accepted.problems().first()).isEmpty();
        assertThat(Reading.rows(accepted)).hasSize(1);
        return Reading.rows(accepted).getFirst();
    }

    @Test
    void theFormatSaysWhichSheetCounts() {
        Sheets workbook = new Sheets();
        UploadFile.Accepted accepted = accepted(workbook.sheet("Capa", workbook.row(1, "Relatório", "2026"))
                .sheet("Segredo", "hidden", workbook.row(1, HEADER) + workbook.row(2, "h", "h", "1", "2026-01-01"))
                .sheet("Muito", "veryHidden", workbook.row(1, HEADER) + workbook.row(2, "h", "h", "1", "2026-01-01"))
                .sheet(
                        "Títulos",
                        workbook.row(3, "Contas", "", "a receber")
                                + workbook.row(5, HEADER)
                                + workbook.row(7, "c1", "t1", "10", "2026-01-01"))
                .sheet("Outra", workbook.row(1, HEADER) + workbook.row(2, "x", "x", "1", "2026-01-01")));

        assertThat(onlyRow(accepted)).containsEntry("client_id", "c1").containsEntry("value", "10");
        Receipt.Format format = accepted.format();
        assertThat(format.sheet()).isEqualTo("Títulos");
        assertThat(format.otherSheets()).containsExactly("Capa", "Outra");
        assertThat(format.headerLine()).isEqualTo(5);
        assertThat(format.skippedLines()).containsExactly(new Receipt.SkippedLine(3, "Contas a receber"));
        assertThat(format.separator()).isNull();
        assertThat(format.compression()).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "1234.5, 1234.5",
        "1.2345E3, 1234.5",
        "1234.0999999999999, 1234.1",
        "0.30000000000000004, 0.3",
        "-7.0, -7",
        "1E+2, 100"
    })
    void aNumberIsThatNumberWhateverTheTenantsFormat(String stored, String canonical) {
        assertThat(onlyRow(value("<c r=\"C2\" s=\"4\"><v>" + stored + "</v></c>")))
                .containsEntry("value", canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "112045180001, 112045180001",
        "1.1204518000107E13, 11204518000107",
        "12345678901234567890, 12345678901234567890",
        "7.0, 7",
        "7, 7"
    })
    void aWholeNumberInATextColumnHasNoExponentAndNoFraction(String stored, String canonical) {
        Sheets workbook = new Sheets();
        UploadFile.Accepted accepted = title(
                workbook,
                "<c r=\"A2\"><v>" + stored + "</v></c>",
                workbook.cell(2, 1, "t1"),
                "<c r=\"C2\"><v>1</v></c>",
                "<c r=\"D2\" s=\"1\"><v>46054</v></c>");
        assertThat(onlyRow(accepted)).containsEntry("client_id", canonical);
    }

    @ParameterizedTest
    @CsvSource({"1, 46054, 2026-02-01", "2, 46054.75, 2026-02-01", "5, 46054, 2026-02-01"})
    void aNumberInTheFormatOfADateIsThatDay(int style, String stored, String day) {
        Sheets workbook = new Sheets();
        UploadFile.Accepted accepted = title(
                workbook,
                workbook.cell(2, 0, "c1"),
                workbook.cell(2, 1, "t1"),
                "<c r=\"C2\"><v>1</v></c>",
                "<c r=\"D2\" s=\"%d\"><v>%s</v></c>".formatted(style, stored));
        assertThat(onlyRow(accepted)).containsEntry("due_on", day);
    }

    @Test
    void daysMayBeCountedFrom1904AndWrittenInIso() {
        Sheets workbook = new Sheets().from1904();
        assertThat(onlyRow(title(
                        workbook,
                        workbook.cell(2, 0, "c1"),
                        workbook.cell(2, 1, "t1"),
                        "<c r=\"C2\"><v>1</v></c>",
                        "<c r=\"D2\" s=\"1\"><v>44592</v></c>")))
                .containsEntry("due_on", "2026-02-01");
        Sheets iso = new Sheets();
        assertThat(onlyRow(title(
                        iso,
                        iso.cell(2, 0, "c1"),
                        iso.cell(2, 1, "t1"),
                        "<c r=\"C2\"><v>1</v></c>",
                        "<c r=\"D2\" t=\"d\"><v>2026-02-01T00:00:00</v></c>")))
                .containsEntry("due_on", "2026-02-01");
    }

    @Test
    void textsMayBeSharedInlineRichOrOfAFormula() {
        Sheets workbook = new Sheets();
        workbook.part(
                "xl/sharedStrings.xml",
                "<sst><si><t>CNPJ</t></si><si><t>Cliente</t></si><si><r><t>Pada</t></r><r><rPr><b/></rPr><t>ria"
                        + " _x005F_x</t></r><rPh sb=\"0\" eb=\"1\"><t>leitura</t></rPh></si></sst>");
        UploadFile.Accepted accepted = Reading.accepted(CLIENTS.bytes(
                "x",
                workbook.sheet(
                                "a",
                                "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c"
                                        + " t=\"inlineStr\"><is><t>Fase</t></is></c><c"
                                        + " t=\"str\"><f>\"Pla\"&amp;\"no\"</f><v>Plano</v></c></row><row><c"
                                        + " t=\"str\"><f>A1</f><v>c1</v></c><c t=\"s\"><v>2</v></c><c"
                                        + " t=\"inlineStr\"><is><r><t>Ado</t></r><r><t>ção</t></r></is></c><c"
                                        + " t=\"b\"><v>1</v></c></row>")
                        .bytes()));
        assertThat(onlyRow(accepted))
                .isEqualTo(Map.of("client_id", "c1", "name", "Padaria _x", "stage", "Adoção", "plan", "TRUE"));
    }

    @Test
    void cellsThatAreLeftOutAreEmptyAndRowsWithoutCellsAreBlank() {
        Sheets workbook = new Sheets();
        UploadFile.Accepted accepted = Reading.accepted(CLIENTS.bytes(
                "x.xlsx",
                workbook.sheet(
                                "a",
                                "<row r=\"2\">" + workbook.cell(2, 1, "CNPJ") + workbook.cell(2, 3, "Cliente")
                                        + workbook.cell(2, 5, "Fase") + "</row><row r=\"3\"><c r=\"B3\" s=\"1\"/></row>"
                                        + "<row r=\"9\">" + workbook.cell(9, 1, "c1") + workbook.cell(9, 3, "Ana")
                                        + "<c r=\"J9\" s=\"1\"/></row>")
                        .bytes()));
        assertThat(onlyRow(accepted)).isEqualTo(Map.of("client_id", "c1", "name", "Ana"));
        assertThat(accepted.rows().read()).isEqualTo(1);
    }

    @Test
    void aFormulaWithoutItsResultIsNotBlank() {
        for (String cell : List.of("<c r=\"C2\"><f>1+1</f></c>", "<c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")) {
            Sheets workbook = new Sheets();
            UploadFile.Accepted accepted = accepted(workbook.sheet(
                    "a",
                    workbook.row(1, HEADER) + "<row r=\"2\">" + workbook.cell(2, 0, "c1") + workbook.cell(2, 1, "t1")
                            + cell + workbook.cell(2, 3, "2026-01-01") + "</row>"
                            + workbook.row(3, "c2", "t2", "2", "2026-01-01")));
            assertThat(Reading.problem(accepted).code()).isEqualTo(RowCode.ERROR_VALUE);
        }
    }

    @Test
    void problemsNameTheRowOfTheSheetAndRejectedRowsAreCsv() throws IOException {
        Sheets workbook = new Sheets();
        UploadFile.Accepted accepted = accepted(workbook.sheet(
                "a",
                workbook.row(1, HEADER)
                        + workbook.row(4, "c;1", "t1", "dez", "2026-01-01")
                        + workbook.row(8, "c2", "t2", "2", "2026-01-01", "", "sobra")
                        + workbook.row(9, "c3", "t3", "3", "2026-01-01")));
        assertThat(accepted.problems().first())
                .extracting(Receipt.Problem::line, Receipt.Problem::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(4L, RowCode.NOT_A_NUMBER),
                        org.assertj.core.groups.Tuple.tuple(8L, RowCode.EXTRA_CELLS));
        assertThat(accepted.rejectedRows().getFileName()).hasToString("rejected.csv");
        String csv = Files.readString(accepted.rejectedRows());
        assertThat(csv)
                .startsWith("\uFEFFCNPJ;ID Título;Valor;Vencimento;Status;motivo_da_rejeicao\r\n"
                        + "\"c;1\";t1;dez;2026-01-01;;");
        UploadFile.Accepted again = TITLES.csv(csv.replace("dez", "10"));
        assertThat(Reading.rows(again)).extracting(row -> row.get("client_id")).containsExactly("c;1");
    }

    @Test
    void aWorkbookWithoutTheTablesHeaderSaysWhatItHas() {
        Sheets workbook = new Sheets();
        UploadFile.Rejected rejected = Reading.rejected(TITLES.bytes(
                "x.xlsx",
                workbook.sheet("Capa", workbook.row(1, "Relatório"))
                        .sheet("Dados", workbook.row(2, "CNPJ", "ID Título", "Valor", "Emissão") + workbook.row(3, "1"))
                        .bytes()));
        assertThat(rejected.code()).isEqualTo(FileCode.COLUMNS_MISSING);
        assertThat(rejected.message()).contains("`Capa`", "`Dados`", "line 2", "due_on", "`Emissão`");
    }

    @Test
    void twoHeadersOfOneColumnAreRejected() {
        Sheets workbook = new Sheets();
        UploadFile.Rejected rejected = Reading.rejected(TITLES.bytes(
                "x.xlsx",
                workbook.sheet(
                                "a",
                                workbook.row(1, "CNPJ", "ID Título", "Valor", "Vencimento", "VALOR")
                                        + workbook.row(2, "1", "1", "1", "2026-01-01", "1"))
                        .bytes()));
        assertThat(rejected.code()).isEqualTo(FileCode.DUPLICATE_COLUMN);
        assertThat(rejected.message()).contains("`Valor` and `VALOR`");
    }

    @Test
    void withoutRowsItIsEmpty() {
        Sheets workbook = new Sheets();
        assertThat(Reading.rejected(TITLES.bytes(
                                "x.xlsx", new Sheets().sheet("a", "").bytes()))
                        .code())
                .isEqualTo(FileCode.EMPTY);
        assertThat(Reading.rejected(TITLES.bytes(
                                "x.xlsx",
                                workbook.sheet("a", workbook.row(1, HEADER)).bytes()))
                        .code())
                .isEqualTo(FileCode.EMPTY);
    }

    @Test
    void itMayBePackedOnceMoreAndHaveAnyName() {
        Sheets workbook = new Sheets();
        byte[] bytes = workbook.sheet("a", workbook.row(1, HEADER) + workbook.row(2, "c1", "t1", "1", "2026-01-01"))
                .bytes();
        assertThat(Reading.accepted(TITLES.bytes("x.csv", bytes)).format().compression())
                .isEqualTo("none");
        assertThat(Reading.accepted(TITLES.bytes("x.xlsx.gz", Reading.gzip(bytes)))
                        .format()
                        .compression())
                .isEqualTo("gzip");
        assertThat(Reading.accepted(TITLES.bytes("x.zip", Sheets.zipped(Map.of("Títulos.xlsx", bytes))))
                        .format()
                        .compression())
                .isEqualTo("zip");
    }

    @Test
    void asItIsWrittenItIsReadRaw() throws IOException {
        Sheets workbook = new Sheets();
        byte[] bytes = workbook.sheet("a", workbook.row(2, "id", "nome") + workbook.row(3, "1", " Ana "))
                .sheet("b", workbook.row(1, "x"))
                .bytes();
        java.nio.file.Path file = Files.write(Files.createTempFile("raw", ""), bytes);
        try {
            RawFile.Read read = (RawFile.Read) RawFile.read(file, "x.xlsx", null, CLIENTS.options());
            assertThat(read.header()).containsExactly("id", "nome");
            assertThat(read.rows()).containsExactly(List.of("1", " Ana "));
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a \"lol\">]><worksheet><sheetData><row><c"
                        + " t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>",
                "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>",
                "<worksheet><sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row><c t=\"s\"><v>99</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row>",
                "<worksheet><sheetData></row>",
                "",
                "\u0000\u0001"
            })
    void aSheetThatCannotBeReadRejectsTheFile(String xml) {
        UploadFile.Result result = TITLES.bytes(
                "x.xlsx",
                new Sheets()
                        .sheet("a", "")
                        .part("xl/worksheets/sheet1.xml", xml)
                        .bytes());
        assertThat(Reading.rejected(result).code()).isEqualTo(FileCode.BAD_ENCODING);
        assertThat(Reading.rejected(result).message()).startsWith("The workbook cannot be read");
    }

    @Test
    void aWorkbookWithoutSheetsCannotBeRead() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("xl/workbook.xml", "<workbook/>");
        assertThat(Reading.rejected(TITLES.bytes("x.csv", Sheets.zip(parts))).code())
                .isEqualTo(FileCode.BAD_ENCODING);
    }
}
