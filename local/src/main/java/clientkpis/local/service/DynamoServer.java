package clientkpis.local.service;

import clientkpis.local.template.Resource;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// DynamoDB and its streams: DynamoDB Local's own handler, in memory, on our own server. So it listens only on
/// loopback, sends no telemetry, and reports every write.
public final class DynamoServer implements AutoCloseable {
    private static final Set<String> WRITES = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactWriteItems",
            "ExecuteStatement",
            "BatchExecuteStatement",
            "ExecuteTransaction");

    private final DynamoRequests database;
    private final Loopback server;
    private final String region;
    private volatile Runnable written = () -> {};

    public DynamoServer(String region, int port) throws Exception {
        this.region = region;
        this.database = new DynamoRequests();
        this.server = new Loopback(
                port, new ReportsWrites(new ContextHandler(new LocalDynamoDBServerHandler(database, null), "/")));
    }

    private final class ReportsWrites extends Handler.Wrapper {
        ReportsWrites(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String target = request.getHeaders().get("X-Amz-Target");
            boolean handled = super.handle(request, response, callback);
            if (target != null && WRITES.contains(target.substring(target.indexOf('.') + 1))) {
                written.run();
            }
            return handled;
        }
    }

    public String endpoint() {
        return server.endpoint();
    }

    /// A client in this JVM that needs no HTTP.
    ///
    /// @param before runs before each request, and may refuse it
    public DynamoDbClient inProcess(Runnable before) {
        return InProcessClient.of(database.client(), WRITES, before, () -> written.run());
    }

    /// Sets what runs after every write.
    public void onWrite(Runnable action) {
        written = action;
    }

    /// @param saved where an earlier one saved the table's items; null for none. What is loaded is not in its stream
    public void create(Resource table, @Nullable Path saved) throws IOException {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys(table.get("KeySchema")));
        List<AttributeDefinition> definitions = new ArrayList<>();
        for (JsonNode one : table.get("AttributeDefinitions")) {
            definitions.add(AttributeDefinition.builder()
                    .attributeName(one.path("AttributeName").asText())
                    .attributeType(one.path("AttributeType").asText())
                    .build());
        }
        request.attributeDefinitions(definitions);
        StreamSpecification stream = table.properties().has("StreamSpecification")
                ? StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(table.get("StreamSpecification")
                                .path("StreamViewType")
                                .asText())
                        .build()
                : null;
        if (stream != null && saved == null) {
            request.streamSpecification(stream);
        }
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (JsonNode index : table.get("GlobalSecondaryIndexes")) {
            JsonNode projection = index.path("Projection");
            List<String> attributes = new ArrayList<>();
            projection.path("NonKeyAttributes").forEach(name -> attributes.add(name.asText()));
            Projection.Builder projected = Projection.builder()
                    .projectionType(projection.path("ProjectionType").asText());
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(index.path("IndexName").asText())
                    .keySchema(keys(index.path("KeySchema")))
                    .projection(
                            attributes.isEmpty()
                                    ? projected.build()
                                    : projected.nonKeyAttributes(attributes).build())
                    .build());
        }
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        database.createTable("local", region, request.build());
        if (saved != null) {
            new SavedTables(endpoint(), region).load(table.name(), saved);
            if (stream != null) {
                database.updateTable(
                        "local",
                        region,
                        UpdateTableRequest.builder()
                                .tableName(table.name())
                                .streamSpecification(stream)
                                .build());
            }
        }
    }

    /// Writes the items of a table.
    public void save(Resource table, Path folder) throws IOException {
        new SavedTables(endpoint(), region).save(table.name(), folder);
    }

    /// The ids of the shards of a table's stream, oldest first.
    public List<String> shards(String table) {
        return database
                .describeStream(
                        "local",
                        region,
                        DescribeStreamRequest.builder().streamArn(stream(table)).build())
                .streamDescription()
                .shards()
                .stream()
                .map(Shard::shardId)
                .toList();
    }

    public String iterator(String table, String shard, String type, String after) {
        GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
                .streamArn(stream(table))
                .shardId(shard)
                .shardIteratorType(type);
        if (!after.isEmpty()) {
            request.sequenceNumber(after);
        }
        return database.getShardIterator("local", region, request.build()).shardIterator();
    }

    public GetRecordsResponse records(String iterator, int most) {
        return database.getRecords(
                "local",
                region,
                GetRecordsRequest.builder().shardIterator(iterator).limit(most).build());
    }

    @Override
    public void close() {
        server.close();
        database.shutdown();
    }

    private String stream(String table) {
        return database.describeTable(
                        "local",
                        region,
                        DescribeTableRequest.builder().tableName(table).build())
                .table()
                .latestStreamArn();
    }

    private static List<KeySchemaElement> keys(JsonNode keys) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (JsonNode key : keys) {
            elements.add(KeySchemaElement.builder()
                    .attributeName(key.path("AttributeName").asText())
                    .keyType(key.path("KeyType").asText())
                    .build());
        }
        return elements;
    }
}
