package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.output.Results;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Exports of systems that are no known source, with invented rows, through `inspect --propose` and then `inspect
/// --rows` with nothing edited. What must come out was written down before they were tried (`expected.json`): `accept`
/// names columns for which another header is as good, `generated` ids that are made, `asks` what has to be in the list.
class ProposalsTest {
    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> anExportCountsAsItsProposalSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode expected = Results.JSON.readTree(resource("expected.json"));
        for (var file : expected.properties()) {
            tests.add(DynamicTest.dynamicTest(file.getKey(), () -> check(file.getKey(), file.getValue())));
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    @Test
    void filesOfSeveralSystemsShareTheirClients() throws IOException {
        Path registry = folder.resolve("Clientes.csv");
        Files.writeString(registry, """
            Código;Razão Social;Nome Fantasia;CNPJ/CPF;Situação
            1;Padaria Sol Claro Ltda;Padaria Sol Claro;99.913.311/0001-09;Ativo
            2;Ótica Mirante Ltda;Ótica Mirante;99.913.722/0001-02;Ativo
            """);
        Path companies = folder.resolve("crm-companies.csv");
        Files.writeString(companies, """
            Record ID,Company name,Company owner,Industry,CNPJ
            8900001,Padaria Sol Claro,Nara,Food,99913311000109
            8900002,Ótica Mirante,Ivo,Retail,99913722000102
            """);
        Path tickets = folder.resolve("tickets.csv");
        Files.writeString(tickets, """
            Ticket ID,Company ID,Company name,Created at,Solved at,Status
            1,8900001,Padaria Sol Claro,2026-09-01,,Open
            2,8900002,Ótica Mirante,2026-09-02,2026-09-03,Solved
            """);
        Path configuration = folder.resolve("configuration.json");
        String said = run(
                "inspect",
                "--propose",
                "-o",
                configuration.toString(),
                registry.toString(),
                companies.toString(),
                tickets.toString());
        JsonNode proposed = Results.JSON.readTree(configuration.toFile());
        assertThat(proposed.at("/clientIds/match").asText()).isEqualTo("cnpj-cpf");
        assertThat(proposed.at("/read/support/client_id/from")).hasToString("[\"Company name\"]");
        assertThat(said).contains("the other files have these clients").doesNotContain("count twice");
        for (Path file : List.of(registry, companies)) {
            assertThat(Results.JSON
                            .readTree(run(
                                    "inspect", "--rows", "--configuration", configuration.toString(), file.toString()))
                            .at("/rows")
                            .findValuesAsText("client_id"))
                    .containsExactlyInAnyOrder("99.913.311/0001-09", "99.913.722/0001-02");
        }
    }

    /// The ids are no CNPJs, so that only the files themselves say that they are the same.
    @Test
    void whatEachFileWritesForAClientOfTheRegistryIsSaid() throws IOException {
        Path registry = folder.resolve("Clientes.csv");
        Files.writeString(registry, """
            Código;Razão Social;CNPJ/CPF;Situação
            1;Padaria Sol Claro Ltda;10.000.000/0001-00;Ativo
            2;Ótica Mirante Ltda;11.234.567/0001-37;Ativo
            """);
        Path companies = folder.resolve("crm-companies.csv");
        Files.writeString(companies, """
            Record ID,Company name,Company owner,Industry,CNPJ
            8900001,Padaria Sol Claro,Nara,Food,10000000000100
            8900002,Ótica Mirante,Ivo,Retail,11234567000137
            """);
        Path tickets = folder.resolve("tickets.csv");
        Files.writeString(tickets, """
            Ticket ID,Company ID,Company name,Created at,Solved at,Status
            1,8900001,Padaria Sol Claro,2026-09-01,,Open
            2,8900002,Ótica Mirante,2026-09-02,2026-09-03,Solved
            """);
        Path configuration = folder.resolve("configuration.json");
        String said = run(
                "inspect",
                "--propose",
                "-o",
                configuration.toString(),
                registry.toString(),
                companies.toString(),
                tickets.toString());
        assertThat(said).contains("client_id words, 2").doesNotContain("count twice");
        for (Path file : List.of(registry, companies, tickets)) {
            assertThat(Results.JSON
                            .readTree(run(
                                    "inspect", "--rows", "--configuration", configuration.toString(), file.toString()))
                            .at("/rows")
                            .findValuesAsText("client_id"))
                    .containsExactlyInAnyOrder("10.000.000/0001-00", "11.234.567/0001-37");
        }
    }

    @Test
    void whichOfTwoIdsAndWhoseAnOwnerIsAreAsked() throws IOException {
        Path contracts = folder.resolve("contracts.csv");
        Files.writeString(contracts, """
            id,external_id,customer_id,model,monthly_value,status
            9000,CT-1,c1,MRR,10.00,Ativo
            9001,CT-2,c2,MRR,20.00,Ativo
            9002,CT-3,c3,MRR,20.00,Ativo
            9003,CT-4,c4,MRR,20.00,Ativo
            """);
        Path legacy = folder.resolve("contracts-legacy.csv");
        Files.writeString(legacy, """
            id,id_legacy,customer_id,model,monthly_value,status
            9000,CT-1,c1,MRR,10.00,Ativo
            9001,CT-2,c2,MRR,20.00,Ativo
            """);
        Path clients = folder.resolve("clients.csv");
        Files.writeString(clients, """
            accountExternalId,name,OwnerUserAccount
            a1,Padaria Sol Claro,nara@fluxo.example
            a2,Ótica Mirante,ivo@fluxo.example
            """);
        String said = run("inspect", "--propose", contracts.toString(), legacy.toString(), clients.toString());
        assertThat(said)
                .contains("contracts.csv, contract_id: Is it `id`, or `external_id`?")
                .contains("contracts-legacy.csv, client_id: Is it `id_legacy`, or `customer_id`?")
                .contains("csm: Is `OwnerUserAccount` csm, or cs?");
    }

    @Test
    void whatIsSaidOfAHeaderIsNotAboutFilesWithoutIt() throws IOException {
        Path cents = folder.resolve("billing-a.csv");
        Files.writeString(cents, """
            id,customer_id,total_cents,due_date,status
            a1,c1,129900,2026-09-01,paid
            a2,c2,99900,2026-09-02,pending
            """);
        Path whole = folder.resolve("billing-b.csv");
        Files.writeString(whole, """
            id,customer_id,due_date,total_cents,amount_cents,situation
            b1,c1,2026-09-01,1,129900,x
            b2,c2,2026-09-02,2,99900,y
            """);
        Path configuration = folder.resolve("configuration.json");
        String said = run("inspect", "--propose", "-o", configuration.toString(), cents.toString(), whole.toString());
        assertThat(said).contains("2 of 2 rows count");
        JsonNode read = Results.JSON.readTree(
                run("inspect", "--rows", "--configuration", configuration.toString(), cents.toString()));
        assertThat(read.at("/rows").findValuesAsText("value")).containsExactlyInAnyOrder("1299.00", "999.00");
    }

    @Test
    void whatOfTwoFilesNeedsTwoKeysIsSaid() throws IOException {
        Path first = folder.resolve("billing-a.csv");
        Files.writeString(first, """
            Cliente;Vencimento;Parcela;Valor
            A;01/09/2026;1;10,00
            A;01/10/2026;2;10,00
            """);
        Path second = folder.resolve("billing-b.csv");
        Files.writeString(second, """
            Empresa;Data de vencimento;Valor da conta
            A;15/09/2026;10,00
            B;30/09/2026;20,00
            """);
        Path configuration = folder.resolve("configuration.json");
        String said = run("inspect", "--propose", "-o", configuration.toString(), first.toString(), second.toString());
        assertThat(said)
                .contains("billing-b.csv, title_id: Another file of billing needs another `key`")
                .contains("billing-b.csv, all: Read with what the other files need it gives other rows (alone: 2 of 2");
    }

    @Test
    void eachSheetOfAWorkbookIsProposedFor() throws IOException {
        Map<String, String> sheets = new LinkedHashMap<>();
        sheets.put("Clientes", """
            Código;Empresa;Segmento;CS
            101;Padaria Sol Claro;Varejo;Nara
            102;Ótica Mirante;Saúde;Ivo\
            """);
        sheets.put("Legenda", "Cor;Significado\nVerde;em dia");
        sheets.put("Cobrança", """
            Código cliente;Vencimento;Valor;Pago em
            101;10/09/2026;690,00;11/09/2026
            102;10/09/2026;1.240,50;\
            """);
        sheets.put("NPS", """
            Empresa;Data;Nota;Quem respondeu
            Padaria Sol Claro;01/09/2026;10;Ana
            Ótica Mirante;02/09/2026;6;Bia\
            """);
        Path workbook = Workbooks.write(folder.resolve("controle.xlsx"), sheets);
        Path configuration = folder.resolve("configuration.json");
        String said = run("inspect", "--propose", "-o", configuration.toString(), workbook.toString());
        assertThat(said)
                .contains("controle.xlsx, sheet Cobrança", "sheet NPS: 2 of 2")
                .doesNotContain("Legenda");
        assertThat(run("inspect", "--rows", "--configuration", configuration.toString(), workbook.toString()))
                .contains("\"table\":\"clients\"", "\"table\":\"billing\"", "\"table\":\"nps\"");
    }

    private void check(String name, JsonNode expected) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, resource(name));
        Path configuration = folder.resolve("configuration.json");
        String said = run("inspect", "--propose", "-o", configuration.toString(), file.toString());
        JsonNode read = Results.JSON.readTree(
                run("inspect", "--rows", "--configuration", configuration.toString(), file.toString()));
        expected.path("asks")
                .forEach(word -> assertThat(said.substring(said.indexOf("Only you know")))
                        .contains(word.asText()));
        if (expected.path("table").isNull()) {
            assertThat(read.path("status").asText()).isEqualTo("rejected");
            return;
        }
        assertThat(read.path("table").asText()).isEqualTo(expected.path("table").asText());
        assertThat(rows(read.path("rows"), expected))
                .containsExactlyInAnyOrderElementsOf(rows(expected.path("rows"), expected));
        for (Iterator<JsonNode> row = read.path("rows").iterator(); row.hasNext(); ) {
            JsonNode cells = row.next();
            expected.path("generated")
                    .forEach(column ->
                            assertThat(cells.path(column.asText()).asText()).isNotBlank());
        }
    }

    /// The cells of each row that have to be these.
    private static List<Map<String, String>> rows(JsonNode rows, JsonNode expected) {
        List<String> columns = new ArrayList<>();
        expected.path("rows").path(0).fieldNames().forEachRemaining(columns::add);
        for (String left : List.of("accept", "generated")) {
            expected.path(left).forEach(column -> columns.remove(column.asText()));
        }
        List<Map<String, String>> all = new ArrayList<>();
        rows.forEach(row -> {
            Map<String, String> cells = new TreeMap<>();
            columns.forEach(column -> {
                if (row.hasNonNull(column)) {
                    String text = row.path(column).asText();
                    cells.put(
                            column,
                            column.equals("value")
                                    ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                                    : text);
                }
            });
            all.add(cells);
        });
        return all;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ProposalsTest.class.getResourceAsStream("proposals/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Kpis.commandLine(
                        (root, log, saved) -> {
                            throw new IOException("No cloud is needed");
                        },
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        false)
                .execute(arguments);
        return out.toString(StandardCharsets.UTF_8);
    }
}
