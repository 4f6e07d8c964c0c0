package clientkpis.tables;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A column of an upload table.
///
/// @param name as in canonical rows, `snake_case`
/// @param aliases as the schema lists them, without those that every column of its kind has
/// @param minimum the least number allowed, or null
/// @param maximum the greatest number allowed, or null
/// @param maxLength the most characters (code points) that a text may have
/// @param vocabulary what its words mean; empty where they are only shown
public record Column(
        String name,
        ColumnType type,
        List<String> aliases,
        boolean required,
        @Nullable Long minimum,
        @Nullable Long maximum,
        int maxLength,
        Vocabulary vocabulary) {

    /// Ids and plain fields; a long text says so in its schema.
    public static final int FIELD_LENGTH = 256;

    private static final List<String> CLIENT_ID = List.of("id_original", "id_cliente", "id_legacy", "cnpj", "cpf");

    public Column {
        aliases = List.copyOf(aliases);
    }

    /// A column without a vocabulary.
    public Column(
            String name,
            ColumnType type,
            List<String> aliases,
            boolean required,
            @Nullable Long minimum,
            @Nullable Long maximum,
            int maxLength) {
        this(name, type, aliases, required, minimum, maximum, maxLength, Vocabulary.NONE);
    }

    /// A column of a tenant's own, kept as read.
    public static Column custom(String name) {
        return new Column(name, ColumnType.ANY, List.of(), false, null, null, FIELD_LENGTH);
    }

    /// Whether its cells are ids, which are neither blank nor numbers.
    public boolean isId() {
        return name.endsWith("_id");
    }

    /// Whether its cells say whose the row is.
    public boolean isClientId() {
        return name.equals("client_id");
    }

    /// Every header that names this column: its name, its aliases, what `client_id` may be called everywhere, and for a
    /// date `X_on` also `data_X`, `data_de_X`, `X_date`, for an alias `data_Y` also `data_de_Y`.
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(name);
        names.addAll(aliases);
        if (isClientId()) {
            names.addAll(CLIENT_ID);
        }
        if (type == ColumnType.DATE) {
            for (String alias : aliases) {
                if (alias.startsWith("data_") && !alias.startsWith("data_de_")) {
                    names.add("data_de_" + alias.substring("data_".length()));
                }
            }
            if (name.endsWith("_on")) {
                String what = name.substring(0, name.length() - "_on".length());
                names.addAll(List.of("data_" + what, "data_de_" + what, what + "_date"));
            }
        }
        return new ArrayList<>(names);
    }
}
