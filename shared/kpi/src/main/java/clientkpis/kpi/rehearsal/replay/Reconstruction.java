package clientkpis.kpi.rehearsal.replay;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.client.Client;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The days before the first export, as far as its rows say what was then.
public final class Reconstruction {
    /// The fields that have the same meaning on a reconstructed day. The value of any other is that of today, which
    /// gives away how it ended.
    public static final Set<String> FIELDS = Set.of(
            "overdueTitles",
            "tcv",
            "ticketsAboveSla",
            "nps",
            "activeUsers",
            "usersWithActivity",
            "engagementScore",
            "overdueActivities");

    private static final String REGISTRY = "clients";
    private static final String CONTRACTS = "contracts";
    private static final String MRR = "mrr";

    private final List<? extends KpiFamily<?>> families;
    private final LocalDate from;
    private final LocalDate observed;
    private final Predicate<@Nullable String> isInactive;
    private final Map<String, Then> clients = new HashMap<>();
    private int dayUnknown;

    /// @param since the first day on which the client was in the table
    private record Then(LocalDate since, Replay.Known known) {}

    /// @param families those that know their past
    /// @param from the first day that is reconstructed
    /// @param observed the first day after these
    /// @param isInactive what a status says
    public Reconstruction(
            List<? extends KpiFamily<?>> families,
            LocalDate from,
            LocalDate observed,
            Predicate<@Nullable String> isInactive) {
        this.families = families;
        this.from = from;
        this.observed = observed;
        this.isInactive = isInactive;
    }

    /// Adds a client.
    ///
    /// @param rows table to the client's rows in it, as they are on the first day after
    public void add(String clientId, Map<String, List<Row>> rows) {
        Row registered =
                rows.getOrDefault(REGISTRY, List.of()).stream().findFirst().orElse(null);
        LocalDate cancelledOn = registered == null ? null : registered.date("cancelled_on");
        LocalDate leftOn = cancelledOn == null ? endedOn(rows.getOrDefault(CONTRACTS, List.of())) : cancelledOn;
        if (registered != null && leftOn == null && isInactive.test(registered.text("status"))) {
            dayUnknown++;
        }
        KpiFamily.Before before = new KpiFamily.Before(from, observed, cancelledOn, leftOn);
        Map<String, Client.Facet> facets = new HashMap<>();
        LocalDate since = observed;
        Timeline mrr = null;
        for (KpiFamily<?> family : families) {
            List<Row> own = rows.getOrDefault(family.table(), List.of());
            KpiFamily.Past past =
                    own.isEmpty() ? null : past(family, own, before).orElse(null);
            if (past != null) {
                Map<String, Timeline> timelines = new HashMap<>(past.timelines());
                Timeline told = timelines.remove(MRR);
                mrr = told == null ? mrr : told;
                facets.put(family.table(), new Client.Facet(1, "", timelines));
                since = past.since().isBefore(since) ? past.since() : since;
            }
        }
        if (since.isBefore(observed)) {
            clients.put(clientId, new Then(since, new Replay.Known(facets, mrr, false)));
        }
    }

    private static <R> Optional<KpiFamily.Past> past(KpiFamily<R> family, List<Row> rows, KpiFamily.Before before) {
        return family.past(
                rows.stream()
                        .map(row -> new KpiFamily.Read<>(row, family.read(row)))
                        .toList(),
                before);
    }

    /// The day after the last contract ended, if all have.
    private @Nullable LocalDate endedOn(List<Row> contracts) {
        LocalDate after = null;
        for (Row contract : contracts) {
            LocalDate end = contract.date("ends_on");
            if (end == null || !end.isBefore(observed)) {
                return null;
            }
            after = after == null || after.isBefore(end.plusDays(1)) ? end.plusDays(1) : after;
        }
        return after;
    }

    /// How many inactive clients have no known day on which they left.
    public int dayUnknown() {
        return dayUnknown;
    }

    /// Evaluates the days that are reconstructed: from each day on which clients come, until the next.
    public void replay(Replay replay) {
        NavigableMap<LocalDate, Map<String, Replay.Known>> coming = new TreeMap<>();
        coming.put(from, new HashMap<>());
        clients.forEach((id, then) ->
                coming.computeIfAbsent(then.since, day -> new HashMap<>()).put(id, then.known));
        Map<String, Replay.Known> known = new HashMap<>();
        coming.forEach((day, those) -> {
            known.putAll(those);
            LocalDate next = coming.higherKey(day);
            replay.days(day, (next == null ? observed : next).minusDays(1), known);
        });
    }
}
