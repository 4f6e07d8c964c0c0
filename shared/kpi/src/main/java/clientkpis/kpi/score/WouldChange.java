package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What would change a client's SenseScore, as the score itself calculates it.
///
/// @param healthy every indicator with data, in the configuration's order
/// @param nextBand the smallest step that reaches a better band; null for a green client, and where no indicator alone
///     reaches one
public record WouldChange(List<Healthy> healthy, @Nullable Step nextBand) {
    public static final WouldChange NOTHING = new WouldChange(List.of(), null);

    /// The score if one indicator had its best points.
    public record Healthy(String indicator, String field, BigDecimal score, Band band) {}

    /// One field's smallest change that reaches a better band.
    ///
    /// @param indicator the first one that reads the field
    /// @param to at the scale of `from`
    /// @param score with `to`
    public record Step(Band band, String indicator, String field, BigDecimal from, BigDecimal to, BigDecimal score) {}

    /// The values that a field can have.
    ///
    /// @param least null for any
    /// @param greatest null for any
    public record Limits(
            @Nullable BigDecimal least, @Nullable BigDecimal greatest) {
        public static final Limits NONE = new Limits(null, null);
    }

    public WouldChange {
        healthy = List.copyOf(healthy);
    }

    /// What would change a score that was not set by hand.
    ///
    /// The step is that of the field that needs the fewest units if its value is a whole number, or the smallest share
    /// of the span of its points in percent; of equals a whole number, then the smaller share, then the order of the
    /// configuration. Of two values of a field that are equally near it goes to the lower.
    ///
    /// @param numbers a numeric field's value in force, or null where it is absent
    /// @param manualBand the band that was set by hand and stays whatever the score; or null
    /// @param limits the values that a field can have
    public static WouldChange of(
            Function<String, @Nullable BigDecimal> numbers,
            Scoring scoring,
            @Nullable Band manualBand,
            Function<String, Limits> limits) {
        BigDecimal score = SenseScore.Sum.of(numbers, scoring).score();
        if (score == null) {
            return NOTHING;
        }
        List<Healthy> healthy = new ArrayList<>();
        for (Indicator indicator : scoring.indicators()) {
            BigDecimal value = numbers.apply(indicator.field());
            if (value != null) {
                BigDecimal best = with(numbers, scoring, indicator.field(), best(indicator, value));
                healthy.add(new Healthy(
                        indicator.name(),
                        indicator.field(),
                        best,
                        manualBand == null ? scoring.bands().of(best) : manualBand));
            }
        }
        Band band = scoring.bands().of(score);
        return new WouldChange(
                healthy, manualBand == null && band != Band.GREEN ? nextBand(numbers, scoring, band, limits) : null);
    }

    private static BigDecimal with(
            Function<String, @Nullable BigDecimal> numbers, Scoring scoring, String field, BigDecimal value) {
        return Objects.requireNonNull(
                SenseScore.Sum.of(name -> name.equals(field) ? value : numbers.apply(name), scoring)
                        .score());
    }

    /// The nearest value that is worth most, the lower of two.
    private static BigDecimal best(Indicator indicator, BigDecimal value) {
        BigDecimal most = indicator.points().stream()
                .map(Indicator.Point::points)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (indicator.worth(value).equals(Fraction.of(most))) {
            return value;
        }
        return indicator.points().stream()
                .filter(point -> point.points().compareTo(most) == 0)
                .map(Indicator.Point::field)
                .min(Comparator.comparing(field -> field.subtract(value).abs()))
                .orElseThrow();
    }

    /// A step, and what it takes.
    private record Candidate(Step step, boolean isWhole, Fraction effort, Fraction share) {
        private static final Comparator<Candidate> LEAST = Comparator.comparing(Candidate::effort)
                .thenComparing(candidate -> !candidate.isWhole)
                .thenComparing(Candidate::share);
    }

    private static @Nullable Step nextBand(
            Function<String, @Nullable BigDecimal> numbers,
            Scoring scoring,
            Band band,
            Function<String, Limits> limits) {
        SenseScore.Sum sum = SenseScore.Sum.of(numbers, scoring);
        Fraction wanted = scoring.bands().reaches(band).times(sum.weight());
        Set<String> done = new LinkedHashSet<>();
        Candidate least = null;
        for (Indicator first : scoring.indicators()) {
            BigDecimal from = numbers.apply(first.field());
            if (from == null || !done.add(first.field())) {
                continue;
            }
            FieldWorth worth = FieldWorth.of(first.field(), scoring);
            Fraction needed = wanted.plus(Fraction.of(-1, 1).times(sum.worth())).plus(worth.at(from));
            BigDecimal to = worth.nearest(from, needed, limits.apply(first.field()));
            if (to == null) {
                continue;
            }
            BigDecimal score = with(numbers, scoring, first.field(), to);
            Step step = new Step(scoring.bands().of(score), first.name(), first.field(), from, to, score);
            Fraction change = Fraction.of(to.subtract(from).abs());
            Fraction share = change.times(Fraction.of(100, 1)).dividedBy(worth.span());
            boolean isWhole = from.scale() <= 0;
            Candidate candidate = new Candidate(step, isWhole, isWhole ? change : share, share);
            if (least == null || Candidate.LEAST.compare(candidate, least) < 0) {
                least = candidate;
            }
        }
        return least == null ? null : least.step();
    }
}
