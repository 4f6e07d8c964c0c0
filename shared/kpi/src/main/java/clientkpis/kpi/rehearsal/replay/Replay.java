package clientkpis.kpi.rehearsal.replay;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.past.ClientDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.score.Distribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Evaluates a portfolio at the end of every day under the configuration in force and under a candidate, with no score
/// before the first day.
public final class Replay {
    /// What is known of a client on some days.
    ///
    /// @param mrr what a reconstruction says of it, where the field is absent; null for none
    /// @param isObserved whether the MRR is a field
    public record Known(
            Map<String, Client.Facet> facets, @Nullable Timeline mrr, boolean isObserved) {
        private static final Known NOTHING = new Known(Map.of(), null, true);

        public static Known observed(Map<String, Client.Facet> facets) {
            return new Known(facets, null, true);
        }
    }

    /// What a day's client table says of a client.
    ///
    /// @param engagementScore as the day's recalculation calculated it; null for none
    public record Exported(
            Map<String, Client.Facet> facets, @Nullable BigDecimal engagementScore) {
        private static final Exported NOTHING = new Exported(Map.of(), null);
    }

    private final Period period;
    private final Configuration inForce;
    private final @Nullable Configuration candidate;
    private final SortedSet<LocalDate> landmarks;
    private final Predicate<@Nullable String> isInactive;
    private final Map<String, ReplayedClient> clients = new HashMap<>();

    /// @param isInactive what a status says
    public Replay(
            Period period,
            Configuration inForce,
            @Nullable Configuration candidate,
            SortedSet<LocalDate> landmarks,
            Predicate<@Nullable String> isInactive) {
        this.period = period;
        this.inForce = inForce;
        this.candidate = candidate;
        this.landmarks = landmarks;
        this.isInactive = isInactive;
    }

    /// Evaluates some days on which no row changes. Days come in order, without a gap.
    ///
    /// @param known client id to what is known of it; a client that is left out is not in the table
    public void days(LocalDate first, LocalDate last, Map<String, Known> known) {
        known.keySet().forEach(id -> clients.computeIfAbsent(id, this::newClient));
        clients.forEach((id, client) -> client.know(known.getOrDefault(id, Known.NOTHING)));
        List<ReplayedClient> all = List.copyOf(clients.values());
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            LocalDate day = date;
            all.parallelStream().forEach(client -> client.begin(day));
            Map<BigInteger, Long> counts = new HashMap<>();
            for (ReplayedClient client : all) {
                BigInteger actions = client.actions();
                if (actions != null) {
                    counts.merge(actions, 1L, Long::sum);
                }
            }
            Distribution portfolio = new Distribution(counts);
            all.parallelStream().forEach(client -> client.end(day, portfolio));
        }
    }

    /// Evaluates one client on every day, by itself: its Engagement Scores, which depend on those of others, are known.
    /// It is not one of those that [#past(Set)] gives. Several threads may ask for different clients.
    ///
    /// @param exported null on a day on which the client is not in the table; asked for day after day
    public ClientDays client(String clientId, Function<LocalDate, @Nullable Exported> exported) {
        ReplayedClient client = newClient(clientId);
        boolean isKnown = false;
        for (LocalDate day = period.first(); !day.isAfter(period.last()); day = day.plusDays(1)) {
            Exported own = exported.apply(day);
            isKnown |= own != null;
            if (isKnown) {
                client.exported(day, own == null ? Exported.NOTHING : own);
            }
        }
        return client.days();
    }

    private ReplayedClient newClient(String clientId) {
        return new ReplayedClient(clientId, this);
    }

    /// Of each client the scores under the configuration in force, at the end of the last day that was evaluated.
    public Map<String, Scores> scores() {
        Map<String, Scores> scores = new HashMap<>();
        clients.forEach((id, client) -> scores.put(id, client.scores()));
        return scores;
    }

    /// @param remembered the clients that may be named: not those that were erased meanwhile
    public Past past(Set<String> remembered) {
        List<ClientDays> days = new ArrayList<>();
        clients.forEach((id, client) -> {
            if (remembered.contains(id)) {
                days.add(client.days());
            }
        });
        return Past.of(period, days);
    }

    Period period() {
        return period;
    }

    Configuration inForce() {
        return inForce;
    }

    @Nullable
    Configuration candidate() {
        return candidate;
    }

    boolean isLandmark(LocalDate day) {
        return landmarks.contains(day);
    }

    boolean isInactive(@Nullable String status) {
        return isInactive.test(status);
    }
}
