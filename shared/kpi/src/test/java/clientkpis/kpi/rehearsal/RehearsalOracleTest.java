package clientkpis.kpi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.kpi.rehearsal.backtest.AlertMeasures;
import clientkpis.kpi.rehearsal.backtest.BandMeasure;
import clientkpis.kpi.rehearsal.backtest.ChurnCase;
import clientkpis.kpi.rehearsal.backtest.ChurnMeasures;
import clientkpis.kpi.rehearsal.backtest.Comparison;
import clientkpis.kpi.rehearsal.backtest.Horizon;
import clientkpis.kpi.rehearsal.backtest.IndicatorMeasure;
import clientkpis.kpi.rehearsal.backtest.Measures;
import clientkpis.kpi.rehearsal.backtest.Workload;
import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Interval;
import clientkpis.kpi.rehearsal.statistic.Quartiles;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// Every member of a rehearsal beside what a naive reading of the text gives, on portfolios of chance.
class RehearsalOracleTest {
    private static final List<Integer> HORIZONS = List.of(7, 15, 30);

    @Property(tries = 60)
    void everyMemberIsThatOfTheText(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size, @ForAll boolean hasMrr) {
        Random random = new Random(seed);
        RandomPortfolio portfolio = new RandomPortfolio(random, size, 60 + random.nextInt(120), hasMrr, false);
        Past past = portfolio.past(random, 0, true);
        Rehearsal rehearsal = rehearse(portfolio, past, 0);

        population(portfolio, rehearsal.population());
        assertThat(rehearsal.backtest().cases().stream()
                        .map(one -> shown(one, one.inForce()))
                        .toList())
                .isEqualTo(new NaiveBacktest(portfolio).cases(30, 0));
        assertThat(rehearsal.backtest().cases().stream()
                        .map(one -> shown(one, Objects.requireNonNull(one.candidate())))
                        .toList())
                .isEqualTo(new NaiveBacktest(portfolio).cases(30, 1));
        for (Horizon horizon : rehearsal.backtest().horizons()) {
            if (horizon instanceof Horizon.TooShort tooShort) {
                assertThat(portfolio.days).isLessThan(tooShort.needs());
                assertThat(tooShort.needs()).isEqualTo(60 + tooShort.days());
                continue;
            }
            Horizon.Measured measured = (Horizon.Measured) horizon;
            assertThat(portfolio.days).isGreaterThanOrEqualTo(60 + measured.days());
            compare(
                    portfolio,
                    measured,
                    0,
                    measured.inForce(),
                    rehearsal.backtest().inForceWorkload());
            compare(
                    portfolio,
                    measured,
                    1,
                    measured.candidate(),
                    rehearsal.backtest().candidateWorkload());
            comparison(portfolio, measured);
        }
    }

    static Rehearsal rehearse(RandomPortfolio portfolio, Past past, int first) {
        return Rehearsal.of(
                past,
                new Rehearsal.Question(
                        HORIZONS, RandomPortfolio.FIRST, 0, portfolio.scoring(first), portfolio.scoring(1 - first)));
    }

    private static String shown(ChurnCase one, ChurnCase.Before before) {
        Map<Integer, String> bands = new TreeMap<>();
        before.bandBefore()
                .forEach((days, band) -> bands.put(days, band.map(Band::label).orElse("none")));
        return one.clientId() + " " + one.day() + " " + one.cause().label() + " " + one.since() + " "
                + (one.mrr() == null ? "0" : one.mrr()) + " " + bands + " "
                + (before.leadDays() == null ? "-" : before.leadDays());
    }

