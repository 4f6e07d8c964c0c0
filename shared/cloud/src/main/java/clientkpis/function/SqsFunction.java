package clientkpis.function;

import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A function behind a queue. It handles the messages of a batch and reports those that failed, so that only they are
/// redelivered.
public abstract class SqsFunction extends EventFunction {
    /// One message of the batch.
    public record Message(String id, JsonNode body) {}

    protected SqsFunction(Map<String, String> variables) {
        super(variables);
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
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
        return answer;
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
