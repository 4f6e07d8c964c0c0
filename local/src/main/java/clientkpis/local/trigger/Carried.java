package clientkpis.local.trigger;

import clientkpis.local.trigger.Deliveries.Delivery;
import clientkpis.local.trigger.Deliveries.Disturbance;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What the queues, streams and schedules carried: each message once, and how its deliveries are disturbed.
final class Carried {
    private final ConcurrentLinkedQueue<Delivery> messages = new ConcurrentLinkedQueue<>();
    private final @Nullable Deliveries deliveries;
    private final boolean recorded;

    /// @param deliveries null: nothing is disturbed
    /// @param recorded whether the messages are kept
    Carried(@Nullable Deliveries deliveries, boolean recorded) {
        this.deliveries = deliveries;
        this.recorded = recorded;
    }

    /// @param first whether this is the message's first receipt
    Disturbance receive(String source, String body, boolean first) {
        if (deliveries == null && !recorded) {
            return Disturbance.NONE;
        }
        Delivery delivery = new Delivery(source, body);
        if (recorded && first) {
            messages.add(delivery);
        }
        return deliveries == null ? Disturbance.NONE : deliveries.decide(delivery);
    }

    List<Delivery> messages() {
        return List.copyOf(messages);
    }
}
