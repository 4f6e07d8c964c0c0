package clientkpis.local.toy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A handler as those of the functions: one constructor takes the environment.
abstract class Toy implements RequestStreamHandler {
    /// How many records each invocation had, by all toys of this JVM.
    static final ConcurrentLinkedQueue<Integer> BATCHES = new ConcurrentLinkedQueue<>();

    private static final ObjectMapper JSON = new ObjectMapper();
    final Map<String, String> environment;

    Toy(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = JSON.readTree(input);
        BATCHES.add(event.path("Records").size());
        context.getLogger().log(context.getFunctionName() + " got " + event + "\n");
        List<Map<String, String>> failures = new ArrayList<>();
        for (String failed : handle(event)) {
            failures.add(Map.of("itemIdentifier", failed));
        }
        output.write(JSON.writeValueAsBytes(Map.of("batchItemFailures", failures)));
    }

    static JsonNode parse(String json) throws IOException {
        return JSON.readTree(json);
    }

    abstract List<String> handle(JsonNode event) throws IOException;
}
