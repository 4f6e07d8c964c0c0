package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.Texts;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every figure of the example's page, read in a browser, is what its client table, its events and its contracts give.
/// A figure that nothing is expected of fails too.
///
/// One file, because all of it is reckoned from one portfolio.
@Tag("slow")
class PageFiguresTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 9);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final List<String> SITUATIONS = List.of("risk", "opportunity", "neutral");
    private static final List<String> BANDS = List.of("red", "yellow", "green", "none");
    private static final Map<String, String> WORDS = Map.of(
            "risk",
            "Risco",
            "opportunity",
            "Oportunidade",
            "neutral",
            "Neutro",
            "red",
            "Vermelho",
            "yellow",
            "Amarelo",
            "green",
            "Verde");

    private static Program run;
    private static Browser browser;
    private static Page page;
    private static List<JsonNode> portfolio;
    private static List<JsonNode> inactive;
    private static List<JsonNode> unregistered;

    @BeforeAll
    static void thePage() throws Exception {
        Browser.require();
        run = ExampleRun.get();
        List<JsonNode> all = run.lines("clients.jsonl");
        inactive = all.stream().filter(PageFiguresTest::isInactive).toList();
        unregistered = all.stream().filter(client -> !client.has("name")).toList();
        portfolio = all.stream()
                .filter(client -> client.has("name") && !isInactive(client))
                .toList();
        browser = new Browser();
        page = open();
    }

    private static Page open() {
        return browser.open(run.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static boolean isInactive(JsonNode client) {
        return client.path("status").asText().equals("Cancelado");
    }

    @Test
    void everyFigureOfThePageIsTheOneReckoned() throws Exception {
        Map<String, BigDecimal> expected = expected();
        for (boolean english : new boolean[] {false, true}) {
            Page shown = open();
            if (english) {
                shown.click("#language");
            }
            Map<String, String> figures = Shown.figures(shown, "#page");
            // Sentences and names, below.
            figures.keySet().removeAll(Set.of("coverage", "unregistered", "csmi.weakest"));
            assertThat(figures.keySet()).isEqualTo(expected.keySet());
            expected.forEach((name, value) -> {
                String text = figures.get(name);
                assertThat(english ? Shown.englishNumber(text) : Shown.number(text))
                        .as(name)
                        .isEqualByComparingTo(value);
            });
        }
    }

    private static Map<String, BigDecimal> expected() throws IOException {
        Map<String, BigDecimal> expected = new TreeMap<>();
        Map<String, JsonNode> days = run.events("RecalculationCompleted").stream()
                .collect(Collectors.toMap(detail -> detail.path("day").asText(), Function.identity()));
        Map<String, JsonNode> then = Map.of(
                "week", days.get(TODAY.minusDays(7).toString()),
                "month", days.get(TODAY.minusDays(30).toString()));
        putGroup(expected, "tile.all", portfolio);
        putCompared(
                expected,
                "total",
                portfolio,
                then,
                before -> before.path("situations").valueStream());
        for (String situation : SITUATIONS) {
            putGroup(expected, "tile." + situation, where("situation", situation));
            putCompared(
                    expected,
                    "situations." + situation,
                    where("situation", situation),
                    then,
                    before -> Stream.of(before.path("situations").path(situation)));
        }
        for (String band : BANDS.subList(0, 3)) {
            putCompared(
                    expected,
                    "bands." + band,
                    where("senseScoreBand", band),
                    then,
                    before -> Stream.of(before.path("bands").path(band)));
        }
        lists().forEach((list, ones) -> {
            if (!ones.isEmpty() || list.equals("risks")) {
                putGroup(expected, list, ones);
            }
        });
        putMoney(expected);
        putMaturity(expected);
        return expected;
    }

    private static List<JsonNode> where(String field, String value) {
        return portfolio.stream()
                .filter(client -> client.path(field).asText().equals(value))
                .toList();
    }

    private static BigDecimal mrr(List<JsonNode> ones) {
        return ones.stream().map(one -> one.path("mrr").decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void putGroup(Map<String, BigDecimal> expected, String name, List<JsonNode> ones) {
        expected.put(name + ".clients", BigDecimal.valueOf(ones.size()));
        expected.put(name + ".mrr", mrr(ones));
    }

    private static void putCompared(
            Map<String, BigDecimal> expected,
            String name,
            List<JsonNode> now,
            Map<String, JsonNode> then,
            Function<JsonNode, Stream<JsonNode>> groups) {
        putGroup(expected, name, now);
        then.forEach((when, before) -> {
            for (String what : List.of("clients", "mrr")) {
                BigDecimal was = groups.apply(before)
                        .map(group -> group.path(what).decimalValue())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                expected.put(
                        "%s.%s.%s".formatted(name, what, when),
                        expected.get(name + "." + what).subtract(was));
            }
        });
    }

    /// The lists to call and those of who is counted apart, each in its order.
    private static Map<String, List<JsonNode>> lists() {
        Comparator<JsonNode> byMrr = Comparator.comparing(
                        (JsonNode client) -> client.path("mrr").decimalValue())
                .reversed();
        Predicate<JsonNode> soon = client -> client.has("daysToRenewal")
                && client.path("daysToRenewal").asInt() >= 0
                && client.path("daysToRenewal").asInt() <= 90;
        return Map.of(
                "risks", where("situation", "risk").stream().sorted(byMrr).toList(),
                "reds",
                        where("senseScoreBand", "red").stream()
                                .filter(client ->
                                        !client.path("situation").asText().equals("risk"))
                                .sorted(byMrr)
                                .toList(),
                "opportunities",
                        where("situation", "opportunity").stream().sorted(byMrr).toList(),
                "renewals",
                        portfolio.stream()
                                .filter(soon)
                                .sorted(Comparator.comparingInt((JsonNode client) ->
                                                client.path("daysToRenewal").asInt())
                                        .thenComparing(byMrr))
                                .toList(),
                "inactive", inactive.stream().sorted(byMrr).toList(),
                "unregistered", unregistered.stream().sorted(byMrr).toList());
    }

    private static void putMoney(Map<String, BigDecimal> expected) throws IOException {
        List<ReckonedMoney.Client> clients = moneyOfTheContracts();
        LocalDate first = LocalDate.of(2026, 9, 1);
        YearMonth september = YearMonth.of(2026, 9);
        putPeriod(expected, "last30", clients, TODAY.minusDays(30), TODAY);
        putPeriod(expected, "last12", clients, first, TODAY);
        putPeriod(expected, "month." + september, clients, first, september.atEndOfMonth());
        for (String cs : List.of("Luíza Prado", "Caio Nóbrega")) {
            List<ReckonedMoney.Client> own = clients.stream()
                    .filter(client -> cs.equals(client.slices().get("cs")))
                    .toList();
            putPeriod(expected, "slice." + cs, own, first, september.atEndOfMonth());
        }
    }

    private static void putPeriod(
            Map<String, BigDecimal> expected,
            String name,
            List<ReckonedMoney.Client> clients,
            LocalDate a,
            LocalDate b) {
        ReckonedMoney.period(clients, a, b).forEach((figure, value) -> {
            if (!figure.startsWith("clients")) {
                expected.put(name + "." + figure, value);
            }
        });
    }

    /// From the files of contracts, whose values are written as `R$ 1.890,00`.
    private static List<ReckonedMoney.Client> moneyOfTheContracts() throws IOException {
        Map<String, Map<String, BigDecimal>> contracts = new TreeMap<>();
        Map<String, TreeMap<LocalDate, BigDecimal>> mrr = new TreeMap<>();
        for (String file :
                List.of("2026-09-01/Contratos.csv", "2026-09-10/Contratos (1).csv", "2026-09-28/Contratos.csv")) {
            LocalDate day = LocalDate.parse(file.substring(0, 10));
            for (String line : Files.readAllLines(
                    Program.ROOT.resolve("examples/padaria-saas").resolve(file), Charset.forName("windows-1252"))) {
                String[] cells = line.split(";", -1);
                if (cells[2].equals("MRR") && !cells[0].isEmpty()) {
                    contracts
                            .computeIfAbsent(cells[0], client -> new TreeMap<>())
                            .put(
                                    cells[1],
                                    cells[4].equals("Ativo")
                                            ? Shown.number(cells[3].replace(" ", ""))
                                            : BigDecimal.ZERO);
                }
            }
            contracts.forEach((client, own) -> mrr.computeIfAbsent(client, c -> new TreeMap<>())
                    .put(day, own.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        }
        return portfolio.stream()
                .filter(client -> mrr.containsKey(client.path("clientId").asText()))
                .map(client -> new ReckonedMoney.Client(
                        Map.of("cs", client.path("cs").asText()),
                        mrr.get(client.path("clientId").asText())))
                .toList();
    }

    private static void putMaturity(Map<String, BigDecimal> expected) throws IOException {
        JsonNode event = run.events("MaturityAssessed").getLast();
        for (String name : List.of("index", "change", "coverage")) {
            expected.put("csmi." + name, event.path(name).decimalValue());
        }
        event.path("pillars")
                .forEach(pillar -> expected.put(
                        "csmi." + pillar.path("key").asText(),
                        pillar.path("score").decimalValue()));
        BigDecimal all = BigDecimal.valueOf(portfolio.size());
        BigDecimal people = BigDecimal.valueOf(portfolio.stream()
                .filter(client -> client.has("cs"))
                .map(client -> Texts.fold(client.path("cs").asText()))
                .distinct()
                .count());
        expected.put("measured.clientsPerCs", all.divide(people, 2, RoundingMode.HALF_UP));
        expected.put("measured.mrrPerCs", mrr(portfolio).divide(people, 2, RoundingMode.HALF_UP));
        expected.put(
                "measured.accountCoverage",
                percent(client -> client.has("lastInteractionOn")
                        && !LocalDate.parse(client.path("lastInteractionOn").asText())
                                .isBefore(TODAY.minusDays(89))));
        expected.put("measured.withSponsor", percent(client -> client.has("sponsorName")));
    }

    private static BigDecimal percent(Predicate<JsonNode> which) {
        return HUNDRED.multiply(
                        BigDecimal.valueOf(portfolio.stream().filter(which).count()))
                .divide(BigDecimal.valueOf(portfolio.size()), 2, RoundingMode.HALF_UP);
    }

    @Test
    void theSentencesWithFiguresAreTheOnesReckoned() {
        Map<String, String> figures = Shown.figures(page, "#page");
        List<JsonNode> scored =
                portfolio.stream().filter(client -> client.has("senseScore")).toList();
        BigDecimal mean = scored.stream()
                .map(client -> client.path("senseScoreCoverage").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(scored.size()), 2, RoundingMode.HALF_UP);
        assertThat(scored).hasSameSizeAs(portfolio);
        assertThat(figures.get("coverage"))
                .startsWith("%d clientes têm SenseScore; na média, %s%%"
                        .formatted(
                                scored.size(),
                                mean.stripTrailingZeros().toPlainString().replace('.', ',')));
        assertThat(figures.get("unregistered")).startsWith(unregistered.size() + " cliente");
        assertThat(figures.get("csmi.weakest")).isEqualTo("Dados");
        assertThat(page.locator("#found").textContent())
                .isEqualTo("%d de %d clientes".formatted(portfolio.size(), portfolio.size()));
    }

    @Test
    void theListsToCallHaveTheirClientsInTheirOrder() {
        Map<String, List<JsonNode>> lists = lists();
        lists.forEach((list, ones) -> assertThat(Shown.rows(page, "#" + list).stream()
                        .map(cells -> cells.getFirst().replaceFirst(" ?(novo)?$", ""))
                        .toList())
                .as(list)
                .isEqualTo(ones.stream()
                        .map(client -> client.path("name")
                                .asText(client.path("clientId").asText()))
                        .toList()));
        for (String list : List.of("risks", "opportunities")) {
            for (int i = 0; i < lists.get(list).size(); i++) {
                JsonNode client = lists.get(list).get(i);
                assertThat(Shown.rows(page, "#" + list).get(i).subList(3, 7))
                        .containsExactly(
                                text(client, "mrr"), scored(client), text(client, "renewalOn"), text(client, "cs"));
            }
        }
        for (int i = 0; i < lists.get("renewals").size(); i++) {
            JsonNode client = lists.get("renewals").get(i);
            assertThat(Shown.rows(page, "#renewals").get(i).subList(1, 6))
                    .containsExactly(
                            text(client, "renewalOn"),
                            client.path("daysToRenewal").asText() + " dias",
                            text(client, "mrr"),
                            scored(client),
                            WORDS.get(client.path("situation").asText()));
        }
    }

    @Test
    void everyRowOfTheTableIsTheClientsOwn() {
        Map<String, JsonNode> byName = portfolio.stream()
                .collect(Collectors.toMap(client -> client.path("name").asText(), Function.identity()));
        List<List<String>> rows = Shown.rows(page, "#all-clients");
        assertThat(rows).hasSameSizeAs(portfolio);
        Set<String> seen = new HashSet<>();
        for (List<String> cells : rows) {
            JsonNode client = byName.get(cells.getFirst());
            seen.add(cells.getFirst());
            assertThat(List.of(
                            cells.get(1),
                            cells.get(2),
                            cells.get(4),
                            cells.get(5),
                            cells.get(6),
                            cells.get(7),
                            cells.get(8),
                            cells.get(9),
                            cells.get(10)))
                    .containsExactly(
                            WORDS.get(client.path("situation").asText()),
                            scored(client),
                            text(client, "mrr"),
                            text(client, "renewalOn"),
                            text(client, "nps"),
                            text(client, "engagementScore"),
                            text(client, "overdueTitles"),
                            text(client, "cs"),
                            text(client, "segment"));
        }
        assertThat(seen).isEqualTo(byName.keySet());
    }

    private static String scored(JsonNode client) {
        return text(client, "senseScore") + " "
                + WORDS.get(client.path("senseScoreBand").asText());
    }

    /// A field as a Brazilian writes it.
    private static String text(JsonNode client, String field) {
        JsonNode value = client.path(field);
        if (value.isBigDecimal()) {
            String number = "%,.2f".formatted(value.decimalValue().abs());
            String brazilian = number.replace(',', ' ').replace('.', ',').replace(' ', '.');
            return (value.decimalValue().signum() < 0 ? "−" : "") + (field.equals("mrr") ? "R$\u00a0" : "") + brazilian;
        }
        return field.endsWith("On") && value.isTextual()
                ? LocalDate.parse(value.asText()).format(DAY)
                : value.asText();
    }

    @Test
    void theChartsDrawWhatTheEventsAndTheTableSay() throws IOException {
        JsonNode trend = Shown.chart(page, "#trend-chart");
        List<JsonNode> days = run.events("RecalculationCompleted").stream()
                .sorted(Comparator.comparing(detail -> detail.path("day").asText()))
                .toList();
        LocalDate first = LocalDate.parse(days.getFirst().path("day").asText());
        for (String situation : SITUATIONS) {
            JsonNode drawn = set(trend, WORDS.get(situation));
            assertThat(drawn).hasSize(days.size());
            for (int i = 0; i < days.size(); i++) {
                LocalDate day = LocalDate.parse(days.get(i).path("day").asText());
                assertThat(drawn.path(i).path("x").asLong()).isEqualTo(first.until(day, ChronoUnit.DAYS));
                assertThat(drawn.path(i).path("y").asLong())
                        .isEqualTo(days.get(i)
                                .path("situations")
                                .path(situation)
                                .path("clients")
                                .asLong());
            }
        }
        JsonNode bins = Shown.chart(page, "#distribution").path("sets").path(0).path("data");
        for (int i = 0; i < bins.size(); i++) {
            int bin = i;
            assertThat(bins.path(i).asLong())
                    .isEqualTo(portfolio.stream()
                            .filter(client -> Math.min(
                                            client.path("senseScore")
                                                            .decimalValue()
                                                            .intValue()
                                                    / 5,
                                            19)
                                    == bin)
                            .count());
        }
        List<String> bubbles = new ArrayList<>();
        Shown.chart(page, "#bubbles")
                .path("sets")
                .forEach(one -> one.path("data")
                        .forEach(bubble -> bubbles.add(bubble.path("x").decimalValue() + " "
                                + bubble.path("y").decimalValue() + " "
                                + one.path("label").asText())));
        assertThat(bubbles)
                .containsExactlyInAnyOrderElementsOf(portfolio.stream()
                        .map(client -> plain(client, "senseScore") + " " + plain(client, "engagementScore") + " "
                                + WORDS.get(client.path("situation").asText()))
                        .toList());
        JsonNode radar = Shown.chart(page, "#csmi").path("sets");
        JsonNode pillars = run.events("MaturityAssessed").getLast().path("pillars");
        for (int i = 0; i < pillars.size(); i++) {
            assertThat(radar.path(0).path("data").path(i).decimalValue())
                    .isEqualByComparingTo(pillars.path(i).path("score").decimalValue());
        }
    }

    private static JsonNode set(JsonNode chart, String label) {
        return chart.path("sets")
                .valueStream()
                .filter(one -> one.path("label").asText().equals(label))
                .findAny()
                .orElseThrow()
                .path("data");
    }

    /// As JavaScript writes a number.
    private static String plain(JsonNode client, String field) {
        return client.path(field).decimalValue().stripTrailingZeros().toPlainString();
    }

    @Test
    void aPanelsScoreIsTheSumOfItsIndicatorsAndOfItsHistory() {
        Page shown = open();
        for (JsonNode client : portfolio) {
            Locator name = shown.locator(
                    "#all-clients [data-client=\"" + client.path("clientId").asText() + "\"]");
            name.click();
            shown.waitForSelector("#panel[open] #panel-fields");
            BigDecimal score = client.path("senseScore").decimalValue();
            List<List<String>> indicators = Shown.rows(shown, "#panel-indicators");
            BigDecimal weights = sum(indicators, 3);
            BigDecimal contributions = sum(indicators, 5);
            assertThat(contributions.subtract(score).abs()).isLessThanOrEqualTo(new BigDecimal("0.02"));
            for (List<String> indicator : indicators) {
                if (!indicator.get(4).equals("–")) {
                    // The points are rounded as they are shown.
                    assertThat(Shown.number(indicator.get(4))
                                    .multiply(Shown.number(indicator.get(3)))
                                    .divide(weights, 2, RoundingMode.HALF_UP)
                                    .subtract(Shown.number(indicator.get(5)))
                                    .abs())
                            .isLessThanOrEqualTo(new BigDecimal("0.01"));
                }
            }
            assertHistory(shown, client, score);
            shown.keyboard().press("Escape");
            shown.waitForSelector(
                    "#panel",
                    new Page.WaitForSelectorOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        }
    }

    /// Of the indicators that have data.
    private static BigDecimal sum(List<List<String>> indicators, int column) {
        return indicators.stream()
                .filter(indicator -> !indicator.get(4).equals("–"))
                .map(indicator -> Shown.number(indicator.get(column)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// The line of 60 days ends at today's score, and its means give the variation in the client table.
    private static void assertHistory(Page shown, JsonNode client, BigDecimal score) {
        JsonNode line = Shown.chart(shown, "#panel").path("sets").path(0).path("data");
        assertThat(line).hasSize(60);
        assertThat(line.path(59).decimalValue()).isEqualByComparingTo(score);
        if (client.has("senseScoreVariation7d")) {
            assertThat(mean(line, 52, 60).divide(mean(line, 46, 53), 4, RoundingMode.HALF_UP))
                    .isEqualByComparingTo(client.path("senseScoreVariation7d").decimalValue());
        }
    }

    private static BigDecimal mean(JsonNode line, int from, int to) {
        List<BigDecimal> known = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (!line.path(i).isNull()) {
                known.add(line.path(i).decimalValue());
            }
        }
        return known.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(known.size()), 20, RoundingMode.HALF_UP);
    }

    @Test
    void whatWouldChangeAScoreIsReckonedFromItsIndicators() {
        Page shown = open();
        int steps = 0;
        for (JsonNode client : portfolio) {
            shown.locator("#all-clients [data-client=\""
                            + client.path("clientId").asText() + "\"]")
                    .click();
            shown.waitForSelector("#panel[open] #panel-fields");
            BigDecimal score = client.path("senseScore").decimalValue();
            Map<String, List<String>> indicators = Shown.rows(shown, "#panel-indicators").stream()
                    .collect(Collectors.toMap(List::getFirst, Function.identity()));
            BigDecimal weights = sum(List.copyOf(indicators.values()), 3);
            for (List<String> healthy : Shown.rows(shown, "#healthy")) {
                List<String> own = indicators.get(healthy.getFirst());
                // Of each indicator the best are 100 points.
                BigDecimal gain = HUNDRED.subtract(Shown.number(own.get(4)))
                        .multiply(Shown.number(own.get(3)))
                        .divide(weights, 2, RoundingMode.HALF_UP);
                assertThat(Shown.number(healthy.get(1)).subtract(gain).abs())
                        .isLessThanOrEqualTo(new BigDecimal("0.01"));
                assertThat(Shown.number(healthy.get(2))).isEqualByComparingTo(score.add(Shown.number(healthy.get(1))));
                assertThat(healthy.get(3)).isEqualTo(band(Shown.number(healthy.get(2))));
            }
            if (shown.locator("#next-band").count() > 0) {
                steps++;
                java.util.regex.Matcher step = java.util.regex.Pattern.compile(
                                "(\\+[\\d,]+) pontos, SenseScore ([\\d,]+), (\\w+)\\.$")
                        .matcher(shown.locator("#next-band").textContent());
                assertThat(step.find()).isTrue();
                assertThat(Shown.number(step.group(2))).isEqualByComparingTo(score.add(Shown.number(step.group(1))));
                assertThat(band(Shown.number(step.group(2)))).isEqualToIgnoringCase(step.group(3));
                assertThat(step.group(3)).isNotEqualToIgnoringCase(band(score));
            }
            shown.keyboard().press("Escape");
            shown.waitForSelector(
                    "#panel",
                    new Page.WaitForSelectorOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        }
        assertThat(steps).isPositive();
    }

    private static String band(BigDecimal score) {
        return score.compareTo(BigDecimal.valueOf(75)) >= 0
                ? "Verde"
                : score.compareTo(BigDecimal.valueOf(50)) >= 0 ? "Amarelo" : "Vermelho";
    }
}
