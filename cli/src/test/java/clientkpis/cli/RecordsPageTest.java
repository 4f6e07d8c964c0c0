package clientkpis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The records behind each number, and the numbers, as a browser shows them: those that follow from rows that this test
/// makes up and knows as they are meant. Nothing arrives in the last days, so titles fall due and users stop by time.
///
/// One class, because the made-up rows and what is reckoned from them are read together.
@Tag("slow")
class RecordsPageTest {
    private static final LocalDate UPLOADED = LocalDate.of(2026, 9, 28);
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 2);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final int CLIENTS = 12;
    private static final int SHOWN = 20;

    @TempDir
    private static Path home;

    private static final List<Company> companies = new ArrayList<>();
    private static Browser browser;
    private static Page page;

    private record Title(String id, BigDecimal value, LocalDate due, boolean paid, String status) {}

    private record Ticket(
            String id, LocalDate opened, @Nullable LocalDate sla, boolean closed) {}

    private record Activity(String id, @Nullable LocalDate due, boolean completed, String status) {}

    private record Answer(String id, String respondent, int score, LocalDate on) {}

    private record Use(String user, LocalDate on, int actions) {}

    private record Contract(
            String id,
            boolean recurring,
            BigDecimal value,
            boolean active,
            LocalDate start,
            @Nullable LocalDate end) {}

    private record Company(
            String id,
            List<Title> titles,
            List<Ticket> tickets,
            List<Activity> activities,
            List<Answer> answers,
            List<Use> uses,
            List<Contract> contracts) {}

    @BeforeAll
    static void aReport() throws Exception {
        Browser.require();
        Random random = new Random(20260928);
        for (int i = 0; i < CLIENTS; i++) {
            companies.add(company("C%02d".formatted(i), random, i == 0 ? 60 : 9));
        }
        write("clients", "client_id;name", company -> Stream.of("Padaria " + company.id()));
        write(
                "billing",
                "client_id;title_id;value;due_on;paid_on;status",
                company -> company.titles().stream()
                        .map(one -> line(one.id(), one.value(), one.due(), one.paid() ? one.due() : "", one.status())));
        write(
                "support",
                "client_id;ticket_id;opened_on;sla_on;closed_on",
                company -> company.tickets().stream()
                        .map(one -> line(one.id(), one.opened(), one.sla(), one.closed() ? UPLOADED : "")));
        write(
                "activities",
                "client_id;activity_id;due_on;completed_on;status",
                company -> company.activities().stream()
                        .map(one -> line(one.id(), one.due(), one.completed() ? UPLOADED : "", one.status())));
        write(
                "nps",
                "client_id;answer_id;respondent;score;answered_on",
                company ->
                        company.answers().stream().map(one -> line(one.id(), one.respondent(), one.score(), one.on())));
        write(
                "usage",
                "client_id;user_id;used_on;actions",
                company -> company.uses().stream().map(one -> line(one.user(), one.on(), one.actions())));
        write(
                "contracts",
                "client_id;contract_id;model;value;status;starts_on;ends_on",
                company -> company.contracts().stream()
                        .map(one -> line(
                                one.id(),
                                one.recurring() ? "MRR" : "Projeto",
                                one.value(),
                                one.active() ? "Ativo" : "Encerrado",
                                one.start(),
                                one.end())));
        Program run = Program.run(home.resolve("exports"), home.resolve("out"), "--as-of", TODAY.toString());
        assertThat(run.exit()).as(run.printed()).isZero();
        browser = new Browser();
        page = browser.open(run.out().resolve("report/index.html"), "pt-BR", 1280, ColorScheme.LIGHT);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String line(@Nullable Object... cells) {
        return Stream.of(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .reduce((a, b) -> a + ";" + b)
                .orElse("");
    }

    private interface Rows {
        Stream<String> of(Company company);
    }

    private static void write(String table, String header, Rows rows) throws IOException {
        Path file = home.resolve("exports/%s/%s.csv".formatted(UPLOADED, table));
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                Stream.concat(
                                Stream.of(header),
                                companies.stream()
                                        .flatMap(company -> rows.of(company).map(row -> company.id() + ";" + row)))
                        .toList());
    }

    /// Days and amounts are a client's own, so that no order is left open.
    private static Company company(String id, Random random, int most) {
        List<LocalDate> days = new ArrayList<>();
        for (int i = -140; i < 140; i++) {
            days.add(TODAY.plusDays(i));
        }
        Company company = new Company(
                id,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        java.util.Collections.shuffle(days, random);
        for (int i = 0; i < most; i++) {
            String status = List.of("", "Em aberto", "Cancelado", "Pago").get(random.nextInt(4));
            company.titles()
                    .add(new Title(
                            "T" + i,
                            BigDecimal.valueOf(random.nextInt(300_000) - 10_000L, 2),
                            days.get(i),
                            random.nextInt(4) == 0,
                            status));
        }
        java.util.Collections.shuffle(days, random);
        for (int i = 0; i < most; i++) {
            LocalDate sla = i == 0 ? null : days.get(i);
            company.tickets().add(new Ticket("S" + i, days.get(i).minusDays(9), sla, random.nextInt(3) == 0));
        }
        java.util.Collections.shuffle(days, random);
        for (int i = 0; i < most; i++) {
            String status = List.of("", "Pendente", "Cancelada", "Concluída").get(random.nextInt(4));
            company.activities()
                    .add(new Activity("A" + i, i == 0 ? null : days.get(i), random.nextInt(3) == 0, status));
        }
        java.util.Collections.shuffle(days, random);
        for (int i = 0; i < most; i++) {
            company.answers()
                    .add(new Answer(
                            "N" + i,
                            "pessoa" + random.nextInt(most) + "@exemplo.com.br",
                            random.nextInt(11),
                            UPLOADED.minusDays(Math.abs(ChronoUnit.DAYS.between(days.get(i), TODAY)) * 2
                                    + (days.get(i).isAfter(TODAY) ? 1 : 0))));
        }
        for (int i = 0; i < most; i++) {
            for (int j = 0; j < 3; j++) {
                company.uses()
                        .add(new Use("u" + i, UPLOADED.minusDays(random.nextInt(16) * 3L + j), 1 + random.nextInt(5)));
            }
        }
        java.util.Collections.shuffle(days, random);
        for (int i = 0; i < most; i++) {
            company.contracts()
                    .add(new Contract(
                            "K" + i,
                            random.nextInt(3) > 0,
                            BigDecimal.valueOf(1 + random.nextInt(400_000), 2),
                            random.nextInt(4) > 0,
                            days.get(i).minusDays(365),
                            i == 1 ? null : days.get(i)));
        }
        return company;
    }

    @Test
    void thePanelShowsTheRowsBehindEachNumberInTheirOrder() {
        for (Company company : companies) {
            open(company);
            Map<String, List<List<String>>> expected = expected(company);
            Map<String, List<List<String>>> shown = new TreeMap<>();
            Map<String, String> counts = new TreeMap<>();
            for (JsonNode one : Shown.json(page, """
                () => [...document.querySelectorAll("[data-records]")].map(one => [one.dataset.records, one.querySelector("summary").textContent])\
                """, "")) {
                String field = one.path(0).asText();
                counts.put(field, one.path(1).asText().replaceFirst(".*: ", ""));
                shown.put(field, Shown.rows(page, "[data-records=" + field + "]"));
            }
            Map<String, List<List<String>>> first = new TreeMap<>();
            Map<String, String> all = new TreeMap<>();
            expected.forEach((field, rows) -> {
                if (!rows.isEmpty()) {
                    first.put(field, rows.subList(0, Math.min(SHOWN, rows.size())));
                    // Open tickets are shown, those above their SLA are counted.
                    all.put(
                            field,
                            count(rows.stream()
                                    .filter(row -> !field.equals("ticketsAboveSla")
                                            || !row.getLast().isEmpty())));
                }
            });
            assertThat(shown).as(company.id()).isEqualTo(first);
            assertThat(counts).as(company.id()).isEqualTo(all);
        }
        assertThat(companies)
                .anySatisfy(company -> assertThat(expected(company).get("overdueTitles"))
                        .hasSizeLessThanOrEqualTo(SHOWN)
                        .isNotEmpty());
        assertThat(expected(companies.getFirst()).values())
                .anySatisfy(rows -> assertThat(rows).hasSizeGreaterThan(SHOWN));
    }

    private static void open(Company company) {
        if (page.locator("#panel[open]").count() > 0) {
            page.keyboard().press("Escape");
        }
        page.locator("#all-clients [data-client=\"" + company.id() + "\"]").click();
        page.waitForFunction(
                "id => document.querySelector('#panel[open] #panel-name')?.textContent === id",
                "Padaria " + company.id());
    }

    private static Map<String, List<List<String>>> expected(Company company) {
        Map<String, List<List<String>>> records = new TreeMap<>();
        records.put(
                "overdueTitles",
                overdue(company).stream()
                        .map(one -> List.of(one.id(), money(one.value()), day(one.due()), late(one.due())))
                        .toList());
        records.put(
                "ticketsAboveSla",
                open(company.tickets()).stream()
                        .map(one -> List.of(one.id(), day(one.opened()), day(one.sla()), late(one.sla())))
                        .toList());
        records.put(
                "pendingActivities",
                pending(company).stream()
                        .map(one -> List.of(one.id(), day(one.due()), one.status(), late(one.due())))
                        .toList());
        records.put(
                "nps",
                counted(company).stream()
                        .map(one -> List.of(one.id(), one.respondent(), String.valueOf(one.score()), day(one.on())))
                        .toList());
        records.put("activeUsers", gone(company));
        records.put(
                "mrr",
                active(company)
                        .filter(Contract::recurring)
                        .map(one -> List.of(
                                one.id(), money(one.value()), day(one.start()), day(one.end()), toEnd(one.end())))
                        .toList());
        records.put(
                "renewalOn",
                renewing(company).stream()
                        .map(one -> List.of(
                                one.id(),
                                one.recurring() ? "MRR" : "Projeto",
                                money(one.value()),
                                day(one.end()),
                                toEnd(one.end())))
                        .toList());
        return records;
    }

    private static List<Title> overdue(Company company) {
        return company.titles().stream()
                .filter(one ->
                        one.value().signum() > 0 && !one.paid() && one.due().isBefore(TODAY))
                .filter(one -> !List.of("Cancelado", "Pago").contains(one.status()))
                .sorted(Comparator.comparing(Title::due))
                .toList();
    }

    private static List<Ticket> open(List<Ticket> tickets) {
        return tickets.stream()
                .filter(one -> !one.closed())
                .sorted(Comparator.comparing(one -> one.sla() == null ? LocalDate.MAX : one.sla()))
                .toList();
    }

    private static List<Activity> pending(Company company) {
        return company.activities().stream()
                .filter(one ->
                        !one.completed() && !List.of("Cancelada", "Concluída").contains(one.status()))
                .sorted(Comparator.comparing(one -> one.due() == null ? LocalDate.MAX : one.due()))
                .toList();
    }

    private static List<Answer> counted(Company company) {
        return company.answers().stream()
                .filter(one -> company.answers().stream()
                        .noneMatch(other -> other.respondent().equals(one.respondent())
                                && other.on().isAfter(one.on())))
                .sorted(Comparator.comparing(Answer::on).reversed())
                .toList();
    }

    private static Stream<Contract> active(Company company) {
        return company.contracts().stream()
                .filter(Contract::active)
                .sorted(Comparator.comparing(one -> one.end() == null ? LocalDate.MAX : one.end()));
    }

    private static List<Contract> renewing(Company company) {
        List<Contract> ending = active(company).filter(one -> one.end() != null).toList();
        List<Contract> ahead =
                ending.stream().filter(one -> !one.end().isBefore(TODAY)).toList();
        return ahead.isEmpty() && !ending.isEmpty() ? List.of(ending.getLast()) : ahead;
    }

    private static Map<String, List<Use>> byUser(Company company) {
        Map<String, List<Use>> users = new TreeMap<>();
        company.uses()
                .forEach(one -> users.computeIfAbsent(one.user(), u -> new ArrayList<>())
                        .add(one));
        users.values().forEach(uses -> uses.sort(Comparator.comparing(Use::on)));
        return users;
    }

    private static List<List<String>> gone(Company company) {
        record Gone(String user, LocalDate last, int actions) {}
        return byUser(company).entrySet().stream()
                .filter(entry -> entry.getValue().getLast().on().isBefore(TODAY.minusDays(29)))
                .map(entry -> {
                    LocalDate last = entry.getValue().getLast().on();
                    return new Gone(
                            entry.getKey(),
                            last,
                            entry.getValue().stream()
                                    .filter(use -> !use.on().isBefore(last.minusDays(29)))
                                    .mapToInt(Use::actions)
                                    .sum());
                })
                .sorted(Comparator.comparing(Gone::last)
                        .reversed()
                        .thenComparing(Comparator.comparingInt(Gone::actions).reversed())
                        .thenComparing(Gone::user))
                .map(one -> List.of(one.user(), day(one.last()), String.valueOf(one.actions())))
                .toList();
    }

    @Test
    void theNumbersOfAClientFollowFromItsRows() {
        for (Company company : companies) {
            open(company);
            Map<String, String> fields = new TreeMap<>();
            for (JsonNode one : Shown.json(page, """
                () => [...document.querySelectorAll("#panel-fields [data-field]")].map(one => [one.dataset.field, one.textContent])\
                """, "")) {
                fields.put(one.path(0).asText(), one.path(1).asText());
            }
            List<Answer> answers = counted(company);
            long promoters = answers.stream().filter(one -> one.score() >= 9).count();
            long detractors = answers.stream().filter(one -> one.score() <= 6).count();
            Map<String, String> expected = new TreeMap<>(Map.of(
                    "overdueTitles", String.valueOf(overdue(company).size()),
                    "ticketsAboveSla",
                            count(open(company.tickets()).stream()
                                    .filter(one ->
                                            one.sla() != null && one.sla().isBefore(TODAY))),
                    "pendingActivities", String.valueOf(pending(company).size()),
                    "overdueActivities",
                            count(pending(company).stream()
                                    .filter(one ->
                                            one.due() != null && one.due().isBefore(TODAY))),
                    "nps",
                            number(BigDecimal.valueOf(100 * (promoters - detractors))
                                    .divide(BigDecimal.valueOf(answers.size()), 2, RoundingMode.HALF_UP)),
                    "activeUsers",
                            String.valueOf(
                                    byUser(company).size() - gone(company).size()),
                    "mrr", money(sum(active(company).filter(Contract::recurring).map(Contract::value))),
                    "tcv",
                            money(sum(company.titles().stream()
                                    .filter(one -> !one.status().equals("Cancelado"))
                                    .map(Title::value)))));
            List<Contract> renewing = renewing(company);
            if (!renewing.isEmpty()) {
                expected.put("renewalOn", day(renewing.getFirst().end()));
                expected.put("daysToRenewal", toEnd(renewing.getFirst().end()));
            }
            assertThat(fields).as(company.id()).containsAllEntriesOf(expected);
        }
    }

    private static String count(Stream<?> some) {
        return String.valueOf(some.count());
    }

    private static BigDecimal sum(Stream<BigDecimal> some) {
        return some.reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String money(BigDecimal amount) {
        return (amount.signum() < 0 ? "−" : "") + "R$\u00a0" + number(amount.abs());
    }

    private static String number(BigDecimal number) {
        String english = "%,.2f".formatted(number.abs());
        return (number.signum() < 0 ? "−" : "")
                + english.replace(',', ' ').replace('.', ',').replace(' ', '.');
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.format(DAY);
    }

    private static String late(@Nullable LocalDate day) {
        return day == null || !day.isBefore(TODAY) ? "" : String.valueOf(ChronoUnit.DAYS.between(day, TODAY));
    }

    private static String toEnd(@Nullable LocalDate end) {
        if (end == null) {
            return "";
        }
        long days = ChronoUnit.DAYS.between(TODAY, end);
        return (days < 0 ? "−" : "") + Math.abs(days);
    }
}
