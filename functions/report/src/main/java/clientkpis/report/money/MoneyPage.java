package clientkpis.report.money;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// What the page shows of the months that are closed.
final class MoneyPage {
    /// The newest months that the page shows.
    static final int MONTHS = 24;

    /// The values of a field that the page shows, those with the most MRR.
    private static final int VALUES = 25;

    private final NavigableMap<YearMonth, JsonNode> months;

    /// @param kept as [PeriodMoney#month] wrote them
    MoneyPage(NavigableMap<YearMonth, JsonNode> kept) {
        months = kept.size() <= MONTHS
                ? kept
                : kept.tailMap(List.copyOf(kept.navigableKeySet()).get(kept.size() - MONTHS), true);
    }

    ObjectNode json(ObjectNode last30, ObjectNode last12) {
        ObjectNode json = Json.object();
        ArrayNode totals = json.putArray("months");
        months.values().forEach(month -> totals.add(month.path("total")));
        slices(json.putArray("slices"));
        json.set("last30", last30);
        json.set("last12", last12);
        cohorts(json.putArray("cohorts"));
        return json;
    }

    /// By field, value and month.
    private void slices(ArrayNode json) {
        Map<String, Map<String, List<JsonNode>>> lines = new HashMap<>();
        for (JsonNode month : months.values()) {
            for (JsonNode line : month.path("slices")) {
                lines.computeIfAbsent(line.path("by").asText(), by -> new TreeMap<>(CodePoints.ORDER))
                        .computeIfAbsent(line.path("of").asText(), of -> new ArrayList<>())
                        .add(line);
            }
        }
        for (String dimension : PeriodMoney.DIMENSIONS) {
            Map<String, List<JsonNode>> values = lines.getOrDefault(dimension, Map.of());
            Set<String> largest = largest(values);
            values.forEach((value, own) -> {
                if (largest.contains(value)) {
                    json.addAll(own);
                }
            });
        }
    }

    private static Set<String> largest(Map<String, List<JsonNode>> values) {
        return new HashSet<>(values.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<JsonNode>> entry) -> sum(entry.getValue()))
                        .reversed())
                .limit(VALUES)
                .map(Map.Entry::getKey)
                .toList());
    }

    private static BigDecimal sum(Collection<JsonNode> lines) {
        return lines.stream()
                .map(line ->
                        line.path("start").decimalValue().add(line.path("end").decimalValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// What is left of those who first had MRR in a month, at the close of that month and of each one after it.
    private void cohorts(ArrayNode json) {
        if (months.isEmpty()) {
            return;
        }
        YearMonth last = months.lastKey();
        for (YearMonth first = months.firstKey(); !first.isAfter(last); first = first.plusMonths(1)) {
            ObjectNode cohort = Json.object().put("month", first.toString());
            ArrayNode clients = cohort.putArray("clients");
            ArrayNode mrr = cohort.putArray("mrr");
            boolean isThere = false;
            for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
                JsonNode left = left(month, first);
                isThere |= !left.isMissingNode();
                clients.add(left.path("clients").asLong());
                mrr.add(left.has("mrr") ? left.path("mrr").decimalValue() : BigDecimal.ZERO.setScale(2));
            }
            if (isThere) {
                json.add(cohort);
            }
        }
    }

    private JsonNode left(YearMonth month, YearMonth first) {
        JsonNode kept = months.get(month);
        if (kept != null) {
            for (JsonNode cohort : kept.path("cohorts")) {
                if (cohort.path("month").asText().equals(first.toString())) {
                    return cohort;
                }
            }
        }
        return MissingNode.getInstance();
    }
}
