package clientkpis.kpi.rehearsal;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.NaiveChurn.Left;
import clientkpis.kpi.rehearsal.RandomPortfolio.Client;
import clientkpis.kpi.rehearsal.RandomPortfolio.Day;
import clientkpis.kpi.rehearsal.RandomPortfolio.Judgement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The backtest of one configuration, straight from the text, in doubles: every pair is looked at.
final class NaiveBacktest {
    record Observation(Client client, int landmark, boolean churned, List<Judgement> judged) {}

    final Map<String, @Nullable Double> members = new TreeMap<>();
    private final NaivePairs pairs = new NaivePairs(members);
    private final RandomPortfolio portfolio;
    private final NaiveChurn churn;
    private final int end;
    private static final int E = 59;

    NaiveBacktest(RandomPortfolio portfolio) {
        this.portfolio = portfolio;
        churn = new NaiveChurn(portfolio);
        end = portfolio.days - 1;
    }

    private boolean isRisk(Client client, int d, int which) {
        Day day = d < 0 ? null : client.days().get(d);
        return day != null && day.judged[which].situation == Situation.RISK;
    }

    private boolean alert(Client client, int d, int which) {
        return churn.customer(client, d) && isRisk(client, d, which) && !isRisk(client, d - 1, which);
    }

    private List<Integer> alerts(Client client, int from, int to, int which) {
        return IntStream.rangeClosed(Math.max(0, from), Math.min(to, end))
                .filter(d -> alert(client, d, which))
                .boxed()
                .toList();
    }

    List<Observation> observations(int h) {
        List<Observation> all = new ArrayList<>();
        int unknown = 0;
        for (int l = end - h; l >= E; l -= h) {
            for (Client client : portfolio.clients) {
                Day day = client.days().get(l);
                if (day != null && churn.customer(client, l)) {
                    String within = churn.within(client, l, h);
                    if (within.equals("unknown")) {
                        unknown++;
                    } else {
                        all.add(new Observation(client, l, within.equals("churned"), List.of(day.judged)));
                    }
                }
            }
        }
        members.put("undecided", (double) unknown);
        return all;
    }

    private void share(String name, long count, long of) {
        members.put(name + ".count", (double) count);
        members.put(name + ".of", (double) of);
        members.put(name + ".value", of < 10 ? null : (double) count / of);
    }

    private static @Nullable Double lift(long count, long of, long baseCount, long baseOf) {
        return of < 10 || baseOf < 10 || baseCount == 0 ? null : (double) count / of / ((double) baseCount / baseOf);
    }

    void horizon(int h, int which) {
        List<Observation> all = observations(h);
        long churned = all.stream().filter(Observation::churned).count();
        share("baseRate", churned, all.size());
        alerts(h, which, all, churned);
        churns(h, which);
        for (String band : List.of("red", "yellow", "green", "none")) {
            List<Observation> in = all.stream()
                    .filter(o -> o.judged.get(which).band().equals(band))
                    .toList();
            long gone = in.stream().filter(Observation::churned).count();
            share(band, gone, in.size());
            members.put(band + ".lift", lift(gone, in.size(), churned, all.size()));
            members.put(band + ".mrr", mrr(in));
            members.put(
                    band + ".mrrChurned",
                    mrr(in.stream().filter(Observation::churned).toList()));
        }
        members.put("unscored", (double)
                all.stream().filter(o -> o.judged.get(which).score == null).count());
        pairs.auc("auc", all, o -> o.judged.get(which).score);
        pairs.capture(all, which);
        for (int i = 0; i < RandomPortfolio.FIELDS.size(); i++) {
            int indicator = i;
            pairs.auc("indicator" + i, all, o -> o.judged.get(which).points[indicator]);
            List<Observation> missing = all.stream()
                    .filter(o -> o.judged.get(which).points[indicator] == null)
                    .toList();
            share("missing" + i, missing.size(), all.size());
            share(
                    "churnedWhereMissing" + i,
                    missing.stream().filter(Observation::churned).count(),
                    missing.size());
            pairs.difference(
                    "helps" + i, all, o -> o.judged.get(which).score, o -> o.judged.get(which).without[indicator]);
        }
    }

    private static double mrr(List<Observation> all) {
        double sum = 0;
        for (Observation one : all) {
            BigDecimal mrr = Objects.requireNonNull(one.client.days().get(one.landmark)).mrr;
            sum += mrr == null ? 0 : mrr.doubleValue();
        }
        return sum;
    }

    private void alerts(int h, int which, List<Observation> observations, long churned) {
        int all = 0;
        int repeats = 0;
        int undecided = 0;
        int counted = 0;
        int followed = 0;
        int customerDays = 0;
        for (Client client : portfolio.clients) {
            List<Integer> those = new ArrayList<>();
            for (int d = E; d <= end - h; d++) {
                customerDays += churn.customer(client, d) ? 1 : 0;
                int day = d;
                if (alert(client, d, which)) {
                    all++;
                    String within = churn.within(client, d, h);
                    if (those.stream().anyMatch(c -> day - c <= h)) {
                        repeats++;
                    } else if (within.equals("unknown")) {
                        undecided++;
                    } else {
                        those.add(d);
                        counted++;
                        followed += within.equals("churned") ? 1 : 0;
                    }
                }
            }
        }
        members.put("all", (double) all);
        members.put("repeats", (double) repeats);
        members.put("undecidedAlerts", (double) undecided);
        share("precision", followed, counted);
        members.put("lift", lift(followed, counted, churned, observations.size()));
        members.put("false", customerDays == 0 ? null : 3000.0 * (counted - followed) / customerDays);
        List<Observation> stayed = observations.stream().filter(o -> !o.churned).toList();
        share(
                "alertedAnyway",
                stayed.stream()
                        .filter(o -> !alerts(o.client, o.landmark, o.landmark + h - 1, which)
                                .isEmpty())
                        .count(),
                stayed.size());
    }

