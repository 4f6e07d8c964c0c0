package clientkpis.cli.rehearsal;

import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.cloud.Replay.Listener;
import clientkpis.cli.input.Exports;
import clientkpis.json.Json;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.kpi.score.Scoring;
import clientkpis.reading.TempFolder;
import clientkpis.tables.ClientStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A rehearsal on the days of a folder of exports. A cloud makes the uploads; the days are judged by what the rows give
/// after them, without the cloud.
///
/// @param rejected the files that were rejected as a whole, in the order in which that was published
public record RehearsedExports(Rehearsal rehearsal, List<Rejected> rejected) {
    /// A file that was rejected as a whole.
    ///
    /// @param object its key in the bucket
    /// @param reason the code
    public record Rejected(String object, String reason) {}

    private static final Set<String> REJECTED = Set.of("UploadRejected", "ConfigurationRejected", "ErasureRejected");

    public RehearsedExports {
        rejected = List.copyOf(rejected);
    }

    /// @param since the first day; those before the first folder are reconstructed. Null: the first folder's
    /// @param inForce the configuration in force on the last day
    /// @param candidate null when none is rehearsed
    public static RehearsedExports of(
            Cloud cloud,
            String tenant,
            Exports exports,
            @Nullable LocalDate since,
            List<Integer> horizons,
            Configuration inForce,
            @Nullable Configuration candidate,
            Listener listener)
            throws IOException {
        if (since == null) {
            return rehearse(cloud, tenant, exports, null, horizons, inForce, candidate, listener);
        }
        try (TempFolder folder = TempFolder.create("rehearsal")) {
            Exports keeping = ReconstructedDays.keeping(exports, since, folder);
            return rehearse(cloud, tenant, keeping, since, horizons, inForce, candidate, listener);
        }
    }

    private static RehearsedExports rehearse(
            Cloud cloud,
            String tenant,
            Exports exports,
            @Nullable LocalDate since,
            List<Integer> horizons,
            Configuration inForce,
            @Nullable Configuration candidate,
            Listener listener) {
        LocalDate observed = exports.days().getFirst().date();
        Period period = new Period(
                since == null ? observed : since, exports.days().getLast().date());
        Scoring other = candidate == null ? null : candidate.scoring();
        SortedSet<LocalDate> landmarks =
                new Rehearsal.Question(horizons, observed, 0, inForce.scoring(), other).landmarks(period);
        Replay replay = new Replay(period, inForce, candidate, landmarks, ClientStatus::isInactive);
        Known known = new Known(replay, observed);
        List<String> events = new clientkpis.cli.cloud.Replay(cloud, tenant).uploads(exports, listener, day -> {
            known.until(day);
            known.facets = cloud.facets(tenant);
            if (day.equals(observed) && period.first().isBefore(observed)) {
                known.dayUnknown = ReconstructedDays.replay(
                        cloud, tenant, known.facets.keySet(), period.first(), observed, replay);
            }
        });
        known.until(period.last().plusDays(1));
        Rehearsal.Question question =
                new Rehearsal.Question(horizons, observed, known.dayUnknown, inForce.scoring(), other);
        return new RehearsedExports(Rehearsal.of(replay.past(known.facets.keySet()), question), rejected(events));
    }

    /// What is known of the clients from a day on.
    private static final class Known {
        private final Replay replay;
        private LocalDate since;
        private Map<String, Map<String, Client.Facet>> facets = Map.of();
        private int dayUnknown;

        Known(Replay replay, LocalDate since) {
            this.replay = replay;
            this.since = since;
        }

        /// Judges the days before `next`.
        void until(LocalDate next) {
            Map<String, Replay.Known> known = new HashMap<>();
            facets.forEach((id, own) -> known.put(id, Replay.Known.observed(own)));
            replay.days(since, next.minusDays(1), known);
            since = next;
        }
    }

    private static List<Rejected> rejected(List<String> events) {
        return events.stream()
                .map(Json::parse)
                .filter(event -> REJECTED.contains(event.path("detail-type").asText()))
                .map(event -> event.path("detail"))
                .map(RehearsedExports::rejected)
                .toList();
    }

    private static Rejected rejected(JsonNode detail) {
        JsonNode reason = detail.path("reason");
        return new Rejected(
                detail.path(detail.has("object") ? "object" : "upload").asText(),
                reason.isObject() ? reason.path("code").asText() : reason.asText("configuration"));
    }
}
