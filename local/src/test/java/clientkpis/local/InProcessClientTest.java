package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The client that needs no HTTP answers and refuses as the one that does.
class InProcessClientTest {
    private static final String TABLE = "InProcess";
    private static final ReturnValuesOnConditionCheckFailure ALL_OLD = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static String endpoint;
    private static DynamoDbClient inProcess;
    private static DynamoDbClient overHttp;

    @BeforeAll
    static void start() throws Exception {
        cloud = ToyStack.start(folder, """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Items:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: InProcess
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
                  KeySchema: [{ AttributeName: id, KeyType: HASH }]
            """, Options.defaults().withoutHttp((at, client) -> {
            endpoint = at;
            inProcess = client;
        }));
        overHttp = DynamoDbClient.create();
    }

    @AfterAll
    static void stop() {
        overHttp.close();
        cloud.close();
        assertThat(inProcess).as("taken back at the end").isNull();
    }

    private static void areEqual(Function<DynamoDbClient, Object> request) {
        assertThat(answer(request, inProcess)).isEqualTo(answer(request, overHttp));
    }

    /// What a client answers to a request, or how it refuses it.
    private static Object answer(Function<DynamoDbClient, Object> request, DynamoDbClient client) {
        try {
            Object answer = request.apply(client);
            // Without what HTTP adds.
            return answer instanceof SdkPojo response
                    ? response.sdkFields().stream()
                            .map(field -> Optional.ofNullable(field.getValueOrDefault(response)))
                            .toList()
                    : answer;
        } catch (TransactionCanceledException e) {
            return List.of(e.getClass(), e.cancellationReasons());
        } catch (ConditionalCheckFailedException e) {
            return List.of(e.getClass(), e.item());
        } catch (DynamoDbException e) {
            return List.of(
                    e.getClass(),
                    e.awsErrorDetails().errorCode(),
                    e.awsErrorDetails().errorMessage());
        }
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of(
                "id", AttributeValue.fromS(id),
                "version", AttributeValue.fromN("1"),
                "body", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 1, -1})),
                "some", AttributeValue.fromL(List.of(AttributeValue.fromBool(true), AttributeValue.fromN("0.10"))),
                "names", AttributeValue.fromSs(List.of("a", "b")));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    @Test
    void whatOneWritesTheOtherReads() {
        inProcess.putItem(p -> p.tableName(TABLE).item(item("read")));

        areEqual(client ->
                client.getItem(g -> g.tableName(TABLE).key(key("read")).consistentRead(true)));
        KeysAndAttributes keys = KeysAndAttributes.builder()
                .keys(List.of(key("read"), key("absent")))
                .build();
        areEqual(client ->
                client.batchGetItem(g -> g.requestItems(Map.of(TABLE, keys)).returnConsumedCapacity("TOTAL")));
        areEqual(client -> client
                .queryPaginator(q -> q.tableName(TABLE)
                        .keyConditionExpression("id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("read"))))
                .items()
                .stream()
                .toList());
    }

    @Test
    void aWriteIsAnsweredAlike() {
        areEqual(client -> client.putItem(
                p -> p.tableName(TABLE).item(item("put")).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        areEqual(client -> client.updateItem(u -> u.tableName(TABLE)
                .key(key("update"))
                .updateExpression("SET version = :v")
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromN("7")))
                .returnValues(ReturnValue.ALL_NEW)));
        areEqual(client -> client.deleteItem(d -> d.tableName(TABLE).key(key("absent"))));
    }

    @Test
    void aConditionThatDoesNotHoldTellsTheItem() {
        inProcess.putItem(p -> p.tableName(TABLE).item(item("held")));

        areEqual(client -> client.putItem(p -> p.tableName(TABLE)
                .item(item("held"))
                .conditionExpression("attribute_not_exists(id)")
                .returnValuesOnConditionCheckFailure(ALL_OLD)));
        assertThatThrownBy(() -> inProcess.putItem(p -> p.tableName(TABLE)
                        .item(item("held"))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ALL_OLD)))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        refused -> assertThat(refused.item()).containsKeys("id", "version", "body"));
    }

    @Test
    void aTransactionThatIsCanceledTellsWhichItemRefusedIt() {
        inProcess.putItem(p -> p.tableName(TABLE).item(item("taken")));

        TransactWriteItem put = TransactWriteItem.builder()
                .put(p -> p.tableName(TABLE).item(item("free")))
                .build();
        TransactWriteItem check = TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName(TABLE)
                        .key(key("taken"))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ALL_OLD))
                .build();
        areEqual(client -> client.transactWriteItems(t -> t.transactItems(List.of(put, check))));
        assertThat(overHttp.getItem(g -> g.tableName(TABLE).key(key("free"))).hasItem())
                .isFalse();
    }

    @Test
    void aWrongRequestIsRefusedAlike() {
        areEqual(client -> client.putItem(p -> p.tableName(TABLE).item(Map.of("other", AttributeValue.fromS("x")))));
        areEqual(client -> client.getItem(g -> g.tableName("Absent").key(key("x"))));
        areEqual(
                client -> client.putItem(p -> p.tableName(TABLE).item(item("x")).conditionExpression("version = :v")));
        areEqual(client -> client.putItem(p -> p.tableName(TABLE)
                .item(Map.of("id", AttributeValue.fromS("large"), "s", AttributeValue.fromS("x".repeat(410_000))))));
    }

    @Test
    void itIsOfTheEndpointThatTheFunctionsAreGiven() {
        assertThat(endpoint).isEqualTo(cloud.environment().get("AWS_ENDPOINT_URL_DYNAMODB"));
    }
}
