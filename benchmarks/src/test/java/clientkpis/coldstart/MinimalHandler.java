package clientkpis.coldstart;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The least that a function of this kind can be: one client of AWS, with the functions' HTTP client, and one call of
/// it.
public final class MinimalHandler implements RequestStreamHandler {
    private final DynamoDbClient dynamo = DynamoDbClient.builder()
            .httpClient(Apache5HttpClient.builder().build())
            .build();

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        int items = dynamo.scan(scan -> scan.tableName(System.getenv("TENANTS_TABLE")))
                .count();
        answer.write(Integer.toString(items).getBytes(StandardCharsets.UTF_8));
    }
}
