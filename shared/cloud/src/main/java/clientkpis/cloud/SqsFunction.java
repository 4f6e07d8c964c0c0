package clientkpis.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A function behind a queue. It handles the messages of a batch and reports those that failed, so that only they come
/// again.
public abstract class SqsFunction implements RequestStreamHandler {
    /// One message of the batch.
    public record Message(String id, JsonNode body) {}

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (JsonNode entry : Json.MAPPER.readTree(input).path("Records")) {
            messages.add(new Message(
                    entry.path("messageId").asText(),
                    Json.parse(entry.path("body").asText())));
        }
        Set<String> failed = handle(messages, new Log(context), context);
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
        output.write(Json.bytes(answer));
    }

    /// Handles a batch, each message on its own.
    ///
    /// @return the ids of the messages that failed
    protected Set<String> handle(List<Message> messages, Log log, Context context) {
        Set<String> failed = new java.util.LinkedHashSet<>();
        for (Message message : messages) {
            try {
                handle(message.body(), log, context);
            } catch (RuntimeException | IOException e) {
                log.error("A message failed and will come again", e, "messageId", message.id());
                failed.add(message.id());
            }
        }
        return failed;
    }

    /// Handles one message. It may have been handled before, wholly or in part.
    protected void handle(JsonNode body, Log log, Context context) throws IOException {
        throw new UnsupportedOperationException("This function handles whole batches");
    }
}
