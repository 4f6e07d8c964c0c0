package clientkpis.cli.rehearsal;

import clientkpis.cli.output.Terminal;
import clientkpis.cli.words.Words;
import clientkpis.kpi.Fraction;
import clientkpis.kpi.rehearsal.Population;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.backtest.AlertMeasures;
import clientkpis.kpi.rehearsal.backtest.ChurnMeasures;
import clientkpis.kpi.rehearsal.backtest.Comparison;
import clientkpis.kpi.rehearsal.backtest.Horizon;
import clientkpis.kpi.rehearsal.backtest.Measures;
import clientkpis.kpi.rehearsal.churn.Cause;
import clientkpis.kpi.rehearsal.move.Moves;
import clientkpis.kpi.rehearsal.statistic.Auc;
import clientkpis.kpi.rehearsal.statistic.Difference;
import clientkpis.kpi.rehearsal.statistic.Interval;
import clientkpis.kpi.rehearsal.statistic.Quartiles;
import clientkpis.kpi.rehearsal.statistic.Share;
import clientkpis.kpi.rehearsal.weights.Suggestion;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// What `kpis rehearse` prints: the answer of a rehearsal in some lines.
///
/// One class, because each line is one of the same few forms.
public record RehearsalText(PrintWriter to, Words words) {
    public void print(RehearsedExports rehearsed, List<String> notRehearsed, Path result, Path page) {
        Rehearsal rehearsal = rehearsed.rehearsal();
        to.println();
        line(
                words.say("run.days"),
                words.say(
                        "run.days_from_to",
                        rehearsal.period().days(),
                        rehearsal.period().first(),
                        rehearsal.period().last()));
        if (rehearsal.kind() != Rehearsal.Kind.OBSERVED) {
            to.println(words.say("rehearse.reconstructed", rehearsal.observedFrom()));
        }
        population(rehearsal.population());
        rehearsal.backtest().horizons().forEach(horizon -> horizon(horizon, rehearsal));
        to.println();
        Moves moves = rehearsal.moves();
        if (moves != null) {
            line(
                    words.say("rehearse.moves"),
                    words.say(
                            "rehearse.moves_are",
                            words.count(moved(moves.situations()), "count.other_situation"),
                            words.count(moved(moves.bands()), "count.other_band"),
                            words.number(moves.movedClients())));
        }
        line(words.say("rehearse.weights"), suggestion(rehearsal.suggestion()));
        if (!notRehearsed.isEmpty()) {
            line(words.say("rehearse.left_out"), words.say("rehearse.not_rehearsed", String.join(", ", notRehearsed)));
        }
        line(words.say("run.output"), result.toString());
        line(words.say("rehearse.page"), page.toString());
        for (RehearsedExports.Rejected file : rehearsed.rejected()) {
            line(
                    words.say("rehearse.rejected"),
                    words.say("rehearse.rejected_file", Terminal.safe(file.object()), file.reason()));
        }
        to.flush();
    }

    private static int moved(List<? extends Moves.Cell<?>> cells) {
        return cells.stream()
                .filter(cell -> !Objects.equals(cell.inForce(), cell.candidate()))
                .mapToInt(Moves.Cell::clients)
                .sum();
    }

    private void line(String what, String text) {
        to.printf(Locale.ROOT, "%-10s %s%n", what, text);
    }

    private void population(Population population) {
        line(
                words.say("rehearse.customers"),
                words.say(
                        "rehearse.customers_are",
                        words.number(population.customersToday()),
                        words.count(population.churns(), "count.churn"),
                        words.count(population.causes().getOrDefault(Cause.CANCELLED, 0), "count.cancelled"),
                        words.count(population.causes().getOrDefault(Cause.INACTIVE, 0), "count.became_inactive"),
                        words.count(population.causes().getOrDefault(Cause.LAPSED, 0), "count.lapsed"),
                        words.count(population.reactivations(), "count.came_back"),
                        words.count(population.lost(), "count.lost"),
                        words.count(population.undecided(), "count.undecided")));
    }

