package clientkpis.json;

import clientkpis.kpi.Labelled;
import clientkpis.kpi.Tenant;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records as trees of JSON, and such trees as records. It does what Jackson's mapper would, for the few kinds of value
/// that the suite's records have: making that mapper, and what it makes for each class, is a third of a function's
/// start.
///
/// A component is a member, by its name or its [JsonProperty]; one that is null is absent. An enum is its label, or its
/// name as a component would be called. What is read is read strictly: a member too many is an error, and so is one too
/// few, unless it is [Nullable].
final class Records {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private Records() {}

    private record Member(String name, Method accessor, Type type, boolean isRequired) {}

    private record Shape(Constructor<?> constructor, List<Member> members, Set<String> names) {
        static Shape of(Class<?> type) {
            List<Member> members = new ArrayList<>();
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                RecordComponent component = components[i];
                types[i] = component.getType();
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                JsonProperty called = accessor.getAnnotation(JsonProperty.class);
                members.add(new Member(
                        called == null ? component.getName() : called.value(),
                        accessor,
                        component.getGenericType(),
                        !component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                Set<String> names = new HashSet<>();
                members.forEach(member -> names.add(member.name()));
                return new Shape(constructor, members, names);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static JsonNode write(@Nullable Object value) {
        return switch (value) {
            case null -> NullNode.getInstance();
            case JsonNode tree -> tree;
            case String text -> TextNode.valueOf(text);
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> IntNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case BigDecimal number -> DecimalNode.valueOf(number);
            case Enum<?> constant -> TextNode.valueOf(label(constant));
            case Tenant _, LocalDate _, Instant _ -> TextNode.valueOf(value.toString());
            case Record record -> object(record);
            case Collection<?> values -> {
                ArrayNode array = Json.array();
                values.forEach(one -> array.add(write(one)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = Json.object();
                map.forEach((name, one) -> object.set(String.valueOf(name), write(one)));
                yield object;
            }
            default -> throw new IllegalArgumentException("No JSON: " + value.getClass());
        };
    }

    private static ObjectNode object(Record record) {
        ObjectNode object = Json.object();
        for (Member member : SHAPES.get(record.getClass()).members()) {
            try {
                Object value = member.accessor().invoke(record);
                if (value != null) {
                    object.set(member.name(), write(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return object;
    }

    /// @throws IOException when the tree is not such a record; the message says where
    static <T> T read(JsonNode json, Class<T> type) throws IOException {
        try {
            return type.cast(value(json, type));
        } catch (Wrong e) {
            throw new IOException(type.getSimpleName() + e.where + e.getMessage(), e.getCause());
        }
    }

    /// What is read is not what it should be.
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        private String where = "";

        Wrong(String what, @Nullable Throwable cause) {
            super(what, cause);
        }

        Wrong in(String place) {
            where = place + where;
            return this;
        }
    }

    private static Object value(JsonNode json, Type type) throws Wrong {
        if (type instanceof ParameterizedType generic) {
            return several(json, generic);
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isRecord() && kind != Tenant.class) {
            return record(json, kind);
        }
        if (kind == JsonNode.class) {
            return json;
        }
        if (kind == boolean.class || kind == Boolean.class) {
            check(json.isBoolean(), json, "true or false");
            return json.booleanValue();
        }
        if (kind == int.class || kind == Integer.class) {
            check(json.isIntegralNumber() && json.canConvertToInt(), json, "a whole number");
            return json.intValue();
        }
        if (kind == long.class || kind == Long.class) {
            check(json.isIntegralNumber() && json.canConvertToLong(), json, "a whole number");
            return json.longValue();
        }
        if (kind == BigDecimal.class) {
            check(json.isNumber(), json, "a number");
            return json.decimalValue();
        }
        check(json.isTextual(), json, "text");
        return fromText(json.textValue(), kind);
    }

    private static Object fromText(String text, Class<?> kind) throws Wrong {
        if (kind == String.class) {
            return text;
        }
        if (kind.isEnum()) {
            for (Object constant : kind.getEnumConstants()) {
                if (label((Enum<?>) constant).equals(text)) {
                    return constant;
                }
            }
            throw new Wrong(": " + text + " is not known", null);
        }
        try {
            if (kind == Integer.class) {
                return Integer.valueOf(text);
            }
            if (kind == Tenant.class) {
                return Tenant.of(text);
            }
            if (kind == LocalDate.class) {
                return LocalDate.parse(text);
            }
            if (kind == Instant.class) {
                return Instant.parse(text);
            }
        } catch (RuntimeException e) {
            throw new Wrong(": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("No JSON: " + kind);
    }

    private static Object several(JsonNode json, ParameterizedType type) throws Wrong {
        Type[] of = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            check(json.isObject(), json, "an object");
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : json.properties()) {
                map.put(fromText(member.getKey(), (Class<?>) of[0]), member(member.getKey(), member.getValue(), of[1]));
            }
            return map;
        }
        check(json.isArray(), json, "a list");
        Collection<Object> values = type.getRawType() == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            try {
                values.add(value(json.get(i), of[0]));
            } catch (Wrong e) {
                throw e.in("[" + i + "]");
            }
        }
        return values;
    }

    private static Object member(String name, JsonNode json, Type type) throws Wrong {
        try {
            return value(json, type);
        } catch (Wrong e) {
            throw e.in("." + name);
        }
    }

    private static Object record(JsonNode json, Class<?> type) throws Wrong {
        check(json.isObject(), json, "an object");
        Shape shape = SHAPES.get(type);
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!shape.names().contains(member.getKey())) {
                throw new Wrong(" has no " + member.getKey(), null);
            }
        }
        @Nullable Object[] values = new @Nullable Object[shape.members().size()];
        for (int i = 0; i < values.length; i++) {
            Member member = shape.members().get(i);
            JsonNode value = json.get(member.name());
            if (value != null && !value.isNull()) {
                values[i] = member(member.name(), value, member.type());
            } else if (member.isRequired()) {
                throw new Wrong(": " + member.name() + " is missing", null);
            }
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable refused = Objects.requireNonNull(e.getCause());
            throw new Wrong(": " + refused.getMessage(), refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(boolean is, JsonNode json, String expected) throws Wrong {
        if (!is) {
            throw new Wrong(" is " + json.getNodeType().name().toLowerCase(Locale.ROOT) + ", not " + expected, null);
        }
    }

    /// `CLIENT_FIELD` is `clientField`.
    private static String label(Enum<?> constant) {
        if (constant instanceof Labelled labelled) {
            return labelled.label();
        }
        String[] words = constant.name().split("_", -1);
        StringBuilder label = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
        for (int i = 1; i < words.length; i++) {
            label.append(words[i].charAt(0)).append(words[i].substring(1).toLowerCase(Locale.ROOT));
        }
        return label.toString();
    }
}
