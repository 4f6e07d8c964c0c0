package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.maturity.Coverage;
import clientkpis.tables.ClientStatus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the page shows of a portfolio's clients. It takes one client after the other and keeps those that matter most:
/// in risk, in opportunity, to be renewed soon, then by MRR.
final class Portfolio {
    /// The members of a client's line in the page, in order.
    static final List<String> COLUMNS = List.of(
            "clientId",
            "name",
            "cs",
            "segment",
            "stage",
            "size",
            "status",
            "situation",
            "senseScoreBand",
            "senseScore",
            "mrr",
            "renewalOn",
            "daysToRenewal",
            "nps",
            "engagementScore",
            "overdueTitles");

    /// How many clients share a block of panels, which is unpacked when one of them is opened.
    static final int BLOCK = 200;

    private static final int UNREGISTERED = 100;
    private static final int WEEK = 7;
    private static final int SOON = 90;
    private static final Comparator<RankedClient> BY_RANK = Comparator.comparingInt(RankedClient::rank)
            .thenComparing(RankedClient::mrr, Comparator.reverseOrder())
            .thenComparing(RankedClient::clientId, CodePoints.ORDER);

    private final LocalDate day;
    private final int most;
    /// The least important first.
    private final PriorityQueue<RankedClient> kept = new PriorityQueue<>(BY_RANK.reversed());

    private final Group all = new Group();
    private final Group newRisks = new Group();
    private final Group newOpportunities = new Group();
    private final Group renewals = new Group();
    private final Map<String, Map<String, Group>> moved = new TreeMap<>();
    private final Set<String> unregistered = new LinkedHashSet<>();
    private long unregisteredClients;
    private final Coverage measured;
    private long withScore;
    private BigDecimal coverage = BigDecimal.ZERO;

    /// @param line the client in the table, as JSON text
    /// @param panel everything about the client, as JSON text
    private record RankedClient(int rank, BigDecimal mrr, String clientId, String line, String panel) {}

    private static final class Group {
        private long clients;
        private BigDecimal mrr = BigDecimal.ZERO.setScale(2);

        void add(BigDecimal more) {
            clients++;
            mrr = mrr.add(more);
        }

        ObjectNode json() {
            return Json.object().put("clients", clients).put("mrr", mrr);
        }
    }

    /// @param most how many clients are kept at most
    Portfolio(LocalDate day, int most) {
        this.day = day;
        this.most = most;
        measured = new Coverage(day);
    }

    /// @param client as `refresh` exported it
    /// @param details of the same client, null without any
    void add(JsonNode client, @Nullable JsonNode details) {
        String situation = client.path("situation").asText("neutral");
        BigDecimal mrr = client.path("mrr").decimalValue();
        JsonNode remaining = client.path("daysToRenewal");
        boolean soon = remaining.isNumber() && remaining.asInt() >= 0 && remaining.asInt() <= SOON;
        all.add(mrr);
        String lastInteractionOn = client.path("lastInteractionOn").textValue();
        measured.add(
                ClientStatus.isInactive(client.path("status").textValue()),
                client.path("cs").textValue(),
                mrr,
                lastInteractionOn == null ? null : LocalDate.parse(lastInteractionOn),
                client.has("sponsorName"));
        if (soon) {
            renewals.add(mrr);
        }
        if (client.has("senseScore")) {
            withScore++;
            coverage = coverage.add(client.path("senseScoreCoverage").decimalValue());
        }
        if (!client.has("name")) {
            unregisteredClients++;
            if (unregistered.size() < UNREGISTERED) {
                unregistered.add(client.path("clientId").asText());
            }
        }
        JsonNode transitions = details == null ? Json.array() : details.path("transitions");
        boolean isNew = moved(transitions, situation, mrr);
        int rank = switch (situation) {
            case "risk" -> 0;
            case "opportunity" -> 1;
            default -> soon ? 2 : 3;
        };
        keep(client, details, transitions, isNew, rank, mrr);
    }

