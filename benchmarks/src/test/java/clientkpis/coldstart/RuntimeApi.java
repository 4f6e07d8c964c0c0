package clientkpis.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The Lambda Runtime API of one process, which gets one event: when it asked for it, and when and what it answered.
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";

    /// @param polled when the process had started and asked for its first event, by [System#nanoTime]
    /// @param answered when its answer had arrived
    /// @param failed whether the answer is an error
    record Answer(long polled, long answered, boolean failed, String body) {}

    private final byte[] event;
    private final String functionArn;
    private final Duration timeout;
    private final @Nullable String traceHeader;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Long> polled = new CompletableFuture<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /// @param traceHeader what Lambda says of the event's trace; null: nothing
    RuntimeApi(byte[] event, String functionArn, Duration timeout, @Nullable String traceHeader) throws IOException {
        this.event = event;
        this.functionArn = functionArn;
        this.timeout = timeout;
        this.traceHeader = traceHeader;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    /// The value of `AWS_LAMBDA_RUNTIME_API`.
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Completes with the first answer, or exceptionally when the process could not start.
    CompletableFuture<Answer> answer() {
        return answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            if (path.equals("invocation/next")) {
                if (polled.complete(System.nanoTime())) {
                    hand(exchange);
                } else {
                    closed.await(); // There is one event, so the process waits for the next until it is stopped.
                }
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            long now = System.nanoTime();
            exchange.sendResponseHeaders(202, -1);
            if (path.equals("init/error")) {
                answer.completeExceptionally(new IllegalStateException("The function did not start: " + body));
            } else {
                answer.complete(new Answer(polled.join(), now, path.endsWith("/error"), body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(HttpExchange exchange) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + timeout.toMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        if (traceHeader != null) {
            headers.set("Lambda-Runtime-Trace-Id", traceHeader);
        }
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
