package clientkpis.local.invoke;

import clientkpis.local.instance.Handler;
import clientkpis.local.instance.LambdaContext;
import java.io.IOException;

/// An instance in this JVM.
record HandlerInstance(Handler handler) implements FunctionInstance {
    @Override
    public String handle(String event, LambdaContext context) throws IOException {
        return handler.handle(event, context);
    }

    @Override
    public void close() {
        // Its invocation is dead: see RequestRecorder.
    }
}
