package clientkpis.aws;

import clientkpis.events.Event;
import clientkpis.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// The bus on which the suite publishes what happened. The result of every entry is checked.
public final class EventBus {
    /// The `source` of every event of the suite.
    public static final String SOURCE = "client-kpis";

    private static final int ENTRIES = 10;
    private static final int ATTEMPTS = 4;
    /// EventBridge takes 1 MiB per request; this leaves room for what surrounds the details.
    private static final int LARGEST_REQUEST = 1_000_000;

    private static final String TOO_LARGE = "TooLarge";

    private final Supplier<EventBridgeClient> events;
    private final String bus;

    public EventBus(Supplier<EventBridgeClient> events, String bus) {
        this.events = events;
        this.bus = bus;
    }

    /// An event that the bus did not accept.
    ///
    /// @param place its place in the list of events
    /// @param code the bus's code of the error
    public record Refusal(int place, String code) {
        private static final Set<String> FINAL = Set.of(TOO_LARGE, "InvalidArgument", "MalformedDetail");

        /// Whether the bus will refuse the same event always. A right that is missing may be given.
        public boolean isFinal() {
            return FINAL.contains(code);
        }
    }

    /// Publishes one event.
    ///
    /// @throws IllegalStateException if the bus has not accepted it after several attempts
    public void publish(Event event) {
        publishAll(event.getClass(), List.of(event));
    }

    /// Publishes events of one kind.
    ///
    /// @throws IllegalStateException if the bus has not accepted one of them after several attempts
    public void publishAll(Class<? extends Event> type, List<? extends Event> events) {
        List<Refusal> refused = publish(type, events.stream().map(Json::text).toList());
        if (!refused.isEmpty()) {
            throw new IllegalStateException("The event bus did not accept %d of %d %s: %s"
                    .formatted(
                            refused.size(),
                            events.size(),
                            Event.detailType(type),
                            refused.stream().map(Refusal::code).distinct().collect(Collectors.joining(", "))));
        }
    }

    /// Publishes events that are stored as JSON, in the order of the list as far as the bus keeps an order.
    ///
    /// @return those that the bus did not accept after several attempts
    public List<Refusal> publish(Class<? extends Event> type, List<String> details) {
        List<Refusal> refused = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int place = 0; place < details.size(); place++) {
            if (length(details.get(place)) > LARGEST_REQUEST) {
                refused.add(new Refusal(place, TOO_LARGE));
            } else {
                left.add(place);
            }
        }
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            if (attempt > 1) {
                Backoff.pause(attempt);
            }
            List<Integer> again = new ArrayList<>();
            for (List<Integer> batch : batches(left, details)) {
                for (Refusal refusal : put(type, details, batch)) {
                    if (refusal.isFinal() || attempt == ATTEMPTS) {
                        refused.add(refusal);
                    } else {
                        again.add(refusal.place());
                    }
                }
            }
            left = again;
        }
        return refused;
    }

    private List<Refusal> put(Class<? extends Event> type, List<String> details, List<Integer> batch) {
        List<PutEventsResultEntry> results = events.get()
                .putEvents(p -> p.entries(batch.stream()
                        .map(place -> PutEventsRequestEntry.builder()
                                .eventBusName(bus)
                                .source(SOURCE)
                                .detailType(Event.detailType(type))
                                .detail(details.get(place))
                                .build())
                        .toList()))
                .entries();
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (results.get(i).errorCode() != null) {
                refused.add(new Refusal(batch.get(i), results.get(i).errorCode()));
            }
        }
        return refused;
    }

    private static List<List<Integer>> batches(List<Integer> places, List<String> details) {
        List<List<Integer>> batches = new ArrayList<>();
        int size = 0;
        for (int place : places) {
            int length = length(details.get(place));
            if (batches.isEmpty() || batches.getLast().size() == ENTRIES || size + length > LARGEST_REQUEST) {
                batches.add(new ArrayList<>());
                size = 0;
            }
            batches.getLast().add(place);
            size += length;
        }
        return batches;
    }

    private static int length(String detail) {
        return detail.getBytes(StandardCharsets.UTF_8).length;
    }
}
