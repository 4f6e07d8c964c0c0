package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.input.Inbox;
import clientkpis.cli.output.Notice;
import clientkpis.cli.output.Results;
import clientkpis.cli.words.Words;
import clientkpis.kpi.configuration.Language;
import clientkpis.tables.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Everything that a command prints is in one language: `--lang`, else that of the tenant, else that of the terminal.
///
/// One file, because its tests share how a text is judged.
class LanguagesTest {
    private static final Map<Language, Set<String>> ONLY = Map.of(
            Language.ENGLISH,
            Set.of(
                    "the",
                    "is",
                    "are",
                    "and",
                    "of",
                    "not",
                    "with",
                    "this",
                    "that",
                    "file",
                    "files",
                    "row",
                    "rows",
                    "line",
                    "which",
                    "was",
                    "has",
                    "have",
                    "from",
                    "than",
                    "each",
                    "or",
                    "to",
                    "it",
                    "by",
                    "exit",
                    "codes",
                    "default",
                    "show",
                    "prints",
                    "expected",
                    "rejected",
                    "missing",
                    "see",
                    "such",
                    "folder",
                    "none",
                    "published",
                    "written",
                    "deleted",
                    "removed",
                    "stopped",
                    "given",
                    "there",
                    "another",
                    "everything",
                    "running",
                    "uploaded",
                    "recalculated",
                    "applied",
                    "missed",
                    "erased"),
            Language.PORTUGUESE,
            Set.of(
                    "da",
                    "das",
                    "dos",
                    "um",
                    "uma",
                    "que",
                    "de",
                    "são",
                    "para",
                    "com",
                    "linha",
                    "linhas",
                    "arquivo",
                    "arquivos",
                    "ou",
                    "na",
                    "nas",
                    "está",
                    "mais",
                    "como",
                    "coluna",
                    "uso",
                    "padrão",
                    "mostra",
                    "veja",
                    "esperado",
                    "recusadas",
                    "falta",
                    "pasta",
                    "nenhum",
                    "lidas",
                    "publicadas",
                    "lidos",
                    "gravados",
                    "apagados",
                    "removeu",
                    "parou",
                    "não",
                    "informe",
                    "outra",
                    "tudo",
                    "rodando",
                    "enviado",
                    "recalculou",
                    "aplicada",
                    "excluiu"));

    @TempDir
    private Path folder;

    private record Ran(int exit, String printed) {}

    private static Ran run(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exit = Kpis.commandLine((root, log, saved) -> null, to, to, false).execute(arguments);
        return new Ran(exit, printed.toString(StandardCharsets.UTF_8));
    }

    private static Ran in(Language language, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--lang");
        all.add(language.tag());
        return run(all.toArray(String[]::new));
    }

    /// Whole words; paths, quoted cells, code and names in parentheses are of no language.
    private static void assertIn(Language language, Ran ran) {
        assertIn(language, ran.printed());
    }

