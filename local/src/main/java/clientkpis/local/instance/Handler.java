package clientkpis.local.instance;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A function's handler, as Lambda's runtime creates and calls it.
public final class Handler {
    private final RequestStreamHandler handler;

    /// @param name as the template has it
    /// @param variables the function's environment
    public Handler(String name, ClassLoader code, Map<String, String> variables) throws ReflectiveOperationException {
        handler = Class.forName(name.replaceFirst("::handleRequest$", ""), true, code)
                .asSubclass(RequestStreamHandler.class)
                .getConstructor(Map.class)
                .newInstance(variables);
    }

    /// @return the answer
    public String handle(String event, Context context) throws IOException {
        Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        return answer.toString(StandardCharsets.UTF_8);
    }
}
