package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run of five weeks leaves of the money: two closed months, of which the first is three days long.
class MoneyRunTest {
    @TempDir
    private static Path home;

    private static Program run;

    @BeforeAll
    static void fiveWeeks() throws Exception {
        day(
                "2026-01-29/Clientes.csv",
                "CNPJ;Cliente;Status;CS;Segmento",
                "1;Aurora;Ativo;Ana;Padaria",
                "2;Brisa;Ativo;Ana;Café",
                "3;Coral;Inativo;Bia;Café",
                "4;Duna;Ativo;Bia;");
        day(
                "2026-01-29/Contratos.csv",
                "CNPJ;id_contrato;modelo;valor;status",
                "1;a;MRR;100,00;Ativo",
                "2;b;MRR;50,00;Ativo",
                "3;c;MRR;999,00;Ativo",
                "nobody;d;MRR;7,00;Ativo");
        day(
                "2026-01-31/Contratos.csv",
                "CNPJ;id_contrato;modelo;valor;status",
                "1;a;MRR;130,00;Ativo",
                "2;b;MRR;50,00;Encerrado",
                "4;e;MRR;20,00;Ativo");
        day("2026-02-02/Clientes.csv", "CNPJ;Cliente;Status;CS;Segmento", "1;Aurora;Ativo;Bia;Padaria");
        day(
                "2026-02-03/Contratos.csv",
                "CNPJ;id_contrato;modelo;valor;status",
                "1;a;MRR;90,00;Ativo",
                "2;b;MRR;55,50;Ativo");
        run = Program.run(home.resolve("exports"), home.resolve("out"), "--as-of", "2026-03-01");
        assertThat(run.exit()).as(run.printed()).isZero();
    }

