package clientkpis.local.invoke;

import clientkpis.local.service.DeadLetter;
import clientkpis.local.service.Queues;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What every kind of invocation needs.
///
/// @param activity counts what is under way
/// @param lost receives work that was given up and has no dead-letter queue
/// @param requests records the AWS requests of functions
/// @param faults decides which of these requests fail; null: none
/// @param log receives the functions' log lines and the failures of invocations
public record Engine(
        Queues queues,
        Activity activity,
        ExecutorService threads,
        Consumer<DeadLetter> lost,
        Requests requests,
        @Nullable Faults faults,
        Consumer<String> log) {}
