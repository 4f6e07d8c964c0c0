package clientkpis.refresh;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.tables.ClientField;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Clients with every field that a table gives, after days in which each upload and each recalculation changed them.
final class FullClients {
    static final LocalDate LAST = LocalDate.of(2026, 9, 30);
    static final Configuration.Active STANDARD =
            new Configuration.Active(0, LocalDate.of(2026, 6, 1), Configuration.DEFAULT);

    private static final int DAYS = 70;
    private static final int BETWEEN_UPLOADS = 7;

    private final SplittableRandom random = new SplittableRandom(1);

    /// As many clients as that, as they are in the evening of [#LAST], before its recalculation.
    static List<Client> of(int clients) {
        FullClients made = new FullClients();
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(made.client("%014d".formatted(i)));
        }
        return all;
    }

    /// An Engagement Score.
    static BigDecimal engagement(int hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }

    private Client client(String clientId) {
        Client client = Client.unknown(clientId);
        for (int back = DAYS; back >= 0; back--) {
            LocalDate day = LAST.minusDays(back);
            if (back % BETWEEN_UPLOADS == 0) {
                client = client.uploaded(day, facets(day), STANDARD, new Cause.Upload("billing", upload(day)))
                        .client();
            }
            if (back > 0) {
                client = client.recalculated(
                                day, engagement(random.nextInt(-10_000, 10_001)), STANDARD, new Cause.Daily())
                        .client();
            }
        }
        return client;
    }

    private static String upload(LocalDate day) {
        return day.toString().replace("-", "") + "T201500-0123456789-padaria.csv";
    }

    private Map<String, Client.Facet> facets(LocalDate day) {
        Map<String, Client.Facet> facets = new TreeMap<>();
        for (TableSchema table : Tables.load().all()) {
            Map<String, Timeline> timelines = new HashMap<>();
            for (ClientField field : table.clientFields()) {
                timelines.put(field.name(), timeline(field, day));
            }
            // What is set by hand is rare.
            if (!timelines.isEmpty() && !table.name().equals(Cause.Override.TABLE)) {
                facets.put(table.name(), new Client.Facet(day.toEpochDay(), upload(day), timelines));
            }
        }
        return facets;
    }

    /// What is counted changes in the days to come; everything else stays.
    private Timeline timeline(ClientField field, LocalDate day) {
        Map<LocalDate, Value> values = new TreeMap<>(Map.of(day, value(field, day)));
        if (field.type() == ClientField.Type.INTEGER) {
            for (int i = random.nextInt(4); i > 0; i--) {
                values.put(day.plusDays(random.nextInt(1, 30)), value(field, day));
            }
        }
        return Timeline.of(values);
    }

    private Value value(ClientField field, LocalDate day) {
        return switch (field.type()) {
            case TEXT -> new Value.Text(field.name().equals("status") ? "active" : "Padaria " + random.nextInt(100));
            case MONEY -> new Value.Number(BigDecimal.valueOf(random.nextLong(100, 1_000_000), 2));
            case NUMBER -> new Value.Number(BigDecimal.valueOf(random.nextLong(10_000), scale(field)));
            case INTEGER -> Value.Number.of(field.name().equals("nps") ? random.nextInt(-100, 101) : random.nextInt(7));
            case DATE -> new Value.Day(day.plusDays(random.nextInt(10, 300)));
            case DAYS -> new Value.Countdown(day.plusDays(random.nextInt(10, 300)));
        };
    }

    private static int scale(ClientField field) {
        Integer scale = field.scale();
        return scale == null ? 0 : scale;
    }
}
