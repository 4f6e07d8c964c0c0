package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.cli.cloud.Beginning;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Row;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Language;
import clientkpis.receipt.FileCode;
import clientkpis.receipt.Receipt;
import clientkpis.receipt.RowCode;
import clientkpis.receipt.Sentence;
import clientkpis.receipt.Warning;
import clientkpis.receipt.WarningCode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What `kpis run` does with folders, options and failures, one test each, on one cloud that is written down. It runs
/// alone: it changes a system property.
///
/// One file, because all its tests share that cloud.
@Isolated
class RunCommandTest {
    @TempDir
    private Path home;

    private final FakeCloud cloud = new FakeCloud();
    private final List<Path> logs = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final @Nullable String root = System.getProperty("clientkpis.root");

    @BeforeEach
    void setRoot() {
        System.setProperty("clientkpis.root", home.toString());
    }

    @AfterEach
    void deleteTheLogsOfRunsThatFailed() throws IOException {
        for (Path log : logs) {
            Files.deleteIfExists(log);
        }
    }

    @AfterEach
    void resetRoot() {
        if (root != null) {
            System.setProperty("clientkpis.root", root);
        }
    }

    @Test
    void aDaysUploadsFollowTheirPathsWithinTheDayInSaoPauloAndThenTheDayIsRecalculated() throws IOException {
        file("2026-03-01/uso.csv", "fine");
        file("2026-03-01/clients.csv", "fine");
        file("2026-03-03/uso.csv", "fine");

        assertThat(run()).isZero();

        assertThat(cloud.calls)
                .containsExactly(
                        "2026-03-01T04:00:00Z uploads/local/clients/clients.csv",
                        "settle",
                        "2026-03-01T04:00:01Z uploads/local/usage/uso.csv",
                        "settle",
                        "tick 2026-03-02T02:59:59Z",
                        "settle",
                        "tick 2026-03-03T02:59:59Z",
                        "settle",
                        "2026-03-03T04:00:00Z uploads/local/usage/uso.csv",
                        "settle",
                        "tick 2026-03-04T02:59:59Z",
                        "settle",
                        "close");
    }

    @Test
    void theOutputIsThatOfTheLastDayByIdAndNumbersKeepTheirScale() throws IOException {
        file("2026-03-01/clients.csv", "fine");

        assertThat(run("--as-of", "2026-03-02", "--tenant", "acme")).isZero();

        assertThat(home.resolve("out/clients.jsonl")).hasContent("""
            {"tenant":"acme","clientId":"A","asOf":"2026-03-02","mrr":10.00,"situation":"risk"}
            {"tenant":"acme","clientId":"\uFF21","asOf":"2026-03-02"}
            {"tenant":"acme","clientId":"\uD83D\uDE00","asOf":"2026-03-02"}
            """.strip());
        assertThat(home.resolve("out/events.jsonl")).content().hasLineCount(3).contains("SituationChanged");
        assertThat(home.resolve("out/receipts/acme/clients/20260301T040000-1.json"))
                .exists();
        assertThat(home.resolve("out/clients.csv")).content().contains("\r\nA;");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Files     1: 1 applied, 0 rejected")
                .contains("Clients   3: 2 none, 1 risk")
                .contains("Changes   1 change of situation");
    }

    @Test
    void rejectedRowsAreReportedByReasonWithTheirReceiptAndDoNotFailTheRun() throws IOException {
        file("clients.csv", "bad rows");

        assertThat(run()).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("2 rejected")
                .containsPattern("2 +not_a_date +\\S*out/receipts/local/clients/\\S+\\.json");
    }

    @Test
    void aFileThatIsRejectedWholeFailsTheRunAndItsReasonIsReported() throws IOException {
        file("clients.csv", "fine");
        file("relatorio.csv", "unreadable");

        assertThat(run()).isEqualTo(1);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Files     2: 1 applied, 1 rejected")
                .contains("  relatorio.csv")
                .contains("unknown_table: no such table");
        assertThat(home.resolve("out/clients.jsonl")).exists();
    }

    @Test
    void whenEveryFileIsRejectedTheRunEndsWithReceiptsReasonsAndTheWayOn() throws IOException {
        file("Contas a receber.csv", "unreadable");
        file("outra.csv", "unreadable");

        assertThat(run()).isEqualTo(1);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Files     2: 0 applied, 2 rejected")
                .contains("Clients   0")
                .contains("Report    none")
                .contains("unknown_table: no such table")
                .contains("kpis inspect '" + home.resolve("exports/Contas a receber.csv") + "' "
                        + home.resolve("exports/outra.csv"));
        assertThat(home.resolve("out/clients.jsonl")).isEmptyFile();
        assertThat(home.resolve("out/clients.csv"))
                .content()
                .contains("ID Original")
                .hasLineCount(1);
        assertThat(home.resolve("out/receipts/local")).isNotEmptyDirectory();
    }

