package clientkpis.json;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A configuration as it is uploaded; what is absent has its default. It reads what was checked when it was uploaded.
public final class ConfigurationJson {
    private ConfigurationJson() {}

    /// The configuration, of version 0 and of no day.
    public static Configuration read(JsonNode json) {
        Configuration standard = Configuration.DEFAULT;
        JsonNode score = json.path("senseScore");
        JsonNode situation = json.path("situation");
        JsonNode uploads = json.path("uploads");
        return new Configuration(
                0,
                null,
                ZoneId.of(json.path("timeZone").asText(standard.timeZone().getId())),
                LocalTime.parse(json.path("recalculateAt")
                        .asText(standard.recalculateAt().toString())),
                json.path("numberFormat").asText(standard.numberFormat()),
                json.path("dateFormat").asText(standard.dateFormat()),
                columns(json.path("columns")),
                score.has("indicators") ? indicators(score.path("indicators")) : standard.indicators(),
                new Band.Cuts(
                        decimal(score.path("bands"), "yellow", standard.bands().yellow()),
                        decimal(score.path("bands"), "green", standard.bands().green())),
                rules(json.path("rules")),
                Configuration.Trend.valueOf(upper(situation, "opportunityTrend", standard.opportunityTrend())),
                Configuration.Settling.valueOf(upper(situation, "settles", standard.settles())),
                new Configuration.Uploads(
                        decimal(
                                uploads,
                                "snapshotMaxRemoved",
                                standard.uploads().snapshotMaxRemoved()),
                        uploads.path("usageRetentionDays")
                                .asInt(standard.uploads().usageRetentionDays()),
                        uploads.path("maxDecompressedBytes")
                                .asLong(standard.uploads().maxDecompressedBytes())));
    }

    private static Map<String, Map<String, String>> columns(JsonNode json) {
        Map<String, Map<String, String>> columns = new HashMap<>();
        json.properties().forEach(table -> {
            Map<String, String> mapped = new HashMap<>();
            table.getValue()
                    .properties()
                    .forEach(header ->
                            mapped.put(header.getKey(), header.getValue().asText()));
            columns.put(table.getKey(), Map.copyOf(mapped));
        });
        return columns;
    }

    private static List<Indicator> indicators(JsonNode json) {
        List<Indicator> indicators = new ArrayList<>();
        for (JsonNode indicator : json) {
            List<Indicator.Point> points = new ArrayList<>();
            for (JsonNode point : indicator.path("points")) {
                points.add(new Indicator.Point(
                        plain(point.path(0).decimalValue()), plain(point.path(1).decimalValue())));
            }
            indicators.add(new Indicator(
                    indicator.path("name").asText(),
                    indicator.path("field").asText(),
                    plain(indicator.path("weight").decimalValue()),
                    points));
        }
        return indicators;
    }

    private static Rules rules(JsonNode json) {
        Map<String, List<Rules.Rule>> rules = new HashMap<>();
        json.properties().forEach(field -> {
            List<Rules.Rule> list = new ArrayList<>();
            field.getValue()
                    .forEach(rule -> list.add(new Rules.Rule(
                            Json.text(rule.path("when")), rule.path("then").asText())));
            if (!list.isEmpty()) {
                rules.put(field.getKey(), List.copyOf(list));
            }
        });
        return rules.isEmpty() ? Rules.NONE : new Rules(rules);
    }

    private static BigDecimal decimal(JsonNode json, String name, BigDecimal standard) {
        return json.has(name) ? plain(json.path(name).decimalValue()) : plain(standard);
    }

    /// Equal numbers are equal values however they are written, `30` and `30.0`.
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static String upper(JsonNode json, String name, Enum<?> standard) {
        return json.path(name).asText(standard.name()).toUpperCase(Locale.ROOT);
    }
}
