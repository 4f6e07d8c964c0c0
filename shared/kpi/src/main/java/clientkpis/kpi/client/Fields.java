package clientkpis.kpi.client;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import clientkpis.kpi.score.SenseScore;
import clientkpis.kpi.score.WouldChange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one client on one day: what the families' rows give, what was set by hand, and what is calculated from
/// both.
public final class Fields {
    static final String ENGAGEMENT = "engagementScore";
    static final String SENSE_SCORE = "senseScore";
    static final String BAND = "senseScoreBand";
    static final String COVERAGE = "senseScoreCoverage";
    static final String SITUATION = "situation";
    /// The field that is the version of the last change of situation.
    public static final String SITUATION_VERSION = "situationVersion";

    private static final String MRR = "mrr";
    /// The first day on which the client had MRR.
    public static final String FIRST_MRR_ON = "firstMrrOn";

    /// Each countdown, and the date that it runs to: the one in force, wherever it comes from.
    public static final Map<String, String> COUNTDOWNS = Map.of("daysToRenewal", "renewalOn");

    private final LocalDate day;
    /// What is asked for; null for everything.
    private final @Nullable Set<String> wanted;
    /// What was set by hand and has not expired.
    private final Map<String, Value.Manual> manual = new TreeMap<>();
    /// What the families' rows give.
    private final Map<String, Layer> uploaded = new HashMap<>();

    private @Nullable Map<String, Value> values;

    Fields(Map<String, Client.Facet> facets, LocalDate day) {
        this(facets, day, null);
    }

    /// @param wanted these alone and what they depend on; null for everything
    Fields(Map<String, Client.Facet> facets, LocalDate day, @Nullable Set<String> wanted) {
        this.day = day;
        this.wanted = wanted;
        facets.forEach((table, facet) -> {
            Origin origin = new Origin.Table(table, facet.upload());
            facet.timelines().forEach((field, timeline) -> {
                Value value = wanted == null || wanted.contains(field) ? timeline.at(day) : null;
                if (value instanceof Value.Manual setByHand) {
                    manual.put(field, setByHand);
                } else if (value != null) {
                    uploaded.put(field, new Layer(origin, value));
                }
            });
        });
        COUNTDOWNS.forEach(this::countDown);
    }

    /// One of [#values], without the others.
    static @Nullable Value value(Map<String, Client.Facet> facets, String field, LocalDate day) {
        Value uploaded = null;
        for (Client.Facet facet : facets.values()) {
            Timeline timeline = facet.timelines().get(field);
            Value value = timeline == null ? null : timeline.at(day);
            if (value instanceof Value.Manual) {
                return value.on(day);
            }
            uploaded = value == null ? uploaded : value;
        }
        return uploaded;
    }

    /// Replaces what the family's rows gave when items still kept countdowns.
    private void countDown(String countdown, String date) {
        Layer given = uploaded.get(date);
        Value.Manual setByHand = manual.get(date);
        Value inForce = setByHand != null ? setByHand.value() : given == null ? null : given.value();
        uploaded.remove(countdown);
        if (inForce instanceof Value.Day(LocalDate to)) {
            uploaded.put(
                    countdown,
                    new Layer(given == null ? new Origin.Formula() : given.origin(), new Value.Countdown(to)));
        }
    }

    /// Where a value comes from.
    public sealed interface Origin {
        /// From the rows of a family's table.
        record Table(String table, String upload) implements Origin {}

        /// From other fields.
        record Formula() implements Origin {}

        /// @param position of the first rule that holds, from 1
        record Rule(int position) implements Origin {}

        record Manual(
                @Nullable String author,
                @Nullable String reason,
                @Nullable LocalDate expiresOn) implements Origin {}
    }

    /// One of the values that a field has at the same time. The topmost is in force; those below it stay readable.
    public record Layer(Origin origin, Value value) {}

    /// The families' fields in force before any rule, with a countdown as the date it runs to. Absent fields are left
    /// out.
    Map<String, Value> values() {
        Map<String, Value> all = values;
        if (all == null) {
            all = new HashMap<>();
            for (Map.Entry<String, Layer> entry : uploaded.entrySet()) {
                all.put(entry.getKey(), entry.getValue().value());
            }
            for (Map.Entry<String, Value.Manual> entry : manual.entrySet()) {
                all.put(entry.getKey(), entry.getValue().on(day));
            }
            values = all;
        }
        return all;
    }

    /// One of [#values].
    @Nullable
    Value value(String field) {
        Value.Manual setByHand = manual.get(field);
        if (setByHand != null) {
            return setByHand.on(day);
        }
        Layer given = uploaded.get(field);
        return given == null ? null : given.value();
    }