    @Test
    void aReportThatIsMissingAlthoughAFileWasAppliedIsAFailure() throws IOException {
        file("clients.csv", "fine");
        cloud.reports = false;

        assertThat(run()).isEqualTo(3);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("no report", "Run it again", ".log");
    }

    @Test
    void aSnapshotInQuarantineIsRejectedUntilALaterOneIsConfirmed() throws IOException {
        file("2026-03-01/contratos/snapshot/c.csv", "quarantined");
        assertThat(run()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Files     1: 0 applied, 1 rejected")
                .contains("it would remove too much: 2026-03-01/contratos/snapshot/confirm/c.csv")
                .contains("move the file into 2026-03-01/contratos/snapshot/confirm/ and run again")
                .doesNotContain("kpis inspect");

        printed.reset();
        cloud.objects.clear();
        file("2026-03-02/contratos/snapshot/confirm/other.csv", "removes 7");
        assertThat(run()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Files     2: 1 applied, 0 rejected, 1 confirmed later")
                .contains("2026-03-02/contratos/snapshot/confirm/other.csv: removed 7 rows of the table contracts")
                .doesNotContain("Rejected files");
    }

    @Test
    void warningsAreListedOnceEachWithTheirFilesAndWhatWasFound() throws IOException {
        file("2026-03-01/financeiro (1).csv", "status atrasado");
        file("2026-03-01/financeiro (2).csv", "status negociando");
        file("2026-03-01/clients.csv", "fine");
        file("2026-03-02/clients.csv", "unreadable");

        assertThat(run()).isEqualTo(1);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("Warnings")
                .containsOnlyOnce("Say what they mean in the configuration")
                .containsPattern("unknown_words, 2 files, such as 2026-03-01/financeiro \\(1\\).csv \\(3\\)\\R"
                        + " +There are words .*\\R +Found: status: atrasado; status: negociando\\R +\\S+out/receipts/")
                .containsPattern("no_payment_date, 2 files, such as .*\\R +The file has no date of payment");
    }

    @Test
    void whatIsLeftOutIsNamed() throws IOException {
        file("2026-03-01/clients.csv", "fine");
        file("2026-03-01/Thumbs.db", "");
        file("README.md", "");

        assertThat(run()).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("Left out +2026-03-01/Thumbs.db: ")
                .containsPattern("Left out +README.md: ");
    }

    @Test
    void wrongUsageIsOneLineThatSaysWhatIsExpected() throws IOException {
        file("clients.csv", "fine");

        assertThat(run("--as-of", "09/10/2026")).isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8).lines().toList())
                .singleElement()
                .asString()
                .contains("--as-of", "'09/10/2026'", "yyyy-MM-dd", "kpis help run")
                .doesNotContain("java.");
    }

