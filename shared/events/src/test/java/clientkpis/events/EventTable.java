package clientkpis.events;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of an event's fields in `docs/events.md`, from its record.
final class EventTable {
    private final List<String> lines = new ArrayList<>(List.of("| field | present | meaning |", "|---|---|---|"));

    private EventTable() {}

    static String of(Class<? extends Event> event) {
        EventTable table = new EventTable();
        table.add(event, "");
        return String.join("\n", table.lines);
    }

    /// A record that several components hold is listed once, below the last of them.
    private void add(Class<?> type, String prefix) {
        List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
        for (int i = 0; i < components.size(); i++) {
            RecordComponent component = components.get(i);
            lines.add(row(prefix, component));
            Class<?> nested = EventSchema.nested(component);
            if (nested != null
                    && holding(nested, components.subList(i + 1, components.size()))
                            .isEmpty()) {
                add(nested, prefix + path(holding(nested, components)) + ".");
            }
        }
    }

    private static List<RecordComponent> holding(@Nullable Class<?> type, List<RecordComponent> components) {
        return components.stream()
                .filter(component -> EventSchema.nested(component) == type)
                .toList();
    }

    private static String path(List<RecordComponent> components) {
        RecordComponent first = components.getFirst();
        String name = components.size() == 1
                ? first.getName()
                : components.stream().map(RecordComponent::getName).collect(Collectors.joining(",", "{", "}"));
        return first.getType() == List.class ? name + "[]" : name;
    }

    private static String row(String prefix, RecordComponent component) {
        Field field = component.getAnnotation(Field.class);
        String present = field.when().isEmpty() ? "always" : field.when();
        String oneOf = EventSchema.oneOf(component.getType(), field).stream()
                .map("`%s`"::formatted)
                .collect(Collectors.joining(", "));
        String range = component.getType() == BigDecimal.class && !Double.isNaN(field.max())
                ? " From %.0f to %.0f.".formatted(field.min(), field.max())
                : "";
        return "| `%s` | %s | %s%s%s%s |"
                .formatted(
                        prefix + component.getName(),
                        present,
                        field.value(),
                        range,
                        oneOf.isEmpty() ? "" : " One of " + oneOf + ".",
                        field.open() ? " *Open.*" : "");
    }
}