    /// The Engagement Score in force.
    ///
    /// @param calculated what the last recalculation calculated; null for none
    @Nullable
    BigDecimal engagement(@Nullable BigDecimal calculated) {
        return manual.containsKey(ENGAGEMENT) ? manualNumber(ENGAGEMENT) : calculated;
    }

    /// The SenseScore in force.
    SenseScore senseScore(@Nullable BigDecimal engagementInForce, Scoring scoring) {
        return SenseScore.of(numbers(engagementInForce), scoring)
                .overridden(manualNumber(SENSE_SCORE), manualBand(), scoring.bands());
    }

    /// What would change the SenseScore in force; nothing would if it was set by hand.
    WouldChange wouldChange(
            @Nullable BigDecimal engagementInForce, Scoring scoring, Function<String, WouldChange.Limits> limits) {
        return manualNumber(SENSE_SCORE) == null
                ? WouldChange.of(numbers(engagementInForce), scoring, manualBand(), limits)
                : WouldChange.NOTHING;
    }

    /// The numbers that indicators read.
    Function<String, @Nullable BigDecimal> numbers(@Nullable BigDecimal engagementInForce) {
        return field -> field.equals(ENGAGEMENT) ? engagementInForce : number(value(field));
    }

    private @Nullable Band manualBand() {
        String band = manualText(BAND);
        return band == null ? null : Band.labelled(band);
    }

    /// The situation that was set by hand, or null.
    @Nullable
    Situation manualSituation() {
        String situation = manualText(SITUATION);
        return situation == null ? null : Situation.labelled(situation);
    }

    /// Whether the MRR in force is above zero.
    boolean hasMrr() {
        BigDecimal mrr = number(value(MRR));
        return mrr != null && mrr.signum() > 0;
    }

    /// The first day between two others, both exclusive, from which on the rows give MRR; null for none.
    static @Nullable LocalDate firstMrr(Map<String, Client.Facet> facets, LocalDate after, LocalDate before) {
        return facets.values().stream()
                .map(facet -> facet.timelines().get(MRR))
                .filter(Objects::nonNull)
                .flatMap(timeline -> timeline.steps().stream())
                .map(Timeline.Step::from)
                .filter(from -> from.isAfter(after) && from.isBefore(before))
                .sorted()
                .filter(from -> new Fields(facets, from).hasMrr())
                .findFirst()
                .orElse(null);
    }

    /// What rules read: every field in force, except the situation and what rules give.
    Map<String, Value> readable(@Nullable BigDecimal engagementInForce, Scores scores, @Nullable LocalDate firstMrrOn) {
        Map<String, Value> readable = new HashMap<>(variations(scores.senseScoreHistory()));
        SenseScore score = scores.senseScore();
        putNumber(readable, ENGAGEMENT, engagementInForce);
        putNumber(readable, SENSE_SCORE, score.value());
        putNumber(readable, COVERAGE, score.coverage());
        if (score.band() != null) {
            readable.put(BAND, new Value.Text(score.band().label()));
        }
        if (firstMrrOn != null) {
            readable.put(FIRST_MRR_ON, new Value.Day(firstMrrOn));
        }
        values().forEach((field, value) -> readable.put(field, value.on(day)));
        readable.remove(SITUATION);
        return readable;
    }

    LocalDate day() {
        return day;
    }

    /// Whether everything is asked for.
    boolean isWhole() {
        return wanted == null;
    }

    /// What the families' rows give.
    Map<String, Layer> uploaded() {
        return uploaded;
    }

    /// What was set by hand and has not expired.
    Map<String, Value.Manual> manual() {
        return manual;
    }

    /// The fields set by hand that take part in a situation: the situation itself, the scores, what indicators read.
    List<String> overridden(List<Indicator> indicators) {
        Set<String> takePart = new TreeSet<>(Set.of(SITUATION, SENSE_SCORE, BAND, ENGAGEMENT));
        indicators.forEach(indicator -> takePart.add(indicator.field()));
        takePart.retainAll(manual.keySet());
        return List.copyOf(takePart);
    }

    Map<String, Value> variations(History senseScores) {
        Map<String, Value> variations = new LinkedHashMap<>();
        for (int days : History.VARIATIONS) {
            putNumber(variations, "senseScoreVariation" + days + "d", senseScores.variation(day, days));
        }
        return variations;
    }

    private @Nullable BigDecimal manualNumber(String field) {
        return number(manual.get(field));
    }

    private @Nullable BigDecimal number(@Nullable Value value) {
        return value != null && value.on(day) instanceof Value.Number(BigDecimal number) ? number : null;
    }

    private @Nullable String manualText(String field) {
        Value value = manual.get(field);
        return value != null && value.on(day) instanceof Value.Text(String text) ? text : null;
    }

    static void putNumber(Map<String, Value> values, String field, @Nullable BigDecimal number) {
        if (number != null) {
            values.put(field, new Value.Number(number));
        }
    }
}
