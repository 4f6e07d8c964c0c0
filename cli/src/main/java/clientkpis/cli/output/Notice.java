package clientkpis.cli.output;

import clientkpis.cli.words.Words;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An event as one line for the person who uploaded something.
public record Notice(Words words) {
    /// @param event in EventBridge's envelope
    /// @return null when the event is not about an upload or a recalculation
    public @Nullable String of(JsonNode event) {
        JsonNode detail = event.path("detail");
        String object = detail.path("object").asText();
        String tenant = detail.path("tenant").asText();
        String receipt = detail.path("receipt").asText();
        String line = switch (event.path("detail-type").asText()) {
            case "UploadApplied" ->
                words.say(
                        "notice.applied",
                        object,
                        words.count(detail.at("/rows/accepted").asLong(), "count.applied_row"),
                        words.count(detail.at("/rows/rejected").asLong(), "count.rejected_row"),
                        warnings(detail.path("warnings")),
                        receipt);
            case "UploadRejected" ->
                words.say("notice.rejected", object, detail.at("/reason/code").asText(), receipt);
            case "ConfigurationActivated" ->
                words.say("notice.activated", object, detail.path("version").asText(), receipt);
            case "ConfigurationRejected" -> rejected(object, detail.findValuesAsText("pointer"), receipt);
            case "ErasureCompleted" ->
                words.say(
                        "notice.erased",
                        tenant,
                        words.count(detail.path("clients").asLong(), "count.client"),
                        receipt);
            case "ErasureRejected" ->
                words.say("notice.nobody_erased", tenant, detail.path("reason").asText(), receipt);
            case "RecalculationCompleted" ->
                words.say(
                        "notice.recalculated",
                        tenant,
                        detail.path("day").asText(),
                        words.count(detail.path("clients").asLong(), "count.client"),
                        "reports/%s/latest/index.html".formatted(tenant));
            default -> null;
        };
        return line == null ? null : Terminal.safe(line);
    }

    /// The receipt says what is wrong, in the tenant's language, which may be another one.
    private String rejected(String object, List<String> pointers, String receipt) {
        String where = String.join(", ", pointers);
        return where.isEmpty()
                ? words.say("notice.not_activated", object, receipt)
                : words.say("notice.not_activated.at", object, where, receipt);
    }

    private String warnings(JsonNode byCode) {
        return byCode.isEmpty()
                ? ""
                : words.say(
                        "notice.warned",
                        byCode.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", ")));
    }
}
