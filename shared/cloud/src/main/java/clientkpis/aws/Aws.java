package clientkpis.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The SDK's clients of the AWS services, one set per process: plain default clients, configured by the environment
/// alone (`AWS_ENDPOINT_URL_*` points them to a local cloud).
public record Aws(DynamoDbClient dynamo, S3Client s3, SqsClient sqs, EventBridgeClient events) {
    private static final Map<String, Aws> SETS = new ConcurrentHashMap<>();

    /// The clients for the endpoints that the environment names.
    public static Aws of(Environment environment) {
        return SETS.computeIfAbsent(
                environment.variables().getOrDefault("AWS_ENDPOINT_URL_DYNAMODB", ""), endpoint -> create());
    }

    private static Aws create() {
        SdkHttpClient http = Apache5HttpClient.builder().maxConnections(64).build();
        return new Aws(
                DynamoDbClient.builder().httpClient(http).build(),
                S3Client.builder().httpClient(http).build(),
                SqsClient.builder().httpClient(http).build(),
                EventBridgeClient.builder().httpClient(http).build());
    }
}
