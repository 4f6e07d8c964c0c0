package clientkpis.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The least that a function of this kind can be: one client of AWS, with the functions' HTTP client, and one call of
/// it; and where `CLIENTS` says so, when the event comes, also a client of S3 or SQS with a call of that.
public final class MinimalHandler implements RequestStreamHandler {
    /// The variable that names more clients.
    static final String CLIENTS = "CLIENTS";

    private final SdkHttpClient http = Apache5HttpClient.builder().build();
    private final DynamoDbClient dynamo =
            DynamoDbClient.builder().httpClient(http).build();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        int items = dynamo.scan(scan -> scan.tableName(System.getenv("TENANTS_TABLE")))
                .count();
        String more = System.getenv().getOrDefault(CLIENTS, "");
        if (more.contains("S3")) {
            S3Client s3 = S3Client.builder().httpClient(http).build();
            s3.listObjectsV2(list -> list.bucket(System.getenv("DATA_BUCKET")).prefix("none/"));
        }
        if (more.contains("SQS")) {
            SqsClient sqs = SqsClient.builder().httpClient(http).build();
            sqs.getQueueUrl(queue -> queue.queueName(System.getenv("STACK_NAME") + "-parts-clients"));
        }
        answer.write(Integer.toString(items).getBytes(StandardCharsets.UTF_8));
    }
}
