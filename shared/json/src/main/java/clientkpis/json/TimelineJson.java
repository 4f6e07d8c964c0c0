package clientkpis.json;

import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Timelines in few bytes: field to `[day, value, day, value, ...]`. A day is the number of days since 1970. A value is
/// null, or text that starts with its kind: `n` number, `t` text, `d` day, `c` countdown, `m` set by hand as `[value,
/// author, reason, expiry]`.
public final class TimelineJson {
    private TimelineJson() {}

    public static ObjectNode write(Map<String, Timeline> timelines) {
        ObjectNode json = Json.object();
        new TreeMap<>(timelines).forEach((field, timeline) -> {
            ArrayNode steps = json.putArray(field);
            for (Timeline.Step step : timeline.steps()) {
                steps.add(step.from().toEpochDay());
                steps.add(write(step.value()));
            }
        });
        return json;
    }

    public static Map<String, Timeline> read(JsonNode json) {
        Map<String, Timeline> timelines = new TreeMap<>();
        json.properties().forEach(entry -> {
            List<Timeline.Step> steps = new ArrayList<>();
            JsonNode list = entry.getValue();
            for (int i = 0; i < list.size(); i += 2) {
                steps.add(new Timeline.Step(
                        LocalDate.ofEpochDay(list.get(i).asLong()),
                        read(list.get(i + 1).textValue())));
            }
            timelines.put(entry.getKey(), new Timeline(steps));
        });
        return timelines;
    }

    private static @Nullable String write(@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Value.Number n -> "n" + n.number().toPlainString();
            case Value.Text t -> "t" + t.text();
            case Value.Day d -> "d" + d.day();
            case Value.Countdown c -> "c" + c.to();
            case Value.Manual m ->
                "m"
                        + Json.text(Json.array()
                                .add(write(m.value()))
                                .add(m.author())
                                .add(m.reason())
                                .add(
                                        m.expiresOn() == null
                                                ? null
                                                : m.expiresOn().toString()));
        };
    }

    private static @Nullable Value read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case 'n' -> new Value.Number(plain(rest));
            case 't' -> new Value.Text(rest);
            case 'd' -> new Value.Day(LocalDate.parse(rest));
            case 'c' -> new Value.Countdown(LocalDate.parse(rest));
            case 'm' -> manual(Json.parse(rest));
            default -> throw new IllegalArgumentException("No kind of value: " + text.charAt(0));
        };
    }

    /// A number as it is written here: one with an exponent may be a number of any length.
    private static BigDecimal plain(String number) {
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            throw new IllegalArgumentException("A number is written without an exponent");
        }
        return new BigDecimal(number);
    }

    private static Value manual(JsonNode json) {
        Value value = read(json.path(0).textValue());
        if (value == null) {
            throw new IllegalArgumentException("A value set by hand is one");
        }
        String expiresOn = json.path(3).textValue();
        return new Value.Manual(
                value,
                json.path(1).textValue(),
                json.path(2).textValue(),
                expiresOn == null ? null : LocalDate.parse(expiresOn));
    }
}
