package clientkpis.local.invoke;

import clientkpis.json.Json;
import clientkpis.local.instance.Handler;
import clientkpis.local.instance.LambdaContext;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Rights;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function: instances of its handler. An instance handles one event at a time and is kept for the next one, unless
/// the invocation ends before its handler does: then its process is gone, and no later request of it has an effect.
public final class LambdaFunction {
    private static final int MEMORY = 128;
    private static final int TIMEOUT = 3;
    private static final String DIED = "Runtime exited without providing a reason";

    /// How an invocation ended: with an answer, or with an error.
    public record Outcome(String answer, @Nullable String error) {
        public boolean failed() {
            return error != null;
        }

        /// The answer as JSON; missing when there is none or it is not JSON.
        public JsonNode json() {
            try {
                return Json.parse(answer);
            } catch (UncheckedIOException e) {
                return MissingNode.getInstance();
            }
        }
    }

    private final Resource resource;
    private final Rights rights;
    private final Supplier<FunctionCode> code;
    private final Map<String, String> environment;
    private final Engine engine;
    private final Duration timeout;
    private final int memory;
    private final boolean ownProcesses;
    private final ConcurrentLinkedDeque<FunctionInstance> idle = new ConcurrentLinkedDeque<>();

    LambdaFunction(
            Resource resource,
            Rights rights,
            Supplier<FunctionCode> code,
            Map<String, String> common,
            boolean ownProcesses,
            Engine engine) {
        this.resource = resource;
        this.rights = rights;
        this.code = code;
        this.ownProcesses = ownProcesses;
        this.engine = engine;
        this.timeout = Duration.ofSeconds(resource.get("Timeout").asInt(TIMEOUT));
        this.memory = resource.get("MemorySize").asInt(MEMORY);
        Map<String, String> variables = new TreeMap<>(common);
        variables.put("AWS_LAMBDA_FUNCTION_NAME", resource.name());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(memory));
        resource.get("Environment")
                .path("Variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        this.environment = Map.copyOf(variables);
        if (!resource.text("Runtime").equals("java25")) {
            throw resource.error("the runtime " + resource.text("Runtime") + " is not supported here");
        }
    }

    /// What its role in the template allows.
    Rights rights() {
        return rights;
    }

    Engine engine() {
        return engine;
    }

    public void log(String line) {
        engine.log().accept(line);
    }

    public String id() {
        return resource.id();
    }

    public Resource resource() {
        return resource;
    }

    public FunctionConfiguration configuration() {
        return new FunctionConfiguration(
                resource.id(),
                resource.name(),
                resource.arn(),
                resource.text("CodeUri"),
                resource.text("Handler"),
                memory,
                timeout,
                environment);
    }

    /// Creates an instance before the first event.
    void warm() throws Exception {
        idle.push(create());
    }

    public Outcome invoke(String event) throws InterruptedException {
        LambdaContext context = new LambdaContext(
                UUID.randomUUID().toString(),
                resource.name(),
                resource.arn(),
                memory,
                timeout.toMillis(),
                engine.log());
        FunctionInstance instance;
        try {
            FunctionInstance ready = idle.poll();
            instance = ready == null ? create() : ready;
        } catch (Exception e) {
            return failed(context, "The function could not be started: " + e, e);
        }
        Invocation invocation = new Invocation(this, event);
        Instant began = Instant.now();
        Future<String> running =
                engine.threads().submit(() -> invocation.during(() -> instance.handle(event, context)));
        try {
            String answer = running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (invocation.isDead()) {
                return failed(context, DIED, null);
            }
            idle.push(instance);
            return new Outcome(answer, null);
        } catch (ExecutionException e) {
            if (invocation.isDead()) {
                return failed(context, DIED, null);
            }
            if (e.getCause() instanceof FunctionInstance.ExitedException exited) {
                return failed(context, exited.said(), null);
            }
            idle.push(instance);
            return failed(context, String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            end(invocation, running, instance);
            return failed(context, "Task timed out after " + timeout.toSeconds() + " seconds", null);
        } catch (InterruptedException e) {
            end(invocation, running, instance);
            throw e;
        } finally {
            engine.requests().add(new Requests.Invoked(id(), memory, Duration.between(began, Instant.now())));
        }
    }

    private static void end(Invocation invocation, Future<String> running, FunctionInstance instance) {
        invocation.die();
        running.cancel(true);
        instance.close();
    }

    /// Ends the instances that handle no event.
    void close() {
        for (FunctionInstance one = idle.poll(); one != null; one = idle.poll()) {
            one.close();
        }
    }

    private Outcome failed(LambdaContext context, String error, @Nullable Throwable cause) {
        StringWriter text = new StringWriter();
        text.append(resource.id())
                .append(' ')
                .append(context.getAwsRequestId())
                .append(' ')
                .append(error);
        if (cause != null) {
            text.append(System.lineSeparator());
            cause.printStackTrace(new PrintWriter(text, true));
        }
        log(text.toString());
        return new Outcome("", error);
    }

    private FunctionInstance create() throws Exception {
        if (ownProcesses) {
            return new ProcessInstance(configuration(), code.get().classPath(), engine.log());
        }
        return new Invocation(this, "")
                .during(() -> new HandlerInstance(
                        new Handler(resource.text("Handler"), code.get().loader(), environment)));
    }
}