    /// Counts the client if its situation is not the one of a week ago.
    ///
    /// @return whether it has been in its situation for less than a week
    private boolean moved(JsonNode transitions, String situation, BigDecimal mrr) {
        for (JsonNode transition : transitions) {
            if (!LocalDate.parse(transition.path("day").asText()).isAfter(day.minusDays(WEEK))) {
                continue;
            }
            String from = transition.path("from").asText("new");
            if (!from.equals(situation)) {
                moved.computeIfAbsent(from, f -> new TreeMap<>())
                        .computeIfAbsent(situation, t -> new Group())
                        .add(mrr);
            }
            break;
        }
        JsonNode last = transitions.isEmpty() ? Json.object() : transitions.get(transitions.size() - 1);
        boolean isNew =
                last.has("day") && LocalDate.parse(last.path("day").asText()).isAfter(day.minusDays(WEEK));
        if (isNew && situation.equals("risk")) {
            newRisks.add(mrr);
        } else if (isNew && situation.equals("opportunity")) {
            newOpportunities.add(mrr);
        }
        return isNew;
    }

    private void keep(
            JsonNode client,
            @Nullable JsonNode details,
            JsonNode transitions,
            boolean isNew,
            int rank,
            BigDecimal mrr) {
        String clientId = client.path("clientId").asText();
        RankedClient least = kept.peek();
        if (kept.size() == most
                && least != null
                && BY_RANK.compare(new RankedClient(rank, mrr, clientId, "", ""), least) > 0) {
            return;
        }
        ArrayNode line = Json.array();
        for (String column : COLUMNS) {
            JsonNode value = client.get(column);
            line.add(value);
        }
        line.add(
                transitions.isEmpty()
                        ? null
                        : transitions.get(transitions.size() - 1).path("day"));
        line.add(isNew ? 1 : 0);
        line.add(rank < 2 && details != null ? Reasons.of(client, details) : null);
        kept.add(new RankedClient(rank, mrr, clientId, Json.text(line), Json.text(Panel.of(client, details))));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /// The clients as the page contains them, the most important first.
    record Clients(ArrayNode lines, List<byte[]> blocks) {}

    Clients clients() {
        List<RankedClient> sorted = new ArrayList<>(kept);
        sorted.sort(BY_RANK);
        ArrayNode lines = Json.array();
        List<byte[]> blocks = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += BLOCK) {
            StringJoiner block = new StringJoiner(",", "[", "]");
            List<RankedClient> some = sorted.subList(from, Math.min(sorted.size(), from + BLOCK));
            for (RankedClient one : some) {
                lines.add(Json.parse(one.line()));
                block.add(one.panel());
            }
            blocks.add(Page.packed(block.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return new Clients(lines, blocks);
    }

    /// The figures of the whole portfolio, including clients that the page does not show.
    ObjectNode totals() {
        ObjectNode json = Json.object();
        json.set("all", all.json());
        json.set("newRisks", newRisks.json());
        json.set("newOpportunities", newOpportunities.json());
        json.set("renewals", renewals.json());
        ArrayNode moves = json.putArray("moved");
        moved.forEach((from, to) -> to.forEach(
                (situation, group) -> moves.add(group.json().put("from", from).put("to", situation))));
        ObjectNode score = json.putObject("score").put("with", withScore).put("without", all.clients - withScore);
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

    /// Some of the clients without a registry row.
    Set<String> unregistered() {
        return Collections.unmodifiableSet(unregistered);
    }

    /// Clients without a registry row, with some of their ids.
    ///
    /// @param probably unregistered client to the registered one that is probably meant
    ObjectNode unregistered(Map<String, String> probably) {
        ObjectNode json = Json.object().put("clients", unregisteredClients);
        ArrayNode samples = json.putArray("samples");
        for (String clientId : unregistered) {
            ObjectNode sample = samples.addObject().put("clientId", clientId);
            String meant = probably.get(clientId);
            if (meant != null) {
                sample.put("probably", meant);
            }
        }
        return json;
    }
}