    @Test
    void inputThatCannotBeReadIsOneLineThatSaysWhatAndWhere() throws IOException {
        file("clients.csv", "fine");
        Files.createSymbolicLink(home.resolve("exports/uso.csv"), home.resolve("gone.csv"));
        assertThat(run()).isEqualTo(2);
        Files.delete(home.resolve("exports/uso.csv"));
        Files.createSymbolicLink(home.resolve("exports/uso"), home.resolve("exports"));
        assertThat(run()).isEqualTo(2);
        assertThat(execute("run", home.resolve("exports/clients.csv").toString()))
                .isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains("exports/uso.csv", "does not exist"),
                        line -> assertThat(line).contains("exports/uso", "Remove the link"),
                        line -> assertThat(line).contains("exports/clients.csv is a file"));
        assertThat(cloud.calls).isEmpty();
    }

    @Test
    void failuresWithoutAMessageOfTheirOwnGetOne() {
        Words words = new Words(Language.ENGLISH);
        assertThat(Failure.message(new java.nio.file.AccessDeniedException("/x/y.csv"), words))
                .contains("/x/y.csv", "permission denied");
        assertThat(Failure.message(new java.io.UncheckedIOException(new IOException("No space left on device")), words))
                .contains("disk is full");
        assertThat(Failure.message(new OutOfMemoryError("Java heap space"), words))
                .contains("-Xmx");
        assertThat(Failure.message(new NullPointerException(), words)).contains("NullPointerException");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(execute("help")).isZero();
        assertThat(execute("ajuda")).isZero();
        assertThat(execute("help", "run")).isZero();
        assertThat(execute("ajuda", "inspect")).isZero();
        assertThat(execute("help", "corre")).isEqualTo(2);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("--as-of", "--raw", "Exit codes", "Prints the help of a command");
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("no command corre", "run, rehearse, serve, inspect");
    }

    @Test
    void wrongUsageIsReportedAndChangesNothing() throws IOException {
        file("clients.csv", "fine");

        assertThat(run("--tenant", "Not Allowed")).isEqualTo(2);
        assertThat(run("--as-of", "tomorrow")).isEqualTo(2);
        assertThat(run("--what")).isEqualTo(2);
        assertThat(run("--out", home.resolve("exports/out").toString())).isEqualTo(2);
        assertThat(execute("run")).isEqualTo(2);
        assertThat(execute("run", home.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(execute()).isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("Not Allowed", "tomorrow", "--what", "nowhere");
        assertThat(cloud.calls).isEmpty();
        assertThat(home.resolve("out")).doesNotExist();
    }

    @Test
    void aRunThatFailsSaysWhereItsLogIsAndLeavesNoOutput() throws IOException {
        file("clients.csv", "lost");

        assertThat(run()).isEqualTo(3);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("uploaded files: 1, final receipts: 0", ".log");
        assertThat(home.resolve("out")).doesNotExist();
        assertThat(cloud.calls).endsWith("close");
    }

    @Test
    void aDayThatWasNotRecalculatedIsAFailure() throws IOException {
        file("clients.csv", "fine");
        cloud.recalculates = false;

        assertThat(run("--as-of", "2026-03-02")).isEqualTo(3);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("recalculation of 2026-03-02");
    }

    @Test
    void theSummaryIsInTheLanguageAskedFor() throws IOException {
        file("clients.csv", "bad rows");
        file("relatorio.csv", "unreadable");
        file("configuration.json", "{\"timezone\": \"UTC\"}");

        int exit = run("--lang", "pt-BR");
        assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isEqualTo(1);
        String portuguese = printed.toString(StandardCharsets.UTF_8);
        assertThat(portuguese)
                .contains("Arquivos  2: 1 aplicado, 1 recusado")
                .contains("Clientes  3: 2 sem situação, 1 risco")
                .contains("unknown_table: tabela desconhecida")
                .contains("Configuração configuration.json recusada", "/timezone: Não existe esta chave");
        LanguagesTest.assertIn(Language.PORTUGUESE, portuguese + told.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aRunThatFailsSaysSoInTheLanguageAskedFor() throws IOException {
        file("clients.csv", "fine");
        for (Language language : Language.values()) {
            told.reset();
            cloud.recalculates = false;
            assertThat(run("--lang", language.tag())).isEqualTo(3);
            LanguagesTest.assertIn(language, told.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void helpAndVersionAreGiven() {
        assertThat(execute("--help")).isZero();
        assertThat(execute("run", "--help")).isZero();
        assertThat(execute("--version")).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("--as-of", "Exit codes")
                .containsPattern("kpis \\d");
    }

    private int run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("run", home.resolve("exports").toString()));
        if (!List.of(options).contains("--out")) {
            arguments.addAll(List.of("--out", home.resolve("out").toString()));
        }
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Kpis.commandLine(
                        (folder, log, saved) -> {
                            logs.add(log);
                            return cloud;
                        },
                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        false)
                .execute(arguments);
    }

    private void file(String path, String content) throws IOException {
        Path file = home.resolve("exports").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /// Finishes every upload as its content says, and every recalculation with three clients.
    private static final class FakeCloud implements Cloud {
        private final List<String> calls = new ArrayList<>();
        private final Map<String, byte[]> objects = new TreeMap<>();
        private final List<String> events = new ArrayList<>();
        private boolean recalculates = true;
        private boolean reports = true;
        private boolean hasTenant;
        private String tenant = "";
        private @Nullable Instant now;
        private int uploads;

        @Override
        public void clock(Instant time) {
            now = time;
        }

        @Override
        public void upload(String key, Path file) {
            calls.add(now + " " + key);
            List<String> parts = List.of(key.split("/", -1));
            if (!parts.getFirst().equals("uploads")) {
                return;
            }
            tenant = parts.get(1);
            String table = parts.get(2);
            String id = String.valueOf(now).replaceAll("[-:Z]", "") + "-" + ++uploads;
            try {
                Receipt receipt = receipt(Files.readString(file), id, table, key);
                if (receipt != null) {
                    objects.put(
                            "receipts/%s/%s/%s.json".formatted(tenant, table, id),
                            receipt.toJson().getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private @Nullable Receipt receipt(String content, String id, String table, String key) {
            Receipt.Rows rows = switch (content) {
                case "bad rows" -> Receipt.Rows.read(1, 2, 0).applied(1, 0, 0, 0, 0);
                case "removes 7" -> Receipt.Rows.read(1, 0, 0).applied(1, 0, 0, 7, 0);
                default -> Receipt.Rows.read(1, 0, 0).applied(1, 0, 0, 0, 0);
            };
            hasTenant |= !content.equals("unreadable") && !content.equals("quarantined");
            Receipt.Problems problems = content.equals("bad rows")
                    ? new Receipt.Problems(
                            Map.of(RowCode.NOT_A_DATE.label(), 2L),
                            List.of(new Receipt.Problem(2, "registered_on", RowCode.NOT_A_DATE, "x", "a date")))
                    : null;
            Receipt applied = new Receipt(
                    id,
                    tenant,
                    table,
                    key,
                    "v" + uploads,
                    Receipt.Mode.UPSERT,
                    Receipt.Status.APPLIED,
                    null,
                    null,
                    null,
                    null,
                    rows,
                    null,
                    problems,
                    null,
                    warnings(content),
                    null,
                    "en");
            return switch (content) {
                case "lost" -> null;
                case "unreadable" ->
                    new Receipt(
                            id,
                            tenant,
                            null,
                            key,
                            "v" + uploads,
                            Receipt.Mode.UPSERT,
                            Receipt.Status.REJECTED,
                            new Receipt.Reason(FileCode.UNKNOWN_TABLE, "no such table"),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "en");
                case "quarantined" ->
                    applied.stopped(
                            Receipt.Status.QUARANTINED,
                            new Receipt.Reason(
                                    FileCode.SNAPSHOT_GUARD,
                                    "it would remove too much: " + key.replace("snapshot/", "snapshot/confirm/")),
                            Receipt.Rows.read(1, 0, 0).wouldRemove(7));
                default -> applied;
            };
        }

        private static List<Warning> warnings(String content) {
            return content.startsWith("status ")
                    ? List.of(
                            Warning.of(WarningCode.UNKNOWN_WORDS, 3, List.of(content.replace(" ", ": ")))
                                    .in(Language.ENGLISH),
                            Warning.of(
                                            WarningCode.NO_PAYMENT_DATE,
                                            Sentence.of("ignored_headers", "`Baixa`"),
                                            7,
                                            List.of())
                                    .in(Language.ENGLISH))
                    : List.of();
        }

        @Override
        public void begin(String tenant, Beginning beginning) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tick(Instant time) {
            calls.add("tick " + time);
            if (!hasTenant) {
                return;
            }
            String day = time.atZone(java.time.ZoneId.of("America/Sao_Paulo"))
                    .toLocalDate()
                    .toString();
            String start = "{\"tenant\":\"" + tenant + "\",\"clientId\":";
            put(
                    "exports/%s/%s/clients-00.jsonl.gz".formatted(tenant, day),
                    start + "\"\uD83D\uDE00\",\"asOf\":\"" + day + "\"}\n");
            put(
                    "exports/%s/%s/clients-08.jsonl.gz".formatted(tenant, day),
                    start + "\"\uFF21\",\"asOf\":\"" + day + "\"}\n" + start + "\"A\",\"asOf\":\"" + day
                            + "\",\"mrr\":10.00,\"situation\":\"risk\"}\n");
            if (events.isEmpty() && uploads == 1) {
                events.add("{\"detail-type\":\"SituationChanged\",\"detail\":{\"id\":\"1\"}}");
            }
            if (reports) {
                objects.put("reports/%s/%s/index.html".formatted(tenant, day), new byte[0]);
            }
            if (recalculates) {
                events.add("{\"detail-type\":\"RecalculationCompleted\",\"detail\":{\"day\":\"" + day + "\"}}");
            }
            uploads++;
        }

        private void put(String key, String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            objects.put(key, bytes.toByteArray());
        }

        @Override
        public void settle() {
            calls.add("settle");
        }

        @Override
        public List<String> events() {
            List<String> received = List.copyOf(events);
            events.clear();
            return received;
        }

        @Override
        public List<String> keys(String prefix) {
            return objects.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
        }

        @Override
        public InputStream open(String key) {
            return new ByteArrayInputStream(objects.getOrDefault(key, new byte[0]));
        }

        @Override
        public Map<String, ArrayNode> records(String ofTenant, Map<String, LocalDate> days) {
            return Map.of();
        }

        @Override
        public Map<String, Map<String, Client.Facet>> facets(String of) {
            throw new UnsupportedOperationException("a run asks for no facets");
        }

        @Override
        public Map<String, Map<String, List<Row>>> rows(String of, Collection<String> clients, List<String> tables) {
            throw new UnsupportedOperationException("a run asks for no rows");
        }

        @Override
        public void save(Path folder) {
            calls.add("save");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
