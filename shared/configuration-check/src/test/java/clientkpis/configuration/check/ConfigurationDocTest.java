package clientkpis.configuration.check;

import static org.assertj.core.api.Assertions.assertThat;

import clientkpis.json.Json;
import clientkpis.kpi.configuration.Configuration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The configuration that `docs/configuration.md` shows has every setting, and all but columns and rules at its
/// default.
class ConfigurationDocTest {
    private static final Path PAGE = Path.of("../../docs/configuration.md");
    private static final Path SCHEMA =
            Path.of("src/main/resources/clientkpis/configuration/check/configuration.schema.json");

    private static ObjectNode shown() throws IOException {
        Matcher block = Pattern.compile("(?s)\n```json\n(.*?)\n```\n").matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return (ObjectNode) Json.parse(block.group(1));
    }

    @Test
    void itHasEverySettingOfTheSchema() throws IOException {
        Set<String> settings = new TreeSet<>();
        settings("", Json.parse(Files.readString(SCHEMA)), settings);
        settings.remove("/$schema");
        Set<String> shown = new TreeSet<>();
        for (String setting : settings) {
            if (isIn(shown(), setting)) {
                shown.add(setting);
            }
        }
        assertThat(shown).as("the settings in %s", PAGE).isEqualTo(settings);
    }

    /// Their paths, with `/0` for the elements of a list.
    private static void settings(String path, JsonNode schema, Set<String> into) {
        schema.path("properties").properties().forEach(property -> {
            into.add(path + "/" + property.getKey());
            settings(path + "/" + property.getKey(), property.getValue(), into);
        });
        if (schema.has("items")) {
            settings(path + "/0", schema.path("items"), into);
        }
    }

    private static boolean isIn(JsonNode configuration, String pointer) {
        return !configuration.at(pointer).isMissingNode();
    }

    @Test
    void allButWhatIsATenantsOwnIsTheDefault() throws IOException {
        assertThat(accepted(shown().without(List.of("columns", "read", "sources", "rules"))))
                .isEqualTo(Configuration.DEFAULT);
    }

    @Test
    void whatIsATenantsOwnIsAnExample() throws IOException {
        assertThat(accepted(shown().without("columns"))).isNotEqualTo(Configuration.DEFAULT);
        assertThat(accepted(shown().without("rules"))).isNotEqualTo(Configuration.DEFAULT);
        assertThat(accepted(shown()).formats().read()).containsOnlyKeys("contracts", "billing", "contacts", "usage");
        assertThat(accepted(shown()).formats().sourcesOff()).containsExactly("stripe/subscriptions");
    }

    private static Configuration accepted(JsonNode json) {
        ConfigurationCheck.Result result =
                ConfigurationCheck.check(json.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(ConfigurationCheck.Result.Accepted.class);
        return ((ConfigurationCheck.Result.Accepted) result).configuration();
    }
}
