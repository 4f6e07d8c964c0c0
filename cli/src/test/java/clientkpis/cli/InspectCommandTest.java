package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.output.Results;
import clientkpis.cli.output.Terminal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    private Path folder;

    private record Ran(int exit, String out, String err) {}

    @Test
    void itSaysHowAFileWouldBeReadAndEveryProblem() throws IOException {
        Path file = folder.resolve("Contratos.csv");
        Files.writeString(file, """
            relatório
            CNPJ;ID Contrato;Modelo;Valor;Status;Obs
            1;a;MRR;R$ 1.590,00;Ativo;x
            2;b;MRR;dez;Ativo;
            """, Charset.forName("windows-1252"));
        Ran ran = run("inspect", file.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("contracts", "windows-1252", "Separator  ;", "line 2")
                .contains("Skipped    line 1: relatório")
                .containsPattern("Valor +-> value \\(number\\)")
                .containsPattern("Obs +-> ignored")
                .contains("Absent     starts_on")
                .contains("2: 1 accepted of 1 client, 1 rejected, 0 repeated")
                .contains("value=1,590.00")
                .contains("Valor (value): is not a number (not_a_number), 1 row, expected a number")
                .contains("line 4 \"dez\"");
        assertThat(folder.toFile().list()).containsExactly("Contratos.csv");
    }

    @Test
    void problemsAreGroupedByColumnAndCodeWithThreeSamples() throws IOException {
        Path file = folder.resolve("contracts.csv");
        StringBuilder rows =
                new StringBuilder("client_id;contract_id;model;value;status;starts_on\n1;c;MRR;1;ativo;\n");
        for (int i = 0; i < 1_500; i++) {
            rows.append("1;c").append(i).append(";MRR;v").append(i).append(i == 3 ? ";ativo;ontem\n" : ";ativo;\n");
        }
        Files.writeString(file, rows);
        Ran ran = run("inspect", file.toString());
        assertThat(ran.out())
                .contains("Problems   1 not_a_date, 1,500 not_a_number")
                .contains("value: is not a number (not_a_number), 1,500 rows, expected")
                .contains("line 3 \"v0\", line 4 \"v1\", line 5 \"v2\" ...")
                .contains("starts_on: is not a date (not_a_date), 1 row, expected")
                .contains("line 6 \"ontem\"")
                .doesNotContain("v3");
        assertThat(ran.out().lines()).hasSizeLessThan(30);
    }

    @Test
    void aHeaderThatIsMissingIsNamedAndMappedByAConfiguration() throws IOException {
        Path file = folder.resolve("contracts.csv");
        Files.writeString(file, "client_id;contract_id;model;Quanto;status\n1;a;MRR;1,00;ativo\n");
        Ran wrong = run("inspect", file.toString());
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out())
                .contains("columns_missing", "Missing: value", "`Quanto`", "\"columns\": {\"contracts\"");

        Path configuration = folder.resolve("configuration.json");
        Files.writeString(configuration, "{\"columns\": {\"contracts\": {\"Quanto\": \"value\"}}}");
        Ran mapped = run("inspect", file.toString(), "--configuration", configuration.toString());
        assertThat(mapped.exit()).isZero();
        assertThat(mapped.out()).containsPattern("Quanto +-> value");
    }

    @Test
    void aFileSaysItsTableByItsHeaders() throws IOException {
        Path file = folder.resolve("relatorio.csv");
        Files.writeString(file, """
            CNPJ/CPF;Razão Social;Nº do título;Valor (R$);Vencimento;Data da Baixa;Situação
            99.910.234/0001-33;Oficina;T1;100,00;01/09/2026;02/09/2026;Quitado
            99.910.234/0001-33;Oficina;T2;100,00;01/10/2026;;Em aberto
            Total;;;200,00;;;
            """);
        Ran shown = run("inspect", file.toString());
        assertThat(shown.exit()).isZero();
        assertThat(shown.out())
                .contains(
                        "billing, by its headers", "Data da Baixa", "-> paid_on", "skipped_totals", "Quitado (1) paid");

        Ran rows = run("inspect", "--rows", file.toString());
        JsonNode printed = Results.JSON.readTree(rows.out());
        assertThat(printed.path("table").asText()).isEqualTo("billing");
        assertThat(printed.path("rows")).hasSize(2);
        assertThat(printed.path("rows").findValuesAsText("paid_on")).containsExactly("2026-09-02");
        assertThat(printed.path("skipped").asInt()).isEqualTo(1);
    }

    @Test
    void aKnownExportIsReadWithoutAnyConfiguration() throws IOException {
        Path file = folder.resolve("export.csv");
        Files.writeString(file, """
            id,Customer ID,Plan,Quantity,Interval,Amount,Status,Start Date (UTC),Current Period End (UTC),Application Fee Percent
            sub_1,cus_1,pro,2,year,1200.00,past_due,2026-01-01 01:00,2027-01-01 12:00,
            """);
        JsonNode printed =
                Results.JSON.readTree(run("inspect", "--rows", file.toString()).out());
        assertThat(printed.path("source").asText()).isEqualTo("stripe/subscriptions");
        JsonNode row = printed.path("rows").path(0);
        assertThat(row.path("value").asText()).isEqualTo("100.00");
        assertThat(row.path("status").asText()).isEqualTo("active");
        assertThat(row.path("starts_on").asText()).isEqualTo("2025-12-31");

        Path off = folder.resolve("configuration.json");
        Files.writeString(off, "{\"sources\": {\"stripe/subscriptions\": false}}");
        printed = Results.JSON.readTree(run("inspect", "--rows", file.toString(), "--configuration", off.toString())
                .out());
        assertThat(printed.path("source").isNull()).isTrue();
    }

    @Test
    void whatIsProposedMakesAFileCount() throws IOException {
        Path file = folder.resolve("contratos.csv");
        Files.writeString(file, """
            Cliente;CNPJ;Mensalidade;Início;Situação
            Oficina;99.910.234/0001-33;100,00;01/09/2025;Ativo
            Oficina;99.910.234/0001-33;50,00;01/10/2025;Ativo
            """);
        Path proposed = folder.resolve("proposed.json");
        assertThat(run("inspect", file.toString()).exit()).isEqualTo(1);
        Ran ran = run("inspect", "--propose", file.toString(), "-o", proposed.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("2 of 2 rows count", "Only you know", "model");
        JsonNode rows =
                Results.JSON.readTree(run("inspect", "--rows", file.toString(), "--configuration", proposed.toString())
                        .out());
        assertThat(rows.path("rows").findValuesAsText("value")).containsExactlyInAnyOrder("100.00", "50.00");
        assertThat(rows.path("rows").findValuesAsText("contract_id")).doesNotHaveDuplicates();
    }

    @Test
    void rawGivesTheCellsExactlyAsReadAFileALine() throws IOException {
        Path read = folder.resolve("a.csv");
        Path broken = folder.resolve("b.csv");
        Path lines = folder.resolve("c.jsonl");
        Files.writeString(read, "x,y\r\n a ,\r\n\"1\n2\",\"q\"\"q\"\r\n");
        Files.writeString(broken, "x,y\n\"a;1\n");
        Files.writeString(lines, "{\"a\": 1.50, \"b\": null}\n[1]\n{\"c\": \"z\"}\n");
        Ran ran = run("inspect", "--raw", read.toString(), broken.toString(), lines.toString());
        assertThat(ran.exit()).isEqualTo(1);
        List<JsonNode> printed = new ArrayList<>();
        for (String line : ran.out().lines().toList()) {
            printed.add(Results.JSON.readTree(line));
        }
        assertThat(printed).hasSize(3);
        assertThat(printed.get(0).path("file").asText()).isEqualTo(read.toString());
        assertThat(printed.get(0).path("status").asText()).isEqualTo("read");
        assertThat(printed.get(0).path("header")).hasToString("[\"x\",\"y\"]");
        assertThat(printed.get(0).path("rows")).hasToString("[[\" a \",\"\"],[\"1\\n2\",\"q\\\"q\"]]");
        assertThat(printed.get(0).path("reason").isNull()).isTrue();
        assertThat(printed.get(1).path("status").asText()).isEqualTo("rejected");
        assertThat(printed.get(1).path("reason").asText()).startsWith("unclosed_quote");
        assertThat(printed.get(2).path("rejectedRows").asInt()).isEqualTo(1);
        assertThat(printed.get(2).path("rows")).hasToString("[[\"1.50\",\"\",\"\"],[\"\",\"\",\"z\"]]");
    }

    @Test
    void whatIsNotThereIsWrongUsage() {
        assertThat(run("inspect", folder.resolve("none.csv").toString()).exit()).isEqualTo(2);
        assertThat(run("inspect", "--table", "vendas", "x").err()).contains("There is no table vendas");
    }

    @Test
    void eachSheetIsReadForItselfWhereTheNameSaysNoTable() throws IOException {
        Map<String, String> sheets = new LinkedHashMap<>();
        sheets.put("Clientes", "client_id;name;cs\nc1;Ana;Bia");
        sheets.put("Notas", "Lista de compras\npão");
        sheets.put("Contratos", "client_id;contract_id;model;value;status\nc1;k1;MRR;1,00;Ativo");
        Path file = Workbooks.write(folder.resolve("Carteira.xlsx"), sheets);

        Ran rows = run("inspect", "--rows", file.toString());
        assertThat(rows.exit()).isEqualTo(1);
        assertThat(rows.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("\"sheet\":\"Clientes\"", "\"table\":\"clients\"", "\"status\":\"read\""),
                        second -> assertThat(second)
                                .contains("\"sheet\":\"Notas\"", "\"table\":null", "\"reason\":\"unknown_table"),
                        third -> assertThat(third)
                                .contains("\"sheet\":\"Contratos\"", "\"table\":\"contracts\"", "\"k1\""));
        assertThat(run("inspect", file.toString()).out())
                .contains("Carteira.xlsx, sheet Clientes", "clients, by its headers", "contracts, by its headers");
        assertThat(run("inspect", "--rows", "--table", "contracts", file.toString())
                        .out()
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"sheet\":\"Contratos\""));
    }

    @Test
    void aRowIsNotShownAsIfItWereAHeader() throws IOException {
        Path file = folder.resolve("x.csv");
        Files.writeString(file, "48151623420;2026-09-01;10,00\n48151623421;2026-09-02;11,00\n");
        assertThat(run("inspect", file.toString()).out())
                .contains("unknown_table")
                .doesNotContain("48151623420", "2026-09-01", "10,00");
    }

    @Test
    void aFileWithoutAHeaderIsToldSo() throws IOException {
        Path words = folder.resolve("lista.csv");
        Files.writeString(words, """
            a1;Padaria Sol Claro;Varejo;Inativo;Nara
            a2;Livraria Pé de Letra;Varejo;Ativo;Nara
            a3;Clínica Vida Boa;Saúde;Inativo;Ivo
            a4;Ótica Mirante;Saúde;Ativo;Ivo
            """);
        Path numbers = folder.resolve("x.csv");
        Files.writeString(numbers, "48151623420;2026-09-01;10,00\n48151623421;2026-09-02;11,00\n");
        for (Path file : List.of(words, numbers)) {
            assertThat(run("inspect", "--lang", "en", file.toString()).out())
                    .contains("The first line looks like data")
                    .doesNotContain("Nearest");
            assertThat(run("inspect", "--propose", "--lang", "en", file.toString())
                            .err())
                    .contains("The first line looks like data");
            assertThat(run("inspect", "--lang", "pt-BR", file.toString()).out())
                    .contains("A primeira linha parece dado");
        }
        assertThat(run("inspect", "--lang", "en", "--table", "clients", words.toString())
                        .out())
                .contains("The file has no header: line 1 looks like data (`a1`", "among them client_id, name");
    }

    @Test
    void whatATerminalWouldExecuteIsShownInstead() {
        assertThat(Terminal.safe("a\u001b[31mb\u202e")).isEqualTo("a\\u001b[31mb\\u202e");
    }

    private static Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Kpis.commandLine(
                        (root, log, saved) -> {
                            throw new IOException("No cloud is needed");
                        },
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false)
                .execute(arguments);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
