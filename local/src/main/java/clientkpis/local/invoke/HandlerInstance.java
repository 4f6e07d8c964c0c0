package clientkpis.local.invoke;

import clientkpis.local.instance.LambdaContext;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An instance in this JVM.
final class HandlerInstance implements FunctionInstance {
    private final RequestStreamHandler handler;

    /// @param name the handler's class
    /// @param variables the function's environment
    HandlerInstance(String name, ClassLoader code, Map<String, String> variables) throws Exception {
        handler = Class.forName(name, true, code)
                .asSubclass(RequestStreamHandler.class)
                .getConstructor(Map.class)
                .newInstance(variables);
    }

    @Override
    public String handle(String event, LambdaContext context) throws Exception {
        Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // Its invocation is dead: see RequestRecorder.
    }
}
