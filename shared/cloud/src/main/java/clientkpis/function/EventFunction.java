package clientkpis.function;

import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/// A function: it answers an event, both JSON, and logs what happens.
public abstract class EventFunction implements RequestStreamHandler {
    protected final Stack stack;

    protected EventFunction(Map<String, String> variables) {
        stack = new Stack(variables);
    }

    /// @throws IllegalStateException if it failed, without the cause: Lambda logs whatever is thrown, and the message
    ///     of an exception may quote a value
    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Log log = new Log(context, stack.name());
        JsonNode answer;
        try {
            answer = answer(Json.parse(input), log, context);
        } catch (RuntimeException | IOException e) {
            log.error("The invocation failed", e);
            throw new IllegalStateException("The invocation failed; its log line of level ERROR says where");
        }
        output.write(Json.bytes(answer));
    }

    /// Handles an event, which may have been handled before, completely or in part.
    protected abstract JsonNode answer(JsonNode event, Log log, Context context) throws IOException;
}
