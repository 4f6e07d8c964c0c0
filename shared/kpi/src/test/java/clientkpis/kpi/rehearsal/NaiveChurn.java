package clientkpis.kpi.rehearsal;

import clientkpis.kpi.rehearsal.RandomPortfolio.Client;
import clientkpis.kpi.rehearsal.RandomPortfolio.Day;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Churn, sentence by sentence, one day after the other, without any thought of speed.
final class NaiveChurn {
    record Left(Client client, int x, String cause, int since, BigDecimal mrr) {}

    private final RandomPortfolio portfolio;
    private final boolean mrrAsked;
    private final int end;

    NaiveChurn(RandomPortfolio portfolio) {
        this.portfolio = portfolio;
        end = portfolio.days - 1;
        mrrAsked = portfolio.clients.stream()
                .flatMap(client -> client.days().stream())
                .anyMatch(day -> day != null && day.mrr != null);
    }

    boolean customer(Client client, int d) {
        Day day = d < 0 || d > end ? null : client.days().get(d);
        if (day == null || day.inactive || (day.notice != null && day.notice <= d)) {
            return false;
        }
        return !mrrAsked || (day.mrr != null && day.mrr.signum() > 0);
    }

    boolean formerCustomer(Client client, int d) {
        for (int before = 0; before < d; before++) {
            if (customer(client, before)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a day belongs to a spell.
    private boolean inSpell(Client client, int d) {
        if (d < 0) {
            return false;
        }
        return client.days().get(d) == null
                ? inSpell(client, d - 1)
                : !customer(client, d) && formerCustomer(client, d);
    }

    /// First and last days.
    private List<int[]> spells(Client client) {
        List<int[]> spells = new ArrayList<>();
        for (int d = 0; d <= end; d++) {
            if (inSpell(client, d)) {
                if (inSpell(client, d - 1)) {
                    spells.getLast()[1] = d;
                } else {
                    spells.add(new int[] {d, d});
                }
            }
        }
        return spells;
    }

    private boolean isChurn(Client client, int[] spell) {
        if (spell[1] - spell[0] + 1 >= 30) {
            return true;
        }
        int last = spell[1];
        while (client.days().get(last) == null) {
            last--;
        }
        Day day = Objects.requireNonNull(client.days().get(last));
        return spell[1] == end && (day.inactive || (day.notice != null && day.notice <= last));
    }

    List<Left> churns(Client client) {
        List<Left> churns = new ArrayList<>();
        int after = 0;
        for (int[] spell : spells(client)) {
            if (isChurn(client, spell)) {
                int since = after;
                while (!customer(client, since)) {
                    since++;
                }
                List<Day> days = client.days().subList(spell[0], spell[1] + 1).stream()
                        .filter(Objects::nonNull)
                        .toList();
                int x = spell[0];
                Integer told = days.stream()
                        .map(day -> day.notice)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
                if (told != null && told < x && told > since) {
                    x = told;
                }
                int last = x - 1;
                while (!customer(client, last)) {
                    last--;
                }
                BigDecimal mrr = Objects.requireNonNull(client.days().get(last)).mrr;
                churns.add(new Left(
                        client,
                        x,
                        told != null
                                ? "cancelled"
                                : days.stream().anyMatch(day -> day.inactive) ? "inactive" : "lapsed",
                        since,
                        mrr == null ? BigDecimal.ZERO : mrr));
                after = spell[1] + 1;
            }
        }
        return churns;
    }

    /// The day from which on nothing is known; null if everything is.
    @Nullable
    Integer unknownFrom(Client client) {
        if (!formerCustomer(client, end + 1)) {
            return null;
        }
        List<int[]> spells = spells(client);
        if (!spells.isEmpty() && spells.getLast()[1] == end) {
            return isChurn(client, spells.getLast()) ? null : Integer.valueOf(spells.getLast()[0]);
        }
        int d = end;
        while (client.days().get(d) == null) {
            d--;
        }
        return d == end ? null : Integer.valueOf(d + 1);
    }

    /// `churned`, `unknown` or `stayed`.
    String within(Client client, int d, int h) {
        if (churns(client).stream().anyMatch(left -> d < left.x && left.x <= d + h)) {
            return "churned";
        }
        Integer unknown = unknownFrom(client);
        return unknown != null && unknown <= d + h ? "unknown" : "stayed";
    }

    List<Left> churns() {
        return portfolio.clients.stream()
                .flatMap(client -> churns(client).stream())
                .toList();
    }
}
