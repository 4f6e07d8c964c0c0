package clientkpis.local.service;

import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Which rules may send to which queues. As in AWS, a queue of the template accepts events only if a queue policy
/// allows it; otherwise the delivery fails silently. Queues that clients created accept everything.
public final class QueuePolicies {
    private final Map<String, List<JsonNode>> statements = new ConcurrentHashMap<>();

    public QueuePolicies(List<Resource> queues, List<Resource> policies) {
        queues.forEach(queue -> statements.put(queue.name(), new ArrayList<>()));
        for (Resource policy : policies) {
            for (JsonNode url : policy.get("Queues")) {
                String name = url.asText().substring(url.asText().lastIndexOf('/') + 1);
                for (JsonNode statement :
                        Resource.each(policy.get("PolicyDocument").path("Statement"))) {
                    checkConditions(policy, statement.path("Condition"));
                    statements.getOrDefault(name, new ArrayList<>()).add(statement);
                }
            }
        }
    }

    public boolean allows(String queue, String ruleArn) {
        List<JsonNode> own = statements.get(queue);
        return own == null
                || (own.stream().anyMatch(one -> applies(one, "Allow", queue, ruleArn))
                        && own.stream().noneMatch(one -> applies(one, "Deny", queue, ruleArn)));
    }

    private static boolean applies(JsonNode statement, String effect, String queue, String ruleArn) {
        JsonNode principal = statement.path("Principal");
        return statement.path("Effect").asText().equals(effect)
                && (principal.asText().equals("*")
                        || Resource.texts(principal.path("AWS")).contains("*")
                        || Resource.texts(principal.path("Service")).contains("events.amazonaws.com"))
                && Resource.texts(statement.path("Action")).stream()
                        .anyMatch(action -> like(action.toLowerCase(java.util.Locale.ROOT), "sqs:sendmessage"))
                && Resource.texts(statement.path("Resource")).stream()
                        .anyMatch(resource -> like(resource.substring(resource.lastIndexOf(':') + 1), queue))
                && statement.path("Condition").properties().stream()
                        .allMatch(test -> conditionHolds(test.getKey(), test.getValue(), ruleArn));
    }

    private static boolean conditionHolds(String operator, JsonNode test, String ruleArn) {
        if (operator.equals("Bool")) {
            // The endpoint is loopback; what asks for TLS is taken as kept, what denies its absence does not apply.
            return test.path("aws:SecureTransport").asText().equals("true");
        }
        String account = ruleArn.split(":", -1)[4];
        return test.properties().stream()
                .allMatch(entry -> Resource.texts(entry.getValue()).stream()
                        .anyMatch(value -> like(value, entry.getKey().equals("aws:SourceArn") ? ruleArn : account)));
    }

    private static void checkConditions(Resource policy, JsonNode conditions) {
        conditions.properties().forEach(entry -> {
            boolean known =
                    Set.of("ArnEquals", "ArnLike", "StringEquals", "StringLike").contains(entry.getKey())
                            && entry.getValue().properties().stream()
                                    .allMatch(one -> Set.of("aws:SourceArn", "aws:SourceAccount")
                                            .contains(one.getKey()));
            if (!known && !(entry.getKey().equals("Bool") && entry.getValue().has("aws:SecureTransport"))) {
                throw policy.error("the condition " + entry + " is not supported here");
            }
        });
    }

    private static boolean like(String pattern, String text) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text);
    }
}
