package clientkpis.configuration.check;

import clientkpis.configuration.check.ConfigurationCheck.Problem;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The published JSON Schema of a configuration, loaded when it is first needed.
final class ConfigurationSchema {
    private static final Schema SCHEMA = load();

    private ConfigurationSchema() {}

    private static Schema load() {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream("configuration.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Problem> problems(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(error -> new Problem(error.getInstanceLocation().toString(), error.getMessage()))
                .distinct()
                .toList();
    }
}
