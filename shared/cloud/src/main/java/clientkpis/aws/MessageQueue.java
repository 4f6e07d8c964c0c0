package clientkpis.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// A queue that a function sends to.
public final class MessageQueue {
    private static final int ENTRIES = 10;
    /// SQS accepts 1 MiB per request; this leaves room for what surrounds the bodies.
    private static final int LARGEST_BATCH = 900_000;

    private final Supplier<SqsClient> sqs;
    private final String url;

    public MessageQueue(Supplier<SqsClient> sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /// Sends messages in as few requests as they need.
    ///
    /// @throws IllegalStateException if the queue did not accept one of them; others may have been sent
    public void send(List<String> bodies) {
        send(bodies, null);
    }

    /// @param group whose messages they are: the queue shares its receivers among the groups fairly
    public void send(List<String> bodies, @Nullable String group) {
        List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
        int size = 0;
        for (String body : bodies) {
            int length = body.length() * 3;
            if (batch.size() == ENTRIES || (size + length > LARGEST_BATCH && !batch.isEmpty())) {
                sendBatch(batch);
                batch = new ArrayList<>();
                size = 0;
            }
            batch.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(batch.size()))
                    .messageBody(body)
                    .messageGroupId(group)
                    .build());
            size += length;
        }
        if (!batch.isEmpty()) {
            sendBatch(batch);
        }
    }

    public void send(String body) {
        send(List.of(body));
    }

    /// Sends a message that is received after a delay, at most 15 minutes.
    public void send(String body, Duration delay) {
        sqs.get().sendMessage(s -> s.queueUrl(url).messageBody(body).delaySeconds((int) delay.toSeconds()));
    }

    /// Makes messages that were received visible again after some time, instead of after the queue's visibility
    /// timeout.
    ///
    /// @param after by receipt
    public void redeliver(Map<String, Duration> after) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        after.forEach((receipt, time) -> entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(receipt)
                .visibilityTimeout((int) time.toSeconds())
                .build()));
        for (int i = 0; i < entries.size(); i += ENTRIES) {
            List<ChangeMessageVisibilityBatchRequestEntry> batch =
                    entries.subList(i, Math.min(i + ENTRIES, entries.size()));
            sqs.get().changeMessageVisibilityBatch(c -> c.queueUrl(url).entries(batch));
        }
    }

    private void sendBatch(List<SendMessageBatchRequestEntry> batch) {
        // Not `hasFailed`, which is true for an empty list in the answer.
        if (!sqs.get()
                .sendMessageBatch(s -> s.queueUrl(url).entries(batch))
                .failed()
                .isEmpty()) {
            throw new IllegalStateException("The queue did not accept a message");
        }
    }
}
