package clientkpis.local;

import clientkpis.local.invoke.Faults;
import clientkpis.local.trigger.Deliveries;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// How to run a template.
///
/// @param log receives the functions' log lines and the failures of invocations
/// @param faults decides which requests of functions fail; null: none
/// @param deliveries decides which messages are lost, doubled, delayed or reordered on their way; null: none
/// @param recorded whether [LocalCloud#carried] keeps every message
/// @param patient whether messages that failed are redelivered when their visibility timeout is over, as in AWS, and
///     not soon
/// @param ownProcesses whether each instance of a function runs in a process of its own, with the memory that the
///     template gives it; their requests are neither recorded nor made to fail
/// @param saved what an earlier one saved with [LocalCloud#save], to begin with; null: nothing
/// @param inProcess learns DynamoDB's endpoint and a client of it that needs no HTTP, before any function is made, for
///     functions in this JVM that take it, and null for the client at the end; their requests to DynamoDB are neither
///     recorded nor made to fail. Null: all requests go over HTTP
/// @param port the first of [LocalCloud#PORTS] consecutive ports; 0: the system picks them
public record Options(
        Consumer<String> log,
        @Nullable Faults faults,
        @Nullable Deliveries deliveries,
        boolean recorded,
        boolean patient,
        boolean ownProcesses,
        @Nullable Path saved,
        @Nullable BiConsumer<String, @Nullable DynamoDbClient> inProcess,
        int port) {

    public static Options defaults() {
        return new Options(line -> {}, null, null, false, false, false, null, null, 0);
    }

    public Options withLog(Consumer<String> sink) {
        return new Options(sink, faults, deliveries, recorded, patient, ownProcesses, saved, inProcess, port);
    }

    public Options withFaults(Faults decision) {
        return new Options(log, decision, deliveries, recorded, patient, ownProcesses, saved, inProcess, port);
    }

    public Options withPort(int first) {
        return new Options(log, faults, deliveries, recorded, patient, ownProcesses, saved, inProcess, first);
    }

    public Options withDeliveries(Deliveries decision) {
        return new Options(log, faults, decision, recorded, patient, ownProcesses, saved, inProcess, port);
    }

    /// Every message is kept.
    public Options withRecord() {
        return new Options(log, faults, deliveries, true, patient, ownProcesses, saved, inProcess, port);
    }

    /// Messages that failed are redelivered when their visibility timeout is over.
    public Options withPatience() {
        return new Options(log, faults, deliveries, recorded, true, ownProcesses, saved, inProcess, port);
    }

    /// Each instance of a function runs in a process of its own, with the memory that the template gives it.
    public Options withOwnProcesses() {
        return new Options(log, faults, deliveries, recorded, patient, true, saved, inProcess, port);
    }

    /// It begins with what an earlier one saved; null: with nothing.
    public Options withSaved(@Nullable Path folder) {
        return new Options(log, faults, deliveries, recorded, patient, ownProcesses, folder, inProcess, port);
    }

    /// Functions that take this client use DynamoDB without HTTP.
    ///
    /// @param learns the endpoint and the client; null for the client at the end
    public Options withoutHttp(BiConsumer<String, @Nullable DynamoDbClient> learns) {
        return new Options(log, faults, deliveries, recorded, patient, ownProcesses, saved, learns, port);
    }

    int port(int place) {
        return port == 0 ? 0 : port + place;
    }
}
