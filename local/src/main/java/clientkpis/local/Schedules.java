package clientkpis.local;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The schedules of the template. They run when they are told to; nobody waits for the functions' answers.
final class Schedules {
    private record Schedule(LambdaFunction function, String arn, String input) {}

    private final List<Schedule> schedules = new ArrayList<>();
    private final AsynchronousInvocations invocations;
    private final LocalCloud.Options options;

    Schedules(AsynchronousInvocations invocations, LocalCloud.Options options) {
        this.invocations = invocations;
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
            invocations.start(schedule.function(), input);
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
}
