package clientkpis.situation;

import clientkpis.cloud.Aws;
import clientkpis.cloud.Environment;
import clientkpis.cloud.EventBus;
import clientkpis.cloud.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Publishes the recorded changes of situation: from the stream of SituationChanges to the bus, at least once. The
/// filter
/// of the event source mapping leaves out what is not published.
public final class SituationFunction implements RequestStreamHandler {
    private final EventBus bus;

    public SituationFunction() {
        this(System.getenv());
    }

    public SituationFunction(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        bus = new EventBus(Aws.of(environment).events(), environment.required("EVENT_BUS_NAME"));
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<String> sequenceNumbers = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (JsonNode entry : Json.MAPPER.readTree(input).path("Records")) {
            JsonNode change = entry.path("dynamodb");
            sequenceNumbers.add(change.path("SequenceNumber").asText());
            details.add(change.path("NewImage").path("detail").path("S").asText());
        }
        List<Integer> failed = bus.publish("SituationChanged", details);
        ObjectNode answer = Json.object();
        ArrayNode failures = answer.putArray("batchItemFailures");
        // A stream goes on after the first that failed, so the first says it all.
        failed.stream()
                .sorted()
                .limit(1)
                .forEach(place -> failures.addObject().put("itemIdentifier", sequenceNumbers.get(place)));
        output.write(Json.bytes(answer));
    }
}
