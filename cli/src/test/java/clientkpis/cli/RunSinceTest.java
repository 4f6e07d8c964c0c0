package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kpis run --since`, as a user starts it: a first report with a history.
class RunSinceTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 6, 30);

    @TempDir
    private static Path home;

    private static Program since;
    private static Program plain;

    @BeforeAll
    static void twoRuns() throws Exception {
        file(
                "2026-06-30/clients.csv",
                "client_id,name,status,cs,registered_on,cancelled_on",
                "falls,Falls,active,Ana,2025-01-01,",
                "red,Red,active,Ana,2025-01-01,",
                "lapses,Lapses,active,Ana,2025-01-01,",
                "left,Left,inactive,Ana,2025-01-01,2026-05-20",
                "new,New,active,Ana,2026-06-30,");
        file(
                "2026-06-30/contracts.csv",
                "client_id,contract_id,model,value,status,starts_on,ends_on",
                "falls,1,MRR,100,active,2025-01-01,",
                "red,2,MRR,100,active,2025-01-01,",
                "lapses,3,MRR,100,ended,2025-01-01,2026-06-05",
                "left,4,MRR,100,ended,2025-01-01,",
                "new,5,MRR,100,active,2026-06-30,");
        file(
                "2026-06-30/billing.csv",
                "client_id,title_id,value,issued_on,due_on,paid_on",
                "falls,f1,10,2026-06-01,2026-06-20,",
                "falls,f2,10,2026-06-01,2026-06-20,",
                "falls,f3,10,2026-06-01,2026-06-20,",
                "red,r1,10,2026-01-01,2026-01-20,",
                "red,r2,10,2026-01-01,2026-01-20,",
                "red,r3,10,2026-01-01,2026-01-20,",
                "new,n1,10,2026-06-30,2026-07-20,");
        file(
                "2026-07-02/clients.csv",
                "client_id,name,status,cs,registered_on,cancelled_on",
                "left,Left,active,Ana,2025-01-01,");
        file(
                "2026-07-02/contracts.csv",
                "client_id,contract_id,model,value,status,starts_on,ends_on",
                "left,4,MRR,70,active,2025-01-01,");
        since = run("since", "--since", "2026-01-01");
        plain = run("plain");
    }

    private static void file(String path, String... lines) throws IOException {
        Path file = home.resolve("exports").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static Program run(String out, String... options) throws IOException {
        List<String> all = Stream.concat(Stream.of("--as-of", "2026-08-01", "--lang", "en"), Stream.of(options))
                .toList();
        Program run = Program.run(home.resolve("exports"), home.resolve(out), all.toArray(String[]::new));
        assertThat(run.exit()).as(run.printed()).isZero();
        return run;
    }

    @Test
    void whoIsFallingIsAtRiskOnTheFirstDay() throws IOException {
        assertThat(plain.events("SituationChanged")).isEmpty();
        assertThat(since.events("SituationChanged")).singleElement().satisfies(change -> {
            assertThat(change.path("clientId").asText()).isEqualTo("falls");
            assertThat(change.path("asOf").asText()).isEqualTo("2026-06-30");
            assertThat(change.path("from").asText()).isEqualTo("neutral");
            assertThat(change.path("to").asText()).isEqualTo("risk");
            assertThat(change.path("cause").asText()).isEqualTo("daily");
            // Since its first title 20 days of 100, then 10 of 0.
            assertThat(change.at("/senseScore/mean60").decimalValue()).isEqualByComparingTo("66.67");
            assertThat(change.at("/senseScore/mean7").decimalValue()).isEqualByComparingTo("0");
        });
    }

    @Test
    void reconstructedDaysPublishNothing() throws IOException {
        List<String> days = since.lines("events.jsonl").stream()
                .map(event -> event.path("detail"))
                .flatMap(detail -> Stream.of(detail.path("day"), detail.path("asOf")))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
        assertThat(days)
                .isNotEmpty()
                .allSatisfy(day -> assertThat(LocalDate.parse(day)).isAfterOrEqualTo(FIRST));
        assertThat(since.events("RecalculationCompleted")).hasSameSizeAs(plain.events("RecalculationCompleted"));
    }

    @Test
    void whoLeftBeforeTheFirstDayIsBackAndWhoLapsedBeforeChurnsOnTheDayThatDecides() throws IOException {
        assertThat(plain.events("ClientReturned")).isEmpty();
        assertThat(plain.events("ClientChurned")).isEmpty();
        assertThat(since.events("ClientReturned")).singleElement().satisfies(back -> {
            assertThat(back.path("clientId").asText()).isEqualTo("left");
            assertThat(back.path("day").asText()).isEqualTo("2026-07-02");
        });
        assertThat(since.events("ClientChurned")).singleElement().satisfies(churn -> {
            assertThat(churn.path("clientId").asText()).isEqualTo("lapses");
            assertThat(churn.path("cause").asText()).isEqualTo("lapsed");
            assertThat(churn.path("churnedOn").asText()).isEqualTo("2026-06-06");
            assertThat(churn.path("asOf").asText()).isEqualTo("2026-07-05");
            assertThat(churn.has("mrr")).isFalse();
        });
    }

    @Test
    void moneySaysNothingOfReconstructedDays() {
        for (String file : List.of("money.jsonl", "money.csv", "movements.jsonl")) {
            assertThat(since.out().resolve(file))
                    .as(file)
                    .hasSameTextualContentAs(plain.out().resolve(file));
        }
        assertThat(since.out().resolve("money.jsonl")).content().startsWith("{\"month\":\"2026-06\"");
    }

    @Test
    void theHistorySaysUntilWhichDayItIsReconstructed() throws IOException {
        for (JsonNode client : since.lines("details.jsonl")) {
            boolean hasScore =
                    Set.of("falls", "red").contains(client.path("clientId").asText());
            assertThat(client.at("/history/reconstructedUntil").asText("")).isEqualTo(hasScore ? "2026-06-29" : "");
        }
        assertThat(Files.readString(plain.out().resolve("details.jsonl"))).doesNotContain("reconstructed");
        assertThat(since.printed())
                .contains("History   since 2026-01-01, until 2026-06-29 reconstructed from the dates in the rows");
        assertThat(explain("falls")).contains("Up to 2026-06-29 the days are reconstructed");
        assertThat(explain("new")).doesNotContain("reconstructed");
    }

    private static String explain(String client) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(Kpis.commandLine((root, log, saved) -> null, to, to, false)
                        .execute("explain", client, "--out", since.out().toString(), "--lang", "en"))
                .isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theReportMarksWhatIsReconstructed() {
        Browser.require();
        try (Browser browser = new Browser()) {
            Page page = browser.open(since.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
            String until = "até 29/06/2026 os dias são reconstruídos";
            assertThat(page.locator("#trend .reconstructed").innerText()).contains("Hachurado: " + until);
            page.locator("#trend select").selectOption("situations.mrr");
            assertThat(page.locator("#trend .reconstructed").count()).isZero();
            assertThat(page.locator("#trend canvas").count()).isOne();
            // 33 days after the first one, the reconstructed days are more than 30 days ago.
            assertThat(page.locator("#overview > .reconstructed").count()).isZero();
            assertThat(page.locator("#clients > .reconstructed").innerText()).contains("tracejado: " + until);
            assertThat(page.locator("[data-row=falls] .spark polyline[stroke-dasharray]")
                            .count())
                    .isOne();
            assertThat(page.locator("[data-row=new] .spark polyline[stroke-dasharray]")
                            .count())
                    .isZero();
            page.locator("[data-client=falls]").first().click();
            assertThat(page.locator("#panel .reconstructed").innerText()).contains("Hachurado: " + until);
            page.locator("#panel header button").click();
            page.locator("[data-client=new]").first().click();
            assertThat(page.locator("#panel .reconstructed").count()).isZero();
            assertThat(browser.complaints).isEmpty();

            Page before = browser.open(plain.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
            assertThat(before.locator(".reconstructed, [stroke-dasharray]").count())
                    .isZero();
        }
    }

    @Test
    void theSameFolderGivesTheSameFilesAgain() throws Exception {
        Program again = run("again", "--since", "2026-01-01");
        for (String file : List.of(
                "clients.jsonl", "clients.csv", "details.jsonl", "records.jsonl", "report/index.html", "money.jsonl")) {
            assertThat(again.out().resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(since.out().resolve(file));
        }
    }

    @Test
    void whereNoDateIsEarlierNothingIsReconstructed() throws Exception {
        Path exports = Files.createDirectories(home.resolve("new/2026-06-30"));
        Files.writeString(exports.resolve("clients.csv"), "client_id,name,registered_on\na,A,2026-06-30\n");
        Program run =
                Program.run(exports.getParent(), home.resolve("new-out"), "--since", "2026-06-01", "--lang", "en");

        assertThat(run.exit()).as(run.printed()).isZero();
        assertThat(run.printed()).contains("Clients   1: 1 neutral").doesNotContain("reconstructed");
        assertThat(Files.readString(run.out().resolve("report/index.html"))).doesNotContain("\"reconstructedUntil\"");
    }
}