    private void churns(int h, int which) {
        List<Left> churns = churn.churns().stream().filter(x -> x.x() >= E + h).toList();
        List<Integer> leads = new ArrayList<>();
        double mrr = 0;
        double caught = 0;
        double squares = 0;
        int scored = 0;
        int green = 0;
        int neverRed = 0;
        Map<String, Double> before = new HashMap<>();
        int risk = 0;
        for (Left one : churns) {
            List<Integer> alerts = alerts(one.client(), Math.max(one.x() - h, one.since()), one.x() - 1, which);
            mrr += one.mrr().doubleValue();
            squares += one.mrr().doubleValue() * one.mrr().doubleValue();
            if (!alerts.isEmpty()) {
                leads.add(one.x() - alerts.getFirst());
                caught += one.mrr().doubleValue();
            }
            Set<String> bands = new HashSet<>();
            for (int d = one.x() - h; d < one.x(); d++) {
                Day day = one.client().days().get(d);
                if (day != null && churn.customer(one.client(), d) && day.judged[which].score != null) {
                    bands.add(day.judged[which].band());
                }
            }
            scored += bands.isEmpty() ? 0 : 1;
            green += bands.equals(Set.of("green")) ? 1 : 0;
            neverRed += !bands.isEmpty() && !bands.contains("red") ? 1 : 0;
            Day then = one.client().days().get(one.x() - h);
            String band =
                    then == null || !churn.customer(one.client(), one.x() - h) ? "notYet" : then.judged[which].band();
            before.merge(band, 1.0, Double::sum);
            risk += isRisk(one.client(), one.x() - 1, which) ? 1 : 0;
        }
        share("recall", leads.size(), churns.size());
        share("atRisk", risk, churns.size());
        share("greenUntilChurn", green, scored);
        share("neverRed", neverRed, scored);
        for (String band : List.of("red", "yellow", "green", "none", "notYet")) {
            members.put("before." + band, before.getOrDefault(band, 0.0));
        }
        members.put("mrr", mrr);
        members.put("mrrCaught", caught);
        members.put("mrrRecall", churns.size() < 10 || mrr == 0 ? null : caught / mrr);
        members.put("mrrEffective", mrr == 0 ? null : mrr * mrr / squares);
        leads.sort(null);
        int n = leads.size();
        members.put("q1", n < 10 ? null : (double) leads.get((int) Math.ceil(n / 4.0) - 1));
        members.put("median", n < 10 ? null : (double) leads.get((int) Math.ceil(n / 2.0) - 1));
        members.put("q3", n < 10 ? null : (double) leads.get((int) Math.ceil(3 * n / 4.0) - 1));
    }

    /// Of each case, newest first, what is shown of it before.
    List<String> cases(int longest, int which) {
        return churn.churns().stream()
                .sorted(Comparator.comparingInt((Left one) -> -one.x())
                        .thenComparing(one -> one.client().id()))
                .limit(200)
                .map(one -> {
                    Map<Integer, String> bands = new TreeMap<>();
                    for (int before : new int[] {1, 30, 60, 90}) {
                        if (churn.customer(one.client(), one.x() - before)) {
                            bands.put(
                                    before,
                                    Objects.requireNonNull(one.client().days().get(one.x() - before))
                                            .judged[which]
                                            .band());
                        }
                    }
                    List<Integer> alerts =
                            alerts(one.client(), Math.max(one.x() - longest, one.since()), one.x() - 1, which);
                    return one.client().id() + " " + RandomPortfolio.FIRST.plusDays(one.x()) + " " + one.cause() + " "
                            + RandomPortfolio.FIRST.plusDays(one.since()) + " " + one.mrr() + " " + bands + " "
                            + (alerts.isEmpty() ? "-" : one.x() - alerts.getFirst());
                })
                .toList();
    }

    void workload(int which) {
        long alerts = 0;
        long withCs = 0;
        long customerDays = 0;
        long csDays = 0;
        for (int d = E; d <= end; d++) {
            Set<String> cs = new HashSet<>();
            for (Client client : portfolio.clients) {
                Day day = client.days().get(d);
                if (day != null && churn.customer(client, d)) {
                    customerDays++;
                    boolean alert = alert(client, d, which);
                    alerts += alert ? 1 : 0;
                    if (day.cs != null) {
                        cs.add(day.cs);
                        withCs += alert ? 1 : 0;
                    }
                }
            }
            csDays += cs.size();
        }
        members.put("workload.alerts", (double) alerts);
        members.put("workload.per100", customerDays == 0 ? null : 3000.0 * alerts / customerDays);
        members.put("workload.perCs", csDays == 0 ? null : 7.0 * withCs / csDays);
    }
}
