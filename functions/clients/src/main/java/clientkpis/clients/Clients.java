package clientkpis.clients;

import clientkpis.kpi.KpiFamily;
import clientkpis.kpi.Row;
import clientkpis.kpi.Timeline;
import clientkpis.kpi.Value;
import clientkpis.tables.ClientField;
import clientkpis.tables.ClientStatus;
import clientkpis.tables.Tables;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields that the registry gives as they are (fields.md, *The fields*), and the tenant's own, `custom.NAME`.
public final class Clients implements KpiFamily<Clients.Registration> {
    /// A client's row in the registry.
    ///
    /// @param texts field to text, for the fields that are given
    /// @param cancelledOn the day of notice; null for a client that has not cancelled, or came back
    /// @param custom the tenant's own fields, by name
    public record Registration(
            Map<String, String> texts,
            @Nullable LocalDate registeredOn,
            @Nullable LocalDate cancelledOn,
            Map<String, Value> custom) {
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
        return new Registration(texts, row.date("registered_on"), row.date("cancelled_on"), custom);
    }

    @Override
    public Map<String, Timeline> timelines(List<Registration> registrations, LocalDate from) {
        // The client is the key of the table: it has one row.
        Registration registration = registrations.getFirst();
        Map<String, Timeline> fields = new HashMap<>();
        registration.texts().forEach((field, text) -> fields.put(field, Timeline.constant(from, new Value.Text(text))));
        put(fields, "registeredOn", registration.registeredOn(), from);
        put(fields, "cancelledOn", registration.cancelledOn(), from);
        registration.custom().forEach((field, value) -> fields.put(field, Timeline.constant(from, value)));
        return fields;
    }

    /// A notice is unknown before its day, and so is an inactive status before the client left; where that day is
    /// unknown, the status is that of today. What the tenant's own fields were is unknown.
    @Override
    public Optional<Past> past(List<Read<Registration>> registrations, Before before) {
        Registration registration = registrations.getFirst().read();
        LocalDate since = before.first(registration.registeredOn());
        Map<String, Timeline> fields = new HashMap<>();
        registration.texts().forEach((field, text) -> {
            LocalDate leftOn = before.leftOn();
            boolean isTold = !field.equals("status") || leftOn == null || !ClientStatus.isInactive(text);
            fields.put(
                    field,
                    Timeline.constant(
                            isTold || leftOn == null || leftOn.isBefore(since) ? since : leftOn, new Value.Text(text)));
        });
        put(fields, "registeredOn", registration.registeredOn(), since);
        LocalDate cancelledOn = registration.cancelledOn();
        put(
                fields,
                "cancelledOn",
                cancelledOn,
                cancelledOn == null || cancelledOn.isBefore(since) ? since : cancelledOn);
        return Optional.of(new Past(since, fields));
    }

    private static void put(Map<String, Timeline> fields, String field, @Nullable LocalDate day, LocalDate from) {
        if (day != null) {
            fields.put(field, Timeline.constant(from, new Value.Day(day)));
        }
    }
}
