package clientkpis.kpi.client;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's situation (*Situação*).
public enum Situation {
    RISK,
    OPPORTUNITY,
    NEUTRAL;

    public String label() {
        return switch (this) {
            case RISK -> "risk";
            case OPPORTUNITY -> "opportunity";
            case NEUTRAL -> "neutral";
        };
    }

    public static Situation labelled(String label) {
        for (Situation situation : values()) {
            if (situation.label().equals(label)) {
                return situation;
            }
        }
        throw new IllegalArgumentException("No situation " + label);
    }

    /// One side of a comparison.
    ///
    /// @param what `mean60`, `mean7`, `value`, `band` or a constant's name
    /// @param value as shown; null when there is none
    /// @param sum of a mean: its days' values, in hundredths; null for other operands
    /// @param days of a mean: how many days have a value
    public record Operand(
            String what,
            @Nullable String value,
            @Nullable Long sum,
            @Nullable Long days) {
        static Operand mean(String what, History.Mean mean) {
            BigDecimal shown = mean.shown();
            return new Operand(what, shown == null ? null : shown.toPlainString(), mean.sum(), mean.days());
        }

        static Operand of(String what, @Nullable String value) {
            return new Operand(what, value, null, null);
        }
    }

    /// A comparison that took part in the decision, exact although the operands are shown rounded.
    ///
    /// @param clause `risk` or `opportunity`
    /// @param of `senseScore` or `engagementScore`
    /// @param operator `>`, `<` or `is`
    public record Comparison(String clause, String of, Operand left, String operator, Operand right, boolean holds) {}

    /// What was decided and why: the comparisons of the clause that decided, or of both when none held.
    public record Verdict(Situation situation, List<Comparison> comparisons) {
        public Verdict {
            comparisons = List.copyOf(comparisons);
        }

        /// `risk`, `opportunity` or `none`.
        public String clause() {
            return situation == NEUTRAL ? "none" : situation.label();
        }
    }

    /// The situation at a day (fields.md, *Situation*), from histories whose last value is the day's.
    public static Verdict at(
            LocalDate day,
            SenseScore score,
            @Nullable BigDecimal engagement,
            History scores,
            History engagements,
            Configuration.Trend opportunityTrend) {
        List<Comparison> risk = List.of(
                trend("risk", "senseScore", scores, day, Configuration.Trend.FALLING), band("risk", score, Band.RED));
        if (risk.stream().allMatch(Comparison::holds)) {
            return new Verdict(RISK, risk);
        }
        List<Comparison> opportunity = List.of(
                trend("opportunity", "senseScore", scores, day, opportunityTrend),
                band("opportunity", score, Band.GREEN),
                trend("opportunity", "engagementScore", engagements, day, opportunityTrend),
                new Comparison(
                        "opportunity",
                        "engagementScore",
                        Operand.of("value", engagement == null ? null : engagement.toPlainString()),
                        ">",
                        Operand.of("zero", "0"),
                        engagement != null && engagement.signum() > 0));
        if (opportunity.stream().allMatch(Comparison::holds)) {
            return new Verdict(OPPORTUNITY, opportunity);
        }
        List<Comparison> both = new ArrayList<>(risk);
        both.addAll(opportunity);
        return new Verdict(NEUTRAL, both);
    }

    private static Comparison trend(
            String clause, String of, History history, LocalDate day, Configuration.Trend trend) {
        History.Mean mean60 = history.lastDays(day, 60);
        History.Mean mean7 = history.lastDays(day, 7);
        boolean falling = trend == Configuration.Trend.FALLING;
        return new Comparison(
                clause,
                of,
                Operand.mean("mean60", mean60),
                falling ? ">" : "<",
                Operand.mean("mean7", mean7),
                falling ? mean60.isAbove(mean7) : mean7.isAbove(mean60));
    }

    private static Comparison band(String clause, SenseScore score, Band wanted) {
        Band band = score.band();
        return new Comparison(
                clause,
                "senseScore",
                Operand.of("band", band == null ? null : band.label()),
                "is",
                Operand.of("band", wanted.label()),
                band == wanted);
    }
}
