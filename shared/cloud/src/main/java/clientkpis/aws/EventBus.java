package clientkpis.aws;

import clientkpis.events.Event;
import clientkpis.json.Json;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/// The bus on which the suite publishes what happened. The result of every entry is checked.
public final class EventBus {
    /// The `source` of every event of the suite.
    public static final String SOURCE = "client-kpis";

    private static final int ENTRIES = 10;
    private static final int ATTEMPTS = 4;

    private final EventBridgeClient events;
    private final String bus;

    public EventBus(EventBridgeClient events, String bus) {
        this.events = events;
        this.bus = bus;
    }

    /// Publishes one event.
    ///
    /// @throws IllegalStateException if the bus has not accepted it after several attempts
    public void publish(Event event) {
        if (!publish(event.getClass(), List.of(Json.text(event))).isEmpty()) {
            throw new IllegalStateException("The event bus did not accept a " + Event.detailType(event.getClass()));
        }
    }

    /// Publishes events that are stored as JSON, in the order of the list as far as the bus keeps an order.
    ///
    /// @return the places in `details` of those that the bus did not accept
    public List<Integer> publish(Class<? extends Event> type, List<String> details) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < details.size(); i++) {
            left.add(i);
        }
        for (int attempt = 1; !left.isEmpty() && attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1) {
                Backoff.pause(attempt);
            }
            List<Integer> failed = new ArrayList<>();
            for (int i = 0; i < left.size(); i += ENTRIES) {
                List<Integer> batch = left.subList(i, Math.min(i + ENTRIES, left.size()));
                PutEventsResponse response = events.putEvents(p -> p.entries(batch.stream()
                        .map(place -> PutEventsRequestEntry.builder()
                                .eventBusName(bus)
                                .source(SOURCE)
                                .detailType(Event.detailType(type))
                                .detail(details.get(place))
                                .build())
                        .toList()));
                for (int j = 0; j < batch.size(); j++) {
                    if (response.entries().get(j).errorCode() != null) {
                        failed.add(batch.get(j));
                    }
                }
            }
            left = failed;
        }
        return left;
    }
}
