package clientkpis.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An event as one line for the person who uploaded something.
public final class Notice {
    private Notice() {}

    /// @param event in EventBridge's envelope
    /// @return null when the event is not about an upload or a recalculation
    public static @Nullable String of(JsonNode event) {
        JsonNode detail = event.path("detail");
        String receipt = detail.path("receipt").asText();
        String line = switch (event.path("detail-type").asText()) {
            case "UploadApplied" ->
                String.format(
                        Locale.ROOT,
                        "%s: applied %,d, rejected %,d rows%s: %s",
                        detail.path("object").asText(),
                        detail.at("/rows/accepted").asLong(),
                        detail.at("/rows/rejected").asLong(),
                        warnings(detail.path("warnings")),
                        receipt);
            case "UploadRejected" ->
                "%s: rejected whole, %s: %s"
                        .formatted(
                                detail.path("object").asText(),
                                detail.at("/reason/code").asText(),
                                receipt);
            case "ConfigurationActivated" ->
                "%s: active as version %s: %s"
                        .formatted(
                                detail.path("object").asText(),
                                detail.path("version").asText(),
                                receipt);
            case "ConfigurationRejected" ->
                "%s: rejected, the previous one stays in force; %s %s: %s"
                        .formatted(
                                detail.path("object").asText(),
                                detail.at("/problems/0/pointer").asText(),
                                detail.at("/problems/0/message").asText(),
                                receipt);
            case "ErasureCompleted" ->
                "%s: erased %s clients: %s"
                        .formatted(
                                detail.path("tenant").asText(),
                                detail.path("clients").asText(),
                                receipt);
            case "ErasureRejected" ->
                "%s: nobody was erased, %s: %s"
                        .formatted(
                                detail.path("tenant").asText(),
                                detail.path("reason").asText(),
                                receipt);
            case "RecalculationCompleted" ->
                "%s: recalculated %s, %s clients: reports/%s/latest/index.html"
                        .formatted(
                                detail.path("tenant").asText(),
                                detail.path("day").asText(),
                                detail.path("clients").asText(),
                                detail.path("tenant").asText());
            default -> null;
        };
        return line == null ? null : Terminal.safe(line);
    }

    private static String warnings(JsonNode byCode) {
        return byCode.isEmpty()
                ? ""
                : byCode.properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(", ", ", warned of ", ""));
    }
}
