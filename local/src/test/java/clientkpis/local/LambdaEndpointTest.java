package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class LambdaEndpointTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TICK = """
        {"time": "2026-11-22T05:00:00Z"}\
        """;
    private static final String POISON = """
        {"Records": [{"dynamodb": {"NewImage": {"text": {"S": "poison"}}}}]}\
        """;

    @TempDir
    static Path folder;

    private static LocalCloud cloud;
    private static LambdaClient lambda;
    private static Subscription subscriber;
    private static String tell;

    @BeforeAll
    static void start() throws Exception {
        cloud = ToyStack.start(folder, Options.defaults());
        lambda = LambdaClient.create();
        subscriber = cloud.subscribe(cloud.bus("Events"));
        tell = cloud.outputs().get("Teller");
    }

    @AfterAll
    static void stop() {
        lambda.close();
        cloud.close();
    }

    @Test
    void aCallerGetsTheFunctionsAnswer() {
        InvokeResponse response = invoke(tell, TICK);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isNull();
        assertThat(response.payload().asUtf8String()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(subscriber.drain()).hasSize(1);
    }

    @Test
    void anArnNamesTheFunctionToo() {
        String arn = cloud.outputs().get("TellerArn");

        assertThat(arn).startsWith("arn:aws:lambda:").endsWith(":function:" + tell);
        assertThat(invoke(arn, "{}").statusCode()).isEqualTo(200);
        assertThat(invoke(arn + ":$LATEST", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void anEventIsTakenAtOnceAndHandledLater() throws Exception {
        InvokeResponse response = lambda.invoke(invoke ->
                invoke.functionName(tell).invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String(TICK)));
        cloud.settle(SOON);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(subscriber.drain()).hasSize(1);
    }

    @Test
    void aFunctionThatFailsAnswersWithItsError() {
        InvokeResponse response = invoke(tell, POISON);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(Json.parse(response.payload().asUtf8String())
                        .path("errorMessage")
                        .asText())
                .contains("poison");
    }

    @Test
    void anEventThatKeepsFailingIsGivenUpAfterItsRetries() throws Exception {
        lambda.invoke(invoke -> invoke.functionName(tell)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(POISON)));
        cloud.settle(SOON);

        assertThat(cloud.deadLetters())
                .filteredOn(letter -> letter.where().equals("function Tell"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.body()).isEqualTo(POISON));
    }

    @Test
    void anUnknownFunctionAndAnEventThatIsNotJsonAreRejected() {
        assertThatThrownBy(() -> invoke("nobody", "{}"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: nobody");
        assertThatThrownBy(() -> invoke(tell, "{")).isInstanceOf(InvalidRequestContentException.class);
    }

    private static InvokeResponse invoke(String function, String event) {
        return lambda.invoke(invoke -> invoke.functionName(function).payload(SdkBytes.fromUtf8String(event)));
    }
}
