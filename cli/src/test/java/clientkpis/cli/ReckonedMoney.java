package clientkpis.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/// The money of a portfolio as the documentation defines it, reckoned from each client's MRR by day and nothing else.
final class ReckonedMoney {
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    private ReckonedMoney() {}

    /// A client that is in the portfolio on every day on which it has MRR.
    ///
    /// @param slices its value by field, such as `segment`
    /// @param mrr from each day on
    record Client(Map<String, String> slices, NavigableMap<LocalDate, BigDecimal> mrr) {
        BigDecimal at(LocalDate day) {
            Map.Entry<LocalDate, BigDecimal> last = mrr.floorEntry(day);
            return last == null ? BigDecimal.ZERO : last.getValue();
        }

        boolean hadAnyBefore(LocalDate day) {
            return mrr.headMap(day, false).values().stream().anyMatch(value -> value.signum() > 0);
        }

        boolean beganIn(YearMonth month) {
            return mrr.entrySet().stream()
                    .filter(entry -> entry.getValue().signum() > 0)
                    .findFirst()
                    .map(entry -> YearMonth.from(entry.getKey()).equals(month))
                    .orElse(false);
        }
    }

    /// `start`, the movements (those that take away are negative), `end`, `grr`, `nrr` and `logoChurn`, without what
    /// nothing divides; and how many `clientsStart` and `clientsChurned`.
    ///
    /// @param a the day from whose close it goes
    /// @param b to the close of this one
    static Map<String, BigDecimal> period(Collection<Client> clients, LocalDate a, LocalDate b) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        List.of("start", "new", "reactivation", "expansion", "contraction", "churn", "end", "clientsStart")
                .forEach(name -> sums.put(name, BigDecimal.ZERO));
        sums.put("clientsChurned", BigDecimal.ZERO);
        for (Client client : clients) {
            BigDecimal from = client.at(a);
            BigDecimal to = client.at(b);
            String movement = from.signum() == 0
                    ? client.hadAnyBefore(a) ? "reactivation" : "new"
                    : to.signum() == 0 ? "churn" : from.compareTo(to) < 0 ? "expansion" : "contraction";
            sums.merge("start", from, BigDecimal::add);
            sums.merge(movement, to.subtract(from), BigDecimal::add);
            sums.merge("end", to, BigDecimal::add);
            sums.merge("clientsStart", BigDecimal.valueOf(from.signum()), BigDecimal::add);
            sums.merge("clientsChurned", BigDecimal.valueOf(from.signum() * (1L - to.signum())), BigDecimal::add);
        }
        BigDecimal kept = sums.get("start").add(sums.get("contraction")).add(sums.get("churn"));
        percent(sums, "grr", kept, "start");
        percent(sums, "nrr", kept.add(sums.get("expansion")), "start");
        percent(sums, "logoChurn", sums.get("clientsChurned"), "clientsStart");
        return sums;
    }

    private static void percent(Map<String, BigDecimal> sums, String name, BigDecimal part, String of) {
        if (sums.get(of).signum() > 0) {
            sums.put(name, part.multiply(PERCENT).divide(sums.get(of), 2, RoundingMode.HALF_UP));
        }
    }
}
