package clientkpis.kpi.rehearsal.replay;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Cause;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.past.ClientDays;
import clientkpis.kpi.rehearsal.past.JudgedDays;
import clientkpis.kpi.rehearsal.past.Parts;
import clientkpis.kpi.rehearsal.past.Today;
import clientkpis.kpi.score.Distribution;
import clientkpis.kpi.score.SenseScore;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One client of a replay. A day is begun for all clients, so that what each did is known, and then ended.
final class ReplayedClient {
    private final Replay replay;
    private final ClientDays days;
    private final Evaluated inForce;
    private final @Nullable Evaluated candidate;
    private Replay.Known known = Replay.Known.observed(Map.of());
    private boolean isInTable;
    private @Nullable BigInteger actions;

    ReplayedClient(String clientId, Replay replay) {
        this.replay = replay;
        Configuration other = replay.candidate();
        days = new ClientDays(clientId, replay.period(), other != null);
        inForce = new Evaluated(clientId, replay.inForce(), days.inForce());
        JudgedDays judged = days.candidate();
        candidate = other == null || judged == null ? null : new Evaluated(clientId, other, judged);
    }

    ClientDays days() {
        return days;
    }

    /// Under the configuration in force, at the end of the last day.
    Scores scores() {
        return inForce.client.scores();
    }

    /// Takes over what the client's rows give from now on.
    void know(Replay.Known now) {
        known = now;
        Map<String, Client.Facet> facets = withoutVerdictsByHand(now.facets());
        isInTable = now.facets().values().stream().anyMatch(Client.Facet::hasRows);
        inForce.know(facets);
        if (candidate != null) {
            candidate.know(facets);
        }
    }

    /// A score that was set by hand is a fact for every configuration. A situation or a band is what is asked for.
    private static Map<String, Client.Facet> withoutVerdictsByHand(Map<String, Client.Facet> all) {
        Client.Facet overrides = all.get(Cause.Override.TABLE);
        if (overrides == null) {
            return all;
        }
        Map<String, Timeline> timelines = new HashMap<>(overrides.timelines());
        timelines.keySet().removeAll(Client.VERDICTS);
        Map<String, Client.Facet> facets = new HashMap<>(all);
        facets.put(
                Cause.Override.TABLE,
                new Client.Facet(overrides.version(), overrides.upload(), overrides.hasRows(), timelines));
        return facets;
    }

    void begin(LocalDate day) {
        Client client = inForce.client;
        boolean inactive = replay.isInactive(text(client.value("status", day)));
        actions = !inactive && client.value("actions30d", day) instanceof Value.Number(BigDecimal number)
                ? number.toBigIntegerExact()
                : null;
        if (isInTable) {
            days.put(
                    day,
                    new ClientDays.Line(
                            inactive,
                            client.value("cancelledOn", day) instanceof Value.Day(LocalDate notice) ? notice : null,
                            mrr(day),
                            text(client.value("cs", day)),
                            text(client.value("name", day))));
        }
    }

    private static @Nullable String text(@Nullable Value value) {
        return value instanceof Value.Text(String text) ? text : null;
    }

    private @Nullable BigDecimal mrr(LocalDate day) {
        Timeline told = known.mrr();
        Value value = known.isObserved() ? inForce.client.value("mrr", day) : told == null ? null : told.at(day);
        return value instanceof Value.Number(BigDecimal mrr) ? mrr : null;
    }

    /// What the client did in the 30 days that end with the day that was begun; null for one outside the portfolio.
    @Nullable
    BigInteger actions() {
        return actions;
    }

    void end(LocalDate day, Distribution portfolio) {
        end(day, actions == null ? null : portfolio.engagementScore(actions));
    }

    /// A whole day, as it was exported.
    void exported(LocalDate day, Replay.Exported exported) {
        know(Replay.Known.observed(exported.facets()));
        begin(day);
        end(day, exported.engagementScore());
    }

    private void end(LocalDate day, @Nullable BigDecimal engagement) {
        inForce.evaluate(day, engagement);
        if (candidate != null) {
            candidate.evaluate(day, engagement);
        }
    }

    /// The client as one configuration evaluates it.
    private final class Evaluated {
        private final Configuration.Active configuration;
        private final JudgedDays judged;
        private Client client;

        Evaluated(String clientId, Configuration configuration, JudgedDays judged) {
            this.configuration = new Configuration.Active(0, null, configuration);
            this.judged = judged;
            client = Client.unknown(clientId);
        }

        void know(Map<String, Client.Facet> known) {
            client = client.of(known);
        }

        void evaluate(LocalDate day, @Nullable BigDecimal engagement) {
            client = client.recalculated(day, engagement, configuration, new Cause.Daily())
                    .client();
            if (!isInTable) {
                return;
            }
            SenseScore score = client.scores().senseScore();
            judged.put(
                    day,
                    score.value(),
                    score.band(),
                    Objects.requireNonNull(client.standing().situation()));
            if (replay.isLandmark(day)) {
                BigDecimal byHand = score.below() == null ? null : score.value();
                judged.put(
                        day,
                        Parts.of(
                                client.numbers(day),
                                configuration.configuration().scoring(),
                                byHand));
            }
            if (day.equals(replay.period().last())) {
                judged.put(today(day, score));
            }
        }

        private Today today(LocalDate day, SenseScore score) {
            Map<String, BigDecimal> contributions = new LinkedHashMap<>();
            for (SenseScore.Part part : score.parts()) {
                BigDecimal contribution = part.contribution();
                if (contribution != null) {
                    contributions.put(part.name(), contribution);
                }
            }
            Map<String, String> texts = new HashMap<>();
            client.shown(day).forEach((field, value) -> {
                if (value instanceof Value.Text(String text)) {
                    texts.put(field, text);
                }
            });
            return new Today(contributions, texts);
        }
    }
}
