package clientkpis.deployed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A consumer of the bus, as another team would write it: its own queue, its own rule that fills it, and duplicates
/// dropped by `detail.id`.
final class Subscriber {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "subscriber-of-all";
    private static final int AT_ONCE = 10;

    private final SqsClient sqs;
    private final EventBridgeClient eventBridge;
    private final String bus;
    private final String queue;
    private final Map<String, JsonNode> events = new LinkedHashMap<>();

    Subscriber(Sdk sdk, String bus) {
        this.sqs = sdk.sqs();
        this.eventBridge = sdk.events();
        this.bus = bus;
        this.queue = sqs.createQueue(create -> create.queueName(NAME)).queueUrl();
        String arn = sqs.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String rule = eventBridge
                .putRule(put -> put.name(NAME).eventBusName(bus).eventPattern("{\"source\": [\"client-kpis\"]}"))
                .ruleArn();
        sqs.setQueueAttributes(
                set -> set.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
                      "Principal": {"Service": "events.amazonaws.com"}, "Resource": "%s",
                      "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}
                    """.formatted(arn, rule))));
        eventBridge.putTargets(put -> put.rule(NAME)
                .eventBusName(bus)
                .targets(Target.builder().id("queue").arn(arn).build()));
    }

    /// The events so far, each once, in order of arrival.
    List<JsonNode> events() {
        List<Message> messages;
        do {
            messages = sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(AT_ONCE))
                    .messages();
            for (Message message : messages) {
                JsonNode event = event(message.body());
                events.putIfAbsent(
                        event.path("detail-type").asText()
                                + event.at("/detail/id").asText(),
                        event);
                sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        } while (!messages.isEmpty());
        return new ArrayList<>(events.values());
    }

    /// The details of the events of one type so far.
    List<JsonNode> details(String detailType) {
        Predicate<JsonNode> ofTheKind =
                event -> event.path("detail-type").asText().equals(detailType);
        return events().stream()
                .filter(ofTheKind)
                .map(event -> event.path("detail"))
                .toList();
    }

    /// Ends the subscription, because a bus with rules cannot be deleted.
    void cancel() {
        eventBridge.removeTargets(remove -> remove.rule(NAME).eventBusName(bus).ids("queue"));
        eventBridge.deleteRule(delete -> delete.name(NAME).eventBusName(bus));
        sqs.deleteQueue(delete -> delete.queueUrl(queue));
    }

    private static JsonNode event(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
