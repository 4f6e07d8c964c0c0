package clientkpis.function;

import clientkpis.kpi.Tenant;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What S3's event `Object Created` says, as EventBridge puts it into a queue.
///
/// @param time of the event
/// @param sequencer of S3, hexadecimal
/// @param version of the object, null where the bucket keeps none
public record ObjectCreated(
        Instant time,
        String key,
        String sequencer,
        @Nullable String version) {
    /// @throws java.time.DateTimeException when the message is not such an event
    public static ObjectCreated read(JsonNode message) {
        JsonNode object = message.path("detail").path("object");
        return new ObjectCreated(
                Instant.parse(message.path("time").asText()),
                key(message),
                object.path("sequencer").asText(),
                object.path("version-id").textValue());
    }

    /// The object's key alone: the messages that the suite sends in place of an event have no more.
    public static String key(JsonNode message) {
        return message.path("detail").path("object").path("key").asText();
    }

    /// The id that the object has as an upload, whatever its key.
    public String id() {
        return Upload.id(time, key, sequencer);
    }

    public Upload upload(Tenant tenant, String table) {
        return new Upload(tenant, table, time, key, sequencer, version);
    }
}
