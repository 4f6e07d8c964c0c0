package clientkpis.local;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A subscriber of a bus, like another service: a queue and a rule, created and read with plain SDK clients.
public final class Subscription {
    private static final int BATCH = 10;

    private final SqsClient sqs;
    private final String queueUrl;

    Subscription(String bus, String name, SqsClient sqs, EventBridgeClient events) {
        this.sqs = sqs;
        this.queueUrl = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        events.putRule(
                request -> request.name(name).eventBusName(bus).eventPattern("{\"account\": [{\"exists\": true}]}"));
        events.putTargets(request -> request.rule(name)
                .eventBusName(bus)
                .targets(Target.builder().id("queue").arn(arn).build()));
    }

    /// The events since the last call, as JSON, in order of arrival.
    public List<String> drain() {
        List<String> events = new ArrayList<>();
        while (true) {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(queueUrl).maxNumberOfMessages(BATCH))
                    .messages();
            if (messages.isEmpty()) {
                return events;
            }
            List<DeleteMessageBatchRequestEntry> done = new ArrayList<>();
            for (Message message : messages) {
                events.add(message.body());
                done.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(done.size()))
                        .receiptHandle(message.receiptHandle())
                        .build());
            }
            sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(done));
        }
    }
}
