package clientkpis.kpi.client;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Rules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the suite knows of one client: the timelines of its families, its scores and their history, its situation.
///
/// One class, because every method leads from one state of a client to the next.
///
/// @param version of the stored item, 0 before it is stored
/// @param asOf the day of the last evaluation that changed something; null before the first
/// @param facets table to what the table's family gives
/// @param engagementScore as the last recalculation calculated it; null for none. A value set by hand takes precedence
/// @param scores at `asOf`
/// @param ruled what rules gave at `asOf`, by field
/// @param configurationVersion the configuration of the last evaluation that changed something
/// @param firstMrrOn the first day that ended with an MRR above zero; null before it
/// @param tenure as the last recalculation left it
public record Client(
        String clientId,
        long version,
        @Nullable LocalDate asOf,
        Map<String, Facet> facets,
        @Nullable BigDecimal engagementScore,
        Scores scores,
        Standing standing,
        Map<String, Rules.Given> ruled,
        long configurationVersion,
        @Nullable LocalDate firstMrrOn,
        Tenure tenure) {

    /// What one family contributes to a client.
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

    /// The outcome of an evaluation.
    ///
    /// @param changed whether anything that is stored differs; what follows from the date alone does not count
    /// @param change the change of situation, or null
    public record Evaluation(
            Client client, boolean changed, @Nullable SituationChange change) {
        /// The same with another version of the change, because its own is taken.
        public Evaluation renumbered(long number) {
            return new Evaluation(client.numbered(number), changed, change == null ? null : change.numbered(number));
        }
    }

    public Client {
        facets = Map.copyOf(facets);
        ruled = Map.copyOf(ruled);
    }

    /// The fields by which a person overrules what a configuration makes of a client.
    public static final Set<String> VERDICTS = Set.of(Fields.BAND, Fields.SITUATION);

    /// A client before its first evaluation.
    public static Client unknown(String clientId) {
        return unknown(clientId, 0);
    }

    /// A client before its first evaluation, or after it was erased.
    ///
    /// @param situationVersion of its last change of situation before
    public static Client unknown(String clientId, long situationVersion) {
        return new Client(clientId, 0, null, Map.of(), null, Scores.NONE, Standing.NONE, Map.of(), 0, null, Tenure.NONE)
                .numbered(situationVersion);
    }

    /// The same with another version of its last change of situation.
    public Client numbered(long situationVersion) {
        return with(standing.numbered(situationVersion), firstMrrOn);
    }

    private Client with(Standing newStanding, @Nullable LocalDate firstMrr) {
        return new Client(
                clientId,
                version,
                asOf,
                facets,
                engagementScore,
                scores,
                newStanding,
                ruled,
                configurationVersion,
                firstMrr,
                tenure);
    }

    /// "A client exists from its first accepted row in any table", as long as it has any.
    public boolean exists() {
        return facets.values().stream().anyMatch(Facet::hasRows);
    }

    /// The same client with other rows, before it is evaluated with them.
    public Client of(Map<String, Facet> others) {
        return new Client(
                clientId,
                version,
                asOf,
                others,
                engagementScore,
                scores,
                standing,
                ruled,
                configurationVersion,
                firstMrrOn,
                tenure);
    }

    /// Takes over what uploads changed and evaluates at the later of their day and the client's. The Engagement Score
    /// stays as the last recalculation left it.
    ///
    /// @param changed table to facet; one that is not newer than the client's is ignored
    public Evaluation uploaded(
            LocalDate day, Map<String, Facet> changed, Configuration.Active configuration, Cause cause) {
        Map<String, Facet> merged = new TreeMap<>(facets);
        changed.forEach((table, facet) ->
                merged.merge(table, facet, (known, other) -> known.version() < other.version() ? other : known));
        boolean settles = configuration.configuration().situations().settles() == Configuration.Settling.IMMEDIATELY;
        return merged.equals(facets)
                ? new Evaluation(this, false, null)
                : evaluate(day, merged, engagementScore, configuration, cause, settles, null);
    }

    /// The daily recalculation. A client that was already evaluated on a later day keeps its Engagement Score, because
    /// the survey of an earlier day does not know its rows.
    ///
    /// @param engagement the score of the day's survey; null for a client that has none
    public Evaluation recalculated(
            LocalDate day, @Nullable BigDecimal engagement, Configuration.Active configuration, Cause cause) {
        return recalculated(day, engagement, configuration, cause, null);
    }

    /// The daily recalculation, which also decides whether the client is a customer.
    ///
    /// @param terms of being one; null where it is not asked
    public Evaluation recalculated(
            LocalDate day,
            @Nullable BigDecimal engagement,
            Configuration.Active configuration,
            Cause cause,
            Tenure.@Nullable Terms terms) {
        boolean late = asOf != null && asOf.isAfter(day);
        return evaluate(day, facets, late ? engagementScore : engagement, configuration, cause, true, terms);
    }

    /// Evaluates with a new configuration. The Engagement Score stays as the last recalculation left it.
    public Evaluation reconfigured(LocalDate day, Configuration.Active configuration, Cause cause) {
        return evaluate(day, facets, engagementScore, configuration, cause, true, null);
    }

    private Evaluation evaluate(
            LocalDate requested,
            Map<String, Facet> newFacets,
            @Nullable BigDecimal engagement,
            Configuration.Active active,
            Cause cause,
            boolean settles,
            Tenure.@Nullable Terms terms) {
        LocalDate day = dayFrom(requested);
        Configuration configuration = active.configuration();
        Judged judged = judge(day, newFacets, engagement, configuration);
        Fields fields = judged.fields();
        Cause why = settles ? causeOf(judged.situation(), cause, day, newFacets, engagement, active) : cause;
        Standing newStanding =
                settles ? standing.settled(day, judged.verdict().situation(), fields.manualSituation(), why) : standing;
        LocalDate firstMrr = firstMrr(day, fields);
        Rules rules = configuration.rules();
        Client next = new Client(
                clientId,
                version + 1,
                day,
                newFacets,
                engagement,
                judged.scores(),
                newStanding,
                rules.isEmpty()
                        ? Map.of()
                        : rules.apply(fields.readable(judged.engagementInForce(), judged.scores(), firstMrr), day),
                active.version(),
                firstMrr,
                terms == null ? tenure : tenure(day, newFacets, fields, terms));
        if (!isChangedBy(next, day, fields.values())) {
            return new Evaluation(this, false, null);
        }
        boolean isMoved = newStanding.version() > standing.version();
        return new Evaluation(next, true, isMoved ? next.change(why, judged.verdict(), active, fields) : null);
    }

    private Tenure tenure(LocalDate day, Map<String, Facet> newFacets, Fields fields, Tenure.Terms terms) {
        return newFacets.values().stream().anyMatch(Facet::hasRows)
                ? tenure.at(day, fields.values(), terms)
                : tenure.without(day);
    }

    /// The first day with MRR, as known at the end of `day`: what a day brings and takes away again leaves nothing. On
    /// days that were not recalculated the client was as its rows stood.
    private @Nullable LocalDate firstMrr(LocalDate day, Fields atDay) {
        if (firstMrrOn != null && firstMrrOn.isBefore(day)) {
            return firstMrrOn;
        }
        LocalDate missed = asOf == null ? null : Fields.firstMrr(facets, asOf, day);
        return missed == null && atDay.hasMrr() ? day : missed;
    }

    /// The same client with the day of its first MRR, if it was stored before that day was remembered: the day since
    /// which its rows give an MRR.
    public Client remembering() {
        if (asOf == null || firstMrrOn != null || !new Fields(facets, asOf).hasMrr()) {
            return this;
        }
        return with(standing, Fields.firstMrr(facets, LocalDate.MIN, asOf.plusDays(1)));
    }

    /// The same client with days before its first one, which leave its situation as it is.
    ///
    /// @param before the scores at the end of the last of these days
    /// @param was whether it was a customer then
    public Evaluation following(Scores before, Tenure was) {
        LocalDate first = Objects.requireNonNull(asOf, "a client that was not evaluated");
        Client next = new Client(
                clientId,
                version + 1,
                first,
                facets,
                engagementScore,
                before.with(first, true, scores.senseScore(), engagementInForce(first)),
                standing,
                ruled,
                configurationVersion,
                firstMrrOn,
                was);
        return new Evaluation(next, true, null);
    }

    /// What facets and a configuration give on a day.
    private record Judged(
            Fields fields, @Nullable BigDecimal engagementInForce, Scores scores, Situation.Verdict verdict) {
        /// The one set by hand, if there is one.
        Situation situation() {
            return Objects.requireNonNullElse(fields.manualSituation(), verdict.situation());
        }
    }

    private Judged judge(
            LocalDate day, Map<String, Facet> of, @Nullable BigDecimal engagement, Configuration configuration) {
        Fields fields = new Fields(of, day);
        BigDecimal inForce = fields.engagement(engagement);
        Scores judged = scores.with(
                day, asOf == null || asOf.isBefore(day), fields.senseScore(inForce, configuration.scoring()), inForce);
        return new Judged(
                fields,
                inForce,
                judged,
                Situation.at(day, judged, inForce, configuration.situations().opportunityTrend()));
    }

    /// The cause of a change of situation. What is evaluated together, such as the uploads of a day, or an upload and a
    /// configuration that has not reached the client yet, is told apart by leaving one of them out.
    ///
    /// @param evaluated why the client is evaluated
    private Cause causeOf(
            Situation situation,
            Cause evaluated,
            LocalDate day,
            Map<String, Facet> newFacets,
            @Nullable BigDecimal engagement,
            Configuration.Active active) {
        if (situation == standing.situation()) {
            return evaluated;
        }
        Facet overrides = newFacets.get(Cause.Override.TABLE);
        if (overrides != null) {
            Map<String, Facet> without = new TreeMap<>(newFacets);
            without.remove(Cause.Override.TABLE);
            Facet before = facets.get(Cause.Override.TABLE);
            if (before != null) {
                without.put(Cause.Override.TABLE, before);
            }
            Configuration configuration = active.configuration();
            boolean isSetByHand = new Fields(newFacets, day).manualSituation() != null;
            boolean isFromOverrides = !overrides.equals(before)
                    && judge(day, without, engagement, configuration).situation() != situation;
            if (isSetByHand || isFromOverrides) {
                return new Cause.Override(overrides.upload());
            }
        }
        boolean isFromConfiguration = asOf != null
                && active.version() > configurationVersion
                && judge(asOf, facets, engagementScore, active.configuration()).situation() == situation;
        return isFromConfiguration ? new Cause.NewConfiguration() : evaluated;
    }

    /// Whether `next` differs in anything that is stored. What follows from the date alone does not count.
    private boolean isChangedBy(Client next, LocalDate day, Map<String, Value> nextValues) {
        return asOf == null
                || !next.facets.equals(facets)
                || !Optional.ofNullable(next.engagementScore).equals(Optional.ofNullable(engagementScore))
                || next.scores.differFrom(scores.keptAt(day))
                || !next.standing.equals(standing)
                || !next.ruled.equals(ruled)
                || !Objects.equals(next.firstMrrOn, firstMrrOn)
                || !next.tenure.equals(tenure)
                // The tenant's went back, with its item.
                || next.configurationVersion < configurationVersion
                || (haveValuesChanged(asOf, day) && !nextValues.equals(values(asOf)));
    }

    /// Whether any value is another, in force or not.
    private boolean haveValuesChanged(LocalDate from, LocalDate to) {
        for (Facet facet : facets.values()) {
            for (Timeline timeline : facet.timelines().values()) {
                if (timeline.changes(from, to)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The change of situation that the last evaluation recorded, with what explains it.
    private SituationChange change(Cause cause, Situation.Verdict verdict, Configuration.Active active, Fields fields) {
        Standing.Transition last = standing.transitions().getLast();
        Map<String, Value> routing = new TreeMap<>(new ClientOnDay(this, fields).shown());
        routing.keySet().retainAll(SituationChange.ROUTING);
        return new SituationChange(
                clientId,
                standing.version(),
                last.from(),
                last.to(),
                last.day(),
                cause,
                scores,
                fields.engagement(engagementScore),
                verdict,
                active,
                fields.overridden(active.configuration().scoring().indicators()),
                routing);
    }

    /// The later of a day and the client's own: the day at which the client is evaluated and shown.
    public LocalDate dayFrom(LocalDate day) {
        return asOf != null && asOf.isAfter(day) ? asOf : day;
    }

    /// The client as it is on a day.
    public ClientOnDay on(LocalDate day) {
        return new ClientOnDay(this, new Fields(facets, day));
    }

    /// The families' fields in force on a day before any rule, with a countdown as the date it runs to. Absent fields
    /// are left out.
    public Map<String, Value> values(LocalDate day) {
        return new Fields(facets, day).values();
    }

    /// The value in force of one of the families' fields on a day before any rule, as [#values] has it; null where it
    /// is absent.
    ///
    /// @param field no countdown
    public @Nullable Value value(String field, LocalDate day) {
        return Fields.value(facets, field, day);
    }

    /// The numbers that indicators read on a day: a field's value in force, or null where it is absent.
    public Function<String, @Nullable BigDecimal> numbers(LocalDate day) {
        Fields fields = new Fields(facets, day);
        return fields.numbers(fields.engagement(engagementScore));
    }

    /// The Engagement Score in force on a day.
    public @Nullable BigDecimal engagementInForce(LocalDate day) {
        return new Fields(facets, day).engagement(engagementScore);
    }

    /// Everything that is shown of the client on a day: the families' fields, the scores, the variation, the situation.
    /// Absent fields are left out.
    public Map<String, Value> shown(LocalDate day) {
        return on(day).shown();
    }

    /// Some of what is shown.
    ///
    /// @param wanted these fields, as far as the client has them; the variation is never among them
    public Map<String, Value> shown(LocalDate day, Set<String> wanted) {
        Map<String, Value> shown = new ClientOnDay(this, new Fields(facets, day, wanted)).shown();
        shown.keySet().retainAll(wanted);
        return shown;
    }
}