    private void horizon(Horizon horizon, Rehearsal rehearsal) {
        to.println();
        switch (horizon) {
            case Horizon.TooShort(int days, int needs) ->
                to.println(words.say(
                        "rehearse.too_short",
                        words.count(days, "count.day"),
                        words.count(needs, "count.day"),
                        words.number(rehearsal.period().days())));
            case Horizon.Measured measured -> {
                to.println(words.say("rehearse.within", words.count(measured.days(), "count.day")));
                inner(
                        words.say("rehearse.left"),
                        words.counted(
                                measured.baseRate().of(),
                                "rehearse.left_are",
                                share(measured.baseRate()),
                                words.count(measured.landmarks().size(), "count.date")));
                measures(words.say("rehearse.in_force"), measured.inForce());
                Measures candidate = measured.candidate();
                if (candidate != null) {
                    measures(words.say("rehearse.candidate"), candidate);
                }
                Comparison comparison = measured.comparison();
                if (comparison != null) {
                    inner(words.say("rehearse.comparison"), verdict(comparison));
                }
            }
        }
    }

    private void inner(String what, String text) {
        to.printf(Locale.ROOT, "  %-13s %s%n", what, text);
    }

    private void measures(String whose, Measures measures) {
        ChurnMeasures churns = measures.churns();
        AlertMeasures alerts = measures.alerts();
        Quartiles.Cuts lead = churns.leadDays().cuts();
        BigDecimal wrong = alerts.falsePer100ClientMonths();
        inner(
                whose,
                words.say("rehearse.warned", share(churns.recall()))
                        + (lead == null ? "" : words.say("rehearse.lead", words.count(lead.median(), "count.day"))));
        inner("", words.say("rehearse.alerted_anyway", share(alerts.alertedAnyway())));
        inner(
                "",
                words.say("rehearse.followed", share(alerts.precision()))
                        + (wrong == null ? "" : words.say("rehearse.false_alerts", decimal(wrong, 2))));
        inner("", auc(measures.auc()));
    }

    private String auc(Auc auc) {
        BigDecimal value = auc.value();
        Interval interval = auc.interval();
        return value == null || interval == null
                ? words.say(
                        "rehearse.auc_not_claimed",
                        words.count(auc.cases(), "count.churn"),
                        words.count(auc.controlClients(), "count.stayed"))
                : words.say("rehearse.auc", decimal(value, 2), decimal(interval.low(), 2), decimal(interval.high(), 2));
    }

    private String verdict(Comparison comparison) {
        Difference difference = comparison.aucDifference();
        String verdict = words.say(
                switch (difference.verdict()) {
                    case BETTER -> "rehearse.better";
                    case WORSE -> "rehearse.worse";
                    case NO_DIFFERENCE -> "rehearse.no_difference";
                    case NOT_ENOUGH -> "rehearse.not_enough";
                });
        return verdict + difference(difference);
    }

    private String difference(Difference difference) {
        BigDecimal value = difference.value();
        Interval interval = difference.interval();
        return value == null || interval == null
                ? ""
                : words.say(
                        "rehearse.difference",
                        decimal(value, 4),
                        decimal(interval.low(), 4),
                        decimal(interval.high(), 4));
    }

    private String suggestion(Suggestion suggestion) {
        return switch (suggestion) {
            case Suggestion.None(Suggestion.Reason reason) ->
                words.say(
                        switch (reason) {
                            case ONE_INDICATOR -> "rehearse.one_indicator";
                            case TOO_MANY_INDICATORS -> "rehearse.too_many_indicators";
                            case CIRCULAR_INDICATOR -> "rehearse.circular_indicator";
                            case TOO_FEW_CHURNS -> "rehearse.too_few_churns";
                        });
            case Suggestion.Weights weights ->
                words.say(
                                switch (weights.verdict()) {
                                    case KEEP -> "rehearse.keep";
                                    case HOLDS -> "rehearse.holds";
                                    case DOES_NOT_HOLD -> "rehearse.does_not_hold";
                                },
                                weights.weights().stream()
                                        .map(weight -> weight.name() + " "
                                                + words.numbers().plain(weight.suggested()))
                                        .collect(Collectors.joining(", ")))
                        + (weights.verdict() == Suggestion.Verdict.KEEP ? "" : difference(weights.difference()));
        };
    }

    /// `9 of 14 (64.3 %, 38.8 to 83.7 %)`; of fewer than ten only the counts.
    private String share(Share share) {
        String counts = words.say("rehearse.share", words.number(share.count()), words.number(share.of()));
        Interval interval = share.interval();
        return interval == null
                ? counts
                : counts
                        + words.say(
                                "rehearse.share_claimed",
                                decimal(
                                        Fraction.of(100 * share.count(), share.of())
                                                .rounded(1),
                                        1),
                                decimal(interval.low().movePointRight(2), 1),
                                decimal(interval.high().movePointRight(2), 1));
    }

    private String decimal(BigDecimal number, int scale) {
        return words.numbers().number(number, scale);
    }
}
