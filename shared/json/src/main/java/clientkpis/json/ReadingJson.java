package clientkpis.json;

import clientkpis.kpi.configuration.ColumnReading;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The language in which a known source and a configuration say how columns are read. It must have passed the check of
/// configurations.
public final class ReadingJson {
    private ReadingJson() {}

    /// @param json target column to how it is read
    public static Map<String, ColumnReading> columns(JsonNode json) {
        Map<String, ColumnReading> columns = new HashMap<>();
        json.properties().forEach(column -> columns.put(column.getKey(), column(column.getValue())));
        return columns;
    }

    public static ColumnReading column(JsonNode json) {
        return new ColumnReading(
                texts(json.path("from")),
                texts(json.path("join")),
                texts(json.path("key")),
                text(json, "default"),
                words(json.path("words")),
                json.has("scale") ? json.path("scale").decimalValue() : null,
                months(json.path("months")),
                json.has("form")
                        ? ColumnReading.Form.valueOf(json.path("form")
                                .asText()
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_'))
                        : null,
                json.has("zone") ? ZoneId.of(json.path("zone").asText()) : null,
                json.path("count").asBoolean(),
                when(json.path("when")),
                text(json, "paidWhenZero"));
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.has(name) ? json.path(name).asText() : null;
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, String> words(JsonNode json) {
        Map<String, String> words = new HashMap<>();
        json.properties()
                .forEach(word -> words.put(word.getKey(), word.getValue().asText()));
        return words;
    }

    private static Map<String, List<String>> when(JsonNode json) {
        Map<String, List<String>> when = new HashMap<>();
        json.properties().forEach(header -> when.put(header.getKey(), texts(header.getValue())));
        return when;
    }

    private static ColumnReading.@Nullable Months months(JsonNode json) {
        if (json.isNumber()) { // A schema's integer may be written as 12.0.
            return ColumnReading.Months.always(json.asInt());
        }
        for (var header : json.properties()) {
            Map<String, Integer> of = new HashMap<>();
            header.getValue()
                    .properties()
                    .forEach(word -> of.put(word.getKey(), word.getValue().asInt()));
            return new ColumnReading.Months(header.getKey(), of);
        }
        return null;
    }
}
