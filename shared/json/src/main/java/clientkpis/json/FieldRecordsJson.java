package clientkpis.json;

import clientkpis.kpi.FieldRecords;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows behind a client's fields as JSON: as they are kept, in few bytes, and as they are shown of a day.
///
/// Kept is an array per field: its name, its columns, the counts as `[day, count, ...]`, then the rows as `[from,
/// until, day, cell, ...]`. A day is the number of days since 1970 or null; a cell is a number, text or null.
public final class FieldRecordsJson {
    private static final int BEFORE_ROWS = 3;
    private static final int BEFORE_CELLS = 3;

    private FieldRecordsJson() {}

    /// @param all of one table; a field without rows is left out
    public static ArrayNode write(List<FieldRecords> all) {
        ArrayNode json = Json.array();
        for (FieldRecords records : all) {
            if (!records.rows().isEmpty()) {
                json.add(write(records));
            }
        }
        return json;
    }

    private static ArrayNode write(FieldRecords records) {
        ArrayNode json = Json.array().add(records.field());
        ArrayNode columns = json.addArray();
        records.columns().forEach(columns::add);
        ArrayNode count = json.addArray();
        for (Timeline.Step step : records.count().steps()) {
            count.add(step.from().toEpochDay()).add(records.countAt(step.from()));
        }
        for (FieldRecords.Kept row : records.rows()) {
            ArrayNode cells = json.addArray();
            day(cells, row.from());
            day(cells, row.until());
            day(cells, row.day());
            row.cells().forEach(cell -> add(cells, cell));
        }
        return json;
    }

    /// The records of one table, as they were kept.
    public static List<FieldRecords> read(JsonNode all) {
        List<FieldRecords> records = new ArrayList<>();
        for (JsonNode json : all) {
            List<String> columns = new ArrayList<>();
            json.path(1).forEach(column -> columns.add(column.asText()));
            List<Timeline.Step> count = new ArrayList<>();
            JsonNode steps = json.path(2);
            for (int i = 0; i < steps.size(); i += 2) {
                count.add(new Timeline.Step(
                        LocalDate.ofEpochDay(steps.path(i).asLong()),
                        new Value.Number(steps.path(i + 1).decimalValue())));
            }
            List<FieldRecords.Kept> rows = new ArrayList<>();
            for (int i = BEFORE_ROWS; i < json.size(); i++) {
                rows.add(row(json.path(i)));
            }
            records.add(new FieldRecords(json.path(0).asText(), columns, new Timeline(count), rows));
        }
        return records;
    }

    private static FieldRecords.Kept row(JsonNode json) {
        List<Optional<Value>> cells = new ArrayList<>();
        for (int i = BEFORE_CELLS; i < json.size(); i++) {
            JsonNode cell = json.path(i);
            cells.add(cell.isNumber() ? FieldRecords.number(cell.decimalValue()) : FieldRecords.text(cell.textValue()));
        }
        return new FieldRecords.Kept(day(json.path(0)), day(json.path(1)), day(json.path(2)), cells);
    }

    /// The records of a client as they are shown of a day: those of each field with its table, the rows' columns, and
    /// how many rows there are. Fields without rows are left out.
    ///
    /// @param tables table to its records
    public static ArrayNode show(Map<String, List<FieldRecords>> tables, LocalDate day) {
        ArrayNode json = Json.array();
        tables.forEach((table, all) -> {
            for (FieldRecords records : all) {
                List<List<Optional<Value>>> rows = records.at(day);
                if (rows.isEmpty()) {
                    continue;
                }
                ObjectNode node = json.addObject()
                        .put("field", records.field())
                        .put("table", table)
                        .put("count", records.countAt(day));
                ArrayNode columns = node.putArray("columns");
                records.columns().forEach(columns::add);
                ArrayNode shown = node.putArray("rows");
                for (List<Optional<Value>> row : rows) {
                    ArrayNode cells = shown.addArray();
                    row.forEach(cell -> add(cells, cell));
                }
            }
        });
        return json;
    }

    private static void add(ArrayNode cells, Optional<Value> cell) {
        if (cell.isEmpty()) {
            cells.addNull();
            return;
        }
        switch (cell.get()) {
            case Value.Number(var number) -> cells.add(number);
            case Value.Text(String text) -> cells.add(text);
            case Value.Day(LocalDate day) -> cells.add(day.toString());
            case Value.Countdown _, Value.Manual _ ->
                throw new IllegalArgumentException("A cell is a number, text or a day");
        }
    }

    private static void day(ArrayNode json, @Nullable LocalDate day) {
        if (day == null) {
            json.addNull();
        } else {
            json.add(day.toEpochDay());
        }
    }

    private static @Nullable LocalDate day(JsonNode json) {
        return json.isNull() ? null : LocalDate.ofEpochDay(json.asLong());
    }
}
