package clientkpis.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// A service that hangs does not take the invocation with it, and one that takes long to send a large object may.
@Tag("slow")
class AwsTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.region", "sa-east-1",
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test");
    private static final int SECONDS = 18;

    private final Map<String, String> before = new HashMap<>();
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String url = "http://127.0.0.1:" + server.getLocalPort();
        set(SETTINGS);
        set(Map.of("aws.endpointUrlDynamoDb", url, "aws.endpointUrlS3", url));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void aCallIsBoundedAndALargeObjectIsNotCut() throws Exception {
        Aws aws = Aws.of(new Environment(Map.of("AWS_ENDPOINT_URL_DYNAMODB", "AwsTest")));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket _ = server) {
            threads.execute(() -> answer(threads));
            Future<Integer> object = threads.submit(() -> {
                try (InputStream in = new DataBucket(aws::s3, "bucket").open("object", null)) {
                    return in.readAllBytes().length;
                }
            });
            long start = System.nanoTime();
            assertThatThrownBy(() -> aws.dynamo().listTables()).isInstanceOf(ApiCallTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(14), Duration.ofSeconds(20));
            assertThat(object.get()).isEqualTo(SECONDS);
        }
    }

    private void answer(ExecutorService threads) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                break;
            }
        }
    }

    /// DynamoDB never answers; S3 sends a byte each second.
    private static void answer(Socket socket) {
        try {
            byte[] request = new byte[8_000];
            int length = socket.getInputStream().read(request);
            if (new String(request, 0, Math.max(0, length), StandardCharsets.US_ASCII).startsWith("GET")) {
                OutputStream out = socket.getOutputStream();
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + SECONDS + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < SECONDS; i++) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void set(Map<String, String> properties) {
        properties.forEach((name, value) -> {
            before.put(name, System.getProperty(name, ""));
            System.setProperty(name, value);
        });
    }
}
