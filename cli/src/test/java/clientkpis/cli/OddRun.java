package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Two days of the example, with a client who leaves, one who tries to run a script and a file that names no table; run
/// once for all tests that look at its output.
final class OddRun {
    static final String HOSTILE = "<script>alert(1)</script>";

    private static @Nullable Program run;

    private OddRun() {}

    /// Its output must not be changed.
    static synchronized Program get() throws IOException {
        Program known = run;
        if (known == null) {
            Path home = Files.createTempDirectory(Program.ROOT.resolve("cli/target"), "odd");
            Path example = Program.ROOT.resolve("examples/padaria-saas");
            Path before = Files.createDirectories(home.resolve("exports/2026-10-08"));
            Files.copy(example.resolve("2026-09-01/Clientes.csv"), before.resolve("Clientes.csv"));
            Files.copy(example.resolve("2026-09-28/suporte.csv"), before.resolve("suporte.csv"));
            Files.writeString(before.resolve("contratos.csv"), """
                client_id;contract_id;model;value;status;starts_on
                08.771.340/0001-31;CT-9;MRR;690,00;Ativo;2025-01-10
                """);
            Path day = Files.createDirectories(home.resolve("exports/2026-10-09"));
            Files.copy(example.resolve("2026-10-05/Financeiro.csv"), day.resolve("Financeiro.csv"));
            Files.writeString(
                    day.resolve("clientes cancelados.csv"),
                    "client_id;name;cancelled_on\n08.771.340/0001-31;Confeitaria Açúcar & Afeto;2026-10-09\n");
            Files.writeString(
                    day.resolve("Clientes hostis.csv"),
                    "CNPJ;Cliente;CS;Segmento\n666;" + HOSTILE + ";\"=cmd()\";\"<img src=x onerror=alert(2)>\"\n");
            Files.writeString(day.resolve("Relatório final.csv"), "a;b\n1;2\n");
            Files.writeString(
                    day.resolve("atividades.csv"),
                    "CNPJ;id_atividade;prazo;status\n05.662.917/0001-20;a1;2026-10-09;" + HOSTILE + "\n");
            known = Program.run(home.resolve("exports"), home.resolve("out"));
            assertThat(known.exit()).as(known.printed()).isEqualTo(1); // One file names no table.
            run = known;
        }
        return known;
    }
}
