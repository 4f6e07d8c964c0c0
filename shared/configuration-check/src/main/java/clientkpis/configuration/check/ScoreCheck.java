package clientkpis.configuration.check;

import static clientkpis.configuration.check.ConfigurationCheck.SENTENCES;

import clientkpis.kpi.configuration.Configuration;
import clientkpis.receipt.Sentence;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// Checks what a configuration says about the SenseScore, beyond what its schema does.
final class ScoreCheck {
    private final Tables tables;
    private final Set<String> custom;
    private final Set<String> ruled;
    private final BiConsumer<String, Sentence> wrong;

    /// @param custom the tenant's own fields
    /// @param ruled the fields that rules set
    /// @param wrong receives the JSON Pointer to what is wrong, and what is wrong
    ScoreCheck(Tables tables, Set<String> custom, Set<String> ruled, BiConsumer<String, Sentence> wrong) {
        this.tables = tables;
        this.custom = custom;
        this.ruled = ruled;
        this.wrong = wrong;
    }

    void check(JsonNode score) {
        indicators(score.path("indicators"));
        bands(score.path("bands"));
    }

    private void indicators(JsonNode indicators) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < indicators.size(); i++) {
            JsonNode indicator = indicators.get(i);
            String pointer = "/senseScore/indicators/" + i;
            if (!names.add(indicator.path("name").asText())) {
                wrong.accept(pointer + "/name", SENTENCES.say("indicator.twice"));
            }
            field(pointer + "/field", indicator.path("field").asText());
            JsonNode points = indicator.path("points");
            for (int j = 1; j < points.size(); j++) {
                if (points.get(j)
                                .path(0)
                                .decimalValue()
                                .compareTo(points.get(j - 1).path(0).decimalValue())
                        <= 0) {
                    wrong.accept(pointer + "/points/" + j + "/0", SENTENCES.say("points.not_ascending"));
                }
            }
        }
    }

    private void field(String pointer, String name) {
        if (custom.contains(name)) {
            return;
        }
        if (ClientField.isCustom(name)) {
            wrong.accept(pointer, SENTENCES.say("custom.not_mapped", name));
            return;
        }
        ClientField field = tables.field(name);
        if (field == null || field.internal()) {
            wrong.accept(pointer, SENTENCES.say("field.unknown", name, readable()));
        } else if (!field.isNumeric()) {
            wrong.accept(pointer, SENTENCES.say("field.not_number", name, readable()));
        } else if (isFromTheScore(name) || ruled.contains(name)) {
            wrong.accept(pointer, SENTENCES.say("field.from_score", name, readable()));
        }
    }

    private static boolean isFromTheScore(String field) {
        return field.startsWith("senseScore") || field.startsWith("situation");
    }

    private List<String> readable() {
        return tables.fields().stream()
                .filter(field -> field.isNumeric() && !field.internal() && !isFromTheScore(field.name()))
                .map(ClientField::name)
                .toList();
    }

    private void bands(JsonNode bands) {
        BigDecimal yellow = bands.has("yellow")
                ? bands.path("yellow").decimalValue()
                : Configuration.DEFAULT.scoring().bands().yellow();
        BigDecimal green = bands.has("green")
                ? bands.path("green").decimalValue()
                : Configuration.DEFAULT.scoring().bands().green();
        if (yellow.compareTo(green) > 0) {
            wrong.accept("/senseScore/bands", SENTENCES.say("bands.order", yellow, green));
        }
    }
}
