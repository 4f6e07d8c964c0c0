package clientkpis.report;

import clientkpis.json.Json;
import clientkpis.kpi.CodePoints;
import clientkpis.kpi.score.Band;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
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
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// What the page shows of a portfolio's clients. It takes one client after the other and keeps those that matter most:
/// at risk, red, in opportunity, to be renewed soon, then by MRR; those counted apart come last.
final class Portfolio {
    /// The members of a client's line in the page, in order.
    static final List<String> COLUMNS = List.of(
            "clientId",
            "name",
            "cs",
            "segment",
            "plan",
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
            "overdueTitles",
            "cancelledOn");

    /// How many clients share a block of panels, which is unpacked when one of them is opened.
    static final int BLOCK = 200;

    private static final int UNREGISTERED = 100;
    private static final Comparator<KeptClient> BY_RANK = Comparator.comparingInt(KeptClient::rank)
            .thenComparing(KeptClient::mrr, Comparator.reverseOrder())
            .thenComparing(KeptClient::clientId, CodePoints.ORDER);

    private final int most;
    private final Band.Cuts cuts;
    private final Totals totals;
    /// The least important first.
    private final PriorityQueue<KeptClient> kept = new PriorityQueue<>(BY_RANK.reversed());

    private final Set<String> unregistered = new LinkedHashSet<>();

    /// A client of the page.
    ///
    /// @param line the client in the table, as JSON text
    /// @param panel everything about the client, as JSON text
    /// @param wouldChange what would change its score, as JSON text; null for nothing. Only the first clients show it
    record KeptClient(
            int rank,
            BigDecimal mrr,
            String clientId,
            @Nullable String cs,
            String line,
            String panel,
            @Nullable String wouldChange) {
        KeptClient with(String other) {
            return new KeptClient(rank, mrr, clientId, cs, line, other, null);
        }

        String withWouldChange() {
            return wouldChange == null
                    ? panel
                    : panel.substring(0, panel.length() - 1) + ",\"wouldChange\":" + wouldChange + "}";
        }
    }

    /// @param most how many clients are kept at most
    Portfolio(LocalDate day, int most, Band.Cuts cuts, boolean countsUnregistered) {
        this.most = most;
        this.cuts = cuts;
        totals = new Totals(day, countsUnregistered);
    }

    /// @param row as `refresh` exported the client
    /// @param details of the same client, null without any
    void add(JsonNode row, @Nullable JsonNode details) {
        ExportedClient client = new ExportedClient(row);
        JsonNode transitions = details == null ? Json.array() : details.path("transitions");
        Totals.Counted counted = totals.add(client, transitions);
        if (counted == Totals.Counted.UNREGISTERED && unregistered.size() < UNREGISTERED) {
            unregistered.add(client.clientId());
        }
        keep(client, details, transitions, counted);
    }

    private static int rank(ExportedClient client, Totals.Counted counted) {
        return switch (counted) {
            case PORTFOLIO ->
                switch (client.situation()) {
                    case "risk" -> 0;
                    case "opportunity" -> 2;
                    default -> client.band().equals("red") ? 1 : client.renewsSoon() ? 3 : 4;
                };
            case UNREGISTERED -> 5;
            case INACTIVE -> 6;
        };
    }

    private void keep(ExportedClient client, @Nullable JsonNode details, JsonNode transitions, Totals.Counted counted) {
        int rank = rank(client, counted);
        BigDecimal mrr = client.mrr();
        String clientId = client.clientId();
        KeptClient least = kept.peek();
        if (kept.size() == most
                && least != null
                && BY_RANK.compare(new KeptClient(rank, mrr, clientId, null, "", "", null), least) > 0) {
            return;
        }
        ArrayNode line = Json.array();
        for (String column : COLUMNS) {
            JsonNode value = client.row().get(column);
            line.add(value);
        }
        line.add(transitions.path(transitions.size() - 1).get("day"));
        line.add(totals.isNew(transitions) ? 1 : 0);
        line.add(counted == Totals.Counted.PORTFOLIO && details != null ? Reasons.of(client, details, cuts) : null);
        line.add(counted.number());
        JsonNode wouldChange = details == null ? null : details.get("wouldChange");
        kept.add(new KeptClient(
                rank,
                mrr,
                clientId,
                client.cs(),
                Json.text(line),
                Json.text(Panel.of(client.row(), details)),
                wouldChange == null ? null : Json.text(wouldChange)));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /// The clients as the page contains them, the most important first.
    record Clients(ArrayNode lines, List<byte[]> blocks) {
        static Clients of(List<KeptClient> sorted) {
            ArrayNode lines = Json.array();
            List<byte[]> blocks = new ArrayList<>();
            for (int from = 0; from < sorted.size(); from += BLOCK) {
                StringJoiner block = new StringJoiner(",", "[", "]");
                List<KeptClient> some = sorted.subList(from, Math.min(sorted.size(), from + BLOCK));
                for (KeptClient one : some) {
                    lines.add(Json.parse(one.line()));
                    block.add(one.panel());
                }
                blocks.add(Page.packed(block.toString().getBytes(StandardCharsets.UTF_8)));
            }
            return new Clients(lines, blocks);
        }
    }

    /// Those that are kept, the most important first.
    List<KeptClient> kept() {
        return kept((ids, panels) -> panels);
    }

    /// @param records puts the records behind each number into panels, those of the most important clients
    List<KeptClient> kept(BinaryOperator<List<String>> records) {
        List<KeptClient> sorted = new ArrayList<>(kept);
        sorted.sort(BY_RANK);
        List<KeptClient> first = sorted.subList(0, Math.min(sorted.size(), PanelRecords.CLIENTS));
        List<String> panels = records.apply(
                first.stream().map(KeptClient::clientId).toList(),
                first.stream().map(KeptClient::withWouldChange).toList());
        for (int i = 0; i < first.size(); i++) {
            first.set(i, first.get(i).with(panels.get(i)));
        }
        return sorted;
    }

    /// The figures of all clients, including those that the page does not show.
    Totals totals() {
        return totals;
    }

    /// Some of the clients without a registry row.
    Set<String> unregistered() {
        return Collections.unmodifiableSet(unregistered);
    }

    /// Some ids of clients that no registry row names.
    ///
    /// @param probably unregistered client to the registered one that is probably meant
    ArrayNode unregistered(Map<String, String> probably) {
        ArrayNode samples = Json.array();
        for (String clientId : unregistered) {
            ObjectNode sample = samples.addObject().put("clientId", clientId);
            String meant = probably.get(clientId);
            if (meant != null) {
                sample.put("probably", meant);
            }
        }
        return samples;
    }
}
