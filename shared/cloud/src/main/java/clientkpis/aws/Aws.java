package clientkpis.aws;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The SDK's clients of the AWS services, one set per process: plain default clients, configured by the environment
/// alone (`AWS_ENDPOINT_URL_*` points them to a local cloud).
public record Aws(DynamoDbClient dynamo, S3Client s3, SqsClient sqs, EventBridgeClient events) {
    /// A try without an answer, and a call with all its tries, take far less than the time that a function keeps in
    /// reserve, so that a service that hangs or throttles does not take the invocation with it.
    private static final Duration TRY = Duration.ofSeconds(5);

    private static final Duration CALL = Duration.ofSeconds(15);
    /// How long a connection may be silent. It is the only bound for S3, where a call takes as long as its object is
    /// large.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Map<String, Aws> SETS = new ConcurrentHashMap<>();

    /// The clients for the endpoints that the environment names.
    public static Aws of(Environment environment) {
        return SETS.computeIfAbsent(
                environment.variables().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""), endpoint -> create());
    }

    private static Aws create() {
        SdkHttpClient http = Apache5HttpClient.builder()
                .maxConnections(64)
                .socketTimeout(SILENCE)
                .build();
        Consumer<ClientOverrideConfiguration.Builder> bounded =
                o -> o.apiCallAttemptTimeout(TRY).apiCallTimeout(CALL);
        return new Aws(
                DynamoDbClient.builder()
                        .httpClient(http)
                        .overrideConfiguration(bounded)
                        .build(),
                S3Client.builder().httpClient(http).build(),
                SqsClient.builder()
                        .httpClient(http)
                        .overrideConfiguration(bounded)
                        .build(),
                EventBridgeClient.builder()
                        .httpClient(http)
                        .overrideConfiguration(bounded)
                        .build());
    }
}
