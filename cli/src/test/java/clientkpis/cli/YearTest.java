package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of a year, run once: the suite says of each client what the example's page says that it does.
@Tag("scale")
class YearTest {
    private static final Path EXAMPLE = Program.ROOT.resolve("examples/um-ano");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    /// Each of these is in the row of its client, and no other.
    private static final Pattern SAID = Pattern.compile("risco (?:de [\\d/]{10} a|desde) [\\d/]{10}"
            + "|saiu em [\\d/]{10}, (?:não )?foi visto|voltou em [\\d/]{10}"
            + "|(?:novo|contração|churn|reativação) em [\\d/]{7}");
    /// There are more of these than stories.
    private static final Pattern SAID_OF_SOME = Pattern.compile("(?:oportunidade|expansão) em [\\d/]{7,10}");

    private static final Map<String, String> MOVEMENTS = Map.of(
            "new",
            "novo",
            "contraction",
            "contração",
            "churn",
            "churn",
            "reactivation",
            "reativação",
            "expansion",
            "expansão");

    @TempDir
    private Path home;

    private static Program run;
    private static Map<String, String> names;

    @BeforeAll
    static void aYear() throws Exception {
        run = Program.run(EXAMPLE, Program.ROOT.resolve("cli/target/year"));
        assertThat(run.exit()).as(run.printed()).isZero();
        names = run.lines("clients.jsonl").stream()
                .filter(client -> client.has("name"))
                .collect(Collectors.toMap(
                        id -> id.path("clientId").asText(),
                        client -> client.path("name").asText()));
    }

    @Test
    void theFilesAreThoseOfTheirProgram() throws Exception {
        Process check = new ProcessBuilder("python3", EXAMPLE.resolve("make.py").toString(), "--check")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void whatHappensToEachClientIsWhatThePageSays() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        Map<String, Set<String>> some = new TreeMap<>();
        Map<String, String> inRisk = new TreeMap<>();
        // The order of events is not guaranteed.
        List<JsonNode> changes = run.events("SituationChanged").stream()
                .sorted(Comparator.comparingInt(change -> change.path("version").asInt()))
                .toList();
        for (JsonNode change : changes) {
            String client = change.path("clientId").asText();
            String day = day(change, "asOf");
            String since = inRisk.remove(client);
            if (since != null) {
                said(all, client, "risco de " + since + " a " + day);
            }
            if (change.path("to").asText().equals("risk")) {
                inRisk.put(client, day);
            } else if (change.path("to").asText().equals("opportunity")) {
                said(some, client, "oportunidade em " + day);
            }
        }
        inRisk.forEach((client, since) -> said(all, client, "risco desde " + since));
        for (JsonNode churn : run.events("ClientChurned")) {
            said(
                    all,
                    churn,
                    "saiu em " + day(churn, "churnedOn") + (wasSeen(churn) ? ", foi visto" : ", não foi visto"));
        }
        for (JsonNode back : run.events("ClientReturned")) {
            said(all, back, "voltou em " + day(back, "day"));
        }
        for (JsonNode moved : run.lines("movements.jsonl")) {
            String kind = moved.path("movement").asText();
            String month = YearMonth.parse(moved.path("month").asText())
                    .format(DateTimeFormatter.ofPattern("MM/yyyy", Locale.ROOT));
            said(kind.equals("expansion") ? some : all, moved, MOVEMENTS.get(kind) + " em " + month);
        }

        assertThat(written(SAID)).isEqualTo(all);
        assertThat(written(SAID_OF_SOME))
                .isNotEmpty()
                .allSatisfy((client, written) ->
                        assertThat(some.get(client)).as(client).containsAll(written));
    }

    private static void said(Map<String, Set<String>> said, JsonNode of, String what) {
        said(said, of.path("clientId").asText(), what);
    }

    private static void said(Map<String, Set<String>> said, String client, String what) {
        said.computeIfAbsent(names.getOrDefault(client, client), of -> new TreeSet<>())
                .add(what);
    }