    private static void day(String path, String... lines) throws IOException {
        Path file = home.resolve("exports").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void eachClosedMonthIsALineAndThenEachOfItsSlices() {
        assertThat(run.out().resolve("money.jsonl")).hasContent("""
            {"month":"2026-01","start":150.00,"new":20.00,"reactivation":0.00,"expansion":30.00,"contraction":0.00,"churn":50.00,"end":150.00,"grr":66.67,"nrr":86.67,"clientsStart":2,"clientsChurned":1,"logoChurn":50.00}
            {"month":"2026-02","start":150.00,"new":0.00,"reactivation":55.50,"expansion":0.00,"contraction":40.00,"churn":0.00,"end":165.50,"grr":73.33,"nrr":73.33,"clientsStart":2,"clientsChurned":0,"logoChurn":0.00}
            {"month":"2026-01","start":150.00,"new":0.00,"reactivation":0.00,"expansion":30.00,"contraction":0.00,"churn":50.00,"end":130.00,"grr":66.67,"nrr":86.67,"clientsStart":2,"clientsChurned":1,"logoChurn":50.00,"by":"cs","of":"Ana"}
            {"month":"2026-02","start":0.00,"new":0.00,"reactivation":55.50,"expansion":0.00,"contraction":0.00,"churn":0.00,"end":55.50,"clientsStart":0,"clientsChurned":0,"by":"cs","of":"Ana"}
            {"month":"2026-01","start":0.00,"new":20.00,"reactivation":0.00,"expansion":0.00,"contraction":0.00,"churn":0.00,"end":20.00,"clientsStart":0,"clientsChurned":0,"by":"cs","of":"Bia"}
            {"month":"2026-02","start":150.00,"new":0.00,"reactivation":0.00,"expansion":0.00,"contraction":40.00,"churn":0.00,"end":110.00,"grr":73.33,"nrr":73.33,"clientsStart":2,"clientsChurned":0,"logoChurn":0.00,"by":"cs","of":"Bia"}
            {"month":"2026-01","start":0.00,"new":20.00,"reactivation":0.00,"expansion":0.00,"contraction":0.00,"churn":0.00,"end":20.00,"clientsStart":0,"clientsChurned":0,"by":"segment","of":""}
            {"month":"2026-02","start":20.00,"new":0.00,"reactivation":0.00,"expansion":0.00,"contraction":0.00,"churn":0.00,"end":20.00,"grr":100.00,"nrr":100.00,"clientsStart":1,"clientsChurned":0,"logoChurn":0.00,"by":"segment","of":""}
            {"month":"2026-01","start":50.00,"new":0.00,"reactivation":0.00,"expansion":0.00,"contraction":0.00,"churn":50.00,"end":0.00,"grr":0.00,"nrr":0.00,"clientsStart":1,"clientsChurned":1,"logoChurn":100.00,"by":"segment","of":"Café"}
            {"month":"2026-02","start":0.00,"new":0.00,"reactivation":55.50,"expansion":0.00,"contraction":0.00,"churn":0.00,"end":55.50,"clientsStart":0,"clientsChurned":0,"by":"segment","of":"Café"}
            {"month":"2026-01","start":100.00,"new":0.00,"reactivation":0.00,"expansion":30.00,"contraction":0.00,"churn":0.00,"end":130.00,"grr":100.00,"nrr":130.00,"clientsStart":1,"clientsChurned":0,"logoChurn":0.00,"by":"segment","of":"Padaria"}
            {"month":"2026-02","start":130.00,"new":0.00,"reactivation":0.00,"expansion":0.00,"contraction":40.00,"churn":0.00,"end":90.00,"grr":69.23,"nrr":69.23,"clientsStart":1,"clientsChurned":0,"logoChurn":0.00,"by":"segment","of":"Padaria"}
            {"month":"2026-01","start":150.00,"new":20.00,"reactivation":0.00,"expansion":30.00,"contraction":0.00,"churn":50.00,"end":150.00,"grr":66.67,"nrr":86.67,"clientsStart":2,"clientsChurned":1,"logoChurn":50.00,"by":"plan","of":""}
            {"month":"2026-02","start":150.00,"new":0.00,"reactivation":55.50,"expansion":0.00,"contraction":40.00,"churn":0.00,"end":165.50,"grr":73.33,"nrr":73.33,"clientsStart":2,"clientsChurned":0,"logoChurn":0.00,"by":"plan","of":""}
            {"month":"2026-01","start":150.00,"new":20.00,"reactivation":0.00,"expansion":30.00,"contraction":0.00,"churn":50.00,"end":150.00,"grr":66.67,"nrr":86.67,"clientsStart":2,"clientsChurned":1,"logoChurn":50.00,"by":"size","of":""}
            {"month":"2026-02","start":150.00,"new":0.00,"reactivation":55.50,"expansion":0.00,"contraction":40.00,"churn":0.00,"end":165.50,"grr":73.33,"nrr":73.33,"clientsStart":2,"clientsChurned":0,"logoChurn":0.00,"by":"size","of":""}
            """.strip());
    }

    @Test
    void theSpreadsheetSaysTheSame() throws IOException {
        assertThat(Files.readString(run.out().resolve("money.csv")))
                .startsWith("\uFEFFMês;Por;De;MRR inicial;Novo;Reativação;Expansão;Contração;Churn;MRR final;GRR (%);"
                        + "NRR (%);Clientes no início;Clientes perdidos;Churn de clientes (%)\r\n"
                        + "01/2026;;;150,00;20,00;0,00;30,00;0,00;50,00;150,00;66,67;86,67;2;1;50,00\r\n")
                .contains("02/2026;CS;Ana;0,00;0,00;55,50;0,00;0,00;0,00;55,50;;;0;0;\r\n");
    }

    @Test
    void aClientsMovementsAreThereByMonth() {
        assertThat(run.out().resolve("movements.jsonl")).hasContent("""
            {"clientId":"1","month":"2026-01","movement":"expansion","start":100.00,"end":130.00,"amount":30.00}
            {"clientId":"1","month":"2026-02","movement":"contraction","start":130.00,"end":90.00,"amount":40.00}
            {"clientId":"2","month":"2026-01","movement":"churn","start":50.00,"end":0.00,"amount":50.00}
            {"clientId":"2","month":"2026-02","movement":"reactivation","start":0.00,"end":55.50,"amount":55.50}
            {"clientId":"4","month":"2026-01","movement":"new","start":0.00,"end":20.00,"amount":20.00}
            """.strip());
        assertThat(explain("2"))
                .contains("Movements of MRR by month, the first MRR on 2026-01-29")
                .containsPattern("2026-01 +churn +R\\$50\\.00 -> +R\\$0\\.00")
                .containsPattern("2026-02 +reactivation +R\\$0\\.00 -> +R\\$55\\.50");
        assertThat(explain("nobody")).contains("the first MRR on 2026-01-29: none in a closed month");
    }

    private static String explain(String client) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exit = Kpis.commandLine(
                        (root, log, saved) -> {
                            throw new IOException("No cloud is needed");
                        },
                        to,
                        to,
                        false)
                .execute("explain", client, "--out", run.out().toString());
        assertThat(exit).isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
