package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// S3's event `Object Created`, as EventBridge sends it to a queue.
///
/// @param time of the event
/// @param size of the object, in bytes; 0 if the event does not say
/// @param sequencer of S3, hexadecimal
/// @param version of the object, null where the bucket keeps none
public record ObjectCreated(
        Instant time,
        String key,
        long size,
        String sequencer,
        @Nullable String version) {
    /// @throws java.time.DateTimeException if the message is not such an event
    public static ObjectCreated read(JsonNode message) {
        JsonNode object = message.path("detail").path("object");
        return new ObjectCreated(
                Instant.parse(message.path("time").asText()),
                key(message),
                object.path("size").asLong(),
                object.path("sequencer").asText(),
                object.path("version-id").textValue());
    }

    private static String key(JsonNode message) {
        return message.path("detail").path("object").path("key").asText();
    }

    /// The event of an upload once more, as far as it is read.
    public static String message(Upload upload) {
        ObjectNode message = Json.object().put("time", upload.time().toString());
        message.putObject("detail")
                .putObject("object")
                .put("key", upload.key())
                .put("size", upload.size())
                .put("sequencer", upload.sequencer())
                .put("version-id", upload.version());
        return Json.text(message);
    }

    /// The id of the object as an upload, whatever its key.
    public String id() {
        return Upload.id(time, key, sequencer);
    }

    public Upload upload(Tenant tenant, String table) {
        return new Upload(tenant, table, time, key, sequencer, version, size);
    }
}
