package clientkpis.situation;

import clientkpis.aws.Dynamo;
import clientkpis.aws.EventBus;
import clientkpis.aws.EventBus.Refusal;
import clientkpis.aws.MessageQueue;
import clientkpis.events.SituationChanged;
import clientkpis.function.EventFunction;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.json.Json;
import clientkpis.store.Outbox;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Publishes the recorded changes of situation: from the stream of SituationChanges to the bus, at least once, and each
/// client's in the order of their versions. What the bus refuses for now is retried for as long as the stream keeps it;
/// what the bus will always refuse is put aside, so that it does not hold up the others. The filter of the event source
/// mapping excludes changes that are not published.
public final class SituationFunction extends EventFunction {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    private final EventBus bus;
    private final MessageQueue deadLetters;
    private final Outbox outbox;

    public SituationFunction() {
        this(System.getenv());
    }

    public SituationFunction(Map<String, String> variables) {
        super(variables);
        bus = stack.bus();
        deadLetters = stack.deadLetterQueue();
        outbox = stack.outbox();
    }

    @Override
    protected JsonNode answer(JsonNode event, Log log, Context context) {
        List<JsonNode> changes = new ArrayList<>();
        event.path("Records").forEach(entry -> changes.add(entry.path("dynamodb")));
        int through = publish(changes, log);
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        // Lambda redelivers the stream from the first record that failed.
        if (through < changes.size()) {
            failures.addObject()
                    .put(
                            "itemIdentifier",
                            changes.get(through).path("SequenceNumber").asText());
        }
        return answer;
    }

    /// @return how many will not be redelivered: those before the first that the bus did not accept for now
    private int publish(List<JsonNode> changes, Log log) {
        Map<Integer, String> refused = new TreeMap<>();
        int through = 0;
        try {
            int accepted = publish(changes, refused);
            giveUp(changes, refused, accepted, log);
            through = accepted;
        } finally {
            long now = System.currentTimeMillis();
            List<JsonNode> sent = new ArrayList<>();
            for (int place = 0; place < through; place++) {
                if (!refused.containsKey(place)) {
                    sent.add(changes.get(place).path("NewImage"));
                    published(changes.get(place), now, log);
                }
            }
            mark(sent, log);
            for (JsonNode change : changes.subList(through, changes.size())) {
                log.about(LogContext.ofChange(change.path("NewImage")))
                        .warn("A change of situation was not published; it will be redelivered");
            }
        }
        return through;
    }

    /// Publishes the first change of each client, then the second, and so on, so that no change overtakes one that is
    /// sent again.
    ///
    /// @param refused gets the code of each change that the bus will always refuse, by its place
    private int publish(List<JsonNode> changes, Map<Integer, String> refused) {
        int through = changes.size();
        for (List<Integer> round : rounds(changes)) {
            List<String> details = round.stream()
                    .map(place -> changes.get(place).at("/NewImage/detail/S").asText())
                    .toList();
            if (through < changes.size()) {
                through = Math.min(through, round.getFirst());
                continue;
            }
            for (Refusal refusal : bus.publish(SituationChanged.class, details)) {
                int place = round.get(refusal.place());
                if (refusal.isFinal()) {
                    refused.put(place, refusal.code());
                } else {
                    through = Math.min(through, place);
                }
            }
        }
        return through;
    }

    /// The places of the changes: in the first list those of each client's first, in the second of its second.
    private static List<List<Integer>> rounds(List<JsonNode> changes) {
        List<List<Integer>> rounds = new ArrayList<>();
        Map<String, Integer> of = new HashMap<>();
        for (int place = 0; place < changes.size(); place++) {
            int round = of.merge(changes.get(place).at("/NewImage/client/S").asText(), 1, Integer::sum);
            if (rounds.size() < round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(place);
        }
        return rounds;
    }

    /// Puts what the bus will always refuse into the dead-letter queue, by its key: its detail is in the table.
    private void giveUp(List<JsonNode> changes, Map<Integer, String> refused, int through, Log log) {
        refused.forEach((place, code) -> {
            if (place < through) {
                JsonNode item = changes.get(place).path("NewImage");
                String tenant = item.path("tenant").path("S").asText();
                String client = item.path("client").path("S").asText();
                deadLetters.send(Json.text(Json.object()
                        .put("tenant", tenant)
                        .put("clientId", client.substring(Math.min(client.length(), tenant.length() + 1)))
                        .put("version", item.path("version").path("N").asLong())
                        .put("day", item.path("asOf").path("S").asText())
                        .put("code", code)));
                log.about(LogContext.ofChange(item))
                        .warn(
                                "The bus will never accept a change of situation; it is in the dead-letter queue",
                                Map.of(Metric.SITUATION_CHANGES_GIVEN_UP, 1),
                                "code",
                                code);
            }
        });
    }

    /// Records which changes were sent, for the daily sweep, which sends again what has no mark.
    private void mark(List<JsonNode> sent, Log log) {
        try {
            Dynamo.forEach(
                    sent,
                    item -> outbox.sent(
                            item.path("client").path("S").asText(),
                            item.path("version").path("N").asLong()));
        } catch (RuntimeException e) {
            log.warn("Changes of situation that were published may be published once more", "changes", sent.size());
        }
    }

    private static void published(JsonNode change, long now, Log log) {
        JsonNode item = change.path("NewImage");
        // The stream has whole seconds, rounded down.
        long recorded = change.path("ApproximateCreationDateTime")
                .decimalValue()
                .multiply(MILLIS)
                .longValue();
        log.about(LogContext.ofChange(item))
                .info(
                        "Published a change of situation",
                        Map.of(Metric.SITUATION_CHANGES, 1, Metric.OUTBOX_LAG, Math.max(0, now - recorded)),
                        "Situation",
                        Json.parse(item.path("detail").path("S").asText())
                                .path("to")
                                .asText());
    }
}
