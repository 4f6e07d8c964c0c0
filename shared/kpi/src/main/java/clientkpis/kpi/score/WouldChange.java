package clientkpis.kpi.score;

import clientkpis.kpi.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<String, Read> fields = new LinkedHashMap<>();
        Fraction worth = Fraction.ZERO;
        Fraction weight = Fraction.ZERO;
        for (Indicator indicator : scoring.indicators()) {
            String field = indicator.field();
            Read read = fields.get(field);
            BigDecimal value = read == null ? numbers.apply(field) : read.value();
            if (value == null) {
                continue;
            }
            if (read == null) {
                read = Read.of(field, value, scoring);
                fields.put(field, read);
                worth = worth.plus(read.now());
            }
            weight = weight.plus(Fraction.of(indicator.weight()));
        }
        SenseScore.Sum sum = new SenseScore.Sum(worth, weight);
        BigDecimal score = sum.score();
        if (score == null) {
            return NOTHING;
        }
        List<Healthy> healthy = new ArrayList<>();
        for (Indicator indicator : scoring.indicators()) {
            Read read = fields.get(indicator.field());
            if (read != null) {
                BigDecimal best = read.score(sum, best(indicator, read.value()));
                healthy.add(new Healthy(
                        indicator.name(),
                        indicator.field(),
                        best,
                        manualBand == null ? scoring.bands().of(best) : manualBand));
            }
        }
        Band band = scoring.bands().of(score);
        return new WouldChange(
                healthy,
                manualBand == null && band != Band.GREEN
                        ? nextBand(fields.values(), sum, scoring, band, limits)
                        : null);
    }

    /// A field that indicators read.
    ///
    /// @param first the name of the first of them
    /// @param now what the value is worth to all of them
    private record Read(String first, String field, BigDecimal value, FieldWorth worth, Fraction now) {
        static Read of(String field, BigDecimal value, Scoring scoring) {
            FieldWorth worth = FieldWorth.of(field, scoring);
            return new Read(worth.indicators().getFirst().name(), field, value, worth, worth.at(value));
        }

        /// The score with another value of this field alone.
        ///
        /// @param sum with the value as it is
        BigDecimal score(SenseScore.Sum sum, BigDecimal other) {
            Fraction all = sum.worth().minus(now).plus(worth.at(other));
            return Objects.requireNonNull(new SenseScore.Sum(all, sum.weight()).score());
        }
    }

    /// The nearest value that is worth most, the lower of two.
    private static BigDecimal best(Indicator indicator, BigDecimal value) {
        BigDecimal most = indicator.most();
        if (indicator.worth(value).equals(Fraction.of(most))) {
            return value;
        }
        BigDecimal best = null;
        BigDecimal way = null;
        for (Indicator.Point point : indicator.points()) {
            if (point.points().compareTo(most) == 0) {
                BigDecimal there = point.field().subtract(value).abs();
                if (way == null || there.compareTo(way) < 0) {
                    best = point.field();
                    way = there;
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    /// A step, and what it takes.
    private record Candidate(Step step, boolean isWhole, Fraction effort, Fraction share) {
        private static final Comparator<Candidate> LEAST = Comparator.comparing(Candidate::effort)
                .thenComparing(candidate -> !candidate.isWhole)
                .thenComparing(Candidate::share);
    }

    private static @Nullable Step nextBand(
            Collection<Read> fields, SenseScore.Sum sum, Scoring scoring, Band band, Function<String, Limits> limits) {
        Fraction missing = scoring.bands().reaches(band).times(sum.weight()).minus(sum.worth());
        Candidate least = null;
        for (Read read : fields) {
            BigDecimal from = read.value();
            BigDecimal to = read.worth().nearest(from, missing.plus(read.now()), limits.apply(read.field()));
            if (to == null) {
                continue;
            }
            BigDecimal score = read.score(sum, to);
            Step step = new Step(scoring.bands().of(score), read.first(), read.field(), from, to, score);
            Fraction change = Fraction.of(to.subtract(from).abs());
            Fraction share =
                    change.times(Fraction.of(100, 1)).dividedBy(read.worth().span());
            boolean isWhole = from.scale() <= 0;
            Candidate candidate = new Candidate(step, isWhole, isWhole ? change : share, share);
            if (least == null || Candidate.LEAST.compare(candidate, least) < 0) {
                least = candidate;
            }
        }
        return least == null ? null : least.step();
    }
}
