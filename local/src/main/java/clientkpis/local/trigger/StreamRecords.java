package clientkpis.local.trigger;

import clientkpis.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/// A stream's records as Lambda passes them to a function.
final class StreamRecords {
    private StreamRecords() {}

    static ObjectNode json(Record source, String streamArn, String region) {
        StreamRecord change = source.dynamodb();
        ObjectNode event = Json.object()
                .put("eventID", source.eventID())
                .put("eventName", source.eventNameAsString())
                .put("eventVersion", source.eventVersion())
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", region)
                .put("eventSourceARN", streamArn);
        ObjectNode dynamodb = event.putObject("dynamodb");
        if (change.approximateCreationDateTime() != null) {
            dynamodb.put(
                    "ApproximateCreationDateTime",
                    change.approximateCreationDateTime().getEpochSecond());
        }
        dynamodb.set("Keys", item(change.keys()));
        if (change.hasNewImage()) {
            dynamodb.set("NewImage", item(change.newImage()));
        }
        if (change.hasOldImage()) {
            dynamodb.set("OldImage", item(change.oldImage()));
        }
        dynamodb.put("SequenceNumber", change.sequenceNumber())
                .put("SizeBytes", change.sizeBytes())
                .put("StreamViewType", change.streamViewTypeAsString());
        return event;
    }

    private static ObjectNode item(Map<String, AttributeValue> item) {
        ObjectNode json = Json.object();
        item.forEach((name, value) -> json.set(name, value(value)));
        return json;
    }

    private static ObjectNode value(AttributeValue value) {
        JsonNode content = switch (value.type()) {
            case S -> TextNode.valueOf(value.s());
            case N -> TextNode.valueOf(value.n());
            case B -> TextNode.valueOf(base64(value.b()));
            case BOOL -> BooleanNode.valueOf(value.bool());
            case NUL -> BooleanNode.TRUE;
            case SS -> texts(value.ss());
            case NS -> texts(value.ns());
            case BS -> texts(value.bs().stream().map(StreamRecords::base64).toList());
            case M -> item(value.m());
            case L -> {
                ArrayNode list = Json.array();
                value.l().forEach(one -> list.add(value(one)));
                yield list;
            }
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("Unknown type of attribute value: " + value);
        };
        String type = switch (value.type()) {
            case NUL -> "NULL";
            default -> value.type().name();
        };
        return Json.object().set(type, content);
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }
}
