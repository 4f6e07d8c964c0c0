package clientkpis.clients;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.ClientField;
import clientkpis.tables.Tables;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields that the registry gives as they are (fields.md, *The fields*), and the tenant's own, `custom.NAME`.
public final class Clients implements KpiFamily<Clients.Registration> {
    /// A client's row in the registry.
    ///
    /// @param texts field to text, for the fields that are given
    /// @param custom the tenant's own fields, by name
    public record Registration(
            Map<String, String> texts, @Nullable LocalDate registeredOn, Map<String, Value> custom) {
        public Registration {
            texts = Map.copyOf(texts);
            custom = Map.copyOf(custom);
        }
    }

    /// Each is the name of a column and of a field.
    private static final List<String> TEXTS = Tables.load().registry().clientFields().stream()
            .filter(field -> field.source() == ClientField.Source.INTEGRATION && field.type() == ClientField.Type.TEXT)
            .map(ClientField::name)
            .toList();

    @Override
    public String table() {
        return Tables.REGISTRY;
    }

    @Override
    public Registration read(Row row) {
        Map<String, String> texts = new HashMap<>();
        for (String field : TEXTS) {
            String text = row.text(field);
            if (text != null) {
                texts.put(field, text);
            }
        }
        Map<String, Value> custom = new HashMap<>();
        row.cells().forEach((column, cell) -> {
            if (ClientField.isCustom(column)) {
                custom.put(column, Value.asRead(cell));
            }
        });
        return new Registration(texts, row.date("registered_on"), custom);
    }

    @Override
    public Map<String, Timeline> timelines(List<Registration> registrations, LocalDate from) {
        // The client is the key of the table: it has one row.
        Registration registration = registrations.getFirst();
        Map<String, Timeline> fields = new HashMap<>();
        registration.texts().forEach((field, text) -> fields.put(field, Timeline.constant(from, new Value.Text(text))));
        LocalDate registeredOn = registration.registeredOn();
        if (registeredOn != null) {
            fields.put("registeredOn", Timeline.constant(from, new Value.Day(registeredOn)));
        }
        registration.custom().forEach((field, value) -> fields.put(field, Timeline.constant(from, value)));
        return fields;
    }
}
