package clientkpis.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an upload of one table looks like: its columns, how their headers may be written, the key of a row, and the
/// fields of the client table that the family of this table gives.
public final class TableSchema {
    private final String name;
    private final List<String> aliases;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, Column> byHeader = new HashMap<>();
    private final List<String> primaryKey;
    private final List<ClientField> clientFields;

    /// @throws IllegalArgumentException when two columns have a name in common or the key names no required column
    TableSchema(
            String name,
            List<String> aliases,
            List<Column> columns,
            List<String> primaryKey,
            List<ClientField> clientFields) {
        this.name = name;
        this.aliases = List.copyOf(aliases);
        this.primaryKey = List.copyOf(primaryKey);
        this.clientFields = List.copyOf(clientFields);
        for (Column column : columns) {
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException(name + " has two columns " + column.name());
            }
            for (String header : column.names()) {
                Column other = byHeader.put(Headers.normal(header), column);
                if (other != null && !other.equals(column)) {
                    throw new IllegalArgumentException(
                            "%s: %s names both %s and %s".formatted(name, header, other.name(), column.name()));
                }
            }
        }
        for (String key : primaryKey) {
            Column column = this.columns.get(key);
            if (column == null || !column.required()) {
                throw new IllegalArgumentException(name + ": its key names no required column: " + key);
            }
        }
        if (primaryKey.isEmpty()) {
            throw new IllegalArgumentException(name + " has no key");
        }
    }

    /// The English name, which is also the folder under `uploads/{tenant}/`.
    public String name() {
        return name;
    }

    /// Other names of the table, as `contratos`.
    public List<String> aliases() {
        return aliases;
    }

    /// In the order of the schema.
    public List<Column> columns() {
        return new ArrayList<>(columns.values());
    }

    /// The columns that a header must name.
    public List<Column> requiredColumns() {
        return columns.values().stream().filter(Column::required).toList();
    }

    /// Names of the columns that identify a row; `client_id` first where the table is of clients.
    public List<String> primaryKey() {
        return primaryKey;
    }

    /// Whether a column has another value in each row of the table, those of one key left aside: the id of a client in
    /// the registry, of a contract, of a ticket.
    public boolean identifies(Column column) {
        return primaryKey.size() <= 2 && primaryKey.getLast().equals(column.name());
    }

    /// Whether its rows are a client's.
    public boolean isOfClients() {
        return primaryKey.contains("client_id");
    }

    /// The fields that the family of this table gives.
    public List<ClientField> clientFields() {
        return clientFields;
    }

    /// The column that a header or a key of a JSON line means, or null when it means none.
    public @Nullable Column column(String header) {
        return byHeader.get(Headers.normal(header));
    }

    /// The column of that exact name, or null.
    public @Nullable Column named(String column) {
        return columns.get(column);
    }

    /// Every normalised header that means a column.
    public Map<String, Column> headers() {
        return Collections.unmodifiableMap(byHeader);
    }

    @Override
    public String toString() {
        return name;
    }
}
