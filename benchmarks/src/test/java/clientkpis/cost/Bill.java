package clientkpis.cost;

import clientkpis.local.LocalCloud;
import clientkpis.local.invoke.Requests;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was used.
///
/// @param writes write request units
/// @param reads read request units
/// @param puts requests to S3 that write or list
/// @param gets requests to S3 that read
/// @param messages requests to SQS: those of functions, and for each invocation by a queue one that receives and one
///     that deletes
/// @param events on the bus
/// @param invocations of functions
/// @param gigabyteSeconds memory of the template by the time here, which is longer than Lambda's: the emulated services
///     run on the same processors
record Bill(
        double writes,
        double reads,
        double puts,
        double gets,
        double messages,
        double events,
        double invocations,
        double gigabyteSeconds) {
    private static final double MILLION = 1e6;

    /// List prices in USD, without free tiers.
    ///
    /// @param write of a million write request units, as `read`, `message`, `event` and `invocation` are of a million
    /// @param put of 1,000 requests, as `get` is
    /// @param gigabyteSecond of arm64
    record Prices(
            double write,
            double read,
            double put,
            double get,
            double message,
            double event,
            double invocation,
            double gigabyteSecond) {
        static final String WHEN = "November 2026";
        static final Map<String, Prices> REGIONS = Map.of(
                "us-east-1", new Prices(0.625, 0.125, 0.005, 0.0004, 0.40, 1, 0.20, 0.0000133334),
                "sa-east-1", new Prices(0.9375, 0.1875, 0.007, 0.00056, 0.40, 1, 0.20, 0.0000133334));
    }

    private static final Set<String> READS = Set.of("GetObject", "HeadObject");

    static final Bill NOTHING = new Bill(0, 0, 0, 0, 0, 0, 0, 0);

    /// What each function used since the last call.
    static Map<String, Bill> take(LocalCloud cloud) {
        Map<String, Bill> bills = new TreeMap<>();
        for (Requests.Request request : cloud.requests().all()) {
            boolean isRead = READS.contains(request.operation());
            int events =
                    request.accesses().stream().mapToInt(Requests.Access::items).sum();
            Bill one = switch (request.service()) {
                case "S3" -> requests(isRead || request.operation().startsWith("Delete") ? 0 : 1, isRead ? 1 : 0, 0, 0);
                case "Sqs" -> requests(0, 0, 1, 0);
                case "EventBridge" -> requests(0, 0, 0, events);
                default -> NOTHING;
            };
            bills.merge(request.function(), one, Bill::plus);
        }
        for (Requests.Invoked one : cloud.requests().invocations()) {
            double seconds = one.took().toNanos() / 1e9;
            bills.merge(one.function(), new Bill(0, 0, 0, 0, 2, 0, 1, seconds * one.memory() / 1024), Bill::plus);
        }
        bills.replaceAll((function, bill) -> bill.plus(
                new Bill(ConsumedCapacity.written(function), ConsumedCapacity.read(function), 0, 0, 0, 0, 0, 0)));
        cloud.requests().reset();
        ConsumedCapacity.reset();
        return bills;
    }

    private static Bill requests(double puts, double gets, double messages, double events) {
        return new Bill(0, 0, puts, gets, messages, events, 0, 0);
    }

    static Bill sum(Collection<Bill> bills) {
        return bills.stream().reduce(NOTHING, Bill::plus);
    }

    Bill plus(Bill other) {
        return combined(other, 1, 1);
    }

    Bill minus(Bill other) {
        return combined(other, 1, -1);
    }

    Bill times(double factor) {
        return combined(this, factor, 0);
    }

    private Bill combined(Bill other, double own, double others) {
        return new Bill(
                own * writes + others * other.writes,
                own * reads + others * other.reads,
                own * puts + others * other.puts,
                own * gets + others * other.gets,
                own * messages + others * other.messages,
                own * events + others * other.events,
                own * invocations + others * other.invocations,
                own * gigabyteSeconds + others * other.gigabyteSeconds);
    }

    /// In USD.
    double at(Prices prices) {
        return (writes * prices.write
                                + reads * prices.read
                                + messages * prices.message
                                + events * prices.event
                                + invocations * prices.invocation)
                        / MILLION
                + (puts * prices.put + gets * prices.get) / 1000
                + gigabyteSeconds * prices.gigabyteSecond;
    }

    static final String HEADER =
            "write units | read units | S3 put, list | S3 get | SQS | events | invocations | GB s | "
                    + "us-east-1, USD | sa-east-1, USD |";

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f | %,.4f | %,.4f |",
                writes,
                reads,
                puts,
                gets,
                messages,
                events,
                invocations,
                gigabyteSeconds,
                at(Prices.REGIONS.get("us-east-1")),
                at(Prices.REGIONS.get("sa-east-1")));
    }
}
