package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.maturity.Coverage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The figures of a portfolio. It keeps no client. Clients counted apart have figures of their own only.
final class Totals {
    static final int WEEK = 7;
    private static final int BINS = 20;
    private static final int BIN = 100 / BINS;

    private final LocalDate day;
    private final boolean countsUnregistered;

    private final Group all = new Group();
    private final Group inactive = new Group();
    private final Group unregistered = new Group();
    /// Clients of the portfolio that no registry row names.
    private long countedUnregistered;

    private final Map<String, Group> situations = new TreeMap<>();
    private final Map<String, Group> bands = new TreeMap<>();
    private final Group newRisks = new Group();
    private final Group newOpportunities = new Group();
    private final Group redOnly = new Group();
    private final Group renewals = new Group();
    private final Map<String, Map<String, Group>> moved = new TreeMap<>();
    private final long[] distribution = new long[BINS];
    private final Coverage measured;
    private long withScore;
    private BigDecimal coverage = BigDecimal.ZERO;

    /// How one client is counted.
    enum Counted {
        PORTFOLIO(0),
        INACTIVE(1),
        UNREGISTERED(2);

        private final int number;

        Counted(int number) {
            this.number = number;
        }

        /// As the page has it.
        int number() {
            return number;
        }
    }

    /// @param countsUnregistered whether clients without a registry row are part of the portfolio, because the tenant
    ///     has no registry
    Totals(LocalDate day, boolean countsUnregistered) {
        this.day = day;
        this.countsUnregistered = countsUnregistered;
        measured = new Coverage(day);
    }

    /// @param transitions of the client, oldest first
    Counted add(ExportedClient client, JsonNode transitions) {
        switch (client.membership()) {
            case INACTIVE -> {
                inactive.add(client.mrr());
                return Counted.INACTIVE;
            }
            case UNREGISTERED -> {
                if (!countsUnregistered) {
                    unregistered.add(client.mrr());
                    return Counted.UNREGISTERED;
                }
                countedUnregistered++;
            }
            case PORTFOLIO -> {}
        }
        count(client, transitions);
        return Counted.PORTFOLIO;
    }

    private void count(ExportedClient client, JsonNode transitions) {
        BigDecimal mrr = client.mrr();
        String situation = client.situation();
        all.add(mrr);
        situations.computeIfAbsent(situation, s -> new Group()).add(mrr);
        bands.computeIfAbsent(client.band(), b -> new Group()).add(mrr);
        if (client.band().equals("red") && !situation.equals("risk")) {
            redOnly.add(mrr);
        }
        if (client.renewsSoon()) {
            renewals.add(mrr);
        }
        if (isNew(transitions)) {
            switch (situation) {
                case "risk" -> newRisks.add(mrr);
                case "opportunity" -> newOpportunities.add(mrr);
                default -> {}
            }
        }
        moved(transitions, situation, mrr);
        score(client.row());
        measure(client);
    }

    private void score(JsonNode row) {
        if (row.has("senseScore")) {
            withScore++;
            coverage = coverage.add(row.path("senseScoreCoverage").decimalValue());
            int bin = row.path("senseScore").decimalValue().intValue() / BIN;
            distribution[Math.clamp(bin, 0, BINS - 1)]++;
        }
    }

    private void measure(ExportedClient client) {
        String lastInteractionOn = client.row().path("lastInteractionOn").textValue();
        measured.add(
                false,
                client.cs(),
                client.mrr(),
                lastInteractionOn == null ? null : LocalDate.parse(lastInteractionOn),
                client.row().has("sponsorName"));
    }

    /// Whether the client has been in its situation for less than a week.
    boolean isNew(JsonNode transitions) {
        JsonNode last = transitions.path(transitions.size() - 1).path("day");
        return last.isTextual() && LocalDate.parse(last.asText()).isAfter(day.minusDays(WEEK));
    }

    /// Counts the client if its situation is not the one of a week ago.
    private void moved(JsonNode transitions, String situation, BigDecimal mrr) {
        for (JsonNode transition : transitions) {
            if (LocalDate.parse(transition.path("day").asText()).isAfter(day.minusDays(WEEK))) {
                String from = transition.path("from").asText("new");
                if (!from.equals(situation)) {
                    moved.computeIfAbsent(from, f -> new TreeMap<>())
                            .computeIfAbsent(situation, t -> new Group())
                            .add(mrr);
                }
                return;
            }
        }
    }

    /// Clients of the portfolio.
    long clients() {
        return all.clients();
    }

    long clients(String situation) {
        Group group = situations.get(situation);
        return group == null ? 0 : group.clients();
    }

    /// As `RecalculationCompleted` has them.
    ObjectNode summary() {
        ObjectNode json = Json.object().put("clients", all.clients());
        json.set("situations", Group.json(situations));
        json.set("bands", Group.json(bands));
        return json;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set("all", all.json());
        json.set("inactive", inactive.json());
        json.set("unregistered", unregistered.json());
        json.put("countedUnregistered", countedUnregistered);
        json.set("newRisks", newRisks.json());
        json.set("newOpportunities", newOpportunities.json());
        json.set("redOnly", redOnly.json());
        json.set("renewals", renewals.json());
        ArrayNode moves = json.putArray("moved");
        moved.forEach((from, to) -> to.forEach(
                (situation, group) -> moves.add(group.json().put("from", from).put("to", situation))));
        ArrayNode bins = json.putArray("distribution");
        for (long clients : distribution) {
            bins.add(clients);
        }
        ObjectNode score = json.putObject("score").put("with", withScore).put("without", all.clients() - withScore);
        if (withScore > 0) {
            score.put("coverage", coverage.divide(BigDecimal.valueOf(withScore), 2, RoundingMode.HALF_UP));
        }
        return json;
    }

    /// How well the clients are looked after; figures without data are left out.
    ObjectNode measured() {
        ObjectNode json = Json.object();
        put(json, "clientsPerCs", measured.clientsPerCs());
        put(json, "mrrPerCs", measured.mrrPerCs());
        put(json, "accountCoverage", measured.accountCoverage());
        put(json, "withSponsor", measured.withSponsor());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable BigDecimal figure) {
        if (figure != null) {
            json.put(name, figure);
        }
    }
}
