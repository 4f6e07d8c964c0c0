package clientkpis.situation;

import clientkpis.aws.EventBus;
import clientkpis.events.SituationChanged;
import clientkpis.function.EventFunction;
import clientkpis.function.Log;
import clientkpis.function.LogContext;
import clientkpis.function.Metric;
import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Publishes the recorded changes of situation: from the stream of SituationChanges to the bus, at least once. The
/// filter of the event source mapping excludes changes that are not published.
public final class SituationFunction extends EventFunction {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    private final EventBus bus;

    public SituationFunction() {
        this(System.getenv());
    }

    public SituationFunction(Map<String, String> variables) {
        super(variables);
        bus = stack.bus();
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

    /// @return how many will not be redelivered: those before the first that the bus did not accept
    private int publish(List<JsonNode> changes, Log log) {
        int through = 0;
        try {
            through = bus
                    .publish(
                            SituationChanged.class,
                            changes.stream()
                                    .map(change ->
                                            change.at("/NewImage/detail/S").asText())
                                    .toList())
                    .stream()
                    .min(Integer::compare)
                    .orElse(changes.size());
        } finally {
            long now = System.currentTimeMillis();
            for (JsonNode change : changes.subList(0, through)) {
                published(change, now, log);
            }
            for (JsonNode change : changes.subList(through, changes.size())) {
                log.about(LogContext.ofChange(change.path("NewImage")))
                        .warn("A change of situation was not published; it will be redelivered");
            }
        }
        return through;
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
