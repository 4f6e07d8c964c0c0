package clientkpis.kpi.client;

import clientkpis.kpi.Labelled;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.score.Band;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's situation (*Situação*).
public enum Situation implements Labelled {
    RISK,
    OPPORTUNITY,
    NEUTRAL;

    /// The days of the long mean.
    public static final int LONG = 60;

    /// The days of the short mean.
    public static final int SHORT = 7;

    /// The two means of a score whose comparison says which way it moves.
    public record Means(History.Mean longTerm, History.Mean shortTerm) {
        /// The means of the days that end at `day`.
        static Means of(History history, LocalDate day) {
            return new Means(history.lastDays(day, LONG), history.lastDays(day, SHORT));
        }
    }

    @Override
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
    /// @param what `mean60`, `mean7`, `value`, `band` or the name of a constant
    /// @param text of an operand that is not a mean, as shown; null when there is none
    /// @param mean null for other operands
    public record Operand(String what, @Nullable String text, History.@Nullable Mean mean) {
        static Operand mean(int days, History.Mean mean) {
            return new Operand("mean" + days, null, mean);
        }

        static Operand of(String what, @Nullable String text) {
            return new Operand(what, text, null);
        }

        /// As shown; null when there is none. A mean is rounded only here: most evaluations change no situation.
        public @Nullable String value() {
            BigDecimal shown = mean == null ? null : mean.shown();
            return shown == null ? text : shown.toPlainString();
        }
    }

    /// A comparison that took part in the decision. It is exact; only the operands are shown rounded.
    ///
    /// @param clause `risk` or `opportunity`
    /// @param of `senseScore` or `engagementScore`
    /// @param operator `>`, `<` or `is`
    public record Comparison(String clause, String of, Operand left, String operator, Operand right, boolean holds) {}

    /// What was decided and why: the comparisons of the clause that held, or of both when neither did.
    public record Verdict(Situation situation, List<Comparison> comparisons) {
        public Verdict {
            comparisons = List.copyOf(comparisons);
        }

        /// `risk`, `opportunity` or `none`.
        public String clause() {
            return situation == NEUTRAL ? "none" : situation.label();
        }
    }

    /// The situation on a day (fields.md, *Situation*).
    ///
    /// @param scores whose histories end with the day's values
    /// @param engagement the Engagement Score in force
    public static Verdict at(
            LocalDate day, Scores scores, @Nullable BigDecimal engagement, Configuration.Trend opportunityTrend) {
        Means score = Means.of(scores.senseScoreHistory(), day);
        Band band = scores.senseScore().band();
        List<Comparison> risk =
                List.of(trend("risk", "senseScore", score, Configuration.Trend.FALLING), band("risk", band, Band.RED));
        if (risk.stream().allMatch(Comparison::holds)) {
            return new Verdict(RISK, risk);
        }
        List<Comparison> opportunity = List.of(
                trend("opportunity", "senseScore", score, opportunityTrend),
                band("opportunity", band, Band.GREEN),
                trend("opportunity", "engagementScore", Means.of(scores.engagementHistory(), day), opportunityTrend),
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

    private static Comparison trend(String clause, String of, Means means, Configuration.Trend trend) {
        boolean falling = trend == Configuration.Trend.FALLING;
        return new Comparison(
                clause,
                of,
                Operand.mean(LONG, means.longTerm()),
                falling ? ">" : "<",
                Operand.mean(SHORT, means.shortTerm()),
                falling
                        ? means.longTerm().isAbove(means.shortTerm())
                        : means.shortTerm().isAbove(means.longTerm()));
    }

    private static Comparison band(String clause, @Nullable Band band, Band wanted) {
        return new Comparison(
                clause,
                "senseScore",
                Operand.of("band", band == null ? null : band.label()),
                "is",
                Operand.of("band", wanted.label()),
                band == wanted);
    }
}
