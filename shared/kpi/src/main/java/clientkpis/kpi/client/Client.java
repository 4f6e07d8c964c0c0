package clientkpis.kpi.client;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the suite knows of one client: the timelines of its families, the history of its scores, its situation.
///
/// @param version of the stored item, 0 before it is stored
/// @param asOf the day of the last evaluation that changed something; null before the first
/// @param facets table to what that table's family gave
/// @param engagementScore as the last recalculation calculated it; null for none. What is set by hand stands above it
/// @param senseScore at `asOf`
/// @param before the SenseScore at the end of the day before `asOf`
/// @param ruled what rules gave at `asOf`, by field
/// @param situation in force, null before the first
/// @param calculatedSituation what stands below a situation that was set by hand; else null
/// @param situationVersion how many situations were recorded
/// @param transitions the last [#TRANSITIONS] changes of situation, the oldest first
/// @param configurationVersion the newest configuration that evaluated this client
public record Client(
        String clientId,
        long version,
        @Nullable LocalDate asOf,
        Map<String, Facet> facets,
        @Nullable BigDecimal engagementScore,
        SenseScore senseScore,
        SenseScore before,
        History scores,
        History engagements,
        Map<String, Rules.Given> ruled,
        @Nullable Situation situation,
        @Nullable Situation calculatedSituation,
        long situationVersion,
        List<Transition> transitions,
        long configurationVersion) {
    /// How many changes of situation a client remembers; all of them are in the log of changes.
    public static final int TRANSITIONS = 12;

    /// The fields that only a portfolio, a configuration or a history gives; every other comes from a family.
    private static final String ENGAGEMENT = "engagementScore";

    private static final String SENSE_SCORE = "senseScore";
    private static final String BAND = "senseScoreBand";
    private static final String SITUATION = "situation";

    /// Where a value comes from.
    public sealed interface Origin {
        /// From a family's rows.
        record Table(String table, String upload) implements Origin {}

        /// From other fields.
        record Formula() implements Origin {}

        /// @param position of the rule that held, from 1
        record Rule(int position) implements Origin {}

        record Manual(
                @Nullable String author,
                @Nullable String reason,
                @Nullable LocalDate expiresOn) implements Origin {}
    }

    /// One of the values that a field has at once; the one on top is in force, the others stay readable below it.
    public record Layer(Origin origin, Value value) {}

    /// A change of situation, as the client remembers it.
    ///
    /// @param from null for the first situation
    /// @param cause the label of its cause
    public record Transition(LocalDate day, @Nullable Situation from, Situation to, String cause) {}

    /// What one family gave for a client.
    ///
    /// @param version of the rows that the timelines come from; the highest wins, whatever the order of arrival
    /// @param upload the id of the upload that last changed the rows
    /// @param hasRows false when a snapshot removed all of them, which counts as never received
    public record Facet(long version, String upload, boolean hasRows, Map<String, Timeline> timelines) {
        public Facet {
            timelines = Map.copyOf(timelines);
        }

        public Facet(long version, String upload, Map<String, Timeline> timelines) {
            this(version, upload, true, timelines);
        }
    }

    /// "A client exists from its first accepted row in any table", as long as it has any.
    public boolean exists() {
        return facets.values().stream().anyMatch(Facet::hasRows);
    }

    /// The outcome of an evaluation.
    ///
    /// @param changed whether anything that is stored differs; what follows from the date alone is not
    /// @param change the change of situation, or null
    public record Evaluation(
            Client client, boolean changed, @Nullable SituationChange change) {}

    public Client {
        facets = Map.copyOf(facets);
        ruled = Map.copyOf(ruled);
        transitions = List.copyOf(transitions);
    }

    /// A client of which nothing is known yet.
    public static Client unknown(String clientId) {
        return new Client(
                clientId,
                0,
                null,
                Map.of(),
                null,
                SenseScore.NONE,
                SenseScore.NONE,
                History.EMPTY,
                History.EMPTY,
                Map.of(),
                null,
                null,
                0,
                List.of(),
                0);
    }

    /// Takes over what uploads changed and evaluates at the later of their day and the client's. The Engagement Score
    /// stands as the last recalculation left it.
    ///
    /// @param changed table to facet; one that is not newer than the client's is passed over
    public Evaluation uploaded(LocalDate day, Map<String, Facet> changed, Configuration configuration, Cause cause) {
        Map<String, Facet> merged = new TreeMap<>(facets);
        boolean newer = false;
        for (var entry : changed.entrySet()) {
            Facet known = merged.get(entry.getKey());
            if (known == null || known.version() < entry.getValue().version()) {
                merged.put(entry.getKey(), entry.getValue());
                newer = true;
            }
        }
        boolean settles = configuration.settles() == Configuration.Settling.IMMEDIATELY;
        return newer
                ? evaluate(day, merged, engagementScore, configuration, cause, settles)
                : new Evaluation(this, false, null);
    }

    /// The daily recalculation. A client that a later day evaluated already keeps its Engagement Score: the survey of
    /// an
    /// earlier day does not know its rows.
    ///
    /// @param engagement the score of the day's survey; null for a client that has none
    public Evaluation recalculated(
            LocalDate day, @Nullable BigDecimal engagement, Configuration configuration, Cause cause) {
        boolean late = asOf != null && asOf.isAfter(day);
        return evaluate(day, facets, late ? engagementScore : engagement, configuration, cause, true);
    }

    /// A new configuration. The Engagement Score stands as the last recalculation left it.
    public Evaluation reconfigured(LocalDate day, Configuration configuration, Cause cause) {
        return evaluate(day, facets, engagementScore, configuration, cause, true);
    }

    private Evaluation evaluate(
            LocalDate requested,
            Map<String, Facet> newFacets,
            @Nullable BigDecimal engagement,
            Configuration configuration,
            Cause cause,
            boolean settles) {
        LocalDate day = dayFrom(requested);
        Map<String, Value> manual = manual(newFacets, day);
        Map<String, Value> values = inForce(newFacets, manual, day);
        BigDecimal engagementInForce = number(manual, ENGAGEMENT, engagement, day);
        SenseScore score = SenseScore.of(
                        field -> field.equals(ENGAGEMENT) ? engagementInForce : number(values, field, null, day),
                        configuration)
                .overridden(
                        number(manual, SENSE_SCORE, null, day),
                        text(manual, BAND, day, Band::labelled),
                        configuration.bands());
        History newScores = scores.with(day, score.value());
        History newEngagements = engagements.with(day, engagementInForce);
        SenseScore dayBefore = asOf == null || asOf.isBefore(day) ? senseScore : before;
        Map<String, Rules.Given> newRuled =
                configuration.rules().apply(readable(values, engagementInForce, score, newScores, day), day);

        Situation.Verdict verdict = Situation.at(
                day, score, engagementInForce, newScores, newEngagements, configuration.opportunityTrend());
        Situation manualSituation = text(manual, SITUATION, day, Situation::labelled);
        Situation settled = manualSituation == null ? verdict.situation() : manualSituation;
        boolean changes = settles && settled != situation;
        Situation newSituation = settles ? settled : situation;
        Situation newCalculated = !settles ? calculatedSituation : manualSituation == null ? null : verdict.situation();

        boolean changed = changes
                || !newFacets.equals(facets)
                || !newScores.equals(scores)
                || !newEngagements.equals(engagements)
                || !Optional.ofNullable(engagement).equals(Optional.ofNullable(engagementScore))
                || !score.equals(senseScore)
                || !newRuled.equals(ruled)
                || newCalculated != calculatedSituation
                || asOf == null
                || !values.equals(values(asOf));
        if (!changed) {
            return new Evaluation(this, false, null);
        }
        Client client = new Client(
                clientId,
                version + 1,
                day,
                newFacets,
                engagement,
                score,
                dayBefore,
                newScores.keptAt(day),
                newEngagements.keptAt(day),
                newRuled,
                newSituation,
                newCalculated,
                changes ? situationVersion + 1 : situationVersion,
                changes ? transitionsWith(new Transition(day, situation, settled, cause.label())) : transitions,
                Math.max(configurationVersion, configuration.version()));
        SituationChange change = changes
                ? new SituationChange(
                        clientId,
                        client.situationVersion,
                        situation,
                        settled,
                        day,
                        cause,
                        score,
                        dayBefore,
                        newScores.lastDays(day, 60),
                        newScores.lastDays(day, 7),
                        engagementInForce,
                        newEngagements.lastDays(day, 60),
                        newEngagements.lastDays(day, 7),
                        verdict,
                        configuration.version(),
                        configuration.since(),
                        overridden(manual, configuration),
                        routing(client.shown(day)))
                : null;
        return new Evaluation(client, true, change);
    }

    private List<Transition> transitionsWith(Transition next) {
        List<Transition> all = new ArrayList<>(transitions);
        all.add(next);
        return all.subList(Math.max(0, all.size() - TRANSITIONS), all.size());
    }

    /// The later of a day and the client's own: the day at which the client is evaluated and shown.
    public LocalDate dayFrom(LocalDate day) {
        return asOf != null && asOf.isAfter(day) ? asOf : day;
    }

    /// Every family's fields in force at a day before any rule, as they are kept (a countdown as its date). Absent
    /// fields
    /// are left out.
    public Map<String, Value> values(LocalDate day) {
        return inForce(facets, manual(facets, day), day);
    }

    /// The Engagement Score in force at a day.
    public @Nullable BigDecimal engagementInForce(LocalDate day) {
        return number(manual(facets, day), ENGAGEMENT, engagementScore, day);
    }

    /// Everything that is shown of the client at a day: the families' fields, the scores, the variation, the situation.
    /// Absent fields are left out.
    public Map<String, Value> shown(LocalDate day) {
        Map<String, Value> shown = new LinkedHashMap<>();
        layers(day)
                .forEach((field, layers) -> shown.put(field, layers.getFirst().value()));
        return shown;
    }

    /// Every value that is known of each field at a day, as shown; the first of a field is in force: set by hand, then
    /// by
    /// rule, then calculated or uploaded. Fields without any are left out.
    public Map<String, List<Layer>> layers(LocalDate day) {
        Map<String, List<Layer>> layers = new LinkedHashMap<>();
        Map<String, Value> manual = manual(facets, day);
        SenseScore.Below below = senseScore.below();
        Situation calculated = calculatedSituation == null ? situation : calculatedSituation;

        values(facets, manual, day)
                .forEach((field, based) ->
                        add(layers, field, based.origin(), based.value().on(day)));
        calculated(layers, ENGAGEMENT, engagementScore);
        calculated(layers, SENSE_SCORE, below == null ? senseScore.value() : below.value());
        calculated(layers, "senseScoreCoverage", senseScore.coverage());
        Band band = below == null ? senseScore.band() : below.band();
        if (band != null) {
            add(layers, BAND, new Origin.Formula(), new Value.Text(band.label()));
        }
        variations(scores, day).forEach((field, variation) -> add(layers, field, new Origin.Formula(), variation));
        if (calculated != null) {
            add(layers, SITUATION, new Origin.Formula(), new Value.Text(calculated.label()));
            add(layers, "situationVersion", new Origin.Formula(), Value.Number.of(situationVersion));
        }

        ruled.forEach(
                (field, given) -> add(layers, field, new Origin.Rule(given.position()), new Value.Text(given.value())));
        manual.forEach((field, value) -> {
            // A situation set by hand is in force from when it was settled.
            if (value instanceof Value.Manual m && (!field.equals(SITUATION) || calculatedSituation != null)) {
                add(layers, field, new Origin.Manual(m.author(), m.reason(), m.expiresOn()), m.on(day));
            }
        });
        return layers;
    }

    private static void add(Map<String, List<Layer>> layers, String field, Origin origin, Value value) {
        layers.computeIfAbsent(field, f -> new ArrayList<>()).addFirst(new Layer(origin, value));
    }

    private static void calculated(Map<String, List<Layer>> layers, String field, @Nullable BigDecimal number) {
        if (number != null) {
            add(layers, field, new Origin.Formula(), new Value.Number(number));
        }
    }

    private static Map<String, Value> variations(History scores, LocalDate day) {
        Map<String, Value> variations = new LinkedHashMap<>();
        for (int n : new int[] {7, 15, 30}) {
            BigDecimal variation = scores.variation(day, n);
            if (variation != null) {
                variations.put("senseScoreVariation" + n + "d", new Value.Number(variation));
            }
        }
        return variations;
    }

    /// What was set by hand and holds at a day, by field.
    private static Map<String, Value> manual(Map<String, Facet> facets, LocalDate day) {
        Map<String, Value> manual = new TreeMap<>();
        for (Facet facet : facets.values()) {
            facet.timelines().forEach((field, timeline) -> {
                if (timeline.at(day) instanceof Value.Manual value) {
                    manual.put(field, value);
                }
            });
        }
        return manual;
    }

    /// What the families' rows give at a day, by field. A countdown counts down to the date in force of the field that
    /// has its date.
    private static Map<String, Layer> values(Map<String, Facet> facets, Map<String, Value> manual, LocalDate day) {
        Map<String, Layer> values = new TreeMap<>();
        facets.forEach((table, facet) -> facet.timelines().forEach((field, timeline) -> {
            Value value = timeline.at(day);
            if (value != null && !(value instanceof Value.Manual)) {
                values.put(field, new Layer(new Origin.Table(table, facet.upload()), value));
            }
        }));
        manual.forEach((field, value) -> {
            Layer below = values.get(field);
            if (below != null
                    && below.value() instanceof Value.Day(LocalDate from)
                    && value.on(day) instanceof Value.Day(LocalDate to)) {
                values.replaceAll((other, layer) -> layer.value().equals(new Value.Countdown(from))
                        ? new Layer(layer.origin(), new Value.Countdown(to))
                        : layer);
            }
        });
        return values;
    }

    private static Map<String, Value> inForce(Map<String, Facet> facets, Map<String, Value> manual, LocalDate day) {
        Map<String, Value> values = new TreeMap<>();
        values(facets, manual, day).forEach((field, layer) -> values.put(field, layer.value()));
        manual.forEach((field, value) -> values.put(field, value.on(day)));
        return values;
    }

    /// What rules read: every field in force but those that come after them.
    private static Map<String, Value> readable(
            Map<String, Value> values,
            @Nullable BigDecimal engagement,
            SenseScore score,
            History scores,
            LocalDate day) {
        Map<String, Value> readable = new HashMap<>(variations(scores, day));
        putNumber(readable, ENGAGEMENT, engagement);
        putNumber(readable, SENSE_SCORE, score.value());
        putNumber(readable, "senseScoreCoverage", score.coverage());
        if (score.band() != null) {
            readable.put(BAND, new Value.Text(score.band().label()));
        }
        values.forEach((field, value) -> readable.put(field, value.on(day)));
        readable.remove(SITUATION);
        return readable;
    }

    private static void putNumber(Map<String, Value> values, String field, @Nullable BigDecimal number) {
        if (number != null) {
            values.put(field, new Value.Number(number));
        }
    }

    private static @Nullable BigDecimal number(
            Map<String, Value> values, String field, @Nullable BigDecimal otherwise, LocalDate day) {
        Value value = values.get(field);
        return value == null ? otherwise : value.on(day) instanceof Value.Number n ? n.number() : null;
    }

    private static <T extends @Nullable Object> @Nullable T text(
            Map<String, Value> values, String field, LocalDate day, Function<String, T> labelled) {
        Value value = values.get(field);
        return value != null && value.on(day) instanceof Value.Text(String text) ? labelled.apply(text) : null;
    }

    private static List<String> overridden(Map<String, Value> manual, Configuration configuration) {
        Set<String> takePart = new TreeSet<>(Set.of(SITUATION, SENSE_SCORE, BAND, ENGAGEMENT));
        configuration.indicators().forEach(indicator -> takePart.add(indicator.field()));
        takePart.retainAll(manual.keySet());
        return List.copyOf(takePart);
    }

    private static Map<String, Value> routing(Map<String, Value> shown) {
        Map<String, Value> routing = new TreeMap<>(shown);
        routing.keySet().retainAll(SituationChange.ROUTING);
        return routing;
    }
}
