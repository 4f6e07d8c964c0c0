package clientkpis.local.trigger;

/// Decides what happens to each message on its way to a function, so that a test can do what queues, streams and
/// schedules may do: deliver it later, twice, or in another order.
@FunctionalInterface
public interface Deliveries {
    /// A message that was received.
    ///
    /// @param source the logical id of the queue or table, or of the function that a schedule invokes
    /// @param body the message, the record of a stream as Lambda passes it on, or the schedule's input
    record Delivery(String source, String body) {}

    /// What happens to a delivery.
    enum Disturbance {
        NONE,
        /// It is lost on the way, and the message is redelivered at once.
        DROPPED,
        /// It happens twice, perhaps at the same time. A stream repeats its whole batch.
        DOUBLED,
        /// It happens later, after those of younger messages.
        DELAYED,
        /// It happens last in its batch. The records of one item of a stream keep their order.
        REORDERED
    }

    /// Called for each receipt. A schedule can only be doubled, and a stream, which waits for what is lost, delays a
    /// dropped record with all that come after.
    Disturbance decide(Delivery delivery);
}
