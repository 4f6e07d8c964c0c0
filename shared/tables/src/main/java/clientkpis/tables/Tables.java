package clientkpis.tables;

import clientkpis.json.Json;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The catalog of upload tables and of the client table's fields.
///
/// A table is a [Frictionless Table Schema](https://datapackage.org/standard/table-schema/) in `tables/`, with three
/// extensions: `aliases` (other names of a table or a column), `words` (what the words of a column mean: meaning to
/// words) and `clientFields` (the fields of the client table that the table's family gives). A `description` is for
/// `docs/`, which is generated from these files. There is no list of the files: the folder is read, so adding a table
/// is adding a file. Files are read strictly: an unknown property is an error.
public final class Tables {
    /// The name of the table in which clients are registered.
    public static final String REGISTRY = "clients";

    /// The name of the table that says under which other ids clients are known.
    public static final String ALIASES = "aliases";

    private final Map<String, TableSchema> tables = new TreeMap<>();
    private final Map<String, TableSchema> byName = new TreeMap<>();
    private final Map<String, ClientField> fields = new LinkedHashMap<>();

    /// @param derived the fields that no table gives
    /// @throws IllegalArgumentException when two tables have a name in common, or two fields
    Tables(Collection<TableSchema> schemas, List<ClientField> derived) {
        derived.forEach(this::add);
        for (TableSchema schema : schemas) {
            tables.put(schema.name(), schema);
            List<String> names = new ArrayList<>(schema.aliases());
            names.add(schema.name());
            for (String name : names) {
                TableSchema other = byName.put(Headers.normal(name), schema);
                if (other != null) {
                    throw new IllegalArgumentException("%s and %s are both called %s".formatted(other, schema, name));
                }
            }
            schema.clientFields().forEach(this::add);
        }
    }

    private void add(ClientField field) {
        if (fields.put(field.name(), field) != null) {
            throw new IllegalArgumentException("Two tables give the field " + field.name());
        }
    }

    /// The tables whose schemas lie beside this class, in its jar or folder.
    ///
    /// @throws IllegalArgumentException when a schema is wrong; the message names its file
    public static Tables load() {
        return Loaded.TABLES;
    }

    private static final class Loaded {
        static final Tables TABLES = read();
    }

    /// All tables, by their names.
    public Collection<TableSchema> all() {
        return Collections.unmodifiableCollection(tables.values());
    }

    /// The table of that name or alias (`contratos`, `Contratos`), or null.
    public @Nullable TableSchema find(String nameOrAlias) {
        return byName.get(Headers.normal(nameOrAlias));
    }

    /// The table in which clients are registered.
    public TableSchema registry() {
        return Objects.requireNonNull(tables.get(REGISTRY));
    }

    /// Every field of the client table, internal ones too: those that no table gives, then each table's.
    public Collection<ClientField> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /// The field that somebody calls so, by its name or one of its labels, in any case and without accents; or null.
    public @Nullable ClientField fieldCalled(String nameOrLabel) {
        String normal = Headers.normal(nameOrLabel);
        return fields.values().stream()
                .filter(field -> Stream.of(
                                field.name(), field.label().pt(), field.label().en())
                        .anyMatch(name -> Headers.normal(name).equals(normal)))
                .findFirst()
                .orElse(null);
    }

    /// The field of that name, or null.
    public @Nullable ClientField field(String name) {
        return fields.get(name);
    }

    private static Tables read() {
        List<TableSchema> schemas = new ArrayList<>();
        try {
            for (String resource : resources()) {
                schemas.add(schema(resource, text(resource)));
            }
            return new Tables(
                    schemas, parse("derived-fields.json", DerivedFile.class).fields());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Tables.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException(resource + " is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Reads one schema.
    ///
    /// @throws IllegalArgumentException when it is wrong; the message names the file
    static TableSchema schema(String file, String json) {
        SchemaFile schema = parse(file, json, SchemaFile.class);
        try {
            return schema.schema();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /// Reads a resource beside this class.
    static <T> T parse(String resource, Class<T> form) {
        try {
            return parse(resource, text(resource), form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T parse(String file, String json, Class<T> form) {
        try {
            return Json.read(Json.parseStrictly(json), form);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    file + ": " + Objects.requireNonNull(e.getCause()).getMessage(), e);
        }
    }

    private static List<String> resources() throws IOException {
        Path home;
        try {
            home = Path.of(Tables.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (Files.isDirectory(home)) {
            try (Stream<Path> files = Files.list(home.resolve("tables"))) {
                return files.map(file -> "tables/" + file.getFileName())
                        .filter(name -> name.endsWith(".json"))
                        .sorted()
                        .toList();
            }
        }
        try (JarFile jar = new JarFile(home.toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches("tables/[^/]+\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private record SchemaFile(
            @JsonProperty("$schema") @Nullable String profile,
            String name,
            @Nullable String description,
            @Nullable List<String> aliases,
            @JsonProperty("fields") List<ColumnFile> columns,
            List<String> primaryKey,
            List<FieldFile> clientFields) {

        TableSchema schema() {
            return new TableSchema(
                    name,
                    aliases == null ? List.of() : aliases,
                    columns.stream().map(ColumnFile::column).toList(),
                    primaryKey,
                    fields());
        }

        List<ClientField> fields() {
            return clientFields.stream().map(FieldFile::field).toList();
        }
    }

    private record DerivedFile(List<FieldFile> clientFields) {
        List<ClientField> fields() {
            return clientFields.stream().map(FieldFile::field).toList();
        }
    }

    private record ColumnFile(
            String name,
            ColumnType type,
            @Nullable List<String> aliases,
            @Nullable String description,
            @Nullable Map<String, List<String>> words,
            @Nullable Constraints constraints) {

        Column column() {
            Constraints limits = constraints == null ? new Constraints(null, null, null, null) : constraints;
            return new Column(
                    name,
                    type,
                    aliases == null ? List.of() : aliases,
                    Boolean.TRUE.equals(limits.required),
                    limits.minimum,
                    limits.maximum,
                    limits.maxLength == null ? Column.FIELD_LENGTH : limits.maxLength,
                    words == null ? Vocabulary.NONE : new Vocabulary(words));
        }
    }

    private record Constraints(
            @Nullable Boolean required,
            @Nullable Long minimum,
            @Nullable Long maximum,
            @Nullable Integer maxLength) {}

    private record FieldFile(
            String name,
            ClientField.Type type,
            @Nullable Integer scale,
            ClientField.Label label,
            ClientField.Source source,
            @Nullable Boolean internal,
            @Nullable OverrideFile override,
            ClientField.@Nullable Label formula,
            @Nullable String description) {

        ClientField field() {
            boolean hidden = Boolean.TRUE.equals(internal);
            return new ClientField(
                    name,
                    type,
                    scale,
                    label,
                    source,
                    hidden,
                    hidden ? null : override == null ? ClientField.Override.ANY : override.override(),
                    formula);
        }
    }

    private record OverrideFile(
            @Nullable Boolean allowed,
            @Nullable Long minimum,
            @Nullable Long maximum,
            @JsonProperty("enum") @Nullable Map<String, List<String>> values) {
        ClientField.@Nullable Override override() {
            return Boolean.FALSE.equals(allowed)
                    ? null
                    : new ClientField.Override(minimum, maximum, values == null ? Map.of() : values);
        }
    }
}