    static void assertIn(Language language, String printed) {
        Language other = language == Language.ENGLISH ? Language.PORTUGUESE : Language.ENGLISH;
        String words = printed.replaceAll("`[^`]*`|\"[^\"]*\"|\\([^)]*\\)|\\{[^}]*\\}|\\S*[/_.=]\\S+|--?\\w\\S*", " ")
                .toLowerCase(Locale.ROOT);
        assertThat(words).isNotBlank();
        assertThat(words.split("[^\\p{L}]+", -1)).as(printed).doesNotContainAnyElementsOf(ONLY.get(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "rehearse", "inspect", "explain", "serve", "republish", "restore", "remove", "help"})
    void theHelpOfACommandIsInPortuguese(String command) {
        Ran help = in(Language.PORTUGUESE, command, "--help");
        assertThat(help.exit()).isZero();
        assertIn(Language.PORTUGUESE, help);
    }

    @Test
    void theHelpOfAllIsInTheLanguageAskedFor() {
        assertIn(Language.PORTUGUESE, in(Language.PORTUGUESE, "ajuda"));
        assertIn(Language.ENGLISH, in(Language.ENGLISH, "help"));
    }

    @ParameterizedTest
    @EnumSource
    void wrongUsageIsSaidInTheLanguage(Language language) throws IOException {
        Files.createDirectory(folder.resolve("vazia"));
        String dated = folder.resolve("datada").toString();
        // A first folder without a file is not the first day with exports.
        Files.createDirectories(folder.resolve("datada/2026-08-30"));
        Files.writeString(
                Files.createDirectories(folder.resolve("datada/2026-09-01")).resolve("nps.csv"), "a;b\n1;2\n");
        List<String[]> wrong = List.of(
                new String[] {"run"},
                new String[] {"run", folder.resolve("nada").toString()},
                new String[] {"run", folder.resolve("vazia").toString()},
                new String[] {"run", "x", "--as-of", "09/10/2026"},
                new String[] {"run", "x", "--since", "ontem"},
                new String[] {"rehearse", "x", "--since", "01/10/2026"},
                new String[] {"run", dated, "--since", "2026-09-01"},
                new String[] {"rehearse", dated, "--since", "2026-09-02"},
                new String[] {"run", dated, "--since", "1999-12-31"},
                new String[] {"run", "x", "--tenant", "A B"},
                new String[] {"run", "x", "--nada"},
                new String[] {"inspect", folder.toString(), "--table", "nada"},
                new String[] {"inspect", folder.toString()},
                new String[] {"explain", "x", "--out", folder.toString()},
                new String[] {"rehearse", folder.toString(), "--horizons", "1,1"},
                new String[] {"serve", "--port", "-1"},
                new String[] {"serve", "--port", "0", "--inbox", "/dev/null/x"},
                new String[] {"republish", "--from", "2026-03-02", "--to", "2026-03-01"},
                new String[] {"republish", "--from", "2026-03-01", "--to", "2026-03-02", "--table", ""},
                new String[] {"restore", "--from", "t", "--to", "t"},
                new String[] {"remove", "--tenant", "acme", "--bucket", ""},
                new String[] {"help", "nada"},
                new String[] {"nada"});
        for (String[] arguments : wrong) {
            Ran ran = in(language, arguments);
            assertThat(ran.exit()).as(ran.printed()).isEqualTo(2);
            assertIn(language, ran);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatInspectSaysOfABadFileIsInTheLanguage(Language language) throws IOException {
        Path bad = folder.resolve("financeiro.csv");
        Files.writeString(
                bad,
                "cliente;id_titulo;Valor;Vencimento;Obs\n1;a;dez;30/09/2026;\n1;b;1;trinta;\n1;c;1,00;01/09/2026;\n");
        Ran read = in(language, "inspect", bad.toString());
        assertThat(read.printed()).contains("Vencimento (due_on)", "not_a_date", "no_payment_date");
        assertIn(language, read);
        Path broken = folder.resolve("contratos.csv");
        Files.writeString(broken, "x;y\n1;2\n");
        Ran rejected = in(language, "inspect", broken.toString());
        assertThat(rejected.exit()).isEqualTo(1);
        assertIn(language, rejected);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOneIsSaidAsOne(Language language) throws IOException {
        Path file = folder.resolve("financeiro.csv");
        Files.writeString(file, "client_id;id_titulo;Valor;Vencimento;Pago em\n1;a;-1.590,00;30/09/2026;\n");
        Ran read = in(language, "inspect", file.toString());
        assertThat(read.printed())
                .contains(
                        language == Language.ENGLISH
                                ? "1: 1 accepted of 1 client, 0 rejected, 0 repeated"
                                : "1: 1 aceita de 1 cliente, 0 recusadas, 0 repetidas",
                        language == Language.ENGLISH ? "value=−1,590.00" : "value=−1.590,00");
        assertIn(language, read);
        Ran proposed = in(language, "inspect", "--propose", file.toString());
        assertThat(proposed.printed())
                .contains(language == Language.ENGLISH ? "1 of 1 row counts" : "1 de 1 linha conta");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongWithAConfigurationIsSaidInTheLanguage(Language language) throws IOException {
        Path file = folder.resolve("financeiro.csv");
        Files.writeString(file, "client_id;id_titulo;Valor;Vencimento\n1;a;1;trinta\n");
        Path configuration = folder.resolve("configuration.json");
        for (String wrong : List.of(
                "{",
                "{\"timezone\": 1, \"currency\": 1, \"numberFormat\": \"x\", \"uploads\": {\"usageRetentionDays\": 1}}",
                "{\"timeZone\": \"Marte\", \"rules\": {\"size\": [{\"when\": {\"mrr\": 1}, \"then\": \"x\"}]}}")) {
            Files.writeString(configuration, wrong);
            Ran ran = in(language, "inspect", file.toString(), "--configuration", configuration.toString());
            assertThat(ran.exit()).isEqualTo(2);
            assertIn(language, ran);
        }
        Files.writeString(configuration, "{\"language\": \"" + language.tag() + "\", \"timezone\": \"UTC\"}");
        Ran ran = run("inspect", file.toString(), "--configuration", configuration.toString());
        assertThat(ran.printed()).contains("  /timezone: ");
        assertIn(language, ran);
    }

    @ParameterizedTest
    @EnumSource
    void whatServeSaysOfAnEventIsInTheLanguage(Language language) throws IOException {
        int said = 0;
        try (Stream<Path> examples = Files.list(Program.ROOT.resolve("events/examples"))) {
            for (Path example : examples.toList()) {
                String line = new Notice(new Words(language)).of(Results.JSON.readTree(example.toFile()));
                if (line != null) {
                    assertIn(language, line);
                    said++;
                }
            }
        }
        assertThat(said).isGreaterThan(6);
    }

    @ParameterizedTest
    @EnumSource
    void whatServeSaysOfTheInboxIsInTheLanguage(Language language) throws Exception {
        Files.createDirectories(folder.resolve("acme"));
        Files.createDirectory(folder.resolve("Acme SA"));
        Files.writeString(folder.resolve("solto.csv"), "");
        Files.writeString(folder.resolve("acme/nps.csv"), "");
        Files.writeString(folder.resolve("acme/Thumbs.db"), "");
        Files.writeString(folder.resolve("acme/vendas.csv"), "");
        Files.createSymbolicLink(folder.resolve("acme/uso.csv"), folder.resolve("nada"));
        List<String> said = new ArrayList<>();
        Instant[] now = {Instant.EPOCH};
        Inbox inbox = new Inbox(
                folder,
                null,
                Map.of(),
                Tables.load(),
                new Inbox.Uploads() {
                    @Override
                    public void upload(String key, Path file) {}

                    @Override
                    public void settle() {}
                },
                line -> said.add(line.in(language)),
                () -> now[0]);
        inbox.look();
        now[0] = now[0].plusSeconds(1);
        inbox.look();
        assertThat(said).hasSize(6);
        said.forEach(line -> assertIn(language, line));
    }

    @ParameterizedTest
    @EnumSource
    void whatAnAccountLacksIsSaidInTheLanguage(Language language) {
        for (String lacks : List.of("region", "credentials")) {
            SdkException failure = SdkClientException.create(
                    "Unable to load %s from any of the providers in the chain".formatted(lacks));
            assertIn(language, Failure.message(Account.stopped(failure, "7"), new Words(language)));
        }
        assertIn(
                language, Failure.message(Account.stopped(SdkClientException.create("`x`"), "7"), new Words(language)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProposedAndAskedIsInTheLanguage(Language language) throws IOException {
        Path titles = folder.resolve("titulos.csv");
        Files.writeString(
                titles, "codigo;doc;Valor;Venc;Situacao\n1;a;10,00;03/04/2026;Paga\n2;b;9,00;05/04/2026;Zumbi\n");
        Ran proposed = in(language, "inspect", "--propose", titles.toString());
        assertThat(proposed.printed())
                .contains(language == Language.ENGLISH ? "Only you know:" : "Só você sabe:")
                .contains(language == Language.ENGLISH ? "Proposed" : "Proposto");
        assertIn(language, new Ran(proposed.exit(), proposed.printed().replaceAll("(?m)^[ {}].*[\\[{}\\]],?$", "")));
    }

    @Test
    void aConfigurationThatSaysALanguageDecidesUnlessTheOptionDoes() throws IOException {
        Path bad = folder.resolve("financeiro.csv");
        Files.writeString(bad, "client_id;id_titulo;Valor;Vencimento\n1;a;1;trinta\n");
        Path configuration = folder.resolve("configuration.json");
        Files.writeString(configuration, "{\"language\": \"pt-BR\"}");
        String[] inspect = {"inspect", bad.toString(), "--configuration", configuration.toString()};
        assertIn(Language.PORTUGUESE, run(inspect));
        assertIn(Language.ENGLISH, in(Language.ENGLISH, inspect));
    }

    @Test
    void theTerminalSaysItsLanguage() {
        assertThat(Words.of(Map.of("LANG", "pt_BR.UTF-8"), Locale.ENGLISH).language())
                .isEqualTo(Language.PORTUGUESE);
        assertThat(Words.of(Map.of("LANG", "pt_BR.UTF-8", "LC_ALL", "C"), Locale.ENGLISH)
                        .language())
                .isEqualTo(Language.ENGLISH);
        assertThat(Words.of(Map.of(), Locale.forLanguageTag("pt-BR")).language())
                .isEqualTo(Language.PORTUGUESE);
        assertThat(Words.of(Map.of(), Locale.ENGLISH).language()).isEqualTo(Language.ENGLISH);
    }
}
