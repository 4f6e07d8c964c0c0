package clientkpis.function;

import clientkpis.aws.MessageQueue;
import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A function behind a queue. It handles the messages of a batch and reports those that failed, so that only they are
/// redelivered: soon after each of the first failures, since most pass, and then after the queue's visibility timeout,
/// so that an outage does not use up all attempts. A message of an invocation that ends before its answer, or is
/// throttled, waits for that long, too.
public abstract class SqsFunction extends EventFunction {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final int SOON = 3;

    private final MessageQueue own;

    /// One message of the batch.
    public record Message(String id, JsonNode body) {}

    protected SqsFunction(Map<String, String> variables) {
        super(variables);
        own = stack.ownQueue();
    }

    @Override
    protected JsonNode answer(JsonNode event, Log log, Context context) throws IOException {
        List<Message> messages = new ArrayList<>();
        Set<String> failed = new LinkedHashSet<>();
        for (JsonNode entry : event.path("Records")) {
            String id = entry.path("messageId").asText();
            try {
                messages.add(new Message(id, Json.parse(entry.path("body").asText())));
            } catch (UncheckedIOException e) {
                log.error("Message is not JSON", e, "messageId", id);
                failed.add(id);
            }
        }
        failed.addAll(handle(messages, log, context));
        retrySoon(event.path("Records"), failed, log);
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
        return answer;
    }

    private void retrySoon(JsonNode entries, Set<String> failed, Log log) {
        Map<String, Duration> after = new HashMap<>();
        for (JsonNode entry : entries) {
            if (failed.contains(entry.path("messageId").asText())) {
                int receives = entry.at("/attributes/ApproximateReceiveCount").asInt();
                String receipt = entry.path("receiptHandle").asText();
                retryAfter(receives).ifPresent(time -> after.put(receipt, time));
            }
        }
        try {
            own.redeliver(after);
        } catch (RuntimeException e) {
            log.warn("Messages that failed are redelivered later than they should be", "messages", after.size());
        }
    }

    /// @param receives how often the message was received
    /// @return empty: after the queue's visibility timeout
    static Optional<Duration> retryAfter(int receives) {
        return receives >= 1 && receives <= SOON
                ? Optional.of(FIRST_RETRY.multipliedBy(1L << (receives - 1)))
                : Optional.empty();
    }

    /// Handles a batch, message by message.
    ///
    /// @return the ids of the messages that failed
    protected Set<String> handle(List<Message> messages, Log log, Context context) {
        Set<String> failed = new LinkedHashSet<>();
        for (Message message : messages) {
            Log about = log.about(LogContext.of(message.body()));
            try {
                handle(message.body(), about, context);
            } catch (RuntimeException | IOException e) {
                failed(message, e, about);
                failed.add(message.id());
            }
        }
        return failed;
    }

    /// Logs that a message failed.
    protected static void failed(Message message, Exception e, Log about) {
        about.error("Message failed; it will be redelivered", e, "messageId", message.id());
    }

    /// Handles one message, which may have been handled before, completely or in part.
    ///
    /// @param log has the context of the message
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        throw new UnsupportedOperationException("This function handles whole batches");
    }
}
