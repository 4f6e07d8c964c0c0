package clientkpis.json;

import clientkpis.kpi.configuration.ClientIdMatch;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.kpi.configuration.Configuration;
import clientkpis.kpi.configuration.Language;
import clientkpis.kpi.configuration.Rules;
import clientkpis.kpi.score.Band;
import clientkpis.kpi.score.Indicator;
import clientkpis.kpi.score.Scoring;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A configuration as it is uploaded. What is absent has its default. It must have passed the check of uploads.
public final class ConfigurationJson {
    private ConfigurationJson() {}

    public static Configuration read(JsonNode json) {
        Configuration standard = Configuration.DEFAULT;
        return new Configuration(
                LocalTime.parse(json.path("recalculateAt")
                        .asText(standard.recalculateAt().toString())),
                formats(json, standard.formats()),
                scoring(json.path("senseScore"), standard.scoring()),
                situations(json.path("situation"), standard.situations()),
                rules(json.path("rules")),
                uploads(json.path("uploads"), standard.uploads()),
                Language.of(json.path("language").asText(standard.language().tag())),
                Currency.getInstance(
                        json.path("currency").asText(standard.currency().getCurrencyCode())),
                new Configuration.Report(json.path("report")
                        .path("csNames")
                        .asBoolean(standard.report().csNames())));
    }

    private static Configuration.Formats formats(JsonNode json, Configuration.Formats standard) {
        return new Configuration.Formats(
                ZoneId.of(json.path("timeZone").asText(standard.timeZone().getId())),
                json.path("numberFormat").asText(standard.number()),
                json.path("dateFormat").asText(standard.date()),
                columns(json.path("columns")),
                readings(json.path("read")),
                sourcesOff(json.path("sources")),
                ClientIdMatch.of(json.path("clientIds")
                        .path("match")
                        .asText(standard.clientIds().label())));
    }

    private static Scoring scoring(JsonNode json, Scoring standard) {
        JsonNode bands = json.path("bands");
        return new Scoring(
                json.has("indicators") ? indicators(json.path("indicators")) : standard.indicators(),
                new Band.Cuts(
                        decimal(bands, "yellow", standard.bands().yellow()),
                        decimal(bands, "green", standard.bands().green())));
    }

    private static Configuration.Situations situations(JsonNode json, Configuration.Situations standard) {
        return new Configuration.Situations(
                Configuration.Trend.valueOf(upper(json, "opportunityTrend", standard.opportunityTrend())),
                Configuration.Settling.valueOf(upper(json, "settles", standard.settles())));
    }

    private static Configuration.Uploads uploads(JsonNode json, Configuration.Uploads standard) {
        return new Configuration.Uploads(
                decimal(json, "snapshotMaxRemoved", standard.snapshotMaxRemoved()),
                json.path("usageRetentionDays").asInt(standard.usageRetentionDays()),
                json.path("maxDecompressedBytes").asLong(standard.maxDecompressedBytes()));
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

    private static Map<String, Map<String, ColumnReading>> readings(JsonNode json) {
        Map<String, Map<String, ColumnReading>> read = new HashMap<>();
        json.properties().forEach(table -> read.put(table.getKey(), ReadingJson.columns(table.getValue())));
        return read;
    }

    private static Set<String> sourcesOff(JsonNode json) {
        Set<String> off = new HashSet<>();
        json.properties().forEach(source -> {
            if (!source.getValue().asBoolean()) {
                off.add(source.getKey());
            }
        });
        return off;
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

    /// Numbers that are equal get equal values however they are written: `30` and `30.0`.
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static String upper(JsonNode json, String name, Enum<?> standard) {
        return json.path(name).asText(standard.name()).toUpperCase(Locale.ROOT);
    }
}
