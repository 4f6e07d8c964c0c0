package clientkpis.local.trigger;

import clientkpis.json.Json;
import clientkpis.local.invoke.AsynchronousInvocations;
import clientkpis.local.invoke.LambdaFunction;
import clientkpis.local.template.Resource;
import clientkpis.local.trigger.Deliveries.Disturbance;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The schedules of the template. They fire only on [#tick], and nobody waits for the functions' answers.
public final class Schedules {
    private record Schedule(LambdaFunction function, String arn, String input) {}

    private final List<Schedule> schedules = new ArrayList<>();
    private final AsynchronousInvocations invocations;
    private final Carried carried;

    Schedules(AsynchronousInvocations invocations, Carried carried) {
        this.invocations = invocations;
        this.carried = carried;
    }

    public void add(LambdaFunction function, String event, JsonNode properties) {
        if (!properties.path("State").asText("ENABLED").equals("DISABLED")) {
            String name = properties.path("Name").asText(function.id() + event);
            Resource resource = function.resource();
            schedules.add(new Schedule(
                    function,
                    "arn:aws:scheduler:" + resource.region() + ":" + resource.account() + ":schedule/default/" + name,
                    properties.path("Input").asText("")));
        }
    }

    /// Fires every enabled schedule as if it were this time.
    public void tick(Instant scheduled) {
        for (Schedule schedule : schedules) {
            String time = scheduled.truncatedTo(ChronoUnit.SECONDS).toString();
            String input = schedule.input().isEmpty()
                    ? defaultInput(schedule, time)
                    : schedule.input()
                            .replace("<aws.scheduler.scheduled-time>", time)
                            .replace("<aws.scheduler.schedule-arn>", schedule.arn())
                            .replace("<aws.scheduler.attempt-number>", "1")
                            .replace(
                                    "<aws.scheduler.execution-id>",
                                    UUID.randomUUID().toString());
            again(schedule.function(), input);
            if (carried.receive(schedule.function().id(), input, true) == Disturbance.DOUBLED) {
                again(schedule.function(), input);
            }
        }
    }

    /// Invokes the function of a schedule, if it is one.
    boolean again(String function, String input) {
        return schedules.stream()
                .filter(schedule -> schedule.function().id().equals(function))
                .findFirst()
                .map(schedule -> again(schedule.function(), input))
                .orElse(false);
    }

    private boolean again(LambdaFunction function, String input) {
        invocations.start(function, input);
        return true;
    }

    private String defaultInput(Schedule schedule, String time) {
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.scheduler")
                .put("account", schedule.function().resource().account())
                .put("time", time)
                .put("region", schedule.function().resource().region());
        event.putArray("resources").add(schedule.arn());
        return Json.text(event.put("detail", "{}"));
    }
}
