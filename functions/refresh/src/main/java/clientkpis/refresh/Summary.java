package clientkpis.refresh;

import clientkpis.events.RecalculationCompleted;
import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.kpi.Value;
import clientkpis.kpi.client.Client;
import clientkpis.kpi.client.Situation;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many clients, with how much MRR, are in each situation and band at a day.
final class Summary {
    private static final String NO_BAND = "none";

    private long clients;
    private long changed;
    private final Map<String, Group> situations = new TreeMap<>();
    private final Map<String, Group> bands = new TreeMap<>();

    private static final class Group {
        private long clients;
        private BigDecimal mrr = BigDecimal.ZERO.setScale(2);
    }

    /// @param changed how many more clients were written
    void changed(int changed) {
        this.changed += changed;
    }

    void add(Client client, LocalDate day) {
        clients++;
        BigDecimal mrr = client.values(day).get("mrr") instanceof Value.Number n ? n.number() : BigDecimal.ZERO;
        Situation situation = client.standing().situation();
        add(situations, situation == null ? Situation.NEUTRAL.label() : situation.label(), 1, mrr);
        add(
                bands,
                client.scores().senseScore().band() == null
                        ? NO_BAND
                        : client.scores().senseScore().band().label(),
                1,
                mrr);
    }

    /// Adds another summary, as [#toJson()] wrote it.
    void add(JsonNode json) {
        clients += json.path("clients").asLong();
        changed += json.path("changed").asLong();
        add(situations, json.path("situations"));
        add(bands, json.path("bands"));
    }

    long clients() {
        return clients;
    }

    long changed() {
        return changed;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("clients", clients).put("changed", changed);
        write(json.putObject("situations"), situations);
        write(json.putObject("bands"), bands);
        return json;
    }

    RecalculationCompleted completed(Tenant tenant, LocalDate day, String export) {
        return new RecalculationCompleted(
                tenant + "/" + day,
                tenant,
                day,
                export,
                clients,
                changed,
                new RecalculationCompleted.Situations(
                        group(situations, Situation.NEUTRAL.label()),
                        group(situations, Situation.OPPORTUNITY.label()),
                        group(situations, Situation.RISK.label())),
                new RecalculationCompleted.Bands(
                        group(bands, Band.GREEN.label()),
                        group(bands, NO_BAND),
                        group(bands, Band.RED.label()),
                        group(bands, Band.YELLOW.label())));
    }

    private static RecalculationCompleted.@Nullable Group group(Map<String, Group> groups, String name) {
        Group group = groups.get(name);
        return group == null ? null : new RecalculationCompleted.Group(group.clients, group.mrr);
    }

    private static void add(Map<String, Group> groups, JsonNode json) {
        json.properties()
                .forEach(entry -> add(
                        groups,
                        entry.getKey(),
                        entry.getValue().path("clients").asLong(),
                        entry.getValue().path("mrr").decimalValue()));
    }

    private static void add(Map<String, Group> groups, String name, long clients, BigDecimal mrr) {
        Group group = groups.computeIfAbsent(name, n -> new Group());
        group.clients += clients;
        group.mrr = group.mrr.add(mrr);
    }

    private static void write(ObjectNode json, Map<String, Group> groups) {
        groups.forEach((name, group) ->
                json.putObject(name).put("clients", group.clients).put("mrr", group.mrr));
    }
}