    private static void population(RandomPortfolio portfolio, Population population) {
        NaiveChurn churn = new NaiveChurn(portfolio);
        int end = portfolio.days - 1;
        List<NaiveChurn.Left> churns = churn.churns();
        assertThat(population.clients()).isEqualTo(portfolio.clients.size());
        assertThat(population.customersToday()).isEqualTo((int) portfolio.clients.stream()
                .filter(client -> churn.customer(client, end))
                .count());
        assertThat(population.neverCustomers()).isEqualTo((int) portfolio.clients.stream()
                .filter(client -> !churn.formerCustomer(client, end + 1))
                .count());
        assertThat(population.churns()).isEqualTo(churns.size());
        for (Cause cause : Cause.values()) {
            assertThat(population.causes().get(cause)).isEqualTo((int) churns.stream()
                    .filter(left -> left.cause().equals(cause.label()))
                    .count());
        }
        assertThat(population.lost() + population.undecided()).isEqualTo((int) portfolio.clients.stream()
                .filter(client -> churn.unknownFrom(client) != null)
                .count());
        assertThat(population.mrrChurned())
                .isEqualByComparingTo(
                        churns.stream().map(NaiveChurn.Left::mrr).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static void compare(
            RandomPortfolio portfolio,
            Horizon.Measured horizon,
            int which,
            @Nullable Measures measures,
            @Nullable Workload workload) {
        assertThat(measures).isNotNull();
        assertThat(workload).isNotNull();
        Map<String, @Nullable Object> members = new TreeMap<>();
        share(members, "baseRate", horizon.baseRate());
        members.put("undecided", horizon.undecided());
        alerts(members, measures.alerts());
        churns(members, measures.churns());
        for (BandMeasure band : measures.bands()) {
            Band of = band.band();
            String name = of == null ? "none" : of.label();
            share(members, name, band.churned());
            members.put(name + ".lift", band.lift());
            members.put(name + ".mrr", band.mrr());
            members.put(name + ".mrrChurned", band.mrrChurned());
        }
        auc(members, "auc", measures.auc());
        members.put("unscored", measures.unscored());
        for (int percent : new int[] {5, 10, 20}) {
            members.put(
                    "capture" + percent,
                    measures.capture() == null ? null : measures.capture().get(percent));
        }
        for (int i = 0; i < RandomPortfolio.FIELDS.size(); i++) {
            IndicatorMeasure indicator = measures.indicators().get(i);
            auc(members, "indicator" + i, indicator.auc());
            share(members, "missing" + i, indicator.missing());
            share(members, "churnedWhereMissing" + i, indicator.churnedWhereMissing());
            difference(members, "helps" + i, indicator.helps());
        }
        members.put("workload.alerts", workload.alerts());
        members.put("workload.per100", workload.per100ClientMonths());
        members.put("workload.perCs", workload.perCsAndWeek());
        NaiveBacktest naive = new NaiveBacktest(portfolio);
        naive.horizon(horizon.days(), which);
        naive.workload(which);
        assertEqual(members, naive.members);
    }

    private static void comparison(RandomPortfolio portfolio, Horizon.Measured horizon) {
        Comparison comparison = horizon.comparison();
        assertThat(comparison).isNotNull();
        Map<String, @Nullable Object> members = new TreeMap<>();
        difference(members, "difference", comparison.aucDifference());
        List<NaiveBacktest.Observation> all = new NaiveBacktest(portfolio).observations(horizon.days());
        Map<String, @Nullable Double> naive = new TreeMap<>();
        new NaivePairs(naive)
                .difference(
                        "difference",
                        all,
                        o -> o.judged().get(1).score,
                        o -> o.judged().get(0).score);
        assertEqual(members, naive);
        assertThat(comparison.caughtByBoth() + comparison.caughtOnlyByCandidate())
                .isEqualTo((int) horizon.candidate().churns().recall().count());
        assertThat(comparison.caughtByBoth() + comparison.caughtOnlyByInForce())
                .isEqualTo((int) horizon.inForce().churns().recall().count());
    }

    private static void assertEqual(Map<String, @Nullable Object> members, Map<String, @Nullable Double> naive) {
        members.forEach((name, member) -> {
            Double other = naive.get(name);
            if (member == null || other == null) {
                assertThat(member).as(name).isNull();
                assertThat(other).as(name).isNull();
                return;
            }
            BigDecimal number = member instanceof BigDecimal decimal ? decimal : new BigDecimal(member.toString());
            double half = 0.5 * Math.pow(10, -number.scale());
            assertThat(Math.abs(number.doubleValue() - other))
                    .as("%s: %s beside %s", name, member, other)
                    .isLessThanOrEqualTo(half + 6e-6);
        });
        assertThat(members.keySet())
                .containsAll(naive.keySet().stream()
                        .filter(name -> !name.endsWith(".se"))
                        .toList());
    }

    private static void alerts(Map<String, @Nullable Object> members, AlertMeasures alerts) {
        members.put("all", alerts.all());
        members.put("repeats", alerts.repeats());
        members.put("undecidedAlerts", alerts.undecided());
        share(members, "precision", alerts.precision());
        share(members, "alertedAnyway", alerts.alertedAnyway());
        members.put("lift", alerts.lift());
        members.put("false", alerts.falsePer100ClientMonths());
    }

    private static void churns(Map<String, @Nullable Object> members, ChurnMeasures churns) {
        share(members, "recall", churns.recall());
        share(members, "atRisk", churns.atRiskTheDayBefore());
        share(members, "greenUntilChurn", churns.greenUntilChurn());
        share(members, "neverRed", churns.neverRed());
        members.put("before.red", churns.bandBefore().red());
        members.put("before.yellow", churns.bandBefore().yellow());
        members.put("before.green", churns.bandBefore().green());
        members.put("before.none", churns.bandBefore().none());
        members.put("before.notYet", churns.bandBefore().notYet());
        members.put("mrr", churns.mrr());
        members.put("mrrCaught", churns.mrrCaught());
        members.put("mrrRecall", churns.mrrRecall());
        members.put("mrrEffective", churns.mrrEffective());
        Quartiles.Cuts cuts = churns.leadDays().cuts();
        members.put("q1", cuts == null ? null : cuts.q1());
        members.put("median", cuts == null ? null : cuts.median());
        members.put("q3", cuts == null ? null : cuts.q3());
    }

    private static void share(Map<String, @Nullable Object> members, String name, Share share) {
        members.put(name + ".count", share.count());
        members.put(name + ".of", share.of());
        members.put(name + ".value", share.value());
        BigDecimal value = share.value();
        Interval interval = share.interval();
        if (value != null && interval != null) {
            // Wilson's ends p are where (p - value)^2 = z^2 p (1 - p) / n.
            for (BigDecimal end : List.of(interval.low(), interval.high())) {
                double p = end.doubleValue();
                double off = Math.pow(p - (double) share.count() / share.of(), 2) - 3.8416 * p * (1 - p) / share.of();
                assertThat(Math.abs(off)).isLessThan(4e-4);
            }
            assertThat(value).isBetween(interval.low(), interval.high());
            assertThat(value.setScale(4, RoundingMode.HALF_UP)).isEqualTo(value);
        }
    }

    private static void auc(Map<String, @Nullable Object> members, String name, Auc auc) {
        members.put(name + ".cases", auc.cases());
        members.put(name + ".controlClients", auc.controlClients());
        members.put(name, auc.value());
        Interval interval = auc.interval();
        if (interval != null) {
            members.put(name + ".low", interval.low());
            members.put(name + ".high", interval.high());
        }
    }

    private static void difference(Map<String, @Nullable Object> members, String name, Difference difference) {
        members.put(name, difference.value());
        Interval interval = difference.interval();
        members.put(name + ".low", interval == null ? null : interval.low());
        members.put(name + ".high", interval == null ? null : interval.high());
    }
}
