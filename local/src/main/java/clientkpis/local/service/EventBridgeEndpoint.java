package clientkpis.local.service;

import clientkpis.json.Json;
import clientkpis.local.service.EventBridge.Rejected;
import clientkpis.local.service.EventBridge.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/// EventBridge's wire protocol (AWS JSON 1.1), for the operations that producers and subscribers use.
public final class EventBridgeEndpoint {
    private static final int ENTRIES = 10;
    private static final int LARGEST_REQUEST = 1_048_576;
    private static final List<String> REQUIRED = List.of("Source", "DetailType", "Detail");

    private final EventBridge buses;

    private EventBridgeEndpoint(EventBridge buses) {
        this.buses = buses;
    }

    public static Loopback start(EventBridge buses, int port) throws Exception {
        return Loopback.json(port, "application/x-amz-json-1.1", new EventBridgeEndpoint(buses)::answer);
    }

    private String answer(Request request, Response response) throws IOException {
        try {
            String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
            JsonNode input = Json.parse(Content.Source.asString(request, StandardCharsets.UTF_8));
            return Json.text(call(target.substring(target.indexOf('.') + 1), input));
        } catch (Rejected e) {
            return error(response, 400, e.code, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return error(response, 500, "InternalException", e.toString());
        }
    }

    private static String error(Response response, int status, String type, String message) {
        response.setStatus(status);
        return Json.text(Json.object().put("__type", type).put("message", message));
    }

    private ObjectNode call(String operation, JsonNode input) {
        ObjectNode answer = Json.object();
        String bus = busName(input.path("EventBusName").asText("default"));
        switch (operation) {
            case "PutEvents" -> putEvents(input.path("Entries"), answer);
            case "CreateEventBus" -> {
                String name = input.path("Name").asText();
                buses.createBus(name);
                answer.put("EventBusArn", buses.arn("event-bus/" + name));
            }
            case "DescribeEventBus" -> {
                String name = busName(input.path("Name").asText("default"));
                buses.requireBus(name);
                answer.put("Name", name).put("Arn", buses.arn("event-bus/" + name));
            }
            case "PutRule" ->
                answer.put(
                        "RuleArn",
                        buses.putRule(
                                bus,
                                input.path("Name").asText(),
                                input.path("EventPattern").asText(),
                                !input.path("State").asText().equals("DISABLED")));
            case "DeleteRule" -> buses.deleteRule(bus, input.path("Name").asText());
            case "ListRules" -> {
                ArrayNode rules = answer.putArray("Rules");
                for (Rule rule : buses.rules(bus)) {
                    rules.addObject()
                            .put("Name", rule.name())
                            .put("Arn", rule.arn())
                            .put("EventBusName", bus)
                            .put("EventPattern", rule.pattern())
                            .put("State", rule.enabled() ? "ENABLED" : "DISABLED");
                }
            }
            case "PutTargets" -> {
                Rule rule = buses.rule(bus, input.path("Rule").asText());
                for (JsonNode target : input.path("Targets")) {
                    checkTarget(target);
                    rule.targets().put(target.path("Id").asText(), target);
                }
                answer.put("FailedEntryCount", 0).putArray("FailedEntries");
            }
            case "RemoveTargets" -> {
                Rule rule = buses.rule(bus, input.path("Rule").asText());
                input.path("Ids").forEach(id -> rule.targets().remove(id.asText()));
                answer.put("FailedEntryCount", 0).putArray("FailedEntries");
            }
            case "TestEventPattern" -> {
                try {
                    answer.put(
                            "Result",
                            new Ruler(List.of(input.path("EventPattern").asText()))
                                    .matches(input.path("Event").asText()));
                } catch (IllegalArgumentException e) {
                    throw new Rejected("InvalidEventPatternException", String.valueOf(e.getMessage()));
                }
            }
            default -> throw new Rejected("UnknownOperationException", operation + " is not supported here");
        }
        return answer;
    }

    private static void checkTarget(JsonNode target) {
        boolean plain = target.properties().stream()
                .allMatch(entry ->
                        List.of("Id", "Arn", "DeadLetterConfig", "RetryPolicy").contains(entry.getKey()));
        if (!plain || !target.path("Arn").asText().startsWith("arn:aws:sqs:")) {
            throw new Rejected("ValidationException", "Only queues can be targets here, with the unchanged event.");
        }
    }

    private void putEvents(JsonNode entries, ObjectNode answer) {
        if (entries.isEmpty() || entries.size() > ENTRIES) {
            throw new Rejected(
                    "ValidationException",
                    "Value at 'entries' failed to satisfy constraint: Member must have length between 1 and 10");
        }
        int size = 0;
        for (JsonNode entry : entries) {
            for (String field : REQUIRED) {
                size += entry.path(field).asText().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (size > LARGEST_REQUEST) {
            throw new Rejected("ValidationException", "Total size of the entries in the request is over the limit.");
        }
        ArrayNode results = answer.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : entries) {
            ObjectNode result = results.addObject();
            String missing = missing(entry);
            JsonNode detail = detail(entry.path("Detail").asText());
            if (missing != null) {
                failed++;
                result.put("ErrorCode", "InvalidArgument")
                        .put(
                                "ErrorMessage",
                                "Parameter " + missing + " is not valid. Reason: it is a required argument.");
            } else if (detail == null) {
                failed++;
                result.put("ErrorCode", "MalformedDetail").put("ErrorMessage", "Detail is malformed.");
            } else {
                result.put("EventId", publish(entry, detail));
            }
        }
        answer.put("FailedEntryCount", failed);
    }

    private String publish(JsonNode entry, JsonNode detail) {
        Instant time = entry.hasNonNull("Time")
                ? Instant.ofEpochMilli((long) (entry.path("Time").asDouble() * 1000))
                : null;
        return buses.publish(
                busName(entry.path("EventBusName").asText("default")),
                entry.path("Source").asText(),
                entry.path("DetailType").asText(),
                time,
                entry.path("Resources").isArray() ? entry.path("Resources") : Json.array(),
                detail);
    }

    private static @Nullable String missing(JsonNode entry) {
        return REQUIRED.stream()
                .filter(field -> entry.path(field).asText().isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable JsonNode detail(String text) {
        try {
            JsonNode detail = Json.parse(text);
            return detail.isObject() ? detail : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static String busName(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
