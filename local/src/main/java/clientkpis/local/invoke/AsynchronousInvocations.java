package clientkpis.local.invoke;

import clientkpis.local.invoke.Activity.Span;
import clientkpis.local.invoke.LambdaFunction.Outcome;
import clientkpis.local.service.DeadLetter;
import clientkpis.local.service.Queues;
import com.fasterxml.jackson.databind.JsonNode;

/// Invocations whose answer nobody waits for. As in Lambda, a failed one is retried, and its event is then sent to the
/// function's destination for failures.
public final class AsynchronousInvocations {
    private static final int RETRIES = 2;
    private static final long RETRY_MILLIS = 100;

    private final Engine engine;

    public AsynchronousInvocations(Engine engine) {
        this.engine = engine;
    }

    /// Starts one; it is counted as under way when this returns.
    public void start(LambdaFunction function, String event) {
        Span span = engine.activity().begin("function " + function.id());
        engine.threads().execute(() -> {
            try (span) {
                invoke(function, event);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void invoke(LambdaFunction function, String event) throws InterruptedException {
        JsonNode settings = function.resource().get("EventInvokeConfig");
        int retries = settings.path("MaximumRetryAttempts").asInt(RETRIES);
        Outcome outcome = function.invoke(event);
        for (int attempt = 1; outcome.failed() && attempt <= retries; attempt++) {
            Thread.sleep(RETRY_MILLIS * attempt);
            outcome = function.invoke(event);
        }
        if (!outcome.failed()) {
            return;
        }
        String destination = settings.path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText(function.resource()
                        .get("DeadLetterQueue")
                        .path("TargetArn")
                        .asText(""));
        if (destination.startsWith("arn:aws:sqs:")) {
            engine.queues().send(Queues.nameOf(destination), event);
        } else {
            engine.lost().accept(new DeadLetter("function " + function.id(), String.valueOf(outcome.error()), event));
        }
    }
}
