package clientkpis.report.money;

import clientkpis.export.Close;
import clientkpis.export.ClosedClient;
import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.money.Movement;
import clientkpis.kpi.money.Movements;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The movements of a period, from the close of one day to the close of a later one: of the portfolio, of each slice of
/// it, and how much of each cohort is left at its end.
final class PeriodMoney {
    /// The fields by which the portfolio is cut.
    static final List<String> DIMENSIONS = List.of("cs", "segment", "plan", "size");

    /// A field that has more values than this cuts nothing; the values beyond share one slice.
    static final int VALUES = 1_000;

    private static final String OTHERS = "*";

    private final LocalDate start;
    private final int from;
    private final int to;
    private final Movements total = new Movements();
    private final List<SortedMap<String, Movements>> slices =
            DIMENSIONS.stream().map(d -> emptySlices()).toList();
    private final SortedMap<YearMonth, Cohort> cohorts = new TreeMap<>();

    private static final class Cohort {
        private long clients;
        private BigDecimal mrr = BigDecimal.ZERO.setScale(2);
    }

    private static SortedMap<String, Movements> emptySlices() {
        return new TreeMap<>(CodePoints.ORDER);
    }

    /// @param start the day at whose close the period begins
    /// @param from the place of its close
    /// @param to the place of the close that ends it
    PeriodMoney(LocalDate start, int from, int to) {
        this.start = start;
        this.from = from;
        this.to = to;
    }

    /// Adds a client. It is counted in the slices of the end, or, when it churned, in those of the start, so that a
    /// client who changes its CS moves no money.
    void add(List<Close> closes) {
        Close first = closes.get(from);
        Close last = closes.get(to);
        ClosedClient client = last.mrr().signum() > 0 ? last.client() : first.client();
        if (client == null || (first.mrr().signum() == 0 && last.mrr().signum() == 0)) {
            return;
        }
        LocalDate firstMrrOn = last.client() == null ? null : last.client().firstMrrOn();
        Movement movement = Movement.of(first.mrr(), last.mrr(), firstMrrOn != null && firstMrrOn.isBefore(start));
        total.add(first.mrr(), last.mrr(), movement);
        slice(0, client.cs()).add(first.mrr(), last.mrr(), movement);
        slice(1, client.segment()).add(first.mrr(), last.mrr(), movement);
        slice(2, client.plan()).add(first.mrr(), last.mrr(), movement);
        slice(3, client.size()).add(first.mrr(), last.mrr(), movement);
        if (last.mrr().signum() > 0 && firstMrrOn != null) {
            Cohort cohort = cohorts.computeIfAbsent(YearMonth.from(firstMrrOn), m -> new Cohort());
            cohort.clients++;
            cohort.mrr = cohort.mrr.add(last.mrr());
        }
    }

    private Movements slice(int dimension, @Nullable String value) {
        SortedMap<String, Movements> values = slices.get(dimension);
        String of = Objects.requireNonNullElse(value, "");
        Movements known = values.get(of);
        return known != null
                ? known
                : values.computeIfAbsent(values.size() < VALUES ? of : OTHERS, v -> new Movements());
    }

    ObjectNode total() {
        return line(Json.object(), total);
    }

    /// A closed month, as it is kept.
    ObjectNode month(Month month) {
        ObjectNode json = Json.object()
                .put("month", month.month().toString())
                .put("from", month.from().toString())
                .put("to", month.to().toString());
        json.set("total", line(lineOf(month), total));
        ArrayNode cut = json.putArray("slices");
        for (int i = 0; i < DIMENSIONS.size(); i++) {
            for (Map.Entry<String, Movements> slice : slices.get(i).entrySet()) {
                cut.add(line(lineOf(month), slice.getValue())
                        .put("by", DIMENSIONS.get(i))
                        .put("of", slice.getKey()));
            }
        }
        ArrayNode kept = json.putArray("cohorts");
        cohorts.forEach((first, cohort) -> kept.addObject()
                .put("month", first.toString())
                .put("clients", cohort.clients)
                .put("mrr", cohort.mrr));
        return json;
    }

    private static ObjectNode lineOf(Month month) {
        return Json.object().put("month", month.month().toString());
    }

    private static ObjectNode line(ObjectNode line, Movements movements) {
        line.put("start", movements.start());
        for (Movement movement : Movement.values()) {
            line.put(movement.label(), movements.amount(movement));
        }
        line.put("end", movements.end());
        put(line, "grr", movements.grossRetention());
        put(line, "nrr", movements.netRetention());
        line.put("clientsStart", movements.clientsStart()).put("clientsChurned", movements.clientsChurned());
        put(line, "logoChurn", movements.logoChurn());
        return line;
    }

    private static void put(ObjectNode line, String name, @Nullable BigDecimal rate) {
        if (rate != null) {
            line.put(name, rate);
        }
    }
}
