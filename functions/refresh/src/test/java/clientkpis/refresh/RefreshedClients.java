package clientkpis.refresh;

import clientkpis.function.Evaluations;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Tenure;
import clientkpis.store.ClientStore;
import clientkpis.store.TenantStore;
import clientkpis.tables.ClientStatus;
import clientkpis.tables.Tables;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the recalculation of a day uses for each client, step by step: `CLIENTS ROUNDS`, as `benchmarks/refresh` calls
/// it. Each client changes. The table goes to stdout.
final class RefreshedClients {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 20;

    private final Tenant tenant = Tenant.of("t");
    private final TenantStore.State state =
            new TenantStore.State(tenant, FullClients.STANDARD, FullClients.LAST, 0, true, null, Map.of());
    private final Tenure.Terms terms = new Tenure.Terms(ClientStatus::isInactive, true);
    private final ClientTable table = new ClientTable(Tables.load());
    private final TableInMemory dynamo = new TableInMemory();
    private final ClientStore store = new ClientStore(dynamo, TableInMemory.CLIENTS, "changes");
    private final List<Map<String, AttributeValue>> items;

    /// A part of a recalculation.
    enum Step {
        READ,
        EVALUATE,
        WRITE,
        EXPORT;

        @Override
        public String toString() {
            return switch (this) {
                case READ -> "the item is read";
                case EVALUATE -> "the client is evaluated";
                case WRITE -> "the item is written";
                case EXPORT -> "its line and its details are exported";
            };
        }
    }

    /// What was used.
    record Used(long nanos, long bytes) {
        static Used now() {
            return new Used(THREADS.getCurrentThreadCpuTime(), THREADS.getCurrentThreadAllocatedBytes());
        }

        Used since(Used before) {
            return new Used(nanos - before.nanos, bytes - before.bytes);
        }

        Used plus(Used other) {
            return new Used(nanos + other.nanos, bytes + other.bytes);
        }
    }

    RefreshedClients(int clients) {
        for (Client client : FullClients.of(clients)) {
            store.write(tenant, new Client.Evaluation(client, true, null), "");
        }
        items = dynamo.take();
    }

    /// Recalculates all clients once.
    Map<Step, Used> recalculate() {
        SplittableRandom random = new SplittableRandom(2);
        List<Client> read = new ArrayList<>();
        List<Client.Evaluation> evaluated = new ArrayList<>();
        List<Client> written = new ArrayList<>();
        dynamo.add(items);
        Map<Step, Used> used = new EnumMap<>(Step.class);
        Used begin = Used.now();
        store.forEachPage(tenant, 0, read::addAll);
        used.put(Step.READ, Used.now().since(begin));
        dynamo.take();

        begin = Used.now();
        for (Client client : read) {
            BigDecimal engagement = FullClients.engagement(random.nextInt(-10_000, 10_001));
            evaluated.add(client.recalculated(FullClients.LAST, engagement, state.active(), new Cause.Daily(), terms));
        }
        used.put(Step.EVALUATE, Used.now().since(begin));

        begin = Used.now();
        for (Client.Evaluation evaluation : evaluated) {
            written.add(store.write(tenant, evaluation, "").orElseThrow());
        }
        used.put(Step.WRITE, Used.now().since(begin));
        dynamo.take();

        begin = Used.now();
        ShardExport export = new ShardExport(table, state, FullClients.LAST, 0);
        export.add(new Evaluations.Outcome(written, written.size()));
        used.put(Step.EXPORT, Used.now().since(begin));
        return used;
    }

    public static void main(String[] args) {
        int clients = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        RefreshedClients refreshed = new RefreshedClients(clients);
        List<Map<Step, Used>> all = new ArrayList<>();
        for (int i = -WARM_UP; i < rounds; i++) {
            Map<Step, Used> used = refreshed.recalculate();
            if (i >= 0) {
                all.add(used);
            }
        }
        System.out.println("| a client, after 70 days | CPU, us: median (quartiles) | allocated, B |");
        System.out.println("|---|--:|--:|");
        for (Step step : Step.values()) {
            print(
                    step.toString(),
                    clients,
                    all.stream().map(used -> used.get(step)).toList());
        }
        print(
                "all of it",
                clients,
                all.stream()
                        .map(used -> used.values().stream().reduce(new Used(0, 0), Used::plus))
                        .toList());
    }

    private static void print(String what, int clients, List<Used> used) {
        double[] micros = used.stream()
                .mapToDouble(one -> one.nanos / 1e3 / clients)
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f (%.0f to %.0f) | %,d |%n",
                what,
                micros[micros.length / 2],
                micros[micros.length / 4],
                micros[3 * micros.length / 4],
                used.getLast().bytes / clients);
    }
}
