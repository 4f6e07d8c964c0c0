package clientkpis.message;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// S3's event `Object Created`, as EventBridge sends it to a queue, or as the suite sends it again.
///
/// @param time of the event
/// @param size of the object, in bytes; 0 if the event does not say
/// @param sequencer of S3, hexadecimal
/// @param version of the object, null where the bucket keeps none
/// @param table where an object of `auto/` was looked into: the table that was found; else null
/// @param sheet see [Upload#sheet()]
public record ObjectCreated(
        Instant time,
        String key,
        long size,
        String sequencer,
        @Nullable String version,
        @Nullable String table,
        @Nullable Integer sheet) {
    private static final String TABLE = "table";
    private static final String SHEET = "sheet";

    /// @throws java.time.DateTimeException if the message is not such an event
    public static ObjectCreated read(JsonNode message) {
        JsonNode object = message.path("detail").path("object");
        return new ObjectCreated(
                Instant.parse(message.path("time").asText()),
                key(message),
                object.path("size").asLong(),
                object.path("sequencer").asText(),
                object.path("version-id").textValue(),
                message.path(TABLE).textValue(),
                sheet(message));
    }

    /// Only of an object of `auto/` that was looked into.
    public static @Nullable Integer sheet(JsonNode message) {
        return message.path(SHEET).isInt() ? message.path(SHEET).intValue() : null;
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
        if (upload.sheet() != null) {
            message.put(TABLE, upload.table()).put(SHEET, upload.sheet());
        }
        return Json.text(message);
    }

    /// The id of the object as an upload, whatever its key.
    public String id() {
        return Upload.id(time, key, sequencer, sheet);
    }

    public Upload upload(Tenant tenant, String ofTable) {
        return new Upload(tenant, ofTable, time, key, sequencer, version, size, sheet);
    }
}
