package clientkpis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.configuration.Language;
import clientkpis.reading.cell.Blank;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// tables.md, *How files are read*: encoding, separator, quotes, header, blank lines.
///
/// One file for one section of the page, however long.
class DialectTest {
    private static final Reading CLIENTS = Reading.of("clients");
    private static final Reading TICKETS = Reading.of("support");

    private static UploadFile.Accepted in(String charset, String bom, String text) {
        return Reading.accepted(CLIENTS.bytes("x.csv", (bom + text).getBytes(Charset.forName(charset))));
    }

    private static Map<String, String> onlyRow(UploadFile.Accepted accepted) {
        assertThat(Reading.rows(accepted)).hasSize(1);
        return Reading.rows(accepted).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, '', UTF-8",
        "UTF-8, '\uFEFF', UTF-8 with BOM",
        "UTF-16LE, '\uFEFF', UTF-16LE",
        "UTF-16BE, '\uFEFF', UTF-16BE",
        "windows-1252, '', windows-1252"
    })
    void theEncodingIsFound(String charset, String bom, String encoding) {
        UploadFile.Accepted accepted = in(charset, bom, "ID Original;Cliente;Fase\n1;Padaria São João;Adoção\n");

        assertThat(accepted.format().encoding()).isEqualTo(encoding);
        assertThat(onlyRow(accepted))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("client_id", "1", "name", "Padaria São João", "stage", "Adoção"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16IsFoundWithoutItsMark(String charset) {
        UploadFile.Accepted accepted = in(charset, "", "ID Original;Cliente\n1;Padaria São João\n");
        assertThat(accepted.format().encoding()).isEqualTo(charset);
        assertThat(onlyRow(accepted)).containsEntry("name", "Padaria São João");
    }

    private static UploadFile.Accepted bytes(byte[]... lines) {
        return Reading.accepted(CLIENTS.bytes("x.csv", Reading.joined(lines)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] windows(String text) {
        return text.getBytes(Charset.forName("windows-1252"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void singleLinesThatAreNotUtf8AreReadAsWindows1252(String mark) {
        UploadFile.Accepted accepted =
                bytes(utf8(mark + "client_id;name\r\n1;Padaria São João\r\n"), windows("2;Açaí\r\n"), utf8("3;Zoë"));
        assertThat(Reading.rows(accepted))
                .extracting(row -> row.get("name"))
                .containsExactlyInAnyOrder("Padaria São João", "Açaí", "Zoë");
        assertThat(accepted.format().encoding()).startsWith("UTF-8");
        assertThat(accepted.warnings())
                .containsExactly(Warning.of(WarningCode.MIXED_ENCODINGS, 1, java.util.List.of("2;Açaí"))
                        .in(Language.ENGLISH));
    }

    @Test
    void aLineWithBytesThatOnlyUtf8HasMakesTheFileMixed() {
        byte[] file = "client_id;name\n1;Jos\u00e9\n2;\u00df\u0081\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.rows((UploadFile.Accepted) Reading.of("clients").bytes("x.csv", file)))
                .extracting(row -> row.get("name"))
                .containsExactlyInAnyOrder("Jos\u00e9", "\u07c1");
    }

    @Test
    void aFileOfDosIsReadAsWhatItIsWithAWarning() {
        byte[] dos = "client_id;name;cs\n1;Padaria São José;Conceição\n2;Açúcar É Vitória;Ângela Nº 1\n"
                .getBytes(Charset.forName("IBM850"));
        UploadFile.Accepted accepted = bytes(dos);
        assertThat(Reading.rows(accepted))
                .extracting(row -> row.get("name"))
                .containsExactlyInAnyOrder("Padaria São José", "Açúcar É Vitória");
        assertThat(accepted.format().encoding()).isEqualTo("IBM850");
        assertThat(accepted.warnings()).extracting(Warning::code).containsExactly(WarningCode.DOUBTFUL_ENCODING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US£5", "José £5", "Ação: £a£b", "Æon", "‡ nota", "Preço ‡ £", "é‡é"})
    void signsOfWindows1252AreNotLettersOfDos(String name) {
        UploadFile.Accepted accepted = bytes(windows("client_id;name\n1;" + name + "\n"));
        assertThat(onlyRow(accepted)).containsEntry("name", name);
    }

    @Test
    void lettersOfDosAreDoubtful() {
        UploadFile.Accepted accepted =
                bytes(windows("client_id;name;cs\n1;Padaria;Concei‡Æo\n2;A‡ai & Afeto;x\n3;José — “é” £5;y\n"));
        assertThat(accepted.warnings())
                .containsExactly(Warning.of(
                                WarningCode.DOUBTFUL_ENCODING,
                                2,
                                java.util.List.of("1;Padaria;Concei‡Æo", "2;A‡ai & Afeto;x"))
                        .in(Language.ENGLISH));
        UploadFile.Rejected rejected =
                Reading.rejected(TICKETS.bytes("x.csv", windows("Raz‹o;T’tulo;Regi‹o\nx;y;z\n")));
        assertThat(rejected.code()).isEqualTo(clientkpis.receipt.FileCode.BAD_ENCODING);
        assertThat(rejected.message()).contains("Raz‹o", "code page");
    }

    @Test
    void aLineMaySayTheSeparator() {
        UploadFile.Accepted accepted = CLIENTS.csv("sep=|\r\nclient_id|name|x;y\r\n1|Ana, \"b\"\r\n");
        assertThat(accepted.format().separator()).isEqualTo("|");
        assertThat(accepted.format().headerLine()).isEqualTo(2);
        assertThat(accepted.format().skippedLines()).isEmpty();
    }

    @Test
    void windows1252HasQuotesAndDashesWhereLatin1HasControls() {
        byte[] bytes = "client_id,name\n1,a \u0093b\u0094 \u0096 c\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(onlyRow(Reading.accepted(CLIENTS.bytes("x.csv", bytes)))).containsEntry("name", "a “b” – c");
    }

    @Test
    void oneByteThatIsNoUtf8AtTheEndOfALongFileMakesItWindows1252() {
        String rows = "client_id,name\n" + "1,abc é\n".repeat(30_000);
        byte[] bytes = Reading.joined(rows.getBytes(Charset.forName("windows-1252")));
        UploadFile.Accepted accepted = Reading.accepted(CLIENTS.bytes("x.csv", bytes));
        assertThat(accepted.format().encoding()).isEqualTo("windows-1252");
        assertThat(onlyRow(accepted)).containsEntry("name", "abc é");
    }

    @Test
    void charactersOfSeveralBytesMayLieAcrossAnyBuffer() {
        for (int shift = 0; shift < 4; shift++) {
            String name = "x".repeat(shift) + "é€😀".repeat(20);
            String text = "client_id,name\n" + ("1," + name + "\n").repeat(2_000);
            assertThat(onlyRow(CLIENTS.csv(text))).containsEntry("name", name);
            assertThat(onlyRow(in("UTF-16LE", "\uFEFF", text))).containsEntry("name", name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theSeparatorIsFoundFromTheHeader(String separator) {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id,\"name\",plan\n1,Ana,A\n".replace(",", separator));
        assertThat(accepted.format().separator()).isEqualTo(separator);
        assertThat(onlyRow(accepted)).isEqualTo(Map.of("client_id", "1", "name", "Ana", "plan", "A"));
    }

    @Test
    void separatorsInsideQuotesOfTheHeaderDoNotCount() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id;name;\"a,b,c,d,e\"\n1;Ana, Bia;x\n");
        assertThat(accepted.format().separator()).isEqualTo(";");
        assertThat(accepted.ignored()).containsExactly("a,b,c,d,e");
        assertThat(onlyRow(accepted)).containsEntry("name", "Ana, Bia");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndWithAnyLineBreak(String lineBreak) {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id,name\n1,Ana\n\n2,Bia".replace("\n", lineBreak));
        assertThat(Reading.rows(accepted)).extracting(row -> row.get("name")).containsExactlyInAnyOrder("Ana", "Bia");
    }

    @Test
    void quotedCellsHaveDoubledQuotesSeparatorsAndLineBreaks() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id,name\n\"1\",\"Bar \"\"do Zé\"\", Rua A\r\nn. 2\"\r\n");
        assertThat(onlyRow(accepted)).isEqualTo(Map.of("client_id", "1", "name", "Bar \"do Zé\", Rua A\r\nn. 2"));
    }

    @Test
    void aQuoteInsideAnUnquotedCellIsACharacter() {
        assertThat(onlyRow(CLIENTS.csv("client_id,name\n1,TV 42\" LED\n"))).containsEntry("name", "TV 42\" LED");
        assertThat(onlyRow(CLIENTS.csv("client_id,name\n1, \"Ana\"\n"))).containsEntry("name", "\"Ana\"");
    }

    @Test
    void whatFollowsAClosingQuoteBelongsToItsCellAndToNoOther() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id;name;plan\n1;\"TV 42\" LED\";A\n2;\"Ana\" ;B\n");
        assertThat(Reading.rows(accepted))
                .containsExactlyInAnyOrder(
                        Map.of("client_id", "1", "name", "TV 42 LED\"", "plan", "A"),
                        Map.of("client_id", "2", "name", "Ana", "plan", "B"));
    }

    @Test
    void aQuoteThatSwallowsRowsIsACharacter() {
        UploadFile.Accepted accepted = CLIENTS.csv("""
            client_id;name;plan;cs
            1;Ana;A;x
            2;"Bar do Porto;B;x
            3;Cantina;A;x
            4;"Casa" Verde;B;x
            5;"Cinco;A;x
            6;"Rua A
            n. 2";B;x
            7;"Sete;A;x
            8;Oito;A;x
            """.replace("\n", "\r\n"));
        assertThat(Reading.rows(accepted))
                .extracting(row -> row.get("name"))
                .containsExactlyInAnyOrder(
                        "Ana", "\"Bar do Porto", "Cantina", "Casa Verde", "\"Cinco", "Rua A\r\nn. 2", "\"Sete", "Oito");
        assertThat(accepted.warnings())
                .containsExactly(Warning.of(
                                WarningCode.STRAY_QUOTES,
                                3,
                                java.util.List.of(
                                        "line 3: 2;\"Bar do Porto;B;x",
                                        "line 6: 5;\"Cinco;A;x",
                                        "line 9: 7;\"Sete;A;x"))
                        .in(Language.ENGLISH));
    }

    @Test
    void aCellOfSeveralLinesWithQuotesInItIsOneCell() {
        UploadFile.Accepted accepted =
                CLIENTS.csv("client_id;name;plan\n1;Ana;\"Pediu\nprazo \"maior\" para pagar\"\n2;Bia;B\n");
        assertThat(accepted.warnings()).isEmpty();
        assertThat(Reading.rows(accepted))
                .contains(Map.of("client_id", "1", "name", "Ana", "plan", "Pediu\nprazo maior\" para pagar\""));
    }

    @Test
    void aBackslashMakesAQuoteACharacterWhereTheColumnsProveIt() {
        UploadFile.Accepted accepted = CLIENTS.csv("""
            "client_id","name","plan"
            "1","Bar \\"Do Porto\\"","A"
            "2","Loja \\"A, B\\" Ltda","A"
            "3","C:\\","D:\\"
            "4","a
             \\"b\\" c","A"
            """);
        assertThat(Reading.rows(accepted))
                .extracting(row -> row.get("name"))
                .containsExactlyInAnyOrder("Bar \"Do Porto\"", "Loja \"A, B\" Ltda", "C:\\", "a\n \"b\" c");
    }

    @Test
    void blankLinesAnywhereArePassedOver() {
        UploadFile.Accepted accepted = CLIENTS.csv("\n  \nclient_id,name\n\n1,Ana\n \t\u00a0\n\n2,\n\n");
        assertThat(accepted.rows().read()).isEqualTo(2);
        assertThat(accepted.format().headerLine()).isEqualTo(3);
        assertThat(accepted.format().skippedLines()).isEmpty();
        assertThat(Reading.problem(accepted).line()).isEqualTo(8);
    }

    @Test
    void linesAboveTheHeaderAreSkippedAndListed() {
        String long100 = "x".repeat(100);
        UploadFile.Accepted accepted =
                CLIENTS.csv("Relatório; \"de clientes\"\n\n" + long100 + "\nclient_id;name\n1;Ana\n");
        assertThat(accepted.format().headerLine()).isEqualTo(4);
        assertThat(accepted.format().skippedLines())
                .containsExactly(
                        new Receipt.SkippedLine(1, "Relatório; \"de clientes\""),
                        new Receipt.SkippedLine(3, "x".repeat(80)));
        assertThat(onlyRow(accepted)).containsEntry("name", "Ana");
    }

    @Test
    void theHeaderIsAmongTheFirstTenLines() {
        assertThat(CLIENTS.csv("x\n".repeat(9) + "client_id,name\n1,Ana\n")
                        .format()
                        .headerLine())
                .isEqualTo(10);
        assertThat(CLIENTS.rejectedCsv("x\n".repeat(10) + "client_id,name\n1,Ana\n")
                        .code())
                .isEqualTo(FileCode.COLUMNS_MISSING);
    }

    @Test
    void theFirstLineThatNamesAllRequiredColumnsIsTheHeader() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id\nclient_id,name\nclient_id,x\n");
        assertThat(accepted.format().headerLine()).isEqualTo(2);
        assertThat(onlyRow(accepted)).isEqualTo(Map.of("client_id", "client_id", "name", "x"));
    }

    @Test
    void aHeaderMayHaveLineBreaksInItsQuotes() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id,\"name\",\"a\nb\"\n1,Ana,x\n2\n");
        assertThat(accepted.used()).extracting(Receipt.UsedColumn::column).containsExactly("client_id", "name");
        assertThat(accepted.ignored()).containsExactly("a\nb");
        assertThat(Reading.problem(accepted).line()).isEqualTo(4);
    }

    @Test
    void headersMatchWithoutCaseAccentsSpacesUnderscoresAndHyphens() {
        UploadFile.Accepted accepted = CLIENTS.csv(" id-ORIGINAL ;NOME;Data De Registro;Pórte\n1;Ana;30/09/2026;P\n");
        assertThat(accepted.used())
                .containsExactly(
                        new Receipt.UsedColumn("client_id", "id-ORIGINAL"),
                        new Receipt.UsedColumn("name", "NOME"),
                        new Receipt.UsedColumn("registered_on", "Data De Registro"),
                        new Receipt.UsedColumn("size", "Pórte"));
        assertThat(accepted.absent())
                .containsExactly("status", "cs", "csm", "salesperson", "plan", "segment", "stage", "cancelled_on");
    }

    @Test
    void columnsThatAreNotKnownAreIgnoredAndListed() {
        UploadFile.Accepted accepted = CLIENTS.csv("client_id;Obs;name;;Cor\n1;\u0007;Ana;;{}\n");
        assertThat(accepted.ignored()).containsExactly("Obs", "Cor");
        assertThat(onlyRow(accepted)).isEqualTo(Map.of("client_id", "1", "name", "Ana"));
    }

    @Test
    void aTenantMapsItsOwnHeaders() {
        Reading mapped = CLIENTS.mapping(
                Map.of("Razão Social", "name", "Cod", "client_id", "Cliente", "custom.quem", "x", "no"));
        UploadFile.Accepted accepted =
                mapped.csv("COD;Razao social;Cliente;x\n1;Ana;1.234,50;y\n2;Bia;0012;\n3;Caio;30/09/2026;\n");
        assertThat(Reading.rows(accepted))
                .containsExactlyInAnyOrder(
                        Map.of("client_id", "1", "name", "Ana", "custom.quem", "1234.50"),
                        Map.of("client_id", "2", "name", "Bia", "custom.quem", "0012"),
                        Map.of("client_id", "3", "name", "Caio", "custom.quem", "2026-09-30"));
        assertThat(accepted.ignored()).containsExactly("x");
    }

    @Test
    void shortRowsHaveTheRestBlankAndBlankExtraCellsOfTheFirstRowDoNotCount() {
        UploadFile.Accepted accepted =
                TICKETS.csv("client_id;ticket_id;sla;Obs\n2;b;30/09/2026;;; ;\n1;a\n2;b;30/09/2026;;; ;\n");
        assertThat(Reading.rows(accepted))
                .containsExactlyInAnyOrder(
                        Map.of("client_id", "1", "ticket_id", "a"),
                        Map.of("client_id", "2", "ticket_id", "b", "sla_on", "2026-09-30"));
    }

    @Test
    void cellsAreTrimmedOfAllWhiteSpaceOfUnicode() {
        UploadFile.Accepted accepted =
                CLIENTS.csv("client_id;name;plan\n\u00a0 00 1\u2003;\t\u3000Ana\u202f Lia\r\n2;\" \n Bia\";\u00a0\n");
        assertThat(Reading.rows(accepted))
                .containsExactlyInAnyOrder(
                        Map.of("client_id", "00 1", "name", "Ana\u202f Lia"), Map.of("client_id", "2", "name", "Bia"));
    }

    @Test
    void typedCellsAreCanonical() {
        UploadFile.Accepted accepted = Reading.of("contracts").csv("""
            cpf;id_contrato;modelo;valor;status;data_inicio;end_date;licencas;recorrente
            007;K1;MRR;R$ 1.234,50;Ativo;1/9/2026;2026-10-01T02:00:00Z;10,0;Não
            """);
        assertThat(onlyRow(accepted))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "client_id", "007",
                        "contract_id", "K1",
                        "model", "MRR",
                        "value", "1234.50",
                        "status", "Ativo",
                        "starts_on", "2026-09-01",
                        "ends_on", "2026-09-30",
                        "licences", "10",
                        "recurring", "false"));
    }

    @ParameterizedTest
    @CsvSource({
        "sim, true",
        "Sim, true",
        "s, true",
        "S, true",
        "yes, true",
        "YES, true",
        "true, true",
        "1, true",
        "não, false",
        "NÃO, false",
        "nao, false",
        "n, false",
        "no, false",
        "False, false",
        "0, false"
    })
    void booleansAreWrittenInTwoLanguages(String cell, String value) {
        UploadFile.Accepted accepted =
                Reading.of("contacts").csv("client_id;contact_id;name;ativo\n1;a;Ana;" + cell + "\n");
        assertThat(onlyRow(accepted)).containsEntry("active", value);
    }

    @Test
    void theNumberFormatIsTheTenants() {
        String csv = "client_id;title_id;value;due_on\n1;a;1.234;2026-09-30\n";
        assertThat(onlyRow(Reading.of("billing").csv(csv))).containsEntry("value", "1234");
        assertThat(onlyRow(Reading.of("billing").english().csv(csv))).containsEntry("value", "1.234");
    }

    @Test
    void gzipIsFoundByNameAndByItsFirstBytes() {
        byte[] csv = "client_id,name\n1,Ana\n".getBytes(StandardCharsets.UTF_8);
        byte[] more = "2,Bia\n".getBytes(StandardCharsets.UTF_8);
        byte[] gzip = Reading.joined(Reading.gzip(csv), Reading.gzip(more));
        for (String name : List.of("x.csv.gz", "X.CSV.GZ", "x.csv")) {
            UploadFile.Accepted accepted = Reading.accepted(CLIENTS.bytes(name, gzip));
            assertThat(accepted.format().compression()).isEqualTo("gzip");
            assertThat(accepted.rows().read()).isEqualTo(2);
        }
        assertThat(Reading.accepted(CLIENTS.bytes("x.csv", csv)).format().compression())
                .isEqualTo("none");
    }

    @Test
    void theLastValidRowOfAKeyWins() {
        UploadFile.Accepted accepted =
                CLIENTS.csv("client_id,name,registered_on\n1,Ana,\n2,Bia,\n1,Aninha,\n1,Anita,soon\n01,Outra,\n");
        assertThat(Reading.rows(accepted))
                .containsExactlyInAnyOrder(
                        Map.of("client_id", "1", "name", "Aninha"),
                        Map.of("client_id", "2", "name", "Bia"),
                        Map.of("client_id", "01", "name", "Outra"));
        assertThat(accepted.rows()).isEqualTo(Receipt.Rows.read(3, 1, 1, 1));
        assertThat(accepted.clients()).isEqualTo(3);
    }

    @Property(tries = 300)
    void whatALibraryWritesInAnyDialectIsReadBack(
            @ForAll @Size(min = 1, max = 12)
                    List<
                                    @Size(value = 3) List<
                                            @StringLength(min = 1, max = 12)
                                            @Chars({',', ';', '\t', '|', '"', '\'', '\n', '\r', ' ', 'é', '€'})
                                            @CharRange(from = 'a', to = 'e') String>>
                            cells,
            @ForAll @IntRange(max = 3) int separator,
            @ForAll boolean quoteAll,
            @ForAll boolean windowsLines,
            @ForAll @IntRange(max = 4) int encoding,
            @ForAll boolean compressed)
            throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(",;\t|".charAt(separator))
                .setQuoteMode(quoteAll ? QuoteMode.ALL : QuoteMode.MINIMAL)
                .setRecordSeparator(windowsLines ? "\r\n" : "\n")
                .get();
        StringWriter text = new StringWriter();
        Map<String, Map<String, String>> expected = new HashMap<>();
        try (CSVPrinter printer = format.print(text)) {
            printer.printRecord("client_id", "name", "plan");
            for (int i = 0; i < cells.size(); i++) {
                List<String> row = new ArrayList<>(cells.get(i));
                row.set(0, i + "x" + row.getFirst() + "x");
                row.set(1, "x" + row.get(1) + "x");
                printer.printRecord(row);
                Map<String, String> canonical = new HashMap<>(Map.of("client_id", row.get(0), "name", row.get(1)));
                if (!Blank.is(row.get(2))) {
                    canonical.put("plan", Blank.trim(row.get(2)));
                }
                expected.put(row.getFirst(), canonical);
            }
        }
        Charset charset = List.of(
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        Charset.forName("windows-1252"))
                .get(encoding);
        // Three letters of Windows-1252 that are one of UTF-8: nobody can tell.
        Assume.that(encoding < 4 || !text.toString().contains("é€€"));
        byte[] bytes = ((encoding >= 1 && encoding <= 3 ? "\uFEFF" : "") + text).getBytes(charset);
        UploadFile.Accepted accepted =
                Reading.accepted(CLIENTS.bytes("x.csv", compressed ? Reading.gzip(bytes) : bytes));

        assertThat(Reading.rows(accepted)).containsExactlyInAnyOrderElementsOf(expected.values());
    }
}
