package clientkpis.aws;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The SDK's clients of the AWS services, one set per process: plain default clients, configured by the environment
/// alone (`AWS_ENDPOINT_URL_*` points them to a local cloud). Each is made when it is first asked for: a start makes
/// those alone that its first invocation uses.
public final class Aws {
    /// A try without an answer, and a call with all its tries, take far less than the time that a function keeps in
    /// reserve, so that a service that hangs or throttles does not take the invocation with it.
    private static final Duration TRY = Duration.ofSeconds(5);

    private static final Duration CALL = Duration.ofSeconds(15);
    /// How long a connection may be silent. It is the only bound for S3, where a call takes as long as its object is
    /// large.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Map<String, Aws> SETS = new ConcurrentHashMap<>();

    private final Supplier<SdkHttpClient> http = new Once<>(() -> Apache5HttpClient.builder()
            .maxConnections(64)
            .socketTimeout(SILENCE)
            .build());
    private final Supplier<DynamoDbClient> dynamo;
    private final Supplier<S3Client> s3 =
            new Once<>(() -> S3Client.builder().httpClient(http.get()).build());
    private final Supplier<SqsClient> sqs = new Once<>(() -> SqsClient.builder()
            .httpClient(http.get())
            .overrideConfiguration(Aws::bounded)
            .build());
    private final Supplier<EventBridgeClient> events = new Once<>(() -> EventBridgeClient.builder()
            .httpClient(http.get())
            .overrideConfiguration(Aws::bounded)
            .build());

    private Aws(Supplier<DynamoDbClient> dynamo) {
        this.dynamo = new Once<>(dynamo);
    }

    private Aws() {
        dynamo = new Once<>(() -> DynamoDbClient.builder()
                .httpClient(http.get())
                .overrideConfiguration(Aws::bounded)
                .build());
    }

    private static void bounded(ClientOverrideConfiguration.Builder configuration) {
        configuration.apiCallAttemptTimeout(TRY).apiCallTimeout(CALL);
    }

    /// The clients for the endpoints that the environment names.
    public static Aws of(Environment environment) {
        return SETS.computeIfAbsent(
                environment.variables().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""), endpoint -> new Aws());
    }

    /// From now on an endpoint of DynamoDB is reached by this client: a service in the same JVM needs no HTTP.
    ///
    /// @param client null when that service has ended
    public static void reach(String endpoint, @Nullable DynamoDbClient client) {
        if (client == null) {
            SETS.remove(endpoint);
        } else {
            SETS.put(endpoint, new Aws(() -> client));
        }
    }

    public DynamoDbClient dynamo() {
        return dynamo.get();
    }

    public S3Client s3() {
        return s3.get();
    }

    public SqsClient sqs() {
        return sqs.get();
    }

    public EventBridgeClient events() {
        return events.get();
    }

    /// Something that is made at most once, when it is first asked for.
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            T value = made;
            if (value == null) {
                value = maker.get();
                made = value;
            }
            return value;
        }
    }
}
