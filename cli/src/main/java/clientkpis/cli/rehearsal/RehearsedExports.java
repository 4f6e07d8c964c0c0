package clientkpis.cli.rehearsal;

import clientkpis.activities.Activities;
import clientkpis.billing.Billing;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.cloud.Replay.Listener;
import clientkpis.cli.input.Exports;
import clientkpis.clients.Clients;
import clientkpis.contacts.Contacts;
import clientkpis.contracts.Contracts;
import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.rehearsal.Rehearsal;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.replay.Reconstruction;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.kpi.score.Scoring;
import clientkpis.nps.Nps;
import clientkpis.reading.TempFolder;
import clientkpis.support.Support;
import clientkpis.tables.ClientStatus;
import clientkpis.usage.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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

    /// The most days before the first folder, for which a configuration can keep the rows of usage.
    public static final int MOST_BEFORE = 3_630;

    /// The days that a field of usage looks back.
    private static final int WINDOW = 30;

    private static final Set<String> REJECTED = Set.of("UploadRejected", "ConfigurationRejected", "ErasureRejected");

    /// Those that say what their fields were before their rows came.
    private static final List<KpiFamily<?>> FAMILIES = List.of(
            new Clients(),
            new Contracts(),
            new Billing(),
            new Support(),
            new Nps(),
            new Usage(),
            new Activities(),
            new Contacts());

    private static final List<String> TABLES =
            FAMILIES.stream().map(family -> family.table()).toList();

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
        // The past has the rows of usage that a run would drop by now.
        int kept = Math.toIntExact(since.until(exports.days().getFirst().date(), ChronoUnit.DAYS)) + WINDOW;
        try (TempFolder folder = TempFolder.create("rehearsal")) {
            Exports keeping = exports.reconfigured(
                    configuration -> {
                        ObjectNode keeps = configuration.deepCopy();
                        keeps.withObjectProperty("uploads").put("usageRetentionDays", kept);
                        return keeps;
                    },
                    folder.resolve("configuration.json"));
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
        Reconstruction reconstruction =
                new Reconstruction(FAMILIES, period.first(), observed, ClientStatus::isInactive);
        Known known = new Known(replay, observed);
        List<String> events = new clientkpis.cli.cloud.Replay(cloud, tenant).uploads(exports, listener, day -> {
            known.until(day);
            known.facets = cloud.facets(tenant);
            if (day.equals(observed) && period.first().isBefore(observed)) {
                cloud.rows(tenant, known.facets.keySet(), TABLES).forEach(reconstruction::add);
                reconstruction.replay(replay);
            }
        });
        known.until(period.last().plusDays(1));
        Rehearsal.Question question =
                new Rehearsal.Question(horizons, observed, reconstruction.dayUnknown(), inForce.scoring(), other);
        return new RehearsedExports(Rehearsal.of(replay.past(known.facets.keySet()), question), rejected(events));
    }

    /// What is known of the clients from a day on.
    private static final class Known {
        private final Replay replay;
        private LocalDate since;
        private Map<String, Map<String, Client.Facet>> facets = Map.of();

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
