package clientkpis.suite.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A way to DynamoDB on which answers are lost, or are those that its Local edition never gives. The requests are
/// carried out.
final class LostAnswers implements AutoCloseable {
    private static final Set<String> OWN_HEADERS = Set.of("connection", "content-length", "host", "expect", "upgrade");

    private static final String ATTEMPTS = "aws.maxAttempts";

    private record Answer(int status, String body) {}

    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI dynamo = URI.create(System.getProperty("aws.endpointUrlDynamoDb"));
    private final HttpServer server;
    private final DynamoDbClient client;

    LostAnswers() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        // So few that it gives up before ConditionalWrites does.
        System.setProperty(ATTEMPTS, "2");
        client = DynamoDbClient.builder()
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .build();
        System.clearProperty(ATTEMPTS);
    }

    DynamoDbClient client() {
        return client;
    }

    /// The answer to the next request is lost, so that the SDK tries again.
    void lose() {
        next.add(new Answer(500, "{\"__type\":\"InternalServerError\"}"));
    }

    /// The answer to the next request is an error, although it was carried out.
    ///
    /// @param members of its JSON, after a comma
    void answer(String error, String members) {
        next.add(new Answer(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"" + members + "}"));
    }

    /// How many requests were sent.
    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        HttpRequest.Builder request = HttpRequest.newBuilder(dynamo)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try (exchange) {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            @Nullable Answer instead = next.poll();
            byte[] body = instead == null ? response.body() : instead.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(instead == null ? response.statusCode() : instead.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
