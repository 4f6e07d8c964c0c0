package clientkpis.tables;

import clientkpis.kpi.configuration.Language;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A field of the client table, as the schema of the family that gives it declares it.
///
/// @param name as in `clients.jsonl`, `camelCase`
/// @param scale digits after the decimal point of a [Type#NUMBER]; null for the other types, money having 2
/// @param internal kept for other functions to read, and not shown
/// @param formula how it comes about, in words; null for what is uploaded as is
/// @param override what may be set by hand in its place; null where nothing may
public record ClientField(
        String name,
        Type type,
        @Nullable Integer scale,
        Label label,
        Source source,
        boolean internal,
        @Nullable Override override,
        @Nullable Label formula) {

    /// What may be set by hand in the place of a field's value, beyond its type.
    ///
    /// @param minimum the least number, or null
    /// @param maximum the greatest number, or null
    /// @param values the only texts allowed, each with its other names; empty where every text is
    public record Override(@Nullable Long minimum, @Nullable Long maximum, Map<String, List<String>> values) {
        public static final Override ANY = new Override(null, null, Map.of());

        public Override {
            values = new TreeMap<>(values);
        }
    }

    /// How a playbook that a client completed begins: `playbooks.NAME`, with the day.
    public static final String PLAYBOOK = "playbooks.";

    /// A tenant's own field (`custom.NAME`): a number, a date or text, as read.
    public static boolean isCustom(String name) {
        return name.startsWith("custom.");
    }

    /// Whether it is a field that no schema declares: a tenant's own, or a playbook.
    public static boolean isOpen(String name) {
        return isCustom(name) || name.startsWith(PLAYBOOK);
    }

    public enum Type {
        TEXT,
        /// Exact decimal, scale 2.
        MONEY,
        /// Exact decimal of the scale that is declared.
        NUMBER,
        INTEGER,
        DATE,
        /// A countdown: days from the as-of date to a date, negative after it.
        DAYS
    }

    /// The usual source of the field's value.
    public enum Source {
        /// Uploaded as is.
        INTEGRATION,
        CALCULATED
    }

    public record Label(String pt, String en) {
        public String in(Language language) {
            return language == Language.PORTUGUESE ? pt : en;
        }
    }

    public ClientField {
        if ((type == Type.NUMBER) != (scale != null)) {
            throw new IllegalArgumentException(name + ": a number has a scale, and nothing else has");
        }
    }

    /// A value as people read it: where only some texts are allowed, as a situation, in their language.
    public String said(String value, Language language) {
        List<String> others = override == null ? List.of() : override.values().getOrDefault(value, List.of());
        return language == Language.ENGLISH || others.isEmpty() ? value : others.getFirst();
    }

    /// Whether indicators may read it and its values are JSON numbers.
    public boolean isNumeric() {
        return type != Type.TEXT && type != Type.DATE;
    }
}
