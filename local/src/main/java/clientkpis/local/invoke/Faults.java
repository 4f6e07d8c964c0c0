package clientkpis.local.invoke;

import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import java.util.Set;

/// Decides whether each request of a function fails, so that a test can make a function die between two requests.
@FunctionalInterface
public interface Faults {
    /// Whether and how a request fails.
    enum Fault {
        NONE,
        /// It fails without effect.
        BEFORE,
        /// It took effect, but the caller sees an error.
        AFTER,
        /// It took effect, but its answer was lost: the SDK itself makes the request again.
        LOST,
        /// The service refuses it as one too many, so often that the SDK gives up. The waits between are left out.
        THROTTLED,
        /// The service refuses it as one too many [#SLOWED_ATTEMPTS] times. Except for a transaction, which the SDK
        /// does not make again, it is then carried out.
        SLOWED,
        /// A write of items that a transaction is about to change: the service refuses it, and the SDK does not make it
        /// again.
        CONFLICT,
        /// A part of a batch is carried out. The answer names the rest.
        PARTIAL,
        /// The invocation dies before the request: neither it nor any later one of this invocation has an effect.
        KILLED;

        static final int SLOWED_ATTEMPTS = 2;

        private static final Set<String> CONFLICTING =
                Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems");
        /// DynamoDB answers a batch of one that it does not carry out with an error.
        private static final int LEAST_ITEMS = 2;

        /// Whether a request can fail so.
        public boolean canHappenTo(Request request) {
            return switch (this) {
                case CONFLICT -> CONFLICTING.contains(request.operation());
                case PARTIAL ->
                    switch (request.operation()) {
                        case "SendMessageBatch", "PutEvents" -> true;
                        case "BatchGetItem", "BatchWriteItem" ->
                            request.accesses().stream().mapToInt(Access::items).anyMatch(items -> items >= LEAST_ITEMS);
                        default -> false;
                    };
                default -> true;
            };
        }
    }

    /// Called before the request is sent, on the function's own thread. A fault that cannot happen to the request is an
    /// error of the test.
    Fault decide(Request request);

    /// The same, with the event of the invocation that makes the request.
    default Fault decide(Request request, String event) {
        return decide(request);
    }
}
