package clientkpis.local.invoke;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The AWS requests that functions made, in the order in which they were answered, and the invocations that made them.
public final class Requests {
    /// What a request does to one resource.
    ///
    /// @param action the IAM action, `dynamodb:PutItem`
    /// @param resource the physical name of the table, bucket, queue or bus
    /// @param key the object's key, the prefix of the objects to list, or the item's key if the request has it as a
    ///     field of its own; else empty
    /// @param items how many items, messages, events or objects
    /// @param context the request's values of the condition keys that policies use: `s3:prefix`, `events:source`,
    ///     `events:detail-type`
    public record Access(String action, String resource, String key, int items, Map<String, String> context) {
        Access(String action, String resource, String key, int items) {
            this(action, resource, key, items, Map.of());
        }
    }

    /// One request.
    ///
    /// @param function the logical id of the function that made it
    /// @param service the SDK's name of the service, `DynamoDb`, `S3`, `Sqs`, `EventBridge`
    /// @param operation the operation, `TransactWriteItems`
    /// @param succeeded whether it was answered without an error
    public record Request(
            String function, String service, String operation, List<Access> accesses, boolean succeeded) {}

    /// One invocation that ended.
    ///
    /// @param memory megabytes
    public record Invoked(String function, int memory, Duration took) {}

    private static final Set<String> WRITES =
            Set.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem");

    private static final Set<String> SENDS = Set.of("sqs:SendMessage", "events:PutEvents");

    private final ConcurrentLinkedQueue<Request> log = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Invoked> invocations = new ConcurrentLinkedQueue<>();

    public Requests() {}

    /// The logical id of the function that this thread works for; null for none.
    public static @Nullable String currentFunction() {
        Invocation invocation = Invocation.current();
        return invocation == null ? null : invocation.function().id();
    }

    void add(Request request) {
        log.add(request);
    }

    void add(Invoked invocation) {
        invocations.add(invocation);
    }

    public List<Request> all() {
        return List.copyOf(log);
    }

    public List<Invoked> invocations() {
        return List.copyOf(invocations);
    }

    /// Forgets all requests and invocations so far.
    public void reset() {
        log.clear();
        invocations.clear();
    }

    public long count(Predicate<Request> which) {
        return log.stream().filter(which).count();
    }

    /// How many messages and events were sent, by requests that succeeded.
    public long sent() {
        return items(access -> SENDS.contains(access.action()));
    }

    /// How many items of a table (its physical name) were written, by requests that succeeded.
    public long itemsWritten(String table) {
        return items(
                access -> WRITES.contains(access.action()) && access.resource().equals(table));
    }

    private long items(Predicate<Access> which) {
        return log.stream()
                .filter(Request::succeeded)
                .flatMap(request -> request.accesses().stream())
                .filter(which)
                .mapToLong(Access::items)
                .sum();
    }
}
