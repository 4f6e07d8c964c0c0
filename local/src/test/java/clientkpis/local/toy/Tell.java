package clientkpis.local.toy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/// Tells the bus of every note, and of every tick. A note that says `poison` brings it down.
public final class Tell extends Toy {
    private final EventBridgeClient events = EventBridgeClient.create();

    public Tell(Map<String, String> environment) {
        super(environment);
    }

    @Override
    List<String> handle(JsonNode event) {
        if (event.has("time")) {
            put("Ticked", event.toString());
        }
        for (JsonNode one : event.path("Records")) {
            if (one.findPath("text").path("S").asText().equals("poison")) {
                throw new IllegalArgumentException("poison");
            }
        }
        event.path("Records").forEach(one -> put("Noted", one.path("dynamodb").toString()));
        return List.of();
    }

    private void put(String type, String detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(environment.get("BUS"))
                .source(environment.get("SOURCE"))
                .detailType(type)
                .detail(detail)
                .build();
        events.putEvents(put -> put.entries(entry));
    }
}