    /// What the rows of the page's tables say, by client.
    private static Map<String, Set<String>> written(Pattern what) throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        for (String line : Files.readAllLines(EXAMPLE.resolve("README.md"))) {
            String[] cells = line.split(" *\\| *", -1);
            if (cells.length > 2) {
                what.matcher(line)
                        .results()
                        .forEach(found -> written.computeIfAbsent(cells[1], of -> new TreeSet<>())
                                .add(found.group()));
            }
        }
        return written;
    }

    private static String day(JsonNode event, String field) {
        return DAY.format(LocalDate.parse(event.path(field).asText()));
    }

    private static boolean wasSeen(JsonNode churn) {
        for (JsonNode before : churn.path("before")) {
            if (before.path("situation").asText().equals("risk")
                    || before.path("band").asText().equals("red")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whoLeavesGreenWasGreenOnEveryDayThatIsLookedAt() throws IOException {
        assertThat(run.events("ClientChurned"))
                .filteredOn(churn -> name(churn).equals("Café do Mercado"))
                .singleElement()
                .satisfies(churn -> assertThat(churn.path("before"))
                        .hasSize(3)
                        .allSatisfy(before ->
                                assertThat(before.path("band").asText()).isEqualTo("green")));
    }

    private static String name(JsonNode of) {
        return names.getOrDefault(of.path("clientId").asText(), "");
    }

    @Test
    void theMoneyOfAMonthAddsUpToThatOfTheNext() throws IOException {
        List<JsonNode> months = months();
        assertThat(months).hasSize(12);
        BigDecimal end = amount(months.getFirst(), "start");
        for (JsonNode month : months) {
            assertThat(amount(month, "start")).as(month.toString()).isEqualByComparingTo(end);
            end = end.add(amount(month, "new"))
                    .add(amount(month, "reactivation"))
                    .add(amount(month, "expansion"))
                    .subtract(amount(month, "contraction"))
                    .subtract(amount(month, "churn"));
            assertThat(amount(month, "end")).as(month.toString()).isEqualByComparingTo(end);
            assertThat(amount(month, "nrr")).isBetween(new BigDecimal(95), new BigDecimal(108));
        }
        assertThat(amount(months.getFirst(), "start")).isBetween(new BigDecimal(40_000), end);
        assertThat(end).isLessThan(new BigDecimal(90_000));
    }

    private static List<JsonNode> months() throws IOException {
        return run.lines("money.jsonl").stream().filter(line -> !line.has("by")).toList();
    }

    private static BigDecimal amount(JsonNode month, String field) {
        return month.path(field).decimalValue();
    }

    @Test
    void theTablesOfMoneyInTheDocumentsAreThisRuns() throws IOException {
        Path docs = Program.ROOT.resolve("docs");
        assertThat(Files.readString(docs.resolve("report.md"))).contains(table(Locale.US, "yyyy-MM"));
        assertThat(Files.readString(docs.resolve("pt/relatorio.md"))).contains(table(Locale.of("pt", "BR"), "MM/yyyy"));
    }

    private static String table(Locale locale, String monthForm) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (JsonNode month : months()) {
            List<String> cells = new ArrayList<>();
            cells.add(YearMonth.parse(month.path("month").asText())
                    .format(DateTimeFormatter.ofPattern(monthForm, Locale.ROOT)));
            for (String field : List.of("start", "new", "reactivation", "expansion", "contraction", "churn", "end")) {
                cells.add(String.format(locale, "%,.0f", amount(month, field)));
            }
            for (String field : List.of("grr", "nrr", "logoChurn")) {
                cells.add(String.format(locale, "%.2f", amount(month, field)));
            }
            rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return rows.toString();
    }

    /// The days before the next export, without the rest of the year.
    @Test
    void theWeekWithoutAnExportIsReported() throws Exception {
        Browser.require();
        for (String day : List.of("2025-12-05", "2025-12-12", "2025-12-19")) {
            Path folder = Files.createDirectories(home.resolve("exports").resolve(day));
            try (Stream<Path> files = Files.list(EXAMPLE.resolve(day))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        Program until = Program.run(home.resolve("exports"), home.resolve("out"), "--as-of", "2026-01-04");
        assertThat(until.exit()).as(until.printed()).isZero();

        try (Browser browser = new Browser()) {
            Path report = until.out().resolve("report/index.html");
            assertThat(browser.open(report, "pt-BR", 1280, ColorScheme.LIGHT)
                            .locator("#late")
                            .textContent())
                    .contains("costuma chegar a cada 7 dias; o último envio (19/12/2025) tem 16 dias");
        }
        assertThat(run.events("SituationChanged"))
                .filteredOn(change -> change.path("to").asText().equals("risk"))
                .extracting(change -> change.path("asOf").asText())
                .noneMatch(day -> day.compareTo("2025-12-26") >= 0 && day.compareTo("2026-01-09") <= 0);
    }

    @Test
    void theFaultsInTheFilesAreReported() throws IOException {
        assertThat(run.receipts())
                .anySatisfy(receipt -> assertThat(receipt).contains("not_a_number", "a combinar"))
                .anySatisfy(receipt -> assertThat(receipt).contains("out_of_range", "\"11\""))
                .anySatisfy(receipt -> assertThat(receipt).contains("windows-1252"))
                .anySatisfy(receipt -> assertThat(receipt).contains("\"probably\" : \"05.662.917/0001-20\""));
        assertThat(run.events("UploadRejected")).isEmpty();
    }
}
