package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client's SenseScore and what it is made of.
///
/// @param value in force, 0.00 to 100.00, or null when no indicator has data
/// @param band in force; null without a value
/// @param coverage the weight of the indicators that have data, in percent of all weight, scale 2; null when none has
/// @param parts every configured indicator, in the configuration's order
/// @param below what was calculated, where the value or the band in force was set by hand; else null
public record SenseScore(
        @Nullable BigDecimal value,
        @Nullable Band band,
        @Nullable BigDecimal coverage,
        List<Part> parts,
        @Nullable Below below) {

    /// The calculated value and band below one that was set by hand.
    public record Below(
            @Nullable BigDecimal value, @Nullable Band band) {}

    /// One indicator's part in the score.
    ///
    /// @param value the field's value; null when the client has none, and then the indicator is left out of the score
    /// @param points what the value is worth, 0.00 to 100.00
    /// @param contribution how many points of the score come from it; except for rounding they add up to the score
    public record Part(
            String name,
            String field,
            BigDecimal weight,
            @Nullable BigDecimal value,
            @Nullable BigDecimal points,
            @Nullable BigDecimal contribution) {}

    public SenseScore {
        parts = List.copyOf(parts);
    }

    /// The score before the first calculation.
    public static final SenseScore NONE = new SenseScore(null, null, null, List.of(), null);

    /// Both sums of the formula, over the indicators that have data.
    record Sum(Fraction worth, Fraction weight) {
        /// Null when no indicator has data.
        @Nullable
        BigDecimal score() {
            return weight.equals(Fraction.ZERO) ? null : worth.dividedBy(weight).rounded(2);
        }
    }

    /// `sum(w x s) / sum(w)` over the indicators that have data (fields.md, *SenseScore*), rounded once.
    ///
    /// @param numbers a numeric field's value in force, or null where it is absent
    public static SenseScore of(Function<String, @Nullable BigDecimal> numbers, Scoring scoring) {
        Fraction allWeight = Fraction.ZERO;
        Fraction weight = Fraction.ZERO;
        Fraction weighted = Fraction.ZERO;
        int size = scoring.indicators().size();
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[size];
        @Nullable Fraction[] worths = new @Nullable Fraction[size];
        for (int i = 0; i < size; i++) {
            Indicator indicator = scoring.indicators().get(i);
            Fraction own = Fraction.of(indicator.weight());
            allWeight = allWeight.plus(own);
            BigDecimal value = numbers.apply(indicator.field());
            if (value != null) {
                Fraction worth = indicator.worth(value);
                weight = weight.plus(own);
                weighted = weighted.plus(own.times(worth));
                values[i] = value;
                worths[i] = worth;
            }
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Indicator indicator = scoring.indicators().get(i);
            Fraction worth = worths[i];
            parts.add(new Part(
                    indicator.name(),
                    indicator.field(),
                    indicator.weight(),
                    values[i],
                    worth == null ? null : worth.rounded(2),
                    worth == null
                            ? null
                            : worth.times(Fraction.of(indicator.weight()))
                                    .dividedBy(weight)
                                    .rounded(2)));
        }
        BigDecimal score = new Sum(weighted, weight).score();
        if (score == null) {
            return new SenseScore(null, null, null, parts, null);
        }
        BigDecimal coverage =
                weight.dividedBy(allWeight).times(Fraction.of(100, 1)).rounded(2);
        return new SenseScore(score, scoring.bands().of(score), coverage, parts, null);
    }

    /// The score with the values in force that were set by hand. The band follows the value unless it was itself set.
    ///
    /// @param manualValue null when the value was not set
    /// @param manualBand null when the band was not set
    public SenseScore overridden(@Nullable BigDecimal manualValue, @Nullable Band manualBand, Band.Cuts cuts) {
        if (manualValue == null && manualBand == null) {
            return this;
        }
        BigDecimal inForce = manualValue == null ? value : manualValue;
        Band follows = inForce == null ? null : cuts.of(inForce);
        return new SenseScore(
                inForce, manualBand == null ? follows : manualBand, coverage, parts, new Below(value, follows));
    }
}
