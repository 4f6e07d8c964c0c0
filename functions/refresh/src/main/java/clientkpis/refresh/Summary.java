package clientkpis.refresh;

import clientkpis.events.RecalculationCompleted;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.ClientOnDay;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.score.Band;
import clientkpis.tables.Membership;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many clients, with how much MRR, are in each situation and band at a day; inactive clients and those without a
/// registry row apart. A tenant that never uploaded a registry has only clients without a row: they are its portfolio.
final class Summary {
    private static final String NO_BAND = "none";

    private long changed;
    /// Whether a row of the registry names them, be they active or not.
    private long registered;

    private final Sums portfolio = new Sums();
    private final Sums unregistered = new Sums();
    private final Group inactive = new Group();

    private static final class Group {
        private long clients;
        private BigDecimal mrr = BigDecimal.ZERO.setScale(2);

        void add(long more, BigDecimal mrrOfThem) {
            clients += more;
            mrr = mrr.add(mrrOfThem);
        }

        void add(Group other) {
            add(other.clients, other.mrr);
        }

        void add(JsonNode json) {
            add(json.path("clients").asLong(), json.path("mrr").decimalValue());
        }

        ObjectNode toJson() {
            return Json.object().put("clients", clients).put("mrr", mrr);
        }

        RecalculationCompleted.@Nullable Group event() {
            return clients == 0 ? null : new RecalculationCompleted.Group(clients, mrr);
        }
    }

    /// Clients by situation and band.
    private static final class Sums {
        private final Group all = new Group();
        private final Map<String, Group> situations = new TreeMap<>();
        private final Map<String, Group> bands = new TreeMap<>();

        void add(String situation, String band, BigDecimal mrr) {
            all.add(1, mrr);
            group(situations, situation).add(1, mrr);
            group(bands, band).add(1, mrr);
        }

        void add(Sums other) {
            all.add(other.all);
            other.situations.forEach((name, group) -> group(situations, name).add(group));
            other.bands.forEach((name, group) -> group(bands, name).add(group));
        }

        void add(JsonNode json) {
            all.add(json);
            json.path("situations")
                    .properties()
                    .forEach(one -> group(situations, one.getKey()).add(one.getValue()));
            json.path("bands")
                    .properties()
                    .forEach(one -> group(bands, one.getKey()).add(one.getValue()));
        }

        private static Group group(Map<String, Group> groups, String name) {
            return groups.computeIfAbsent(name, n -> new Group());
        }

        ObjectNode toJson() {
            ObjectNode json = all.toJson();
            ObjectNode bySituation = json.putObject("situations");
            situations.forEach((name, group) -> bySituation.set(name, group.toJson()));
            ObjectNode byBand = json.putObject("bands");
            bands.forEach((name, group) -> byBand.set(name, group.toJson()));
            return json;
        }

        RecalculationCompleted.@Nullable Group situation(Situation situation) {
            return event(situations.get(situation.label()));
        }

        RecalculationCompleted.@Nullable Group band(String label) {
            return event(bands.get(label));
        }

        private static RecalculationCompleted.@Nullable Group event(@Nullable Group group) {
            return group == null ? null : group.event();
        }
    }

    /// @param changed how many more clients were written
    void changed(int changed) {
        this.changed += changed;
    }

    void add(ClientOnDay at) {
        Client client = at.client();
        BigDecimal mrr = at.value("mrr") instanceof Value.Number n ? n.number() : BigDecimal.ZERO;
        String status = at.value("status") instanceof Value.Text text ? text.text() : null;
        Client.Facet registry = client.facets().get(Tables.REGISTRY);
        boolean isRegistered = registry != null && registry.hasRows();
        registered += isRegistered ? 1 : 0;
        switch (Membership.of(isRegistered, status)) {
            case INACTIVE -> inactive.add(1, mrr);
            case PORTFOLIO -> portfolio.add(situation(client), band(client), mrr);
            case UNREGISTERED -> unregistered.add(situation(client), band(client), mrr);
        }
    }

    private static String situation(Client client) {
        Situation situation = client.standing().situation();
        return situation == null ? Situation.NEUTRAL.label() : situation.label();
    }

    private static String band(Client client) {
        Band band = client.scores().senseScore().band();
        return band == null ? NO_BAND : band.label();
    }

    /// Adds another summary, as [#toJson()] wrote it.
    void add(JsonNode json) {
        changed += json.path("changed").asLong();
        registered += json.path("registered").asLong();
        portfolio.add(json.path("portfolio"));
        unregistered.add(json.path("unregistered"));
        inactive.add(json.path("inactive"));
    }

    /// All of them, wherever they are counted.
    long clients() {
        return portfolio.all.clients + unregistered.all.clients + inactive.clients;
    }

    long changed() {
        return changed;
    }

    /// Whether any client has MRR, wherever it is counted.
    boolean hasMrr() {
        return Stream.of(portfolio.all, unregistered.all, inactive).anyMatch(group -> group.mrr.signum() > 0);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("changed", changed).put("registered", registered);
        json.set("portfolio", portfolio.toJson());
        json.set("unregistered", unregistered.toJson());
        json.set("inactive", inactive.toJson());
        return json;
    }

    RecalculationCompleted completed(Tenant tenant, LocalDate day, String export) {
        boolean countsEveryone = registered == 0;
        Sums counted = new Sums();
        counted.add(portfolio);
        if (countsEveryone) {
            counted.add(unregistered);
        }
        return new RecalculationCompleted(
                tenant + "/" + day,
                tenant,
                day,
                export,
                counted.all.clients,
                changed,
                new RecalculationCompleted.Situations(
                        counted.situation(Situation.NEUTRAL),
                        counted.situation(Situation.OPPORTUNITY),
                        counted.situation(Situation.RISK)),
                new RecalculationCompleted.Bands(
                        counted.band(Band.GREEN.label()),
                        counted.band(NO_BAND),
                        counted.band(Band.RED.label()),
                        counted.band(Band.YELLOW.label())),
                inactive.event(),
                countsEveryone ? null : unregistered.all.event());
    }
}
