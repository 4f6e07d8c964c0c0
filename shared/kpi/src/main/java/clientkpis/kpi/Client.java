package clientkpis.kpi;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the suite knows of one client: the timelines of its families, the history of its scores, its situation.
///
/// @param version of the stored item, 0 before it is stored
/// @param asOf the day of the last evaluation that changed something; null before the first
/// @param facets table to what that table's family gave
/// @param engagementScore as the last recalculation set it; null for none
/// @param senseScore at `asOf`
/// @param before the SenseScore at the end of the day before `asOf`
/// @param situation null before the first
/// @param situationVersion how many situations were recorded
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
        @Nullable Situation situation,
        long situationVersion,
        long configurationVersion) {

    /// What one family gave for a client.
    ///
    /// @param version of the rows that the timelines come from; the highest wins, whatever the order of arrival
    /// @param upload the id of the upload that last changed the rows
    public record Facet(long version, String upload, Map<String, Timeline> timelines) {
        public Facet {
            timelines = Map.copyOf(timelines);
        }
    }

    /// The outcome of an evaluation.
    ///
    /// @param changed whether anything that is stored differs; what follows from the date alone is not
    /// @param change the change of situation, or null
    public record Evaluation(
            Client client, boolean changed, @Nullable SituationChange change) {}

    public Client {
        facets = Map.copyOf(facets);
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
                null,
                0,
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
        Map<String, Value> values = values(newFacets, day);
        SenseScore score = SenseScore.of(field -> number(field, values, engagement, day), configuration);
        History newScores = scores.with(day, score.value());
        History newEngagements = engagements.with(day, engagement);
        SenseScore dayBefore = asOf == null || asOf.isBefore(day) ? senseScore : before;

        Situation.Verdict verdict =
                Situation.at(day, score, engagement, newScores, newEngagements, configuration.opportunityTrend());
        boolean changes = settles && verdict.situation() != situation;
        Situation newSituation = changes ? verdict.situation() : situation;

        boolean changed = changes
                || !newFacets.equals(facets)
                || !newScores.equals(scores)
                || !newEngagements.equals(engagements)
                || !score.equals(senseScore)
                || asOf == null
                || !values.equals(values(facets, asOf));
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
                newSituation,
                changes ? situationVersion + 1 : situationVersion,
                Math.max(configurationVersion, configuration.version()));
        SituationChange change = changes
                ? new SituationChange(
                        clientId,
                        client.situationVersion,
                        situation,
                        verdict.situation(),
                        day,
                        cause,
                        score,
                        dayBefore,
                        newScores.lastDays(day, 60),
                        newScores.lastDays(day, 7),
                        engagement,
                        newEngagements.lastDays(day, 60),
                        newEngagements.lastDays(day, 7),
                        verdict,
                        configuration.version(),
                        configuration.since(),
                        routing(values, day))
                : null;
        return new Evaluation(client, true, change);
    }

    /// The later of a day and the client's own: the day at which the client is evaluated and shown.
    public LocalDate dayFrom(LocalDate day) {
        return asOf != null && asOf.isAfter(day) ? asOf : day;
    }

    /// Every family's fields at a day, as they are kept (a countdown as its date). Absent fields are left out.
    public Map<String, Value> values(LocalDate day) {
        return values(facets, day);
    }

    /// Everything that is shown of the client at a day: the families' fields, the scores, the variation, the situation.
    /// Absent fields are left out.
    public Map<String, Value> shown(LocalDate day) {
        Map<String, Value> shown = new LinkedHashMap<>();
        values(day).forEach((field, value) -> shown.put(field, value.on(day)));
        put(shown, "engagementScore", engagementScore);
        put(shown, "senseScore", senseScore.value());
        put(shown, "senseScoreCoverage", senseScore.coverage());
        if (senseScore.band() != null) {
            shown.put("senseScoreBand", new Value.Text(senseScore.band().label()));
        }
        for (int n : new int[] {7, 15, 30}) {
            put(shown, "senseScoreVariation" + n + "d", scores.variation(day, n));
        }
        if (situation != null) {
            shown.put("situation", new Value.Text(situation.label()));
            shown.put("situationVersion", Value.Number.of(situationVersion));
        }
        return shown;
    }

    private static void put(Map<String, Value> shown, String field, @Nullable BigDecimal number) {
        if (number != null) {
            shown.put(field, new Value.Number(number));
        }
    }

    private static Map<String, Value> values(Map<String, Facet> facets, LocalDate day) {
        Map<String, Value> values = new TreeMap<>();
        for (Facet facet : facets.values()) {
            facet.timelines().forEach((field, timeline) -> {
                Value value = timeline.at(day);
                if (value != null) {
                    values.put(field, value);
                }
            });
        }
        return values;
    }

    private static @Nullable BigDecimal number(
            String field, Map<String, Value> values, @Nullable BigDecimal engagement, LocalDate day) {
        if (field.equals("engagementScore")) {
            return engagement;
        }
        Value value = values.get(field);
        return value != null && value.on(day) instanceof Value.Number n ? n.number() : null;
    }

    private static Map<String, Value> routing(Map<String, Value> values, LocalDate day) {
        Map<String, Value> routing = new TreeMap<>();
        for (String field : SituationChange.ROUTING) {
            Value value = values.get(field);
            if (value != null) {
                routing.put(field, value.on(day));
            }
        }
        return routing;
    }
}
