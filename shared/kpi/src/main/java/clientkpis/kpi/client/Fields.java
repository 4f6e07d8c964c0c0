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
import java.util.ArrayList;
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
    private static final String ENGAGEMENT = "engagementScore";
    private static final String SENSE_SCORE = "senseScore";
    static final String BAND = "senseScoreBand";
    private static final String COVERAGE = "senseScoreCoverage";
    static final String SITUATION = "situation";
    /// The field that is the version of the last change of situation.
    public static final String SITUATION_VERSION = "situationVersion";

    private static final String MRR = "mrr";
    /// The first day on which the client had MRR.
    public static final String FIRST_MRR_ON = "firstMrrOn";

    /// Each countdown, and the date that it runs to: the one in force, wherever it comes from.
    public static final Map<String, String> COUNTDOWNS = Map.of("daysToRenewal", "renewalOn");

    private final LocalDate day;
    /// What was set by hand and has not expired.
    private final Map<String, Value.Manual> manual = new TreeMap<>();
    /// What the families' rows give.
    private final Map<String, Layer> uploaded = new TreeMap<>();
    private final Map<String, Value> values = new TreeMap<>();

    Fields(Map<String, Client.Facet> facets, LocalDate day) {
        this.day = day;
        facets.forEach((table, facet) -> facet.timelines().forEach((field, timeline) -> {
            Value value = timeline.at(day);
            if (value instanceof Value.Manual setByHand) {
                manual.put(field, setByHand);
            } else if (value != null) {
                uploaded.put(field, new Layer(new Origin.Table(table, facet.upload()), value));
            }
        }));
        COUNTDOWNS.forEach(this::countDown);
        uploaded.forEach((field, layer) -> values.put(field, layer.value()));
        manual.forEach((field, value) -> values.put(field, value.on(day)));
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
        return values;
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
        return field -> field.equals(ENGAGEMENT) ? engagementInForce : number(values.get(field));
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
        BigDecimal mrr = number(values.get(MRR));
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
        values.forEach((field, value) -> readable.put(field, value.on(day)));
        readable.remove(SITUATION);
        return readable;
    }

    /// Every known value of each field, as shown, the one in force first: set by hand, then by rule, then calculated or
    /// uploaded. Fields without a value are left out.
    Map<String, List<Layer>> layers(Client client) {
        Map<String, List<Layer>> layers = new LinkedHashMap<>();
        Standing standing = client.standing();
        SenseScore score = client.scores().senseScore();
        SenseScore.Below below = score.below();
        Band band = below == null ? score.band() : below.band();
        Situation calculated = standing.calculated() == null ? standing.situation() : standing.calculated();

        uploaded.forEach((field, layer) ->
                add(layers, field, layer.origin(), layer.value().on(day)));
        Map<String, Value> formulas = new LinkedHashMap<>();
        putNumber(formulas, ENGAGEMENT, client.engagementScore());
        putNumber(formulas, SENSE_SCORE, below == null ? score.value() : below.value());
        putNumber(formulas, COVERAGE, score.coverage());
        if (band != null) {
            formulas.put(BAND, new Value.Text(band.label()));
        }
        formulas.putAll(variations(client.scores().senseScoreHistory()));
        if (calculated != null) {
            formulas.put(SITUATION, new Value.Text(calculated.label()));
        }
        if (standing.version() > 0) {
            formulas.put(SITUATION_VERSION, Value.Number.of(standing.version()));
        }
        if (client.firstMrrOn() != null) {
            formulas.put(FIRST_MRR_ON, new Value.Day(client.firstMrrOn()));
        }
        formulas.forEach((field, value) -> add(layers, field, new Origin.Formula(), value));

        client.ruled()
                .forEach((field, given) ->
                        add(layers, field, new Origin.Rule(given.position()), new Value.Text(given.value())));
        manual.forEach((field, value) -> {
            // A situation that was set by hand is in force only once it is settled.
            if (!field.equals(SITUATION) || standing.calculated() != null) {
                add(layers, field, new Origin.Manual(value.author(), value.reason(), value.expiresOn()), value.on(day));
            }
        });
        return layers;
    }

    /// The values in force, as shown. Absent fields are left out.
    Map<String, Value> shown(Client client) {
        Map<String, Value> shown = new LinkedHashMap<>();
        layers(client)
                .forEach((field, layers) -> shown.put(field, layers.getFirst().value()));
        return shown;
    }

    /// The fields set by hand that take part in a situation: the situation itself, the scores, what indicators read.
    List<String> overridden(List<Indicator> indicators) {
        Set<String> takePart = new TreeSet<>(Set.of(SITUATION, SENSE_SCORE, BAND, ENGAGEMENT));
        indicators.forEach(indicator -> takePart.add(indicator.field()));
        takePart.retainAll(manual.keySet());
        return List.copyOf(takePart);
    }

    private Map<String, Value> variations(History senseScores) {
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

    private static void putNumber(Map<String, Value> values, String field, @Nullable BigDecimal number) {
        if (number != null) {
            values.put(field, new Value.Number(number));
        }
    }

    private static void add(Map<String, List<Layer>> layers, String field, Origin origin, Value value) {
        layers.computeIfAbsent(field, f -> new ArrayList<>()).addFirst(new Layer(origin, value));
    }
}
