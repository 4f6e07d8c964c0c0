package clientkpis.function;

import clientkpis.json.Json;
import clientkpis.message.ObjectCreated;
import clientkpis.message.PartMessage;
import clientkpis.message.ScoreMessage;
import clientkpis.message.SegmentMessage;
import clientkpis.upload.Upload;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;

/// A message of any queue: each reader reads it, or throws what makes [SqsFunction] report that message alone; what was
/// read is the same when it is sent on; and the context of its log lines is found whatever it is.
public final class MessagesFuzz {
    private MessagesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        JsonNode body;
        try {
            body = Json.parse(new String(input, StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            return; // "Message is not JSON"
        }
        LogContext.of(body);
        LogContext.ofChange(body);
        sentOn(body, PartMessage::read, Json::text);
        sentOn(body, SegmentMessage::read, Json::text);
        score(body);
        try {
            ObjectCreated created = ObjectCreated.read(body);
            if (Upload.nameless(created.id()).isEmpty()) {
                throw new AssertionError("Not the id of an upload: " + created.id());
            }
        } catch (DateTimeException e) {
            // Not such an event.
        }
    }

    private static void score(JsonNode body) {
        try {
            ScoreMessage message = ScoreMessage.read(body);
            List<ScoreMessage> again = message.bodies().stream()
                    .map(text -> ScoreMessage.read(Json.parse(text)))
                    .toList();
            if (!message.facets().isEmpty() && !again.equals(List.of(message))) {
                throw new AssertionError(message + " was read again as " + again);
            }
        } catch (RuntimeException e) {
            // The message fails alone.
        }
    }

    private static <T> void sentOn(JsonNode body, Function<JsonNode, T> read, Function<T, String> text) {
        T message;
        try {
            message = read.apply(body);
        } catch (RuntimeException e) {
            return; // The message fails alone.
        }
        T again = read.apply(Json.parse(text.apply(message)));
        if (!message.equals(again)) {
            throw new AssertionError(message + " was read again as " + again);
        }
    }
}
