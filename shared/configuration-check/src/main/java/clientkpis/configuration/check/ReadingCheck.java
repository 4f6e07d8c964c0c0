package clientkpis.configuration.check;

import static clientkpis.configuration.check.ConfigurationCheck.SENTENCES;

import clientkpis.json.ReadingJson;
import clientkpis.kpi.configuration.ColumnReading;
import clientkpis.receipt.Sentence;
import clientkpis.tables.Column;
import clientkpis.tables.ColumnType;
import clientkpis.tables.TableSchema;
import clientkpis.tables.Tables;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Checks what a configuration says about how columns are read, beyond what its schema does.
final class ReadingCheck {
    private final Tables tables;
    private final BiConsumer<String, Sentence> wrong;

    /// @param wrong receives the JSON Pointer to what is wrong, and what is wrong
    ReadingCheck(Tables tables, BiConsumer<String, Sentence> wrong) {
        this.tables = tables;
        this.wrong = wrong;
    }

    void check(JsonNode read) {
        Map<String, String> namedBy = new HashMap<>();
        read.properties().forEach(member -> {
            String pointer = "/read/" + ConfigurationCheck.escaped(member.getKey());
            TableSchema table = tables.find(member.getKey());
            if (table == null) {
                wrong.accept(pointer, SENTENCES.say("table.unknown", tables.all()));
                return;
            }
            String other = namedBy.put(table.name(), member.getKey());
            if (other != null) {
                wrong.accept(pointer, SENTENCES.say("table.twice", member.getKey(), other));
            }
            member.getValue()
                    .properties()
                    .forEach(column -> column(
                            pointer + "/" + ConfigurationCheck.escaped(column.getKey()),
                            table,
                            column.getKey(),
                            column.getValue()));
        });
    }

    private void column(String pointer, TableSchema table, String name, JsonNode json) {
        Column column = table.column(name);
        if (column == null) {
            wrong.accept(pointer, noColumn(table, name));
            return;
        }
        if (json.has("zone") && !isZone(json.path("zone").asText())) {
            wrong.accept(pointer + "/zone", SENTENCES.say("time_zone.unknown"));
            return;
        }
        ColumnReading reading = ReadingJson.column(json);
        if (Stream.of(reading.from(), reading.join(), reading.key())
                        .filter(headers -> !headers.isEmpty())
                        .count()
                > 1) {
            wrong.accept(pointer, SENTENCES.say("read.several_ways"));
        }
        boolean number = column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER;
        if (!number && (reading.scale() != null || reading.months() != null || reading.count())) {
            wrong.accept(pointer, SENTENCES.say("read.only_numbers"));
        }
        if (column.type() != ColumnType.DATE && (reading.form() != null || reading.zone() != null)) {
            wrong.accept(pointer, SENTENCES.say("read.only_dates"));
        }
        if (!column.name().equals("paid_on") && reading.paidWhenZero() != null) {
            wrong.accept(pointer, SENTENCES.say("read.only_payment"));
        }
        if (!reading.key().isEmpty() && !table.primaryKey().contains(column.name())) {
            wrong.accept(pointer, SENTENCES.say("read.only_ids", table.primaryKey()));
        }
    }

    static Sentence noColumn(TableSchema table, String name) {
        return SENTENCES.say(
                "column.unknown",
                table.name(),
                name,
                table.columns().stream().map(Column::name).toList());
    }

    private static boolean isZone(String name) {
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
