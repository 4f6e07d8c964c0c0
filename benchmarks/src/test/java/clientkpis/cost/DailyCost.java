package clientkpis.cost;

import clientkpis.cli.cloud.LocalSuite;
import clientkpis.cli.cloud.Replay;
import clientkpis.cli.input.Exports;
import clientkpis.json.Json;
import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/// Measures what days cost: `EXPORTS SMALL LARGE FOLDER`, as `benchmarks/cost` calls it. The tables go to stdout.
final class DailyCost {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final LocalTime NIGHT = LocalTime.of(23, 59, 59);
    private static final String TENANT = "t";
    private static final LocalDate FIRST = LocalDate.parse("2026-09-01");
    /// How many percent of the clients change on the days after the first.
    private static final List<Integer> SHARES = List.of(0, 5, 40, 100);

    /// The last days of a company are measured.
    private static final int MEASURED = 7;

    private final Path root;

    private DailyCost(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws IOException {
        DailyCost cost = new DailyCost(Path.of(System.getProperty("clientkpis.root")));
        System.out.printf("List prices of %s, without free tiers.%n", Bill.Prices.WHEN);
        cost.shares(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
        cost.company(Path.of(args[0]));
        System.exit(0);
    }

    private static final String REPORT = "reportFunction";

    /// One recalculation.
    ///
    /// @param bill without the report
    /// @param report which shows 10,000 clients at most, however many there are
    private record Recalculated(int clients, int changed, Bill bill, Bill report) {}

    /// A running suite, and what its days use.
    private final class Measured implements AutoCloseable {
        private final LocalCloud cloud = LocalCloud.start(
                root.resolve("template.yaml"), Options.defaults().withLog(_ -> {}));
        private final LocalSuite suite = new LocalSuite(cloud);
        private final Replay replay = new Replay(suite, TENANT);

        Bill uploads(Exports.Day day) {
            Bill.take(cloud);
            replay.uploads(new Exports(List.of(day), List.of()), (_, _, _) -> {}, _ -> {});
            return Bill.sum(Bill.take(cloud).values());
        }

        Recalculated recalculation(LocalDate day) {
            Bill.take(cloud);
            suite.events();
            Instant night = day.atTime(NIGHT).atZone(ZONE).toInstant();
            suite.clock(night);
            suite.tick(night);
            suite.settle();
            Map<String, Bill> bills = Bill.take(cloud);
            Bill report = bills.getOrDefault(REPORT, Bill.NOTHING);
            for (String event : suite.events()) {
                JsonNode said = Json.parse(event);
                if (said.path("detail-type").asText().equals("RecalculationCompleted")) {
                    JsonNode detail = said.path("detail");
                    return new Recalculated(
                            detail.path("clients").asInt()
                                    + detail.path("inactive").path("clients").asInt()
                                    + detail.path("unregistered")
                                            .path("clients")
                                            .asInt(),
                            detail.path("changed").asInt(),
                            Bill.sum(bills.values()).minus(report),
                            report);
                }
            }
            throw new IllegalStateException("The recalculation of " + day + " did not complete");
        }

        @Override
        public void close() {
            suite.close();
        }
    }

    /// Two portfolios of which exactly some clients change: what the one costs more is for the clients that it has
    /// more.
    private void shares(int small, int large, Path folder) throws IOException {
        List<Recalculated> few = recalculations(small, folder.resolve("small"));
        List<Recalculated> many = recalculations(large, folder.resolve("large"));
        System.out.printf(
                "%nA recalculation, by the share of clients that change (%,d and %,d clients)%n%n", small, large);
        System.out.println("| of a million clients change | " + Bill.HEADER);
        System.out.println("|--:" + "|--:".repeat(10) + "|");
        for (int i = 0; i < SHARES.size(); i++) {
            Recalculated one = few.get(i);
            Recalculated other = many.get(i);
            Bill more = other.bill().minus(one.bill()).times(1e6 / (large - small));
            System.out.printf(Locale.ROOT, "| %.1f %% | %s%n", 100.0 * other.changed() / other.clients(), more);
        }
        Recalculated idle = few.getFirst();
        Bill fixed =
                idle.bill().minus(many.getFirst().bill().minus(idle.bill()).times((double) small / (large - small)));
        System.out.println("| a tenant without clients | " + fixed);
        System.out.printf(
                Locale.ROOT,
                "| the report of %,d clients | %s%n",
                large,
                many.getLast().report());
    }

    private List<Recalculated> recalculations(int clients, Path folder) throws IOException {
        System.err.printf("A portfolio of %,d clients%n", clients);
        Path first = Files.createDirectories(folder.resolve(FIRST.toString()));
        write(first.resolve("clients.csv"), "client_id;name;status", clients, _ -> true, "c%d;Padaria %d;Ativo");
        for (int i = 0; i < SHARES.size(); i++) {
            int share = SHARES.get(i);
            // A title that is due on a day is overdue on the next one.
            write(
                    first.resolve("billing-" + i + ".csv"),
                    "client_id;title_id;value;due_on;paid_on",
                    clients,
                    client -> client % 100 < share,
                    "c%d;t" + i + "-%d;10,00;" + FIRST.plusDays(i) + ";");
        }
        Exports.Day day = exports(folder).days().getFirst();
        List<Recalculated> all = new ArrayList<>();
        try (Measured measured = new Measured()) {
            measured.uploads(day);
            measured.recalculation(FIRST);
            for (int i = 0; i < SHARES.size(); i++) {
                all.add(measured.recalculation(FIRST.plusDays(i + 1L)));
            }
        }
        return all;
    }

    private static void write(Path file, String header, int clients, IntPredicate which, String line)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int client = 0; client < clients; client++) {
            if (which.test(client)) {
                lines.add(line.formatted(client, client));
            }
        }
        Files.write(file, lines);
    }

    private static Exports exports(Path folder) {
        try {
            return Exports.read(folder, null, LocalDate.now(ZONE), Tables.load());
        } catch (Exception e) {
            throw new IllegalStateException("The exports cannot be read", e);
        }
    }

    /// The last days of a company that uploads every day.
    private void company(Path folder) {
        List<Exports.Day> days = exports(folder).days();
        int measured = Math.min(MEASURED, days.size());
        Bill uploads = Bill.NOTHING;
        Bill recalculations = Bill.NOTHING;
        Bill reports = Bill.NOTHING;
        long files = 0;
        long clients = 0;
        long changed = 0;
        try (Measured suite = new Measured()) {
            for (int i = 0; i < days.size(); i++) {
                System.err.printf("A company, day %d of %d%n", i + 1, days.size());
                Bill uploaded = suite.uploads(days.get(i));
                Recalculated recalculated = suite.recalculation(days.get(i).date());
                if (i >= days.size() - measured) {
                    uploads = uploads.plus(uploaded);
                    recalculations = recalculations.plus(recalculated.bill());
                    reports = reports.plus(recalculated.report());
                    clients += recalculated.clients();
                    changed += recalculated.changed();
                    files += days.get(i).uploads().size();
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nA company that uploads every day: the mean of its last %d of %d days, with %d clients and"
                        + " %.1f files; the recalculation changes %.0f %% of the clients%n%n",
                measured,
                days.size(),
                clients / measured,
                (double) files / measured,
                100.0 * changed / clients);
        System.out.println("| a day | " + Bill.HEADER);
        System.out.println("|---" + "|--:".repeat(10) + "|");
        System.out.println("| uploads | " + uploads.times(1.0 / measured));
        System.out.println("| recalculation | " + recalculations.times(1.0 / measured));
        System.out.println("| report | " + reports.times(1.0 / measured));
    }
}
