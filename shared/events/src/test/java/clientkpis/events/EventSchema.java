package clientkpis.events;

import clientkpis.json.Json;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The JSON Schema of an event's detail, from its record.
final class EventSchema {
    private EventSchema() {}

    static ObjectNode of(Class<? extends Event> event) {
        String type = Event.detailType(event);
        ObjectNode schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "https://clientkpis.example/events/%s.schema.json".formatted(type))
                .put("title", type)
                .put("description", "The detail of the event. " + text(event.getAnnotation(Field.class)));
        return schema.setAll(object(event));
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// The record that a component holds, itself or in a list; none in a map, whose values are numbers.
    static @Nullable Class<?> nested(RecordComponent component) {
        Type type = component.getGenericType();
        Type held = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
        return held instanceof Class<?> one && one.isRecord() && one != Tenant.class ? one : null;
    }

    private static ObjectNode object(Class<?> type) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = Objects.requireNonNull(component.getAnnotation(Field.class), component::toString);
            properties.set(
                    component.getName(),
                    value(component.getGenericType(), field).put("description", text(field)));
            if (!isOptional(component)) {
                required.add(component.getName());
            }
        }
        return schema.put("additionalProperties", false);
    }

    private static String text(Field field) {
        String when = field.when().isEmpty() ? "" : " Present " + field.when() + ".";
        return (field.value() + when).replace("`", "");
    }

    private static ObjectNode value(Type type, @Nullable Field field) {
        ObjectNode schema = Json.object();
        List<String> oneOf = oneOf(type, field);
        if (!oneOf.isEmpty()) {
            oneOf.forEach(schema.putArray("enum")::add);
        } else if (type == Tenant.class) {
            schema.put("type", "string").put("pattern", "^" + Tenant.PATTERN + "$");
        } else if (type == LocalDate.class) {
            schema.put("type", "string").put("format", "date");
        } else if (type == String.class && field != null && !field.pattern().isEmpty()) {
            schema.put("type", "string").put("pattern", field.pattern());
        } else if (type == String.class) {
            length(schema.put("type", "string"), "minLength", least(field, 1));
        } else if (type == BigDecimal.class) {
            number(schema.put("type", "number"), field, Double.NEGATIVE_INFINITY);
        } else if (type == long.class || type == Long.class) {
            number(schema.put("type", "integer"), field, 0);
        } else if (type == boolean.class) {
            schema.put("type", "boolean");
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            schema.put("type", "object").set("additionalProperties", value(map.getActualTypeArguments()[1], null));
        } else if (type instanceof ParameterizedType list && field != null) {
            length(schema.put("type", "array"), "minItems", least(field, 0));
            bound(schema, "maxItems", field.max());
            schema.set("items", value(list.getActualTypeArguments()[0], null));
            if (field.unique()) {
                schema.put("uniqueItems", true);
            }
        } else {
            schema.setAll(object((Class<?>) type));
        }
        return schema;
    }

    /// The texts that a component may hold; none when it may hold others.
    static List<String> oneOf(Type type, @Nullable Field field) {
        if (type instanceof Class<?> one && one.isEnum()) {
            return Stream.of(one.getEnumConstants())
                    .map(constant -> Json.tree(constant).textValue())
                    .toList();
        }
        return field == null ? List.of() : List.of(field.oneOf());
    }

    private static double least(@Nullable Field field, double otherwise) {
        return field == null || Double.isNaN(field.min()) ? otherwise : field.min();
    }

    private static void number(ObjectNode schema, @Nullable Field field, double least) {
        boolean above = field != null && !Double.isNaN(field.above());
        bound(schema, "exclusiveMinimum", above ? field.above() : Double.NaN);
        bound(schema, "minimum", above ? Double.NaN : least(field, least));
        bound(schema, "maximum", field == null ? Double.NaN : field.max());
    }

    /// A least length of 0 says nothing.
    private static void length(ObjectNode schema, String bound, double length) {
        bound(schema, bound, length == 0 ? Double.NaN : length);
    }

    private static void bound(ObjectNode schema, String bound, double value) {
        if (Double.isFinite(value)) {
            schema.put(bound, Math.round(value));
        }
    }
}
