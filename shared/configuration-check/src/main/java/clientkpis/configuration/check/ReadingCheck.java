package clientkpis.configuration.check;

import clientkpis.json.ReadingJson;
import clientkpis.kpi.configuration.ColumnReading;
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
    private final BiConsumer<String, String> wrong;

    /// @param wrong receives the JSON Pointer to what is wrong, and what is wrong
    ReadingCheck(Tables tables, BiConsumer<String, String> wrong) {
        this.tables = tables;
        this.wrong = wrong;
    }

    void check(JsonNode read) {
        Map<String, String> namedBy = new HashMap<>();
        read.properties().forEach(member -> {
            String pointer = "/read/" + ConfigurationCheck.escaped(member.getKey());
            TableSchema table = tables.find(member.getKey());
            if (table == null) {
                wrong.accept(
                        pointer,
                        "There is no such table. The tables are %s.".formatted(ConfigurationCheck.names(tables.all())));
                return;
            }
            String other = namedBy.put(table.name(), member.getKey());
            if (other != null) {
                wrong.accept(
                        pointer,
                        "%s is the same table as %s. Put their columns together.".formatted(member.getKey(), other));
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
            wrong.accept(
                    pointer,
                    "%s has no column %s. It has %s."
                            .formatted(
                                    table.name(),
                                    name,
                                    ConfigurationCheck.names(table.columns().stream()
                                            .map(Column::name)
                                            .toList())));
            return;
        }
        if (json.has("zone") && !isZone(json.path("zone").asText())) {
            wrong.accept(pointer + "/zone", "There is no such time zone. Name one as America/Sao_Paulo.");
            return;
        }
        ColumnReading reading = ReadingJson.column(json);
        if (Stream.of(reading.from(), reading.join(), reading.key())
                        .filter(headers -> !headers.isEmpty())
                        .count()
                > 1) {
            wrong.accept(pointer, "A column is read by one of from, join and key.");
        }
        boolean number = column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER;
        if (!number && (reading.scale() != null || reading.months() != null || reading.count())) {
            wrong.accept(pointer, "scale, months and count are for columns of numbers.");
        }
        if (column.type() != ColumnType.DATE && (reading.form() != null || reading.zone() != null)) {
            wrong.accept(pointer, "form and zone are for columns of dates.");
        }
        if (!column.name().equals("paid_on") && reading.paidWhenZero() != null) {
            wrong.accept(pointer, "paidWhenZero is for paid_on.");
        }
        if (!reading.key().isEmpty() && !table.primaryKey().contains(column.name())) {
            wrong.accept(pointer, "key is for the id of a row: %s.".formatted(table.primaryKey()));
        }
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
