package clientkpis.local;

import clientkpis.cloud.Json;
import clientkpis.local.Activity.Span;
import clientkpis.local.LambdaFunction.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// The schedules of the template. They run when they are told to; Lambda calls a function of a schedule without waiting
/// for its answer, and calls it again when it fails.
final class Schedules {
    private static final int RETRIES = 2;
    private static final long RETRY_MILLIS = 100;

    private record Schedule(LambdaFunction function, String arn, String input) {}

    private final List<Schedule> schedules = new ArrayList<>();
    private final Queues queues;
    private final Activity activity;
    private final ExecutorService threads;
    private final Consumer<DeadLetter> lost;
    private final LocalCloud.Options options;

    Schedules(
            Queues queues,
            Activity activity,
            ExecutorService threads,
            Consumer<DeadLetter> lost,
            LocalCloud.Options options) {
        this.queues = queues;
        this.activity = activity;
        this.threads = threads;
        this.lost = lost;
        this.options = options;
    }

    void add(LambdaFunction function, String event, JsonNode properties) {
        if (!properties.path("State").asText("ENABLED").equals("DISABLED")) {
            String name = properties.path("Name").asText(function.id() + event);
            schedules.add(new Schedule(
                    function,
                    "arn:aws:scheduler:" + options.region() + ":" + options.account() + ":schedule/default/" + name,
                    properties.path("Input").asText("")));
        }
    }

    /// Fires every enabled schedule as if it were that time.
    void tick(Instant scheduled) {
        for (Schedule schedule : schedules) {
            String time = scheduled.truncatedTo(ChronoUnit.SECONDS).toString();
            String input = schedule.input().isEmpty()
                    ? usualInput(schedule, time)
                    : schedule.input()
                            .replace("<aws.scheduler.scheduled-time>", time)
                            .replace("<aws.scheduler.schedule-arn>", schedule.arn())
                            .replace("<aws.scheduler.attempt-number>", "1")
                            .replace(
                                    "<aws.scheduler.execution-id>",
                                    UUID.randomUUID().toString());
            Span span = activity.begin("function " + schedule.function().id());
            threads.execute(() -> {
                try (span) {
                    invoke(schedule.function(), input);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private String usualInput(Schedule schedule, String time) {
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.scheduler")
                .put("account", options.account())
                .put("time", time)
                .put("region", options.region());
        event.putArray("resources").add(schedule.arn());
        return Json.text(event.put("detail", "{}"));
    }

    private void invoke(LambdaFunction function, String input) throws InterruptedException {
        JsonNode settings = function.resource().get("EventInvokeConfig");
        int retries = settings.path("MaximumRetryAttempts").asInt(RETRIES);
        Outcome outcome = function.invoke(input);
        for (int attempt = 1; outcome.failed() && attempt <= retries; attempt++) {
            Thread.sleep(RETRY_MILLIS * attempt);
            outcome = function.invoke(input);
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
            queues.send(Queues.nameOf(destination), input);
        } else {
            lost.accept(new DeadLetter("function " + function.id(), String.valueOf(outcome.error()), input));
        }
    }
}
