package clientkpis.local.toy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/// Copies the version of an object that an event names into a table. An object that says `fail` fails, one that says
/// `sleep` takes a while.
public final class Copy extends Toy {
    private final S3Client s3 = S3Client.create();
    private final DynamoDbClient dynamo = DynamoDbClient.create();

    public Copy(Map<String, String> environment) {
        super(environment);
    }

    @Override
    List<String> handle(JsonNode event) throws IOException {
        List<String> failed = new ArrayList<>();
        for (JsonNode message : event.path("Records")) {
            JsonNode detail = parse(message.path("body").asText()).path("detail");
            JsonNode object = detail.path("object");
            String text = s3.getObjectAsBytes(
                            get -> get.bucket(detail.path("bucket").path("name").asText())
                                    .key(object.path("key").asText())
                                    .versionId(object.path("version-id").asText()))
                    .asUtf8String();
            if (text.equals("sleep")) {
                sleep();
            }
            if (text.equals("fail")) {
                failed.add(message.path("messageId").asText());
                continue;
            }
            dynamo.putItem(put -> put.tableName(environment.get("NOTES"))
                    .item(Map.of(
                            "name", AttributeValue.fromS(object.path("key").asText() + "@" + text),
                            "text", AttributeValue.fromS(text))));
        }
        return failed;
    }

    private static void sleep() {
        try {
            Thread.sleep(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
