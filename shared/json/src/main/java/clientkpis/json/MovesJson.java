package clientkpis.json;

import clientkpis.kpi.client.Situation;
import clientkpis.kpi.rehearsal.move.Changes;
import clientkpis.kpi.rehearsal.move.MovedClient;
import clientkpis.kpi.rehearsal.move.Moves;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What would change with a candidate, as JSON.
final class MovesJson {
    private MovesJson() {}

    static ObjectNode write(Moves moves) {
        ObjectNode json = Json.object();
        json.set("situations", cells(moves.situations(), MovesJson::label));
        json.set("bands", cells(moves.bands(), StatisticJson::label));
        ObjectNode changes = json.putObject("changes");
        changes.set("inForce", changes(moves.inForceChanges()));
        changes.set("candidate", changes(moves.candidateChanges()));
        json.put("movedClients", moves.movedClients());
        ArrayNode moved = json.putArray("moved");
        moves.moved().forEach(client -> moved.add(moved(client)));
        ObjectNode fields = json.putObject("fields");
        moves.fields().forEach((field, pairs) -> fields.set(field, setOtherwise(pairs)));
        return json;
    }

    private static String label(@Nullable Situation situation) {
        return Objects.requireNonNull(situation, "everyone has a situation").label();
    }

    private static <T> ArrayNode cells(List<Moves.Cell<T>> cells, Function<@Nullable T, String> label) {
        ArrayNode json = Json.array();
        for (Moves.Cell<T> cell : cells) {
            json.addObject()
                    .put("inForce", label.apply(cell.inForce()))
                    .put("candidate", label.apply(cell.candidate()))
                    .put("clients", cell.clients())
                    .put("customers", cell.customers())
                    .put("mrr", cell.mrr());
        }
        return json;
    }

    private static ArrayNode changes(List<Changes> changes) {
        ArrayNode json = Json.array();
        for (Changes change : changes) {
            ObjectNode node = json.addObject();
            Situation from = change.from();
            if (from != null) {
                node.put("from", from.label());
            }
            node.put("to", change.to().label()).put("changes", change.changes());
        }
        return json;
    }

    private static ObjectNode moved(MovedClient client) {
        ObjectNode json = Json.object().put("clientId", client.clientId());
        BigDecimal mrr = client.mrr();
        if (mrr != null) {
            // As it counts in every sum: one below zero is nothing.
            json.put("mrr", mrr.signum() < 0 ? BigDecimal.ZERO.setScale(2) : mrr);
        }
        json.set("inForce", judgement(client.inForce()));
        json.set("candidate", judgement(client.candidate()));
        ArrayNode because = json.putArray("because");
        for (MovedClient.Because one : client.because()) {
            ObjectNode node = because.addObject().put("indicator", one.indicator());
            SenseScoreJson.put(node, "inForce", one.inForce());
            SenseScoreJson.put(node, "candidate", one.candidate());
        }
        return json;
    }

    private static ObjectNode judgement(MovedClient.Judgement judgement) {
        ObjectNode json = Json.object();
        SenseScoreJson.put(json, "senseScore", judgement.senseScore());
        SenseScoreJson.put(json, "band", judgement.band());
        return json.put("situation", judgement.situation().label());
    }

    private static ArrayNode setOtherwise(List<Moves.SetOtherwise> pairs) {
        ArrayNode json = Json.array();
        for (Moves.SetOtherwise pair : pairs) {
            ObjectNode node = json.addObject();
            if (pair.inForce() != null) {
                node.put("inForce", pair.inForce());
            }
            if (pair.candidate() != null) {
                node.put("candidate", pair.candidate());
            }
            node.put("clients", pair.clients());
        }
        return json;
    }
}
