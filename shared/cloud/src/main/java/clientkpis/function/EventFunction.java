package clientkpis.function;

import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/// A function: an event as JSON gives an answer as JSON, and what happens is logged.
public abstract class EventFunction implements RequestStreamHandler {
    protected final Stack stack;

    protected EventFunction(Map<String, String> variables) {
        stack = new Stack(variables);
    }

    /// @throws IllegalStateException when it failed, without the cause: Lambda writes out whatever is thrown, and an
    ///     exception's message may quote a value
    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Log log = new Log(context, stack.name());
        JsonNode answer;
        try {
            answer = answer(Json.MAPPER.readTree(input), log, context);
        } catch (RuntimeException | IOException e) {
            log.error("The invocation failed", e);
            throw new IllegalStateException("The invocation failed; its log line of level ERROR says where");
        }
        output.write(Json.bytes(answer));
    }

    /// Handles an event. It may have been handled before, wholly or in part.
    protected abstract JsonNode answer(JsonNode event, Log log, Context context) throws IOException;
}
