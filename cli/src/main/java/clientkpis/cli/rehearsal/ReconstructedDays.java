package clientkpis.cli.rehearsal;

import clientkpis.activities.Activities;
import clientkpis.billing.Billing;
import clientkpis.cli.cloud.Beginning;
import clientkpis.cli.cloud.Cloud;
import clientkpis.cli.input.Exports;
import clientkpis.clients.Clients;
import clientkpis.contacts.Contacts;
import clientkpis.contracts.Contracts;
import clientkpis.json.Json;
import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Scores;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.churn.Period;
import clientkpis.kpi.rehearsal.churn.TableDays;
import clientkpis.kpi.rehearsal.past.Past;
import clientkpis.kpi.rehearsal.past.PastClient;
import clientkpis.kpi.rehearsal.replay.Reconstruction;
import clientkpis.kpi.rehearsal.replay.Replay;
import clientkpis.kpi.score.Band;
import clientkpis.nps.Nps;
import clientkpis.reading.TempFolder;
import clientkpis.support.Support;
import clientkpis.tables.ClientStatus;
import clientkpis.tables.Tables;
import clientkpis.usage.Usage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// The days before the first folder, as the dates in its rows say what was then.
public final class ReconstructedDays {
    /// The most of them, for which a configuration can keep the rows of usage.
    public static final int MOST = 3_630;

    /// The days that a field of usage looks back.
    private static final int WINDOW = 30;

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

    private ReconstructedDays() {}

    /// What a run of the exports begins with, under the configuration of their first day.
    ///
    /// @param cloud another one than that of the run: it keeps rows of usage that a run drops
    public static Beginning of(Cloud cloud, String tenant, Exports exports, LocalDate since) throws IOException {
        LocalDate observed = exports.days().getFirst().date();
        Period period = new Period(since, observed.minusDays(1));
        Replay replay;
        Map<String, Map<String, Client.Facet>> facets;
        try (TempFolder folder = TempFolder.create("reconstruction")) {
            Exports first = keeping(new Exports(exports.days().subList(0, 1), List.of()), since, folder);
            new clientkpis.cli.cloud.Replay(cloud, tenant).uploads(first, (day, done, of) -> {}, day -> {});
            facets = cloud.facets(tenant);
            replay = new Replay(
                    period, first.configuration(), null, Collections.emptySortedSet(), ClientStatus::isInactive);
            replay(cloud, tenant, facets.keySet(), since, observed, replay);
        }
        Past past = replay.past(facets.keySet());
        boolean hasMrr =
                past.clients().stream().anyMatch(client -> client.days().table().hasMrr());
        Map<String, Scores> scores = replay.scores();
        Map<String, Beginning.Known> known = new HashMap<>();
        for (PastClient client : past.clients()) {
            known.put(
                    client.clientId(),
                    new Beginning.Known(
                            Objects.requireNonNull(scores.get(client.clientId())),
                            client.days().table().tenure(hasMrr)));
        }
        Set<String> registered = new HashSet<>();
        facets.forEach((id, own) -> {
            Client.Facet registry = own.get(Tables.REGISTRY);
            if (registry != null && registry.hasRows()) {
                registered.add(id);
            }
        });
        return new Beginning(period.last(), hasMrr, known, summaries(past, registered));
    }

    /// Judges the days from `from` until the day before `observed` by the rows that a cloud has.
    ///
    /// @return how many inactive clients have no known day on which they left
    static int replay(
            Cloud cloud, String tenant, Collection<String> clients, LocalDate from, LocalDate observed, Replay replay) {
        Reconstruction reconstruction = new Reconstruction(FAMILIES, from, observed, ClientStatus::isInactive);
        cloud.rows(tenant, clients, TABLES).forEach(reconstruction::add);
        reconstruction.replay(replay);
        return reconstruction.dayUnknown();
    }

    /// The same with the rows of usage that a run would drop by now.
    static Exports keeping(Exports exports, LocalDate since, TempFolder folder) throws IOException {
        int kept = Math.toIntExact(since.until(exports.days().getFirst().date(), ChronoUnit.DAYS)) + WINDOW;
        return exports.reconfigured(
                configuration -> {
                    ObjectNode keeps = configuration.deepCopy();
                    keeps.withObjectProperty("uploads").put("usageRetentionDays", kept);
                    return keeps;
                },
                folder.resolve("configuration.json"));
    }

    /// As the daily recalculation sums up a day, without MRR.
    ///
    /// @param registered without any, all clients are the portfolio
    private static Map<LocalDate, JsonNode> summaries(Past past, Set<String> registered) {
        Map<LocalDate, JsonNode> summaries = new TreeMap<>();
        for (int day = 0; day < past.period().days(); day++) {
            LocalDate date = past.period().date(day);
            ObjectNode summary = Json.object().put("day", date.toString()).put("reconstructed", true);
            ObjectNode situations = summary.putObject("situations");
            ObjectNode bands = summary.putObject("bands");
            for (PastClient client : past.clients()) {
                TableDays table = client.days().table();
                Situation situation = client.days().inForce().situation(day);
                if (situation != null
                        && !table.isInactive(day)
                        && (registered.isEmpty() || registered.contains(client.clientId()))) {
                    Band band = client.days().inForce().band(day);
                    count(situations, situation.label());
                    count(bands, band == null ? "none" : band.label());
                }
            }
            summaries.put(date, summary);
        }
        return summaries;
    }

    private static void count(ObjectNode groups, String name) {
        ObjectNode group = groups.withObjectProperty(name);
        group.put("clients", group.path("clients").asInt() + 1);
    }
}
